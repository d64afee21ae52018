"""Statements of the practice questions: outside of the two queries that show a question."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from surveyapp.storage.practice_tables import PracticeAnswer


def add(connection: Connection, **values: Any) -> None:
    """Append one answer to a practice question."""
    connection.execute(insert(PracticeAnswer), values)


def answers(connection: Connection, administration_id: int) -> list[Row[Any]]:
    """Every practice answer of an administration, oldest first. Columns: round, place, value, reason."""
    query = (
        select(PracticeAnswer.round, PracticeAnswer.place, PracticeAnswer.value, PracticeAnswer.reason)
        .where(PracticeAnswer.administration_id == administration_id)
        .order_by(PracticeAnswer.id)
    )
    return list(connection.execute(query))
