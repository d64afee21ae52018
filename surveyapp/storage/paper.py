"""Statements about questionnaires filled in on paper, for who has found the administration in their scope."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.paper_tables import PaperReading, PaperSheet
from surveyapp.storage.tables import Administration, Consent, Link
from surveyapp.storage.tables import Answer as AnswerRow

PAPER = "paper"


def sheet(connection: Connection, administration_id: int) -> Row[Any] | None:
    """The sheet of an administration, with the columns of PaperSheet; None where there is no sheet."""
    query = select(PaperSheet.__table__).where(PaperSheet.administration_id == administration_id)
    found: AnyRow | None = connection.execute(query).one_or_none()
    return found


def add_sheet(connection: Connection, **values: Any) -> None:
    """Keep a sheet; raises IntegrityError where there is one."""
    connection.execute(insert(PaperSheet), values)


def change_sheet(connection: Connection, administration_id: int, **values: Any) -> None:
    """Set the day of a sheet, who typed it again, or what came out of the comparison."""
    connection.execute(update(PaperSheet).where(PaperSheet.administration_id == administration_id), values)


def readings(connection: Connection, administration_id: int, entry: int) -> dict[str, Answer]:
    """What an entry read, by item: the newest of each."""
    query = (
        select(PaperReading.item, PaperReading.value, PaperReading.text, PaperReading.reason)
        .where(PaperReading.administration_id == administration_id, PaperReading.entry == entry)
        .order_by(PaperReading.id)
    )
    return {row.item: Answer(row.value, row.text, row.reason) for row in connection.execute(query)}


def add_readings(
    connection: Connection, administration_id: int, entry: int, read: Mapping[str, Answer], now: datetime
) -> None:
    """Append what an entry read."""
    rows = [
        {
            "administration_id": administration_id,
            "entry": entry,
            "item": item,
            "value": answer.value,
            "text": answer.text,
            "reason": answer.reason,
            "read_at": now,
        }
        for item, answer in read.items()
    ]
    if rows:
        connection.execute(insert(PaperReading), rows)


def given_elsewhere(connection: Connection, administration_id: int) -> dict[str, str]:
    """The items whose current answer did not come from paper, with the variant that was answered.

    A question that was skipped is none of them.
    """
    last = (
        select(func.max(AnswerRow.id).label("id"))
        .where(AnswerRow.administration_id == administration_id)
        .group_by(AnswerRow.item)
    )
    query = select(AnswerRow.item, AnswerRow.variant).where(
        AnswerRow.id.in_(last),
        AnswerRow.mode != PAPER,
        func.coalesce(AnswerRow.reason, "") != SKIPPED,
    )
    return {row.item: row.variant for row in connection.execute(query)}


def last_consent(connection: Connection, administration_id: int) -> AnyRow | None:
    """The latest decision about taking part; None where there is none.

    Columns: decision, optional, text_digest, decided_at.
    """
    query = (
        select(Consent.decision, Consent.optional, Consent.text_digest, Consent.decided_at)
        .where(Consent.administration_id == administration_id, Consent.decision != "talk")
        .order_by(Consent.id.desc())
        .limit(1)
    )
    found: AnyRow | None = connection.execute(query).one_or_none()
    return found


def help_kinds(connection: Connection, administration_id: int) -> tuple[str, ...]:
    """How somebody helped, as it was declared."""
    query = select(Administration.help_kinds).where(Administration.id == administration_id)
    return tuple(filter(None, connection.execute(query).scalar_one().split(",")))


def live_links(connection: Connection, administration_id: int, now: datetime) -> int:
    """How many links still open the questionnaire on the site."""
    live = (Link.administration_id == administration_id, Link.revoked_at.is_(None), Link.expires_at > now)
    return int(connection.execute(select(func.count()).select_from(Link).where(*live)).scalar_one())
