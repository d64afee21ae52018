"""Nothing is saved in a database that could lose it at a power cut: the application says which setting."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event
from sqlalchemy.exc import ArgumentError

from surveyapp.cli import cli
from surveyapp.settings import Settings
from surveyapp.storage import durability
from surveyapp.storage.durability import WeakDurabilityError
from surveyapp.storage.engine import open_engine, reading
from surveyapp.web.app import create_app
from tests.cluster import Cluster, running_cluster

SERVER_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def strong(cluster: Cluster) -> Iterator[Cluster]:
    """A server as it comes; what a test changes is taken back."""
    yield cluster
    if not cluster.running:
        cluster.start()
    cluster.run(*(f"ALTER SYSTEM RESET {name}" for name in SERVER_SETTINGS), "SELECT pg_reload_conf()")
    wait_until(cluster, dict.fromkeys(SERVER_SETTINGS, "on"))


def wait_until(cluster: Cluster, expected: dict[str, str]) -> None:
    """A reloaded server tells its new settings to connections a moment later."""
    for _ in range(200):
        engine = open_engine(cluster.url())
        with reading(engine) as connection:
            found = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in expected}
        engine.dispose()
        if found == expected:
            return
    raise TimeoutError(found)


def weakened(cluster: Cluster, name: str, value: str) -> Engine:
    cluster.run(f"ALTER SYSTEM SET {name} = {value}", "SELECT pg_reload_conf()")
    wait_until(cluster, {name: value})
    return open_engine(cluster.url())


def weakened_sqlite(path: Path) -> Engine:
    def weaken(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = 1")

    engine = open_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", weaken)
    return engine


def test_what_is_shipped_is_strong(engine: Engine) -> None:
    durability.check(engine)


def test_weaker_synchronous_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeakDurabilityError, match="synchronous = 1: serve synchronous = FULL"):
        durability.check(weakened_sqlite(tmp_path / "weak.db"))


@pytest.mark.parametrize(
    ("place", "mode"),
    [(":memory:", "memory"), ("file:{folder}/x.db?vfs=unix-dotfile&uri=true", "delete")],
)
def test_a_place_without_a_log_is_refused(tmp_path: Path, place: str, mode: str) -> None:
    engine = open_engine(f"sqlite:///{place.format(folder=tmp_path)}")
    with pytest.raises(WeakDurabilityError, match=f"journal_mode = {mode}: il file del database deve stare"):
        durability.check(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fsync", "fsync = off: scrivi «fsync = on» in postgresql.conf"),
        ("full_page_writes", "full_page_writes = off: scrivi «full_page_writes = on»"),
        ("synchronous_commit", "synchronous_commit = off: togli il valore"),
    ],
)
def test_a_weaker_server_is_refused(strong: Cluster, name: str, words: str) -> None:
    engine = weakened(strong, name, "off")
    with pytest.raises(WeakDurabilityError, match=words):
        durability.check(engine)
    engine.dispose()


@pytest.mark.parametrize("value", ["local", "remote_write", "on"])
def test_a_commit_on_disk_is_enough(strong: Cluster, value: str) -> None:
    engine = weakened(strong, "synchronous_commit", value)
    durability.check(engine)
    engine.dispose()


def test_every_weak_setting_is_named_at_once(strong: Cluster) -> None:
    engine = weakened(strong, "fsync", "off")
    weakened(strong, "synchronous_commit", "off").dispose()
    with pytest.raises(WeakDurabilityError, match=r"fsync = off.*synchronous_commit = off"):
        durability.check(engine)
    engine.dispose()


def test_a_weaker_role_or_database_is_refused(strong: Cluster) -> None:
    strong.run("ALTER DATABASE postgres SET synchronous_commit = off")
    engine = open_engine(strong.url())
    with pytest.raises(WeakDurabilityError, match=r"ALTER DATABASE nome RESET synchronous_commit"):
        durability.check(engine)
    engine.dispose()
    strong.run("ALTER DATABASE postgres RESET synchronous_commit")


def test_a_database_of_few_letters_is_refused(strong: Cluster) -> None:
    strong.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    engine = open_engine(strong.url("latin"))
    with pytest.raises(WeakDurabilityError, match="server_encoding = LATIN1"):
        durability.check(engine)
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_commands_and_site_refuse_a_weak_database(strong: Cluster, settings: Settings) -> None:
    engine = weakened(strong, "synchronous_commit", "off")
    for command in (["init"], ["links", "--count", "1"], ["restore", __file__]):
        done = CliRunner().invoke(cli, command, env={"SURVEYAPP_DATABASE_URL": strong.url()})
        assert done.exit_code == 1
        assert "synchronous_commit = off" in done.stderr
    with pytest.raises(WeakDurabilityError):
        create_app(settings, engine)
    engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_that_sleeps_is_checked_when_it_wakes(strong: Cluster, settings: Settings) -> None:
    weakened(strong, "synchronous_commit", "off").dispose()
    strong.stop()
    engine = open_engine(strong.url())
    client = create_app(settings, engine).test_client()
    assert client.get("/health").status_code == 503
    strong.start()
    assert client.get("/health").status_code == 503
    assert "In questo momento non riusciamo" in client.get("/r/token").text
    strong.run("ALTER SYSTEM RESET synchronous_commit", "SELECT pg_reload_conf()")
    wait_until(strong, {"synchronous_commit": "on"})
    engine.dispose()
    assert client.get("/health").status_code == 200
    engine.dispose()


def test_other_databases_are_refused() -> None:
    with pytest.raises(ArgumentError, match="mysql"):
        open_engine("mysql://user@host/database")


def test_an_address_without_driver_uses_psycopg() -> None:
    assert open_engine("postgresql://user@host/database").dialect.driver == "psycopg"
