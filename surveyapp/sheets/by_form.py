"""A rule on a whole questionnaire, said for each form and variant: the same code has other words in each."""

from collections.abc import Iterable

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.folding import Decide, folded, given
from surveyapp.sheets.words import condition, names_by_id


def by_form(rule: Rule, instrument: Instrument, forms: Iterable[str] = ()) -> str:
    """ "P std: se ...; O std: se ...", or one clause where it is the same everywhere.

    `forms` are those that compute it, all where empty; a form that asks none of the rule's items is left out.
    """
    said: dict[str, list[str]] = {}
    for form in forms or instrument.forms:
        for variant in instrument.forms[form].variants:
            left = folded(rule, _decided(instrument, form, variant))
            if isinstance(left, Rule):
                clause = f"se {condition(left, names_by_id(instrument, form, variant))}"
                said.setdefault(clause, []).append(f"{form} {variant}")
    if len(said) < 2:
        return next(iter(said), f"se {condition(rule, names_by_id(instrument))}")
    return "; ".join(f"{', '.join(places)}: {clause}" for clause, places in said.items())


def _decided(instrument: Instrument, form: str, variant: str) -> Decide:
    """Form and variant are known; what this form never asks never holds."""
    context = given({"form": form, "variant": variant})
    asked = {
        name
        for item in instrument.items.values()
        for name in (item.id, item.declared)
        if (form, variant) in item.wordings
    }

    def decide(rule: Rule) -> bool | None:
        if rule.operator in ("where", "known"):
            return context(rule)
        return None if rule.item in asked else False

    return decide
