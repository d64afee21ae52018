"""Decisions with their evidence: proposed, taken, listed; never deleted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from surveyapp.storage.focus_tables import FocusGroup
from surveyapp.storage.revision_tables import Decision, DecisionEvidence

Evidence = tuple[str, str]  # kind, reference


def propose(connection: Connection, evidence: Iterable[Evidence], **values: Any) -> str:
    """Keep a proposal with what it rests on; its code ("DEC-014"), the next one that is free."""
    last = connection.scalar(select(func.max(Decision.id))) or 0
    code = f"DEC-{last + 1:03}"
    made = connection.execute(insert(Decision).returning(Decision.id), {"code": code} | values).scalar_one()
    rows = [{"decision_id": made, "kind": kind, "reference": text} for kind, text in dict.fromkeys(evidence)]
    if rows:
        connection.execute(insert(DecisionEvidence), rows)
    return code


def decide(connection: Connection, code: str, outcome: str, reason: str, who: str, on: date) -> bool:
    """Give an open proposal its outcome; False when it has one already, which stays."""
    taken = {"outcome": outcome, "reason": reason, "decided_by": who, "decided_on": on}
    still_open = (Decision.code == code, Decision.outcome == "open")
    return connection.execute(update(Decision).where(*still_open).values(**taken)).rowcount == 1


def listed(
    connection: Connection, instrument: str = "", object_id: str = "", meeting: int | None = None
) -> list[Row[Any]]:
    """Decisions, newest first, with code and audience of the meeting; of an instrument, object or meeting."""
    columns = [
        *Decision.__table__.columns,
        FocusGroup.code.label("meeting"),
        FocusGroup.audience.label("audience"),
    ]
    query = (
        select(*columns)
        .outerjoin(FocusGroup, FocusGroup.id == Decision.focus_group_id)
        .order_by(Decision.id.desc())
    )
    if instrument:
        query = query.where(Decision.instrument == instrument)
    if object_id:
        query = query.where(Decision.object_id == object_id)
    if meeting is not None:
        query = query.where(Decision.focus_group_id == meeting)
    return list(connection.execute(query))


def found(connection: Connection, code: str) -> Row[Any] | None:
    """One decision; None where there is none of that code."""
    return next((row for row in listed(connection) if row.code == code), None)


def evidence(connection: Connection, decision_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What decisions rest on, by decision."""
    table = DecisionEvidence
    query = select(table.decision_id, table.kind, table.reference).where(
        table.decision_id.in_(list(decision_ids))
    )
    gathered: dict[int, list[Evidence]] = {}
    for decision_id, kind, reference in connection.execute(query.order_by(table.id)):
        gathered.setdefault(decision_id, []).append((kind, reference))
    return gathered
