"""Tables of long work: what was asked for, how far it is, and the files it made."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# A job that will still give a result; one that was asked to stop will not.
ALIVE = text("state IN ('queued', 'running') AND NOT cancel_requested")


class Job(Base):
    """One piece of long work. `arguments` is JSON with sorted keys: equal work has equal text.

    `message` is for the one who waits, in Italian; `worker` is who holds the job, `heartbeat_at` when it was
    last known to be alive. A job that waits is not taken before `not_before`.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="known_state"),
        CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", name="finished_has_date"
        ),
        CheckConstraint(
            "state <> 'running'"
            " OR (started_at IS NOT NULL AND worker IS NOT NULL AND heartbeat_at IS NOT NULL)",
            name="running_has_worker",
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_hundredths"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(
            "uq_job_one_alive",
            "kind",
            "arguments",
            unique=True,
            sqlite_where=ALIVE,
            postgresql_where=ALIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    arguments: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    progress: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(300))
    requested_by: Mapped[str] = mapped_column(String(255))
    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(80))
    heartbeat_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]


class JobFile(Base):
    """A file that a job made: the web process serves it from here and keeps no files."""

    __tablename__ = "job_file"
    __table_args__ = (UniqueConstraint("job_id", "name", name="one_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    name: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
