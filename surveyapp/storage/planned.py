"""Statements of the study plan: what was answered that it looks at, and dates that follow the register."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from surveyapp.storage.tables import Administration, Answer


def answered(connection: Connection, items: Collection[str]) -> set[tuple[int, str]]:
    """Which of these items have a value or text in a response that was sent, by path: (path id, item)."""
    query = (
        select(Administration.path_id, Answer.item)
        .join(Answer, Answer.administration_id == Administration.id)
        .where(
            Administration.state == "submitted",
            Administration.path_id.is_not(None),
            Answer.item.in_(items),
            Answer.reason.is_(None),
        )
        .distinct()
    )
    return {(row.path_id, row.item) for row in connection.execute(query)}


def move(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """New dates for administrations that are open: `administration`, `due_from`, `due_to`, `late_to`."""
    moved = list(rows)
    if moved:
        connection.execute(
            update(Administration)
            .where(Administration.id == bindparam("administration"), Administration.state == "open")
            .values(due_from=bindparam("due_from"), due_to=bindparam("due_to"), late_to=bindparam("late_to")),
            moved,
        )


def pin(connection: Connection, administration: int, **version: Any) -> None:
    """Another version for an administration that nobody has begun: version, digest, context, modules."""
    unbegun = (Administration.state == "open", Administration.opened_at.is_(None))
    connection.execute(
        update(Administration).where(Administration.id == administration, *unbegun).values(**version)
    )
