"""The study plan carried out: what is due is made in the database, what has moved follows the register."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.plan import SUBJECTS
from surveyapp.instruments.rule import Context
from surveyapp.instruments.rules import settled
from surveyapp.storage import planned as stored
from surveyapp.storage import register, register_rows
from surveyapp.storage.pinned import context_text
from surveyapp.study.impact import Impact, impact
from surveyapp.study.keys import new_key
from surveyapp.study.planning import Planned, Register, Subject, due, moved, new, repinned
from surveyapp.study.subjects import SECOND, made, path_end_rule, subjects
from surveyapp.study.versions import by_plan

Values = dict[str, Any]
Answered = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class PlanSummary:
    """What carrying out the plan changed."""

    made: int
    moved: int


def carry_out(connection: Connection, catalogue: Catalogue, today: date) -> PlanSummary:
    """Make every administration that is due and not there yet, and move the open ones whose dates changed;
    what nobody has begun takes the version that its series began with.

    Carrying it out again changes nothing. Raises CatalogueError where a pinned version is not here unchanged.
    """
    looked_at = _register(connection, catalogue, answered_items(connection, catalogue))
    found = due(catalogue.plan(), looked_at, by_plan(catalogue, looked_at.made, today), today)
    to_make, to_move = new(found, looked_at), moved(found, looked_at)
    register.add_administrations(connection, [administration_row(planned) for planned in to_make])
    stored.move(connection, [_dates(planned) | {"administration": there} for there, planned in to_move])
    for there, planned in repinned(found, looked_at):
        stored.pin(connection, there, **pinned(planned))
    return PlanSummary(len(to_make), len(to_move))


def impact_of(connection: Connection, catalogue: Catalogue, instrument_id: str) -> Impact | None:
    """What a new version of an instrument does to what is open; None for what the plan never asks."""
    return impact(catalogue.plan(), _register(connection, catalogue, frozenset()), instrument_id)


def _register(connection: Connection, catalogue: Catalogue, answered: Answered) -> Register:
    rows = register_rows.load(connection)
    return Register(subjects(rows, path_end_rule(catalogue)), made(rows), answered)


def administration_row(planned: Planned, key: str | None = None) -> Values:
    """The columns of an administration that is due, pinned to a version and a context."""
    instrument, subject = planned.instrument, planned.subject
    return {
        **_about(subject),
        **_dates(planned),
        **pinned(planned),
        "key": key or new_key(),
        "respondent": respondent(planned),
        "instrument": instrument.id,
        "form": planned.form,
        "occasion": planned.occasion,
        "number": planned.number,
        "rater": planned.rater,
        "length": planned.length,
        "retest_of": planned.retest_of,
    }


def pinned(planned: Planned) -> Values:
    """The columns that say which version is asked, and about what."""
    instrument, context = planned.instrument, planned.subject.context
    return {
        "version": instrument.version,
        "digest": instrument.digest,
        "context": context_text(context, instrument.context_fields),
        "modules": modules(instrument, context),
    }


def respondent(planned: Planned) -> str:
    """The code of who answers, or what they are where nobody has a code."""
    return SECOND if planned.rater > 1 else planned.subject.respondents.get(planned.form, "")


def modules(instrument: Instrument, context: Context) -> str:
    """The modules that a context switches on, as `mcr@0.1.0,a14@0.1.0`."""
    facts = vars(context)
    return ",".join(
        f"{include.module}@{include.version}"
        for include in instrument.includes
        if settled(include.show_if, facts) is True
    )


def _about(subject: Subject) -> Values:
    """The columns that say what it is about; a placement's has its path too."""
    ids = {
        kind: int(number) for kind, _, number in (subject.series.partition(":"), subject.key.partition(":"))
    }
    return {"subject": subject.key, **{f"{kind}_id": ids.get(kind) for kind in SUBJECTS}}


def _dates(planned: Planned) -> Values:
    return {"due_from": planned.due_from, "due_to": planned.due_to, "late_to": planned.late_to}


def answered_items(connection: Connection, catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Which of the items that the plan needs were answered: (series, item)."""
    needed = {entry.needs for entry in catalogue.plan().entries if entry.needs}
    return frozenset((f"path:{path}", item) for path, item in stored.answered(connection, needed))
