"""From the words of a command to the questionnaire of one respondent, with sensible defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from surveyapp.instruments.answers import FULL, LENGTHS
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rule import CONTEXT_VALUES, Context
from surveyapp.sheets.errors import SheetError, known
from surveyapp.sheets.labels import FIELDS
from surveyapp.sheets.occasions import occasions_of


@dataclass(frozen=True)
class Wish:
    """What was asked for; empty means the default: first form, variant proposed first, first occasion."""

    form: str = ""
    variant: str = ""
    occasion: str = ""
    length: str = FULL
    context: Mapping[str, str] = field(default_factory=dict)


def questionnaire(instrument: Instrument, wish: Wish) -> Questionnaire:
    """The questionnaire that the wish names.

    Raises SheetError for a form, variant, occasion, length or context value that does not exist, and where
    no question would be asked.
    """
    form = instrument.forms[known(wish.form or next(iter(instrument.forms)), instrument.forms, "la scheda")]
    variant = known(
        wish.variant or form.default_variant, form.variants, f"nella scheda {form.code} la versione"
    )
    length = known(wish.length, (FULL, *LENGTHS), "la lunghezza")
    context = _context(wish.context)
    asked = [
        Questionnaire(instrument, form.code, variant, occasion, context, length)
        for occasion in _occasions(instrument, form, wish.occasion)
    ]
    found = next((one for one in asked if one.asked), None)
    if found is None:
        raise SheetError(_nothing(instrument, form, asked[0]))
    return found


def _occasions(instrument: Instrument, form: Form, wished: str) -> tuple[str, ...]:
    """The occasion that was named, else all of them: the first one with a question is taken."""
    codes = occasions_of(instrument, form)
    return (known(wished, codes, f"nella scheda {form.code} la rilevazione"),) if wished else codes


def _context(values: Mapping[str, str]) -> Context:
    given = {}
    for found in fields(Context):
        value = values.get(found.name) or ""
        allowed = CONTEXT_VALUES[found.name]
        given[found.name] = (
            known(value, allowed, f"per «{FIELDS[found.name]}» il valore") if value and allowed else value
        )
    return Context(**given)


def _nothing(instrument: Instrument, form: Form, asked: Questionnaire) -> str:
    told = f"la scheda {form.code} non ha domande per {asked.occasion} con questa lunghezza e questo contesto"
    named = [f"«{FIELDS[name]}»" for name in sorted(instrument.context_fields) if name in CONTEXT_VALUES]
    return f"{told}: cambia rilevazione{', o indica ' + ', '.join(named) if named else ''}"
