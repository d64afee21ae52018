"""kill -9 of every process of the server under load: nothing acknowledged is lost, nothing is there twice."""

import random
import time
from pathlib import Path

import pytest

from surveyapp.storage.engine import open_engine, reading
from tests.drills.respondents import Account, answering, compare
from tests.drills.server import Server, running_server

PEOPLE = 8
QUESTIONNAIRES_A_KILL = 25


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.drill)], indirect=True
)
def test_a_killed_server_loses_nothing(
    database: str, new_database_url: str, kills: int, tmp_path: Path
) -> None:
    questionnaires = (kills + 2) * QUESTIONNAIRES_A_KILL
    with (
        running_server(new_database_url, tmp_path / "log", questionnaires) as (server, tokens),
        answering(server.port, tokens, PEOPLE) as account,
    ):
        began = time.monotonic()
        restarts = [kill_and_restart(server, account) for _ in range(kills)]
        elapsed = time.monotonic() - began
        answer_a_little(account)
    engine = open_engine(new_database_url)
    verdict = compare(engine, account)
    with reading(engine) as connection:
        if database == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    print(  # noqa: T201 - the figures are what a drill is for
        f"\n{database}: {kills} kills in {elapsed:.0f} s, {verdict}, questionnaires sent {account.submitted},"
        f" restart {min(restarts):.2f}-{max(restarts):.2f} s, longest wait {account.longest:.1f} s,"
        f" replies {dict(account.statuses)}"
    )
    assert (verdict.missing, verdict.duplicates) == (0, 0)
    assert verdict.not_acknowledged <= PEOPLE
    assert verdict.acknowledged >= 10 * kills
    assert not account.statuses.keys() & {"500", "404", "409", "422"}


def kill_and_restart(server: Server, account: Account) -> float:
    """Let people answer for a moment, kill, start again; seconds until it answers."""
    answer_a_little(account)
    time.sleep(random.uniform(0, 0.7))  # noqa: S311 - any moment will do
    server.kill()
    server.start()
    return server.wait()


def answer_a_little(account: Account) -> None:
    """Wait until some answers more were acknowledged."""
    before = len(account.acknowledged)
    for _ in range(600):
        if len(account.acknowledged) >= before + 10:
            return
        time.sleep(0.05)
    raise TimeoutError("nobody could answer for half a minute")
