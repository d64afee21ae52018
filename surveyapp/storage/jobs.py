"""Long work: asking for it, following it, and what the worker does with the row it holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from surveyapp.storage import item_statistics
from surveyapp.storage.job_tables import Job, JobFile

MAX_ATTEMPTS = 3
# Workers give a sign of life every few seconds: after this one is taken for dead.
SILENCE = timedelta(minutes=1)
# Older results are deleted: they are copies of answers, and can be made again.
KEPT = 10
# The kinds of work whose files hold answers, or words that somebody wrote.
COPIES = ("report", "export")
# The sheet of one person: personal data, so that its files go after a day, whatever else is made.
CASE = "case"
LIVES: Mapping[str, timedelta] = {CASE: timedelta(days=1)}

# What the state alone does not say, to the one who waits.
NOTHING = ""
STARTED = "Inizio."
AGAIN = "Si è interrotto: riparte da capo."
STOPPING = "Si ferma tra un momento."
LOST = f"Si è interrotto {MAX_ATTEMPTS} volte e non riparte da solo. Avvisa chi gestisce il sito."

_ALIVE = ("queued", "running")
_QUEUED = {"state": "queued", "progress": 0, "started_at": None, "worker": None}
_LISTED = (
    Job.id,
    Job.kind,
    Job.arguments,
    Job.state,
    Job.progress,
    Job.message,
    Job.requested_by,
    Job.requested_at,
    Job.started_at,
    Job.finished_at,
)


@dataclass(frozen=True)
class File:
    """A file that a job made."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class HeldJob:
    """A running job and the worker that holds it: what another worker took over cannot be changed."""

    id: int
    worker: str
    kind: str
    arguments: Mapping[str, str]


def request(
    connection: Connection, kind: str, arguments: Mapping[str, str], requested_by: str, now: datetime
) -> int:
    """Ask for a job; its id. The same work already queued or running is not asked for twice.

    A job that was asked to stop gives no result, so it does not count as the same work.
    """
    written = json.dumps(dict(arguments), sort_keys=True, ensure_ascii=False)
    row = {"kind": kind, "arguments": written, "requested_by": requested_by, "requested_at": now}
    present = _alive(connection, kind, written)
    if present is not None:
        return present
    try:
        with connection.begin_nested():
            return _add(connection, row | {"message": NOTHING})
    except IntegrityError:  # somebody else asked for the same work at the same moment
        present = _alive(connection, kind, written)
        if present is None:
            raise
        return present


def listed(connection: Connection, kind: str, limit: int = 20) -> list[Row[Any]]:
    """The jobs of a kind, newest first.

    Columns: id, kind, arguments, state, progress, message, requested_by, requested_at, started_at,
    finished_at, and files: how many of its files are still kept.
    """
    files = select(func.count(JobFile.id)).where(JobFile.job_id == Job.id).scalar_subquery().label("files")
    query = select(*_LISTED, files).where(Job.kind == kind).order_by(Job.id.desc()).limit(limit)
    return list(connection.execute(query))


