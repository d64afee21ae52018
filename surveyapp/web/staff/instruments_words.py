"""Instruments in words, for the staff pages: who answers, rules, minima, lists of ids."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from surveyapp.instruments.answers import FULL, Option
from surveyapp.instruments.model import Form, Instrument
from surveyapp.instruments.rule import Rule
from surveyapp.sheets.words import Names, condition, names_by_id
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _

RESPONDENTS: Mapping[str, str] = {
    "participant": later("partecipante"),
    "operator": later("operatore"),
    "host": later("chi ospita"),
    "executing_body": later("ente esecutore"),
    "client_firm": later("impresa committente"),
    "employment_office": later("Collocamento Mirato"),
}
# The team answers together, though each of its members is an operator.
TEAMS: Mapping[str, str] = {"ECIL": later("équipe")}
LENGTHS: Mapping[str, str] = {FULL: later("intera"), "short": later("breve"), "mini": later("mini")}
# Fewer conditions than these are read sooner one by one.
ALIKE = 3
# Fewer ids in a row than these are read sooner one by one.
RUN = 3

_NUMBERED = re.compile(r"(.*?)([0-9]+)")


def answered_by(form: Form) -> str:
    """Who fills in a form."""
    return TEAMS.get(form.code) or RESPONDENTS.get(form.respondent, form.respondent)


def quoted(words: str) -> Markup:
    """Words of an instrument between quotes."""
    return around(_("«{words}»"), words=italian(words))


def listed(words: Iterable[str]) -> Markup:
    """Words in a row, the last after "e"."""
    return _in_a_row(_("{first} e {last}"), words)


def either(words: Iterable[str]) -> Markup:
    """Words of which one is enough, the last after "o"."""
    return _in_a_row(_("{first} o {last}"), words)


def ranges(ids: Iterable[str]) -> Markup:
    """Ids in few words: those that follow each other as "da VIP_SOG1 a VIP_SOG8"."""
    declared = list(dict.fromkeys(one.partition(".")[0] for one in ids))
    runs: list[list[str]] = []
    for one in declared:
        if runs and _follows(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return listed(itertools.chain.from_iterable(_run(run) for run in runs))


def rule_words(rule: Rule, names: Names) -> str:
    """A rule as a clause after "se"; many conditions on the same answer are said once.

    Other rules are said as in the codebook, in Italian.
    """
    while rule.operator in ("all", "any") and len(rule.parts) == 1:
        rule = rule.parts[0]  # what is left of a rule when the context has decided the rest
    alike = _alike(rule)
    if not alike:
        return italian(condition(rule, names))
    labels = {option.code: option.label for option in _options(alike[0], names)}
    wanted = either(quoted(labels.get(code, str(code))) for code in alike[0].codes)
    asked = ranges(part.item for part in alike)
    return around(
        _("la risposta è {wanted} in almeno una di queste domande: {asked}"), wanted=wanted, asked=asked
    )


def alternatives(rule: Rule, instrument: Instrument) -> list[str]:
    """A rule on a whole questionnaire as clauses after "se", one of which is enough.

    A rule may look at the same question in several forms: each clause has the options of its own form.
    """
    apart = rule.operator == "any" and all(_form_named(part) for part in rule.parts)
    return [rule_words(part, _names_in(instrument, part)) for part in (rule.parts if apart else (rule,))]


def minima(by_form: Mapping[str, int]) -> str:
    """How many valid answers a score needs, by form: "3 (schede P e O)", or "P 5, ECIL 4"."""
    if len(set(by_form.values())) > 1:
        return ", ".join(f"{form} {number}" for form, number in by_form.items())
    words = _("{number} (scheda {forms})") if len(by_form) == 1 else _("{number} (schede {forms})")
    return Markup("").join(
        around(words, number=number, forms=listed(by_form)) for number in set(by_form.values())
    )


def _in_a_row(message: str, words: Iterable[str]) -> Markup:
    *first, last = [*words] or [""]
    return around(message, first=Markup(", ").join(first), last=last) if first else escape(last)


def _form_named(rule: Rule) -> str:
    """The first form that a rule speaks of; "" when it speaks of none."""
    named = [values[0] for leaf in rule.leaves() for field, values in leaf.among if field == "form"]
    return named[0] if named else ""


def _names_in(instrument: Instrument, rule: Rule) -> Names:
    """Names with the options of the form and variant that the rule speaks of."""
    form = instrument.forms.get(_form_named(rule))
    if form is None:
        return names_by_id(instrument)
    named = [values[0] for leaf in rule.leaves() for field, values in leaf.among if field == "variant"]
    return names_by_id(instrument, form.code, named[0] if named else form.default_variant)


def _alike(rule: Rule) -> Sequence[Rule]:
    """The parts of a rule that asks many items for the same answer; none when it does not."""
    wanted = {part.codes if part.operator == "is" else None for part in rule.parts}
    alike = rule.operator == "any" and len(wanted) == 1 and None not in wanted
    return rule.parts if alike and len(rule.parts) >= ALIKE else ()


def _options(rule: Rule, names: Names) -> Iterable[Option]:
    declared = names.format_of(rule.item)
    return declared.options if declared else ()


def _follows(before: str, after: str) -> bool:
    numbered = _NUMBERED.fullmatch(before)
    return numbered is not None and after == f"{numbered[1]}{int(numbered[2]) + 1}"


def _run(run: list[str]) -> list[str]:
    return run if len(run) < RUN else [around(_("da {first} a {last}"), first=run[0], last=run[-1])]
