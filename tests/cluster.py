"""A PostgreSQL server of the tests' own, for what needs one that is badly set or is stopped under load."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

ROLE = "surveyapp"
DEBIAN = Path("/usr/lib/postgresql")


class Cluster:
    """A server on a free port of this machine; `stop` knows PostgreSQL's modes, and `kill` no mercy."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._data = programs, folder / "data"
        self.port = free_port()
        self._run("initdb", "--auth=trust", f"--username={ROLE}", "--encoding=UTF8", "--no-sync")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n")
            settings.write(f"unix_socket_directories = '{folder}'\n")

    def start(self) -> None:
        self._run("pg_ctl", "--wait", f"--log={self._data}/log", "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "--wait", f"--mode={mode}", "stop")

    def kill(self) -> None:
        """Kill the first process of the server at once; the others see it and end."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGKILL)
        while Path(f"/proc/{first}").exists():
            time.sleep(0.01)

    @property
    def running(self) -> bool:
        return (self._data / "postmaster.pid").exists()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{ROLE}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str) -> None:
        """Run statements as the server's administrator, each in its own transaction."""
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def _run(self, program: str, *words: str) -> None:
        as_postgres = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*as_postgres, str(self._programs / program), f"--pgdata={self._data}", *words]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self._data.parent, check=False
        )
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A new server, gone in the end; skips where PostgreSQL's server is not installed."""
    folder = Path(tempfile.mkdtemp(prefix="surveyapp-cluster-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
    cluster = Cluster(_programs(), folder)
    cluster.start()
    try:
        yield cluster
    finally:
        if cluster.running:
            cluster.stop("immediate")
        shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs() -> Path:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    for folder in sorted(DEBIAN.glob("*/bin"), reverse=True):
        if (folder / "pg_ctl").exists():
            return folder
    pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
