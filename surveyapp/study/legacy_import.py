"""Responses gathered before the platform come in all together or not at all, with their real dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import path
from surveyapp.storage import answering, register_rows, responses
from surveyapp.storage import register as stored
from surveyapp.storage.pinned import context_text
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.legacy_checks import Found, Sent, known, resolved, window
from surveyapp.study.plan import administration_row, modules
from surveyapp.study.planning import Planned
from surveyapp.study.register import DEMONSTRATION_PRESENT
from surveyapp.study.responses_csv import ResponseRow, read_responses

Values = dict[str, Any]

LEGACY = "legacy"
NOON = time(12)  # only the day is known


@dataclass(frozen=True)
class LegacySummary:
    """What an import of responses changed. `off_path` are answers that are kept and do not count."""

    added: int
    filled: int
    unchanged: int
    answers: int
    off_path: int


def read_file(data: bytes, catalogue: Catalogue, instrument_id: str) -> list[ResponseRow]:
    """The responses of a file to an instrument, whichever its version.

    Raises ImportRefusedError with every problem found, CatalogueError for an unknown instrument.
    """
    newest = catalogue.newest(instrument_id)
    versions = [one for (name, _), one in catalogue.instruments.items() if name == instrument_id]
    return read_responses(data, dict.fromkeys(item for one in (newest, *versions) for item in one.items))


def import_responses(
    connection: Connection,
    catalogue: Catalogue,
    instrument_id: str,
    rows: Sequence[ResponseRow],
    now: datetime,
    zone: ZoneInfo,
) -> LegacySummary:
    """Keep responses as sent on their day, in the administration that is planned or in a new one.

    No consent is recorded: it was given elsewhere. A response that is there already changes nothing. Raises
    ImportRefusedError, before anything is written, with everything that is wrong; RefusedError for a database
    of the demonstration; CatalogueError where a pinned version is not here unchanged.
    """
    if stored.holds_demonstration(connection):
        raise RefusedError(DEMONSTRATION_PRESENT)
    register, sent = register_rows.load(connection), _sent(connection, instrument_id, zone)
    today = now.astimezone(zone).date()
    found, wrong = resolved(rows, known(catalogue, instrument_id, register, sent, today))
    if wrong:
        raise ImportRefusedError(wrong)
    to_keep = sorted((one for one in found if not one.is_sent), key=lambda one: (one.row.day, one.row.number))
    off_path = sum(_keep(connection, one, zone) for one in to_keep)
    filled = sum(one.there is not None for one in to_keep)
    answers = sum(len(one.answers) for one in to_keep)
    return LegacySummary(len(to_keep) - filled, filled, len(found) - len(to_keep), answers, off_path)


def _sent(connection: Connection, instrument_id: str, zone: ZoneInfo) -> Mapping[int, Sent]:
    days = {
        row.id: row.closed_at.astimezone(zone).date()
        for row in responses.administrations(connection, instrument_id)
        if row.state == "submitted"
    }
    given: dict[int, dict[str, Answer]] = {
        administration: {row.item: Answer(row.value, row.text, row.reason) for row in group}
        for administration, group in groupby(
            responses.submitted_answers(connection, instrument_id), key=lambda row: row.administration_id
        )
    }
    return {administration: Sent(day, given.get(administration, {})) for administration, day in days.items()}


def _keep(connection: Connection, one: Found, zone: ZoneInfo) -> int:
    """Keep one response; how many of its answers are off the path. Older responses must have been kept."""
    moment = datetime.combine(one.row.day, NOON, zone)
    row = _administration(one) | _state(one, moment)
    if one.there is None:
        administration = stored.add_administrations(connection, [row])[0]
    else:
        administration = one.there.id
        answering.change_administration(connection, administration, **_changed(one, row))
    stored.add_answers(connection, _answer_rows(one, administration, moment))
    asked = one.questionnaire
    if len(asked.instrument.forms[asked.form].variants) > 1:
        answering.keep_variant(connection, row["path_id"], asked.variant)
    carried = answering.carried_answers(connection, one.subject.key, asked, one.row.number, one.row.rater)
    on_path = {item.id for item in path(asked, one.answers, carried)}
    return len(one.answers.keys() - on_path)


def _administration(one: Found) -> Values:
    """The columns of a new administration, with its window where the dates are known."""
    asked, row = one.questionnaire, one.row
    planned = Planned(
        subject=one.subject,
        instrument=asked.instrument,
        form=asked.form,
        occasion=asked.occasion,
        length=asked.length,
        due_from=row.day,
        due_to=row.day,
        late_to=row.day,
        number=row.number,
        rater=row.rater,
    )
    dates = window(asked.instrument.occasions[asked.occasion].window, one.subject, row.number)
    said = {"respondent": row.respondent} if row.respondent else {}
    return administration_row(planned) | dates | said


def _state(one: Found, moment: datetime) -> Values:
    return {
        "state": "submitted",
        "source": LEGACY,
        "variant": one.questionnaire.variant,
        "opened_at": moment,
        "closed_at": moment,
    }


def _changed(one: Found, row: Values) -> Values:
    """What changes in an administration that was planned: it stays what it is about and when it was due."""
    names = ("state", "source", "variant", "opened_at", "closed_at", "version", "digest", "length")
    asked = one.questionnaire
    pinned = {
        "context": context_text(asked.context, asked.instrument.context_fields),
        "modules": modules(asked.instrument, asked.context),
    }
    said = {"respondent": one.row.respondent} if one.row.respondent else {}
    return {name: row[name] for name in names} | pinned | said


def _answer_rows(one: Found, administration: int, moment: datetime) -> list[Values]:
    return [
        {
            "administration_id": administration,
            "item": item,
            "revision": 1,
            "value": answer.value,
            "text": answer.text,
            "reason": answer.reason,
            "variant": one.questionnaire.variant,
            "mode": one.row.mode,
            "key": f"{LEGACY}-{item}",
            "answered_at": moment,
        }
        for item, answer in one.answers.items()
    ]
