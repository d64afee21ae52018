"""The server as `surveyapp run` starts it, in processes that can be killed all at once."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.cluster import free_port

STARTS_WITHIN = 60


class Server:
    """A server on a free port, with the database at `url`."""

    def __init__(self, url: str, log: Path) -> None:
        self.port = free_port()
        self._log = log
        self._environment = {**os.environ, "PORT": str(self.port), "SURVEYAPP_DATABASE_URL": url}
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> list[str]:
        """Run a command of the application; its lines."""
        done = subprocess.run(
            [sys.executable, "-m", "surveyapp.cli", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "surveyapp.cli", "run"], env=self._environment, stdout=log, stderr=log
            )

    def wait(self) -> float:
        """Seconds until it answers and reaches its database."""
        began = time.monotonic()
        while time.monotonic() - began < STARTS_WITHIN:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2).read()
            except OSError:
                time.sleep(0.02)
            else:
                return time.monotonic() - began
        raise TimeoutError(self._log.read_text()[-2000:])

    def kill(self) -> None:
        """kill -9 of every process, none of which can say goodbye."""
        assert self._process
        first = psutil.Process(self._process.pid)
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            process.kill()
        self._process.wait()
        psutil.wait_procs(processes, timeout=10)


@contextmanager
def running_server(url: str, log: Path, questionnaires: int) -> Iterator[tuple[Server, list[str]]]:
    """A server that answers, and the tokens of as many questionnaires."""
    server = Server(url, log)
    server.command("init")
    links = server.command("links", "--count", str(questionnaires))
    server.start()
    try:
        server.wait()
        yield server, [link.rsplit("/", 1)[1] for link in links]
    finally:
        server.kill()
