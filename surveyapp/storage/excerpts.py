"""What was said in a focus group: excerpts with their codes, and the criteria that came up new."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from surveyapp.storage.focus_tables import Criterion, Excerpt, ExcerptCode, FocusGroup, FocusParticipant
from surveyapp.storage.revision_tables import DecisionEvidence


def listed(connection: Connection, meeting: int) -> list[Row[Any]]:
    """The excerpts of a meeting in their order, each with the code of who spoke (or None)."""
    speaker = FocusParticipant.code.label("speaker")
    query = select(Excerpt.__table__, speaker).outerjoin(
        FocusParticipant, FocusParticipant.id == Excerpt.speaker_id
    )
    mine = Excerpt.focus_group_id == meeting
    return list(connection.execute(query.where(mine).order_by(Excerpt.position, Excerpt.id)))


def found(connection: Connection, meeting: int, excerpt: int) -> Row[Any] | None:
    """One excerpt of a meeting, or None."""
    query = select(Excerpt.__table__).where(Excerpt.id == excerpt, Excerpt.focus_group_id == meeting)
    return connection.execute(query).one_or_none()


def known(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The ids of the excerpts that are kept already, by their keys."""
    query = select(Excerpt.key, Excerpt.id).where(Excerpt.key.in_(list(keys)))
    return {row.key: row.id for row in connection.execute(query)}


def next_position(connection: Connection, meeting: int) -> int:
    """The number of the next excerpt; the meeting is locked by who adds one."""
    last = connection.scalar(select(func.max(Excerpt.position)).where(Excerpt.focus_group_id == meeting))
    return (last or 0) + 1


def add(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Keep excerpts. Raises IntegrityError for a key that is there already."""
    if rows:
        connection.execute(insert(Excerpt), rows)


def rests_on(connection: Connection, excerpt: int) -> bool:
    """Whether a decision rests on an excerpt: then it is never changed."""
    evidence = (DecisionEvidence.kind == "excerpt", DecisionEvidence.reference == str(excerpt))
    return connection.scalar(select(DecisionEvidence.id).where(*evidence).limit(1)) is not None


def change(connection: Connection, excerpt: int, values: Mapping[str, Any]) -> None:
    """Correct an excerpt on which no decision rests."""
    connection.execute(update(Excerpt).where(Excerpt.id == excerpt).values(**values))


def remove(connection: Connection, excerpt: int) -> None:
    """Delete an excerpt with its codes."""
    connection.execute(delete(ExcerptCode).where(ExcerptCode.excerpt_id == excerpt))
    connection.execute(delete(Excerpt).where(Excerpt.id == excerpt))


def codes(connection: Connection, meeting: int) -> list[Row[Any]]:
    """Every code of the excerpts of a meeting, the first ones first."""
    query = select(ExcerptCode.__table__).join(Excerpt, Excerpt.id == ExcerptCode.excerpt_id)
    return list(connection.execute(query.where(Excerpt.focus_group_id == meeting).order_by(ExcerptCode.id)))


def code(connection: Connection, excerpt: int, coder: str, criterion: str, kind: str, now: datetime) -> bool:
    """Keep what a coder says an excerpt is about; False when that coder had said so already."""
    same = {"excerpt_id": excerpt, "coder": coder, "criterion": criterion, "kind": kind}
    if connection.scalar(select(ExcerptCode.id).filter_by(**same)) is not None:
        return False
    connection.execute(insert(ExcerptCode).values(**same, coded_at=now))
    return True


def remove_code(connection: Connection, excerpt: int, coder: str, code_id: int) -> bool:
    """Take back a code; only who gave it can."""
    own = {"id": code_id, "excerpt_id": excerpt, "coder": coder}
    return connection.execute(delete(ExcerptCode).filter_by(**own)).rowcount == 1


def new_criteria(connection: Connection) -> dict[str, str]:
    """The criteria that no instrument has: code and title."""
    query = select(Criterion.code, Criterion.title).order_by(Criterion.code)
    return {row.code: row.title for row in connection.execute(query)}


def found_in(connection: Connection) -> dict[str, str]:
    """The criteria that no instrument has, with the code of the meeting where each came up ("" if none)."""
    query = select(Criterion.code, FocusGroup.code.label("meeting")).outerjoin(
        FocusGroup, FocusGroup.id == Criterion.found_in
    )
    return {row.code: row.meeting or "" for row in connection.execute(query.order_by(Criterion.code))}


def add_criterion(connection: Connection, code: str, title: str, meeting: int, now: datetime) -> None:
    """Keep a criterion that came up in a meeting. Raises IntegrityError for a code that is there already."""
    row = {"code": code, "title": title, "found_in": meeting, "created_at": now}
    connection.execute(insert(Criterion).values(**row))
