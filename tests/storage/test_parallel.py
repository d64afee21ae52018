"""Many at once: nobody is turned away, nothing is there twice, nothing is lost."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, text

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Answer, Consent, ConsentText
from surveyapp.web.app import create_app
from tests.factories import create_administration, create_link, create_path

THREADS = 32
ITEMS = [f"AUT_BEN{number}" for number in range(1, 6)]


@pytest.fixture
def tokens(engine: Engine, catalogue: Catalogue) -> list[str]:
    with writing(engine) as connection:
        return [create_link(connection, create_administration(connection, catalogue)) for _ in range(THREADS)]


def opened(app: Flask, token: str) -> tuple[FlaskClient, str]:
    """A browser that opened a link; the address of its questionnaire."""
    client = app.test_client()
    return client, client.get(f"/r/{token}").headers["Location"].partition("?")[0]


def count(engine: Engine, *columns: object) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(*columns)).scalar_one()


def together(work: Callable[[int], object], threads: int) -> list[object]:
    """Run the same work in many threads that start at the same moment."""
    start = threading.Barrier(threads)

    def run(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def consent(browsers: list[tuple[FlaskClient, str]]) -> Callable[[int], int]:
    """What each browser does to take part."""
    return lambda number: browsers[number][0].post(f"{browsers[number][1]}inizio").status_code


def test_thirty_two_save_at_once(app: Flask, engine: Engine, tokens: list[str]) -> None:
    browsers = [opened(app, token) for token in tokens]
    times = []

    def answer(number: int) -> list[int]:
        client, address = browsers[number]
        client.post(f"{address}inizio")
        statuses = []
        for item in ITEMS:
            began = time.perf_counter()
            data = {"key": f"{number}-{item}", "seen": "", "answer": "2"}
            statuses.append(client.post(f"{address}domanda/{item}", data=data).status_code)
            times.append(time.perf_counter() - began)
        return statuses

    statuses = Counter(status for each in together(answer, THREADS) for status in each)
    assert statuses == {303: THREADS * len(ITEMS)}
    assert count(engine, Answer) == THREADS * len(ITEMS)
    assert max(times) < 10


def test_one_page_sent_in_parallel_is_one_row(app: Flask, engine: Engine, tokens: list[str]) -> None:
    browsers = [opened(app, tokens[0]) for _ in range(8)]
    browsers[0][0].post(f"{browsers[0][1]}inizio")

    def send(number: int) -> int:
        client, address = browsers[number]
        data = {"key": "page", "seen": "", "answer": "2"}
        return client.post(f"{address}domanda/{ITEMS[0]}", data=data).status_code

    assert set(together(send, 8)) == {303}
    assert count(engine, Answer) == 1


def test_of_two_answers_at_once_one_is_asked_about(app: Flask, engine: Engine, tokens: list[str]) -> None:
    browsers = [opened(app, tokens[0]) for _ in range(2)]
    browsers[0][0].post(f"{browsers[0][1]}inizio")

    def send(number: int) -> int:
        client, address = browsers[number]
        data = {"key": f"page {number}", "seen": "", "answer": str(number + 1)}
        return client.post(f"{address}domanda/{ITEMS[0]}", data=data).status_code

    assert sorted(map(str, together(send, 2))) == ["303", "409"]
    assert count(engine, Answer) == 1


def test_one_consent_sent_in_parallel_is_one_decision(app: Flask, engine: Engine, tokens: list[str]) -> None:
    browsers = [opened(app, tokens[0]) for _ in range(8)]
    statuses = together(
        lambda number: browsers[number][0].post(f"{browsers[number][1]}inizio").status_code, 8
    )
    assert set(statuses) == {303}
    assert (count(engine, Consent), count(engine, ConsentText)) == (1, 1)


def test_the_first_to_consent_together_share_one_text(app: Flask, engine: Engine, tokens: list[str]) -> None:
    browsers = [opened(app, token) for token in tokens[:8]]
    statuses = together(
        lambda number: browsers[number][0].post(f"{browsers[number][1]}inizio").status_code, 8
    )
    assert set(statuses) == {303}
    assert (count(engine, Consent), count(engine, ConsentText)) == (8, 1)


def test_two_questionnaires_of_one_path_do_not_block_each_other(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        path = create_path(connection)
        both = [
            create_link(connection, create_administration(connection, catalogue, path, occasion=occasion))
            for occasion in ("EXANTE", "EXPOST")
        ]
    browsers = [opened(app, token) for token in both]
    statuses = together(
        lambda number: browsers[number][0].post(f"{browsers[number][1]}inizio").status_code, 2
    )
    assert set(statuses) == {303}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_lost_connections_cost_nobody_an_error(app: Flask, engine: Engine, tokens: list[str]) -> None:
    client, address = opened(app, tokens[0])
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.begin() as connection:
        ended = connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        assert ended.all()
    other.dispose()
    assert client.post(f"{address}inizio").status_code == 303


def test_a_crowd_waits_then_is_told_to_try_again(engine: Engine, tokens: list[str], settings: object) -> None:
    crowded = open_engine(engine.url.render_as_string(hide_password=False))
    crowded.pool._timeout = 0.1
    client, address = opened(create_app(settings, crowded), tokens[0])
    held = [crowded.connect() for _ in range(crowded.pool.size() + crowded.pool._max_overflow)]
    reply = client.post(f"{address}domanda/{ITEMS[0]}", data={"key": "k", "seen": "", "answer": "una cosa"})
    for connection in held:
        connection.close()
    crowded.dispose()
    assert reply.status_code == 503
    assert "una cosa" in reply.text
    assert "Retry-After" in reply.headers
