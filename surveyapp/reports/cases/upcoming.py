"""What is to be filled in next about a person: what is there already, then what the study plan will ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.reports.cases.hidden import PARTICIPANT
from surveyapp.sheets.labels import RESPONDENTS
from surveyapp.storage.register_rows import AdministrationRow, Register
from surveyapp.study import planning
from surveyapp.study.plan import answered_items
from surveyapp.study.subjects import made, path_end_rule, subjects
from surveyapp.study.versions import by_plan

# How far ahead a review looks: the next one is mostly within half a year.
AHEAD = timedelta(180)
LATE, NOW, LATER = "in ritardo", "da compilare", "più avanti"


@dataclass(frozen=True)
class Upcoming:
    """A form to be filled in, with its days; `who` answers it, and `standing`, are in words."""

    form: str
    who: str
    occasion: str
    due_from: date
    due_to: date
    standing: str


def upcoming(connection: Connection, catalogue: Catalogue, rows: Register, today: date) -> Iterator[Upcoming]:
    """What is open and can still come, then what the plan asks in the next six months, by its days.

    Second observers and retests appear once they are drawn. What can no longer come is left out.
    """
    there = [_there(catalogue, row, today) for row in rows.administrations if _can_come(row, today)]
    ahead = _ahead(connection, catalogue, rows, today) if catalogue.plans else []
    yield from sorted([*filter(None, there), *ahead], key=lambda one: (one.due_to, one.due_from, one.form))


def _can_come(row: AdministrationRow, today: date) -> bool:
    return row.state == "open" and (row.late_to is None or row.late_to >= today)


def _there(catalogue: Catalogue, row: AdministrationRow, today: date) -> Upcoming | None:
    if row.due_from is None or row.due_to is None:
        return None
    instrument = catalogue.pinned(row.instrument, row.version, row.digest)
    return _upcoming(instrument, row.form, row.occasion, (row.due_from, row.due_to), today, row.rater)


def _ahead(connection: Connection, catalogue: Catalogue, rows: Register, today: date) -> list[Upcoming]:
    """What is not there yet; who is drawn as second observer, or to answer again, hangs on everybody."""
    looked_at = planning.Register(
        [one for one in subjects(rows, path_end_rule(catalogue)) if one.kind in ("path", "placement")],
        made(rows),
        answered_items(connection, catalogue),
    )
    until = today + AHEAD - timedelta(catalogue.plan().number("horizon_days"))
    found = planning.due(catalogue.plan(), looked_at, by_plan(catalogue, looked_at.made, today), until)
    return [
        _upcoming(one.instrument, one.form, one.occasion, (one.due_from, one.due_to), today)
        for one in planning.new(found, looked_at)
        if one.rater == 1 and one.retest_of is None and one.late_to >= today
    ]


def _upcoming(
    instrument: Instrument, form: str, occasion: str, days: tuple[date, date], today: date, rater: int = 1
) -> Upcoming:
    standing = LATER if days[0] > today else NOW if days[1] >= today else LATE
    who = "il secondo osservatore" if rater > 1 else RESPONDENTS[instrument.forms[form].respondent]
    asked = instrument.forms[form]
    title = instrument.title if asked.respondent == PARTICIPANT else asked.title  # that one says "tu"
    return Upcoming(title, who, instrument.occasions[occasion].title, *days, standing)
