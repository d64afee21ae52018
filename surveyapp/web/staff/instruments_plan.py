"""The study plan in words: for whom each form is due, when, in full or short, in which version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plan import Entry, Parameter, Plan
from surveyapp.sheets.words import Names, condition
from surveyapp.web.languages import around, italian, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff.instruments_version import occasion_title
from surveyapp.web.staff.instruments_words import LENGTHS, answered_by

SUBJECTS: Mapping[str, str] = {
    "path": later("Per ogni percorso"),
    "placement": later("Per ogni inserimento"),
    "agreement": later("Per ogni convenzione"),
    "accompaniment": later("Per ogni ente accompagnato"),
}
PLACEMENTS: Mapping[str, str] = {
    "reference": later("Solo per l'inserimento di riferimento della persona."),
    "others": later("Per gli inserimenti che non sono quello di riferimento."),
    "all": "",
}
VERSIONS: Mapping[str, str] = {
    "path": later("quella dell'inizio, fino alla fine del percorso"),
    "series": later("quella in uso alla prima rilevazione, fino alla fine dell'inserimento"),
    "accompaniment": later("quella della prima rilevazione dello stesso ente"),
    "in_force": later("quella in uso quel giorno"),
}

# The rules of a plan look at territory and placement only.
CONTEXT_ONLY = Names(str, lambda _item: None, {})


@dataclass(frozen=True)
class Due:
    """One entry as a line: which form, for whom, when, how long, which version; `more` are other sentences.

    `version` is the one in use today, "" where the instrument is not there.
    """

    instrument: str
    version: str
    form: str
    title: str
    who: str
    whom: tuple[str, ...]
    when: tuple[str, ...]
    length: str
    version_rule: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A parameter: what is chosen, what holds now, and what could hold instead."""

    code: str
    title: str
    value: str
    others: tuple[str, ...]


def due(plan: Plan, instruments: Mapping[str, Instrument]) -> list[tuple[str, list[Due]]]:
    """The entries under what they are about; one of an instrument that is not there stands by its id."""
    return [
        (
            words,
            [
                _due(plan, entry, instruments.get(entry.instrument))
                for entry in plan.entries
                if entry.subject == one
            ],
        )
        for one, words in SUBJECTS.items()
        if any(entry.subject == one for entry in plan.entries)
    ]


def choices(plan: Plan) -> list[Choice]:
    """The parameters in the order of the plan."""
    return [_choice(parameter) for parameter in plan.parameters.values()]


def _due(plan: Plan, entry: Entry, instrument: Instrument | None) -> Due:
    form = instrument.forms.get(entry.form) if instrument else None
    return Due(
        instrument=entry.instrument,
        version=instrument.version if instrument else "",
        form=entry.form,
        title=form.title if form else "",
        who=answered_by(form) if form else "",
        whom=tuple(_whom(entry)),
        when=tuple(_occasion(instrument, code) for code in entry.occasions),
        length=_length(entry),
        version_rule=VERSIONS[entry.version],
        more=tuple(_more(plan, entry, instrument)),
    )


def _occasion(instrument: Instrument | None, code: str) -> str:
    return occasion_title(instrument, code) if instrument else code


def _whom(entry: Entry) -> Iterator[str]:
    if PLACEMENTS[entry.placements]:
        yield PLACEMENTS[entry.placements]
    if entry.show_if:
        yield around(_("Solo se {rule}."), rule=italian(condition(entry.show_if, CONTEXT_ONLY)))
    if entry.needs:
        yield _("Solo se nello stesso percorso c'è già una risposta a {}.").format(entry.needs)


def _length(entry: Entry) -> str:
    usual = LENGTHS[entry.length]
    if entry.full_if is None:
        return usual
    rule = italian(condition(entry.full_if, CONTEXT_ONLY))
    return around(_("{full} se {rule}; altrimenti {usual}"), full=LENGTHS[FULL], rule=rule, usual=usual)


def _more(plan: Plan, entry: Entry, instrument: Instrument | None) -> Iterator[str]:
    if entry.second_rater:
        share = plan.parameters[entry.second_rater].value
        yield _("{} su 100, estratte a sorte, le compila anche un secondo osservatore.").format(share)
    if entry.retest:
        share = plan.parameters[entry.retest.share].value
        again = italian(_occasion(instrument, entry.retest.occasion))
        yield around(_("{share} su 100, estratte a sorte, anche: {again}."), share=share, again=again)


def _choice(parameter: Parameter) -> Choice:
    others = tuple(words for code, words in parameter.options.items() if code != parameter.value)
    value = parameter.options.get(parameter.value, parameter.value)
    return Choice(parameter.code, parameter.title, value, others)
