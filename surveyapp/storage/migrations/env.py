"""Alembic's entry: runs on the connection (and in the transaction) that schema.py opened."""

from typing import Any, Literal

from alembic import context

from surveyapp.storage import (  # noqa: F401 - they join the metadata
    alert_tables,
    call_tables,
    code_tables,
    focus_tables,
    job_tables,
    paper_tables,
    practice_tables,
    problem_tables,
    recording_tables,
    register_tables,
    revision_tables,
    staff_tables,
    statistic_tables,
    version_tables,
)
from surveyapp.storage.tables import Base, UtcDateTime


def plain_type(kind: str, element: Any, _context: Any) -> str | Literal[False]:
    """Write our types as SQLAlchemy's own, so that a migration stands without our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(element, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
context.run_migrations()