def file_names(connection: Connection, job_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the files that are still kept, by job, in the order in which they were made."""
    query = select(JobFile.job_id, JobFile.name).where(JobFile.job_id.in_(list(job_ids))).order_by(JobFile.id)
    found: dict[int, list[str]] = {}
    for job_id, name in connection.execute(query):
        found.setdefault(job_id, []).append(name)
    return found


def cancel(connection: Connection, job_id: int, now: datetime) -> bool:
    """End a queued job, ask a running one to stop; False when there is nothing left to stop."""
    changes: dict[str, dict[str, Any]] = {
        "queued": {"state": "cancelled", "finished_at": now, "message": NOTHING},
        "running": {"message": STOPPING},
    }
    state = connection.scalar(select(Job.state).where(Job.id == job_id).with_for_update())
    if state not in changes:
        return False
    _change(connection, job_id, cancel_requested=True, **changes[state])
    return True


def file(connection: Connection, job_id: int, name: str) -> Row[str, bytes] | None:
    """A file of a finished job, with media_type and content; None when there is none or no longer."""
    query = select(JobFile.media_type, JobFile.content).where(JobFile.job_id == job_id, JobFile.name == name)
    return connection.execute(query).one_or_none()


def take(connection: Connection, worker: str, now: datetime) -> HeldJob | None:
    """Hold the oldest job that waits, or one whose worker has fallen silent; None when there is none.

    Two workers never take the same one: the transaction must be a writing one (on SQLite it locks the file),
    on PostgreSQL rows locked by another are skipped. A job is tried MAX_ATTEMPTS times, then it has failed.
    """
    silent = (Job.state == "running") & (Job.heartbeat_at < now - SILENCE)
    _close_hopeless(connection, silent, now)
    waits = (Job.state == "queued") & or_(Job.not_before.is_(None), Job.not_before <= now)
    query = select(Job.id, Job.kind, Job.arguments).where(or_(waits, silent))
    row = connection.execute(query.order_by(Job.id).limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    moments = {"started_at": now, "heartbeat_at": now}
    said = {"state": "running", "progress": 0, "message": STARTED, "worker": worker}
    _change(connection, row.id, attempts=Job.attempts + 1, **said, **moments)
    return HeldJob(row.id, worker, row.kind, json.loads(row.arguments))


def held(connection: Connection, job_id: int, worker: str) -> HeldJob | None:
    """The running job that this worker holds; None when it holds it no longer."""
    query = select(Job.kind, Job.arguments).where(
        Job.id == job_id, Job.worker == worker, Job.state == "running"
    )
    row = connection.execute(query).one_or_none()
    return row and HeldJob(job_id, worker, row.kind, json.loads(row.arguments))


def report_progress(
    connection: Connection,
    job: HeldJob,
    now: datetime,
    progress: int | None = None,
    message: str | None = None,
) -> bool:
    """Say how far the job is, or only that its worker lives; False when the work must stop.

    It must stop when somebody cancelled it, or when another worker took it over.
    """
    said = {"progress": progress, "message": message}
    changes = {name: value for name, value in said.items() if value is not None}
    return _while_held(connection, job, Job.cancel_requested.is_(False), heartbeat_at=now, **changes)


def finish(connection: Connection, job: HeldJob, files: Iterable[File], now: datetime) -> bool:
    """The job is done and these are its files; False, and nothing kept, when it must stop instead."""
    done = {"state": "done", "progress": 100, "message": NOTHING, "finished_at": now}
    if not _while_held(connection, job, Job.cancel_requested.is_(False), **done):
        return False
    rows = [{"job_id": job.id, **vars(made)} for made in files]
    if rows:
        connection.execute(insert(JobFile), rows)
    return True


def fail(connection: Connection, job: HeldJob, message: str, now: datetime) -> bool:
    """The job has failed; `message` says so to the one who waits. False when it is no longer held."""
    return _while_held(connection, job, state="failed", message=message[:300], finished_at=now)


def give_back(connection: Connection, job: HeldJob, now: datetime) -> None:
    """Put back in the queue a job whose worker is being stopped; this was not an attempt.

    One that was asked to stop is cancelled.
    """
    stopped = {"state": "cancelled", "message": NOTHING, "finished_at": now}
    if not _while_held(connection, job, Job.cancel_requested.is_(True), **stopped):
        _while_held(connection, job, **_QUEUED, message=NOTHING, attempts=Job.attempts - 1)


def retry(connection: Connection, job: HeldJob, now: datetime) -> None:
    """Put back in the queue a job that broke its process; after MAX_ATTEMPTS it has failed."""
    _close_hopeless(connection, (Job.id == job.id) & (Job.worker == job.worker), now)
    _while_held(connection, job, **_QUEUED, message=AGAIN)


def postpone(connection: Connection, job: HeldJob, until: datetime) -> None:
    """Put back in the queue a job that must wait for something outside; this was not an attempt."""
    _while_held(connection, job, **_QUEUED, message=NOTHING, not_before=until, attempts=Job.attempts - 1)


def tidy(connection: Connection, kept: int = KEPT) -> int:
    """Delete the files of all but the newest done jobs of each kind; how many files.

    With `kept` 0 every file goes: for whoever erases answers, since the files hold copies of them. Else those
    that live by the clock are left to `expire`: somebody else's newer one does not end them.
    """
    age = func.row_number().over(partition_by=Job.kind, order_by=Job.id.desc()).label("age")
    counted = Job.kind.not_in(LIVES) if kept else true()
    done = select(Job.id, age).where(Job.state == "done", counted).subquery()
    old = select(done.c.id).where(done.c.age > kept)
    return connection.execute(delete(JobFile).where(JobFile.job_id.in_(old))).rowcount


def forget_copies(connection: Connection) -> int:
    """Delete the files that hold answers, for somebody's must not be read any more; how many files.

    The numbers on questions go too: who is counted in them must not be.
    """
    item_statistics.forget(connection)
    theirs = select(Job.id).where(Job.kind.in_(COPIES))
    return connection.execute(delete(JobFile).where(JobFile.job_id.in_(theirs))).rowcount


def expire(connection: Connection, now: datetime) -> int:
    """Delete the files of kinds that live by the clock, once their time is over; how many files."""
    over = [(Job.kind == kind) & (Job.finished_at <= now - life) for kind, life in LIVES.items()]
    old = select(Job.id).where(or_(*over))
    return connection.execute(delete(JobFile).where(JobFile.job_id.in_(old))).rowcount


def revoke(connection: Connection, kind: str, about: Mapping[str, str], now: datetime) -> int:
    """Delete the files of a kind of job whose arguments hold `about`, and stop what is not done; how many.

    One that is being made at this very moment gives no result: it can no longer be finished.
    """
    rows = connection.execute(select(Job.id, Job.arguments).where(Job.kind == kind))
    theirs = [row.id for row in rows if about.items() <= json.loads(row.arguments).items()]
    for job_id in theirs:
        cancel(connection, job_id, now)
    connection.execute(delete(JobFile).where(JobFile.job_id.in_(theirs)))
    return len(theirs)


def _alive(connection: Connection, kind: str, arguments: str) -> int | None:
    query = select(Job.id).where(
        Job.kind == kind,
        Job.arguments == arguments,
        Job.state.in_(_ALIVE),
        Job.cancel_requested.is_(False),
    )
    return connection.scalar(query)


def _add(connection: Connection, row: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(Job).returning(Job.id), row).scalar_one())


def _change(connection: Connection, job_id: int, **values: Any) -> None:
    connection.execute(update(Job).where(Job.id == job_id).values(**values))


def _while_held(connection: Connection, job: HeldJob, *conditions: Any, **values: Any) -> bool:
    still = (Job.id == job.id, Job.worker == job.worker, Job.state == "running")
    return connection.execute(update(Job).where(*still, *conditions).values(**values)).rowcount == 1


def _close_hopeless(connection: Connection, which: Any, now: datetime) -> None:
    """End, among running jobs that broke off, those that were cancelled or tried often enough."""
    stopped = {"state": "cancelled", "message": NOTHING, "finished_at": now}
    failed = {"state": "failed", "message": LOST, "finished_at": now}
    broke_off = update(Job).where(Job.state == "running", which)
    connection.execute(broke_off.where(Job.cancel_requested.is_(True)).values(**stopped))
    connection.execute(broke_off.where(Job.attempts >= MAX_ATTEMPTS).values(**failed))
