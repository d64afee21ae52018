"""`surveyapp run`: the site and the worker live and end together, and nothing is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import pytest
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings
from surveyapp.storage.engine import writing
from tests.factories import create_administration, create_link
from tests.worker.processes import (
    alive,
    ask,
    descendants,
    environment,
    running,
    statistics_of,
    wait_for,
    wait_for_state,
)

# What is tested here are processes: they do the same whatever the database.
pytestmark = pytest.mark.parametrize("database", ["sqlite"])
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Site:
    """A site that answers, with every process of it."""

    process: subprocess.Popen[bytes]
    url: str

    def get(self, address: str) -> str:
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with visitor.open(self.url + address, timeout=5) as page:
            return str(page.read().decode())

    def answers(self) -> bool:
        try:
            return bool(self.get("/health"))
        except OSError:
            return False

    def family(self, word: str) -> list[psutil.Process]:
        return [one for one in descendants(self.process) if word in " ".join(one.cmdline())]

    def ends(self, family: list[psutil.Process]) -> bool:
        return not any(alive(one) for one in family) and not self.answers()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run(settings: Settings, *arguments: str) -> Iterator[Site]:
    port = free_port()
    with running(settings, "run", *arguments, PORT=str(port)) as process:
        site = Site(process, f"http://127.0.0.1:{port}")
        wait_for(site.answers, "the site")
        if not arguments:
            wait_for(lambda: bool(site.family("surveyapp.cli worker")), "the worker")
        yield site


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_ends_everything_quickly(settings: Settings, number: signal.Signals) -> None:
    with run(settings) as site:
        family = descendants(site.process)
        assert len(family) == 4  # gunicorn, its two workers, our worker
        asked = time.monotonic()
        site.process.send_signal(number)
        assert site.process.wait(30) == 0
        assert time.monotonic() - asked < 3
        assert site.ends(family)


def test_a_killed_parent_leaves_no_orphans(settings: Settings) -> None:
    with run(settings) as site:
        family = descendants(site.process)
        site.process.kill()
        wait_for(lambda: site.ends(family), "the end of every process", 5)


def test_the_end_of_the_site_ends_the_worker(settings: Settings) -> None:
    with run(settings) as site:
        family = descendants(site.process)
        [master] = psutil.Process(site.process.pid).children()[:1]
        assert "gunicorn" in " ".join(master.cmdline())
        master.kill()
        assert site.process.wait(10) == 1
        wait_for(lambda: site.ends(family), "the end of every process", 5)


def test_a_dead_worker_is_started_again_and_the_site_stays(settings: Settings, engine: Engine) -> None:
    with run(settings) as site:
        [worker] = site.family("surveyapp.cli worker")
        worker.kill()
        job_id = ask(engine, "nessuno")
        wait_for(lambda: not alive(worker), "the end of the worker")
        assert site.answers()
        assert wait_for_state(engine, job_id, "failed").attempts == 1


def test_the_site_can_run_without_a_worker(settings: Settings) -> None:
    with run(settings, "--no-worker") as site:
        assert not site.family("surveyapp.cli worker")
        site.process.terminate()
        assert site.process.wait(10) == 0


def test_a_taken_port_is_an_error(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with running(settings, "run", PORT=str(taken.getsockname()[1])) as process:
            assert process.wait(30) == 1


def test_a_closed_terminal_ends_everything(settings: Settings) -> None:
    port = free_port()
    terminal, inside = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "surveyapp.cli", "run"],
        env=environment(settings, PORT=str(port)),
        preexec_fn=lambda: os.login_tty(inside),
    )
    os.close(inside)
    site = Site(process, f"http://127.0.0.1:{port}")
    try:
        wait_for(site.answers, "the site")
        wait_for(lambda: bool(site.family("surveyapp.cli worker")), "the worker")
        family = descendants(process)
    finally:
        os.close(terminal)
        process.wait(30)
    wait_for(lambda: site.ends(family), "the end of every process", 5)


def test_the_site_never_loads_pandas_and_stays_small(
    settings: Settings, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        token = create_link(connection, create_administration(connection, catalogue))
    with run(settings) as site:
        for _ in range(8):
            site.get("/")
            assert "<h1" in site.get(f"/r/{token}")
        wait_for_state(engine, ask(engine), "done")
        wait_for(lambda: len(descendants(site.process)) == 4, "the end of the job's process")
        everybody = [psutil.Process(site.process.pid), *descendants(site.process)]
        assert {one.pid: statistics_of(one.pid) for one in everybody} == {one.pid: set() for one in everybody}
        assert all(one.memory_info().rss < 110 * MEGABYTE for one in everybody)
