"""Real worker processes, watched from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import Engine, select

from surveyapp.settings import Settings
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job

STATISTICS = ("pandas", "numpy", "scipy", "statsmodels")


def now() -> datetime:
    return datetime.now(UTC)


def ask(engine: Engine, instrument: str = "aut", kind: str = "report") -> int:
    with writing(engine) as connection:
        return jobs.request(connection, kind, {"instrument": instrument}, "anna@example.org", now())


def row(engine: Engine, job_id: int) -> Any:
    with reading(engine) as connection:
        return connection.execute(select(Job.__table__).where(Job.id == job_id)).one()


def wait_for(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def wait_for_state(engine: Engine, job_id: int, state: str) -> Any:
    wait_for(lambda: row(engine, job_id).state == state, f"job {job_id} {state}")
    return row(engine, job_id)


def environment(settings: Settings, **more: str) -> dict[str, str]:
    return {**os.environ, "SURVEYAPP_DATABASE_URL": settings.database_url, **more}


@contextmanager
def running(settings: Settings, *arguments: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of the application; whatever happens, nothing of it is left."""
    command = [sys.executable, "-m", "surveyapp.cli", *arguments]
    temporary = TemporaryDirectory()  # what is killed here cannot tidy up
    process = subprocess.Popen(command, env=environment(settings, **{"TMPDIR": temporary.name} | more))
    family: list[psutil.Process] = []
    try:
        yield process
        family = descendants(process)
    finally:
        for one in [*family, *descendants(process)]:
            kill(one)
        process.kill()
        process.wait()
        temporary.cleanup()


def descendants(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill(process: psutil.Process) -> None:
    if alive(process):
        process.kill()


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def statistics_of(pid: int) -> set[str]:
    """The statistics packages whose libraries a process has in its memory."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    return {name for name in STATISTICS if f"/{name}/" in maps}
