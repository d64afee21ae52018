"""The worker: takes one job after the other, each in a process of its own, and watches over it."""

import logging
import os
import secrets
import socket
import sys
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import writing
from surveyapp.storage.jobs import HeldJob
from surveyapp.worker.processes import Process, StopRequest, start

_LOG = logging.getLogger("surveyapp.worker")
POLL_SECONDS = 1.0
BEAT_SECONDS = 0.5
OUTAGE_SECONDS = 5.0


def work(settings: Settings, engine: Engine, stop: StopRequest, *, once: bool = False) -> int:
    """Carry out jobs until asked to stop or, with `once`, until none waits; how many were taken.

    A database that does not answer is waited for; with `once` OperationalError is raised.
    """
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    taken = 0
    while not stop.wait():
        try:
            worked = _next(settings, engine, worker, stop)
        except OperationalError as error:
            if once:
                raise
            _LOG.error("database unavailable: %s", error.orig)
            stop.wait(OUTAGE_SECONDS)
            continue
        taken += worked
        if once and not worked:
            break
        if not worked:
            stop.wait(POLL_SECONDS)
    return taken


def _next(settings: Settings, engine: Engine, worker: str, stop: StopRequest) -> bool:
    with writing(engine) as connection:
        jobs.expire(connection, _now())
        job = jobs.take(connection, worker, _now())
    if job is None:
        return False
    # The folder is ours, so that it goes also when the job's process is killed.
    with TemporaryDirectory(prefix="surveyapp-") as folder:
        process = _process(settings, job, folder)
        try:
            _watch(engine, job, process, stop)
        finally:
            process.kill()
            process.wait()
    return True


def _process(settings: Settings, job: HeldJob, folder: str) -> Process:
    environment = {
        **os.environ,
        "SURVEYAPP_DATABASE_URL": settings.database_url,
        "SURVEYAPP_INSTRUMENTS": str(settings.instruments),
        # Matrices here are small: threads that wait for each other under load cost ten times what they save.
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "surveyapp.worker.job", str(job.id), job.worker, folder]
    return start(command, environment)


def _watch(engine: Engine, job: HeldJob, process: Process, stop: StopRequest) -> None:
    """Give signs of life while the process works; what it leaves running is put back."""
    while process.poll() is None:
        if stop.wait(BEAT_SECONDS) or not _goes_on(engine, job):
            process.kill()
            process.wait()
            return _put_back(engine, job)
    if process.returncode and not stop.wait():
        with writing(engine) as connection:
            jobs.retry(connection, job, _now())
        _LOG.error("the process of job %d (%s) ended with %d", job.id, job.kind, process.returncode)
        return None
    return _put_back(engine, job)


def _goes_on(engine: Engine, job: HeldJob) -> bool:
    with writing(engine) as connection:
        return jobs.report_progress(connection, job, _now())


def _put_back(engine: Engine, job: HeldJob) -> None:
    """Nothing happens to a job that is finished or held by another worker."""
    with writing(engine) as connection:
        jobs.give_back(connection, job, _now())


def _now() -> datetime:
    return datetime.now(UTC)
