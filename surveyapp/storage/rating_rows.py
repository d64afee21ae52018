"""Statements on what experts judge by link, on their links, and on the tests of readers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from surveyapp.storage.focus_tables import (
    Criterion,
    FocusGroup,
    Rater,
    Rating,
    RatingQuestion,
    RatingRound,
    ReaderTest,
)


def meetings(connection: Connection) -> list[Row[Any]]:
    """The focus groups, newest first."""
    query = select(FocusGroup.__table__).order_by(FocusGroup.planned_for.desc(), FocusGroup.id.desc())
    return list(connection.execute(query))


def meeting(connection: Connection, meeting_id: int) -> Row[Any] | None:
    """One focus group, or None."""
    return connection.execute(select(FocusGroup.__table__).where(FocusGroup.id == meeting_id)).one_or_none()


def new_criteria(connection: Connection) -> list[Row[Any]]:
    """The criteria that no item of an instrument stands for."""
    return list(connection.execute(select(Criterion.code, Criterion.title).order_by(Criterion.code)))


def rounds(connection: Connection) -> list[Row[Any]]:
    """Every round with its focus group, newest first; `questions`, `links` and `sent` count."""
    questions = _count(RatingQuestion, RatingQuestion.round_id == RatingRound.id)
    links = _count(Rater, Rater.round_id == RatingRound.id)
    sent = _count(Rater, Rater.round_id == RatingRound.id, Rater.submitted_at.is_not(None))
    columns = (questions.label("questions"), links.label("links"), sent.label("sent"))
    return list(connection.execute(_rounds(*columns).order_by(RatingRound.id.desc())))


def round_of(connection: Connection, round_id: int, *, lock: bool = False) -> Row[Any] | None:
    """One round with the code and title of its focus group, or None; locked for who changes it."""
    if lock:
        connection.execute(select(RatingRound.id).where(RatingRound.id == round_id).with_for_update())
    return connection.execute(_rounds().where(RatingRound.id == round_id)).one_or_none()


def add_round(connection: Connection, **values: Any) -> int:
    """Add a round; its id."""
    return _add(connection, RatingRound, values)


def close_round(connection: Connection, round_id: int, now: datetime) -> bool:
    """Close a round; False where it was closed already."""
    statement = update(RatingRound).where(RatingRound.id == round_id, RatingRound.closed_at.is_(None))
    return connection.execute(statement.values(closed_at=now)).rowcount == 1


def questions(connection: Connection, round_id: int) -> list[Row[Any]]:
    """What is judged in a round, in order."""
    query = select(RatingQuestion.__table__).where(RatingQuestion.round_id == round_id)
    return list(connection.execute(query.order_by(RatingQuestion.position)))


def add_question(connection: Connection, **values: Any) -> int:
    """Add something to judge; its id."""
    return _add(connection, RatingQuestion, values)


def remove_question(connection: Connection, round_id: int, question_id: int) -> bool:
    """Take something out of a round; False where it is not there."""
    mine = (RatingQuestion.round_id == round_id, RatingQuestion.id == question_id)
    return connection.execute(delete(RatingQuestion).where(*mine)).rowcount == 1


def raters(connection: Connection, round_id: int) -> list[Row[Any]]:
    """The links of a round; `judged` counts the questions that each has answered."""
    judged = (
        select(func.count(Rating.question_id.distinct())).where(Rating.rater_id == Rater.id).scalar_subquery()
    )
    query = select(Rater.__table__, judged.label("judged")).where(Rater.round_id == round_id)
    return list(connection.execute(query.order_by(Rater.id)))


def rater(connection: Connection, rater_id: int, *, lock: bool = False) -> Row[Any] | None:
    """One link, or None; locked for who writes judgements with it."""
    query = select(Rater.__table__).where(Rater.id == rater_id)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def rater_with(connection: Connection, token_sha256: str) -> Row[Any] | None:
    """The link with this token, or None."""
    query = select(Rater.__table__).where(Rater.token_sha256 == token_sha256)
    return connection.execute(query).one_or_none()


def add_rater(connection: Connection, **values: Any) -> int:
    """Add a link; its id."""
    return _add(connection, Rater, values)


def change_rater(connection: Connection, rater_id: int, **values: Any) -> None:
    """Give a link another end, another token, or the moment at which it was used to send."""
    connection.execute(update(Rater).where(Rater.id == rater_id).values(values))


def add_rating(connection: Connection, **values: Any) -> int:
    """Add a judgement beside the earlier ones; its id."""
    return _add(connection, Rating, values)


def judgements(connection: Connection, round_id: int) -> list[Row[Any]]:
    """The last judgement of each person on each question, with who gave it."""
    newest = (
        select(func.max(Rating.revision))
        .where(Rating.rater_id == Rater.id, Rating.question_id == RatingQuestion.id)
        .correlate(Rater, RatingQuestion)
        .scalar_subquery()
    )
    query = (
        select(Rating.__table__, Rater.code, Rater.audience, Rater.organisation, Rater.submitted_at)
        .join(Rater, Rater.id == Rating.rater_id)
        .join(RatingQuestion, RatingQuestion.id == Rating.question_id)
        .where(Rater.round_id == round_id, Rating.revision == newest)
        .order_by(RatingQuestion.position, Rater.id)
    )
    return list(connection.execute(query))


def add_reader_test(connection: Connection, **values: Any) -> int:
    """Add what a reader understood; its id."""
    return _add(connection, ReaderTest, values)


def reader_tests(connection: Connection, meeting_id: int) -> list[Row[Any]]:
    """What readers understood in a meeting, wording by wording, in the order in which it was written."""
    wording = (
        ReaderTest.instrument,
        ReaderTest.version,
        ReaderTest.item,
        ReaderTest.form,
        ReaderTest.variant,
    )
    query = select(ReaderTest.__table__).where(ReaderTest.focus_group_id == meeting_id)
    return list(connection.execute(query.order_by(*wording, ReaderTest.id)))


def _rounds(*more: Any) -> Select[Any]:
    meeting_columns = (FocusGroup.code.label("meeting"), FocusGroup.title.label("meeting_title"))
    query = select(RatingRound.__table__, *meeting_columns, *more)
    return query.join(FocusGroup, FocusGroup.id == RatingRound.focus_group_id)


def _count(table: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(table).where(*conditions).correlate(RatingRound).scalar_subquery()


def _add(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    return int(connection.execute(insert(table).values(row).returning(table.id)).scalar_one())
