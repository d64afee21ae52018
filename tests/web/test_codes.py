"""The short code: opens as its link does; wrong ones always look the same, are counted and made to wait."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, insert, select
from werkzeug.test import TestResponse

from surveyapp.collection.code_entry import FROM_ALL, FROM_ONE
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings, read_settings
from surveyapp.storage.code_letters import grouped
from surveyapp.storage.code_tables import ShortCode, WrongCode
from surveyapp.storage.engine import open_engine, reading, writing
from surveyapp.storage.tables import Base, Link
from surveyapp.web.app import create_app
from tests.factories import NOW, create_administration, create_code, create_path
from tests.staff.conftest import Clock
from tests.staff.test_participants_untouched import queries, statements
from tests.web.pages import Page, checked_page, send, visit

WRONG = "ABCD-EFG-HKL"


@dataclass(frozen=True)
class Codes:
    """An administration and a code that opens it."""

    administration: int
    good: str


@pytest.fixture
def codes(engine: Engine, catalogue: Catalogue) -> Codes:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue)
        return Codes(administration, create_code(connection, administration))


def try_code(client: FlaskClient, typed: str, address: str = "192.0.2.1", **headers: str) -> TestResponse:
    return client.post(
        "/codice", data={"code": typed}, environ_base={"REMOTE_ADDR": address}, headers=headers
    )


def wrong_codes(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(WrongCode)).scalar_one()


def test_a_code_opens_as_its_link_does(client: FlaskClient, codes: Codes) -> None:
    start = send(client, visit(client, "/codice"), {"code": codes.good})
    assert start.h1 == "Autovalutazione"
    assert "Domanda 1 di" in send(client, start).title


@pytest.mark.parametrize("between", ["", "-", " ", " – "])
def test_case_blanks_and_marks_do_not_matter(client: FlaskClient, codes: Codes, between: str) -> None:
    typed = between.join(re.findall("..", codes.good.lower()))
    assert try_code(client, f"  {typed} ").status_code == 303


def test_the_field_may_be_pasted_into_and_remembers_nothing(client: FlaskClient) -> None:
    field = visit(client, "/codice").form.find(".//input")
    assert field is not None
    assert field.get("autocomplete") == "off"
    assert field.get("maxlength") is None


def test_the_code_is_in_no_address(client: FlaskClient, codes: Codes) -> None:
    reply = try_code(client, codes.good)
    assert re.fullmatch(r"/q/\w+/\?primo=1", reply.location)


def test_a_code_opens_again_and_on_another_device(app: Flask, client: FlaskClient, codes: Codes) -> None:
    first = send(client, send(client, visit(client, "/codice"), {"code": codes.good}))
    send(client, first, {"answer": "1"})
    other = app.test_client()
    assert "Domanda 2 di" in send(other, visit(other, "/codice"), {"code": codes.good}).title


def test_what_a_code_opened_lasts_a_day(app: Flask, clock: Clock, codes: Codes) -> None:
    client = app.test_client()
    reply = try_code(client, codes.good)
    assert "Max-Age=86400" in reply.headers["Set-Cookie"]
    clock.move(hours=23)
    assert visit(client, reply.location).status == 200
    clock.move(hours=2)
    visit(client, reply.location, status=404)


def test_a_fresh_link_never_outlives_its_code(client: FlaskClient, engine: Engine, codes: Codes) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    with writing(engine) as connection:
        code = create_code(connection, codes.administration, expires_at=soon)
    try_code(client, code)
    with reading(engine) as connection:
        assert connection.execute(select(Link.expires_at)).scalar_one() == soon


@pytest.fixture
def useless(engine: Engine, catalogue: Catalogue, codes: Codes) -> dict[str, str]:
    """A code for every reason why a code may open nothing."""
    with writing(engine) as connection:
        sent = create_administration(
            connection,
            catalogue,
            create_path(connection),
            state="submitted",
            variant="easy",
            closed_at=NOW,
        )
        past = {"created_at": NOW - timedelta(days=9), "expires_at": NOW - timedelta(days=1)}
        return {
            "unknown": WRONG,
            "expired": create_code(connection, codes.administration, **past),
            "revoked": create_code(connection, codes.administration, revoked_at=NOW),
            "sent": create_code(connection, sent, purpose="tablet"),
            "short": "K7",
            "long": "K7MP3RXT9W" * 9000,
            "strange": "è 🙂 \0 %ff ' OR 1=1",
        }


def without_value(reply: TestResponse) -> str:
    return re.sub(r' value="[^"]*"', "", reply.text)


def test_what_opens_nothing_looks_the_same_and_costs_the_same(
    client: FlaskClient, engine: Engine, useless: dict[str, str]
) -> None:
    seen = {}
    for reason, code in useless.items():
        with statements(engine) as sent:
            reply = try_code(client, code)
        assert "Questo codice non apre niente." in checked_page(reply, 422).words
        seen[reason] = (without_value(reply), queries(sent))
    assert len(seen) == 7
    assert all(one == seen["unknown"] for one in seen.values())


def test_an_empty_field_is_asked_for_and_not_counted(client: FlaskClient, engine: Engine) -> None:
    page = checked_page(try_code(client, " \t"), 422)
    assert "Scrivi il codice." in page.words
    assert page.title.startswith("Errore: ")
    assert wrong_codes(engine) == 0


@pytest.mark.parametrize("database", ["sqlite"])  # as many on PostgreSQL say no more, and take longer
def test_a_thousand_guesses_open_nothing_and_are_made_to_wait(
    client: FlaskClient, engine: Engine, codes: Codes
) -> None:
    got = [try_code(client, f"guess {number}").status_code for number in range(1000)]
    assert got == [422] * FROM_ONE + [429] * (1000 - FROM_ONE)
    assert wrong_codes(engine) == FROM_ONE
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(Link)).scalar_one() == 0


def test_who_must_wait_is_told_how_long(app: Flask, clock: Clock, codes: Codes) -> None:
    client = app.test_client()
    for _ in range(FROM_ONE):
        try_code(client, WRONG)
        clock.move(seconds=1)
    reply = try_code(client, codes.good)
    page = checked_page(reply, 429)
    assert "Riprova fra 10 minuti." in page.words
    assert "035 000000" in page.words
    assert int(reply.headers["Retry-After"]) == 570
    clock.move(seconds=540)
    assert "Riprova fra 1 minuto." in checked_page(try_code(client, codes.good), 429).words
    clock.move(seconds=30)
    assert try_code(client, codes.good).status_code == 303


def test_another_address_does_not_wait(client: FlaskClient, codes: Codes) -> None:
    for _ in range(FROM_ONE + 1):
        try_code(client, WRONG)
    assert try_code(client, codes.good, "198.51.100.7").status_code == 303


def test_thirty_tablets_behind_one_address_never_wait(app: Flask, engine: Engine, codes: Codes) -> None:
    for _ in range(2):
        tablets = [app.test_client() for _ in range(30)]
        assert {try_code(tablet, codes.good).status_code for tablet in tablets} == {303}
    assert wrong_codes(engine) == 0


def add_wrong_codes(engine: Engine, number: int, moment: datetime) -> None:
    rows = [{"source_hmac": f"{one:064}", "tried_at": moment} for one in range(number)]
    with writing(engine) as connection:
        connection.execute(insert(WrongCode), rows)


def test_guesses_from_everywhere_make_everybody_wait(
    app: Flask, clock: Clock, engine: Engine, codes: Codes
) -> None:
    add_wrong_codes(engine, FROM_ALL - 1, clock.moment)
    client = app.test_client()
    assert try_code(client, WRONG).status_code == 422
    assert "Riprova fra 60 minuti." in checked_page(try_code(client, codes.good, "203.0.113.9"), 429).words
    clock.move(hours=1)
    assert try_code(client, codes.good, "203.0.113.9").status_code == 303


def test_old_tries_are_deleted(app: Flask, clock: Clock, engine: Engine) -> None:
    add_wrong_codes(engine, 50, clock.moment - timedelta(minutes=61))
    try_code(app.test_client(), WRONG)
    assert wrong_codes(engine) == 1


def test_the_count_holds_for_another_process_and_after_a_restart(
    client: FlaskClient, settings: Settings, codes: Codes
) -> None:
    for _ in range(FROM_ONE):
        try_code(client, WRONG)
    engine = open_engine(settings.database_url)
    other = create_app(settings, engine).test_client()
    assert try_code(other, codes.good).status_code == 429
    engine.dispose()


def test_guesses_at_the_same_moment_are_all_counted(app: Flask, engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        tried = [pool.submit(lambda: try_code(app.test_client(), WRONG).status_code) for _ in range(64)]
        got = [one.result() for one in tried]
    assert sorted(got) == [422] * FROM_ONE + [429] * (64 - FROM_ONE)
    assert wrong_codes(engine) == FROM_ONE


def test_a_forwarded_address_that_nobody_vouches_for_is_not_believed(
    client: FlaskClient, codes: Codes
) -> None:
    for number in range(FROM_ONE):
        try_code(client, WRONG, **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert try_code(client, codes.good, **{"X-Forwarded-For": "203.0.113.1"}).status_code == 429


def test_behind_our_proxy_only_what_it_wrote_counts(settings: Settings, engine: Engine, codes: Codes) -> None:
    client = create_app(replace(settings, proxies=1), engine).test_client()
    for number in range(FROM_ONE):
        sent = {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"}
        assert try_code(client, WRONG, "127.0.0.1", **sent).status_code == 422
    again = {"X-Forwarded-For": "203.0.113.99, 198.51.100.1"}
    assert try_code(client, codes.good, "127.0.0.1", **again).status_code == 429
    other = {"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}
    assert try_code(client, codes.good, "127.0.0.1", **other).status_code == 303


@pytest.mark.parametrize(("written", "proxies"), [("0", 0), ("1", 1), ("2", 2)])
def test_how_many_proxies_is_a_setting(written: str, proxies: int) -> None:
    assert read_settings({"SURVEYAPP_PROXIES": written}).proxies == proxies


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_sites_form_opens_nothing(client: FlaskClient, codes: Codes, headers: dict[str, str]) -> None:
    assert try_code(client, codes.good, **headers).status_code == 403


def every_value(engine: Engine) -> Iterator[str]:
    with reading(engine) as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                yield from map(str, row)


def test_codes_and_addresses_are_neither_stored_nor_logged(
    client: FlaskClient, engine: Engine, codes: Codes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page: Page = send(client, visit(client, "/codice"), {"code": grouped(codes.good)})
    try_code(client, WRONG)
    cookie = client.get_cookie(f"q_{page.path.split('/')[2]}")
    assert cookie is not None
    with reading(engine) as connection:
        assert len(connection.execute(select(ShortCode)).all()) == 1
    kept = "\n".join([*every_value(engine), caplog.text])
    for secret in (codes.good, grouped(codes.good), cookie.value, WRONG, "ABCDEFGHKL", "192.0.2.1"):
        assert secret not in kept
