"""PostgreSQL stops under load: people wait and keep their answer, and the site goes on by itself."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from surveyapp.storage.engine import open_engine
from tests.cluster import Cluster, running_cluster
from tests.drills.respondents import Account, answering, compare
from tests.drills.server import running_server
from tests.drills.test_kill import answer_a_little

PEOPLE = 8
QUESTIONNAIRES = 400
HOW: dict[str, Callable[[Cluster], None]] = {
    "fast": lambda cluster: cluster.stop("fast"),
    "immediate": lambda cluster: cluster.stop("immediate"),
    "kill -9": lambda cluster: cluster.kill(),
}

pytestmark = pytest.mark.drill


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


def test_a_stopped_database_loses_nothing(cluster: Cluster, kills: int, tmp_path: Path) -> None:
    with (
        running_server(cluster.url(), tmp_path / "log", QUESTIONNAIRES) as (server, tokens),
        answering(server.port, tokens, PEOPLE) as account,
    ):
        waits = {
            how: [stop_and_start(cluster, how, account) for _ in range(max(1, kills // 6))] for how in HOW
        }
        server.wait()
    engine = open_engine(cluster.url())
    verdict = compare(engine, account)
    engine.dispose()
    print(  # noqa: T201 - the figures are what a drill is for
        f"\nPostgreSQL stopped {sum(map(len, waits.values()))} times: {verdict}, first acknowledgement after"
        f" its return {waits}, answers a 503 page did not keep {account.lost_pages},"
        f" replies {dict(account.statuses)}"
    )
    assert (verdict.missing, verdict.duplicates, account.lost_pages) == (0, 0, 0)
    assert account.statuses.keys() <= {"200", "303", "503"}
    assert account.statuses["503"]
    assert max(max(seconds) for seconds in waits.values()) < 5


def stop_and_start(cluster: Cluster, how: str, account: Account) -> float:
    """Seconds from the moment the database is back to the first answer acknowledged after it."""
    answer_a_little(account)
    HOW[how](cluster)
    time.sleep(1)
    start_again(cluster)
    back, before = time.monotonic(), len(account.acknowledged)
    while len(account.acknowledged) == before and time.monotonic() < back + 30:
        time.sleep(0.01)
    return round(time.monotonic() - back, 2)


def start_again(cluster: Cluster) -> None:
    """After a kill the server's other processes may take a moment to end."""
    for _ in range(40):
        try:
            cluster.start()
        except AssertionError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError("PostgreSQL did not start again")
