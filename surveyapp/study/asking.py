"""Asking by hand for what the plan leaves to people: a review, one more round, a form in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from surveyapp.instruments.answers import FULL, LENGTHS
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.near import meant
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.plan import Entry
from surveyapp.storage import register as stored
from surveyapp.storage import register_rows
from surveyapp.study.errors import RefusedError
from surveyapp.study.plan import administration_row
from surveyapp.study.planning import Made, Planned, Subject
from surveyapp.study.subjects import made, path_end_rule, subjects
from surveyapp.study.versions import by_rule

DAYS, LATE_DAYS = 30, 60  # from today, where the occasion says nothing


@dataclass(frozen=True)
class Asked:
    """What is asked for: the code of a person, placement, agreement or organisation, and which form when."""

    code: str
    instrument: str
    form: str
    occasion: str
    length: str = FULL


def ask(connection: Connection, catalogue: Catalogue, asked: Asked, today: date) -> Planned:
    """Make the administration asked for, due from today; one more where the occasion has had one already.

    Its version is that of the series where the plan keeps one. Raises RefusedError in words, with near names,
    for what is not there, what has no question, or while the one before is still open; CatalogueError for an
    unknown instrument.
    """
    instrument = catalogue.newest(asked.instrument)
    _check_names(asked, instrument)
    rows = register_rows.load(connection)
    there = made(rows)
    subject = _subject(asked, subjects(rows, path_end_rule(catalogue)), _kind(catalogue, asked))
    rule = next((one.version for one in catalogue.plan().entries if _is_of(asked, one)), "in_force")
    instrument = by_rule(catalogue, there, today)(rule, instrument.id, subject)
    planned = _planned(asked, subject, instrument, there, today)
    stored.add_administrations(connection, [administration_row(planned)])
    return planned


def _is_of(asked: Asked, entry: Entry) -> bool:
    return (entry.instrument, entry.form) == (asked.instrument, asked.form)


def _kind(catalogue: Catalogue, asked: Asked) -> Sequence[str]:
    """What the plan asks this form about, the occasion's own kind first."""
    theirs = [entry for entry in catalogue.plan().entries if _is_of(asked, entry)]
    then = [entry for entry in theirs if asked.occasion in entry.occasions]
    return list(dict.fromkeys(entry.subject for entry in (*then, *theirs)))


def _subject(asked: Asked, everything: Sequence[Subject], kinds: Sequence[str]) -> Subject:
    """The last one with this code: a person's latest path."""
    found = [one for one in everything if one.kind in kinds and one.code == asked.code]
    if not found:
        codes = sorted({one.code for one in everything if one.kind in kinds})
        raise RefusedError(f"«{asked.code}» non è nel registro{meant(asked.code, codes)}")
    return found[-1]


def _planned(
    asked: Asked, subject: Subject, instrument: Instrument, there: Sequence[Made], today: date
) -> Planned:
    _check_questions(asked, subject, instrument)
    before = [
        one
        for one in there
        if (one.subject, one.instrument, one.form, one.occasion, one.rater)
        == (subject.key, instrument.id, asked.form, asked.occasion, 1)
    ]
    if still_open := [one for one in before if one.state == "open"]:
        raise RefusedError(
            f"questo questionario è già da compilare (numero {still_open[0].number}):"
            " si trova fra quelli di oggi, o con «surveyapp links»"
        )
    return Planned(
        subject=subject,
        instrument=instrument,
        form=asked.form,
        occasion=asked.occasion,
        length=asked.length,
        due_from=today,
        due_to=today + timedelta(DAYS),
        late_to=today + timedelta(LATE_DAYS),
        number=max((one.number for one in before), default=0) + 1,
    )


def _check_names(asked: Asked, instrument: Instrument) -> None:
    choices: Mapping[str, tuple[str, Sequence[str]]] = {
        "la scheda": (asked.form, list(instrument.forms)),
        "la rilevazione": (asked.occasion, list(instrument.occasions)),
        "la lunghezza": (asked.length, [FULL, *LENGTHS]),
    }
    for words, (written, known) in choices.items():
        if written not in known:
            near = meant(written, known)
            raise RefusedError(f"{words} «{written}» non c'è{near}; ci sono {', '.join(known)}")


def _check_questions(asked: Asked, subject: Subject, instrument: Instrument) -> None:
    variant = instrument.forms[asked.form].default_variant
    context = subject.context.only(instrument.context_fields)
    if not Questionnaire(instrument, asked.form, variant, asked.occasion, context, asked.length).asked:
        raise RefusedError(
            f"la scheda {asked.form}, {asked.occasion}, qui non ha domande: controlla scheda e rilevazione"
        )
