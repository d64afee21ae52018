"""Problems with the site that people report: kept, counted, answered, forgotten after a year."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from surveyapp.storage.problem_tables import ProblemReport

# What /segnala promises to who writes.
KEPT = timedelta(days=365)
# Where a report came from is only known for as long as reports are counted.
COUNTED = timedelta(hours=1)


def add(connection: Connection, **values: Any) -> None:
    """Keep a report; raises IntegrityError for one with a key that is there already."""
    connection.execute(insert(ProblemReport), values)


def is_known(connection: Connection, key: str) -> bool:
    """Whether the page with this key has been sent already."""
    return connection.scalar(select(ProblemReport.id).where(ProblemReport.key == key)) is not None


def from_source(connection: Connection, source: str) -> int:
    """How many reports came from a source of late; see `forget`."""
    query = select(func.count()).where(ProblemReport.source == source)
    return int(connection.execute(query).scalar_one())


def forget(connection: Connection, now: datetime) -> None:
    """Delete what is older than was promised, and where everything but the newest came from."""
    connection.execute(delete(ProblemReport).where(ProblemReport.received_at < now - KEPT))
    counted = (ProblemReport.source.is_not(None), ProblemReport.received_at < now - COUNTED)
    connection.execute(update(ProblemReport).where(*counted).values(source=None))


def listed(connection: Connection) -> list[Row[Any]]:
    """Every report, those without an answer first, oldest first; then the answered, newest first."""
    answered = ProblemReport.answered_at.is_not(None)
    order = (answered, ProblemReport.answered_at.desc(), ProblemReport.received_at, ProblemReport.id)
    return list(connection.execute(select(ProblemReport.__table__).order_by(*order)))


def found(connection: Connection, report_id: int) -> Row[Any] | None:
    """One report, or None."""
    return connection.execute(
        select(ProblemReport.__table__).where(ProblemReport.id == report_id)
    ).one_or_none()


def note_answer(connection: Connection, report_id: int, answer: str, by: str, now: datetime) -> bool:
    """Note what was answered, by whom and when; False when an answer stands there already, or no report."""
    waiting = update(ProblemReport).where(ProblemReport.id == report_id, ProblemReport.answered_at.is_(None))
    changed = connection.execute(waiting.values(answer=answer, answered_by=by, answered_at=now))
    return changed.rowcount == 1
