"""A real server (gunicorn, as users run it) and a real browser without JavaScript."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.web.kinds import add_two_versions, make_folder

expect.set_options(timeout=15_000)  # milliseconds: a machine that runs the other half of the suite is slow

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser, site: "Site") -> Iterator[BrowserContext]:
    """An old phone: small, no JavaScript; a request to any other host fails the test."""
    foreign: list[str] = []
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, locale="it-IT"
    )
    context.on(
        "request",
        lambda request: foreign.append(request.url) if not request.url.startswith(site.url) else None,
    )
    yield context
    context.close()
    assert foreign == []


class Site:
    """A running server with its own empty database."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "story.db"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "SURVEYAPP_DATABASE_URL": f"sqlite:///{self.database}",
        }

    def surveyapp(self, *arguments: str) -> list[str]:
        """Run a command of the application; its lines."""
        if "--count" in arguments:
            self._call_everybody_invented()
        done = subprocess.run(
            [sys.executable, "-m", "surveyapp.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def _call_everybody_invented(self) -> None:
        """Walks add people of their own: `links --count` refuses a database with real ones."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            for table in ("person", "organisation", "agreement", "accompaniment"):
                connection.execute(f"UPDATE {table} SET demonstration = 1")  # noqa: S608 - names of ours

    def wait(self, server: subprocess.Popen[bytes], log: Path) -> None:
        """Wait until the server answers. AssertionError, with what it wrote: it never does."""
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=1).read()
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with running(Site(folder), folder) as site:
        yield site


@pytest.fixture(scope="session")
def kinds_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose only instrument has every kind of answer."""
    folder = tmp_path_factory.mktemp("kinds_site")
    site = Site(folder)
    instruments = make_folder(folder / "instruments")
    add_two_versions(instruments)
    site.environment["SURVEYAPP_INSTRUMENTS"] = str(instruments)
    with running(site, folder) as site:
        yield site


@contextmanager
def running(site: Site, folder: Path) -> Iterator[Site]:
    """The site with its database made and its server answering."""
    site.surveyapp("init")
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "surveyapp.cli", "run"], env=site.environment, stdout=log, stderr=log
        )
        try:
            site.wait(server, folder / "server.log")
            yield site
        finally:
            server.terminate()
            server.wait(20)
