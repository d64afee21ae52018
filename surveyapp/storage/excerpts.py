"""What was said in a focus group or written in an answer: excerpts with their codes, and new criteria."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from surveyapp.storage.focus_tables import Criterion, Excerpt, ExcerptCode, FocusGroup, FocusParticipant
from surveyapp.storage.revision_tables import DecisionEvidence
from surveyapp.storage.tables import Answer


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


def key_of(answer: int) -> str:
    """The key of the excerpt of an answer, known before there is one."""
    return f"answer-{answer}"


def lock_answer(connection: Connection, answer: int) -> None:
    """Let nobody else code an answer until the transaction ends."""
    connection.execute(select(Answer.id).where(Answer.id == answer).with_for_update())


def of_answer(
    connection: Connection, answer: int, given_to: Mapping[str, str], source: str, by: str, now: datetime
) -> int:
    """The excerpt of an answer that is locked, made where there is none; its id.

    It refers to the answer and to what it was `given_to` (instrument, version, item, form, variant), and
    holds no word of it.
    """
    known = connection.scalar(select(Excerpt.id).where(Excerpt.answer_id == answer))
    if known is not None:
        return int(known)
    made = {"written_by": by, "written_at": now, "source": source, "position": 0, "text": ""}
    row = {"key": key_of(answer), "answer_id": answer} | dict(given_to) | made
    return int(connection.execute(insert(Excerpt).values(row).returning(Excerpt.id)).scalar_one())


def forget_answers(connection: Connection, administrations: Select[Any]) -> None:
    """Delete the excerpts of the answers of some administrations, with their codes: before the answers."""
    theirs = select(Answer.id).where(Answer.administration_id.in_(administrations))
    excerpts = select(Excerpt.id).where(Excerpt.answer_id.in_(theirs))
    connection.execute(delete(ExcerptCode).where(ExcerptCode.excerpt_id.in_(excerpts)))
    connection.execute(delete(Excerpt).where(Excerpt.answer_id.in_(theirs)))


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


def add_criterion(
    connection: Connection, code: str, title: str, meeting: int | None, now: datetime, origin: str = ""
) -> None:
    """Keep a criterion that came up in a meeting, or elsewhere: `origin` says where, in words.

    Raises IntegrityError for a code that is there already.
    """
    row = {"code": code, "title": title, "found_in": meeting, "origin": origin, "created_at": now}
    connection.execute(insert(Criterion).values(**row))
