"""Statements of the practice questions: outside of the two queries that show a question."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from surveyapp.storage.practice_tables import PracticeAnswer

# Made once, as in storage.answering.
_ADD = insert(PracticeAnswer)
_ANSWERS = (
    select(PracticeAnswer.round, PracticeAnswer.place, PracticeAnswer.value, PracticeAnswer.reason)
    .where(PracticeAnswer.administration_id == bindparam("administration_id"))
    .order_by(PracticeAnswer.id)
)


def add(connection: Connection, **values: Any) -> None:
    """Append one answer to a practice question."""
    connection.execute(_ADD, values)


def answers(connection: Connection, administration_id: int) -> list[Row[Any]]:
    """Every practice answer of an administration, oldest first. Columns: round, place, value, reason."""
    return list(connection.execute(_ANSWERS, {"administration_id": administration_id}))
