"""Sessions of the staff live in the database: they end when they must, everywhere and at once."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.staff_tables import StaffSession
from surveyapp.study import accounts
from surveyapp.study.passwords import hashed
from surveyapp.web.app import create_app
from tests.databases import lost
from tests.staff.conftest import Clock
from tests.staff.people import PASSWORD, press, reply_to, sign_in
from tests.web.inventories import create_company
from tests.web.pages import Page, checked_page, visit

CASEWORKER = "caseworker@study.example"

pytestmark = pytest.mark.usefixtures("staff")


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("staff")
    assert found is not None
    return found.value


def thief(app: Flask, stolen: str) -> FlaskClient:
    """Another browser that holds a copied cookie."""
    client = app.test_client()
    client.set_cookie("staff", stolen)
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/gestione/").status_code == 200


def open_sessions(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(StaffSession)).scalar_one()


def test_signing_in_gives_a_new_session(app: Flask, client: FlaskClient, engine: Engine) -> None:
    visit(client, "/gestione/accedi")
    before = cookie(client)
    assert open_sessions(engine) == 0
    sign_in(client, "caseworker")
    assert cookie(client) != before
    assert open_sessions(engine) == 1
    assert not is_in(thief(app, before))


def test_a_second_sign_in_never_keeps_the_first_id(client: FlaskClient) -> None:
    sign_in(client, "caseworker")
    first = cookie(client)
    client.delete_cookie("staff")
    sign_in(client, "caseworker")
    assert cookie(client) != first


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app: Flask, client: FlaskClient) -> None:
    page = sign_in(client, "caseworker")
    copied = thief(app, cookie(client))
    assert is_in(copied)
    press(client, page, "Esci")
    assert not is_in(copied)
    assert not is_in(client)


def test_sign_out_ends_this_session_only(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    sign_in(other, "caseworker")
    press(client, sign_in(client, "caseworker"), "Esci")
    assert is_in(other)


def test_a_disabled_account_is_out_at_the_next_request(client: FlaskClient, engine: Engine) -> None:
    sign_in(client, "caseworker")
    with writing(engine) as connection:
        accounts.let_in(connection, CASEWORKER, active=False)
    assert not is_in(client)
    with writing(engine) as connection:
        accounts.let_in(connection, CASEWORKER, active=True)
    assert not is_in(client)


def test_another_role_or_territory_ends_the_session(client: FlaskClient, engine: Engine) -> None:
    for granted in (accounts.grant("socialis", None, None), accounts.grant("caseworker", "CR", "Crema")):
        sign_in(client, "caseworker")
        with writing(engine) as connection:
            accounts.change(connection, CASEWORKER, granted)
        assert not is_in(client)


def test_another_password_ends_the_session(client: FlaskClient, engine: Engine) -> None:
    sign_in(client, "caseworker")
    with writing(engine) as connection:
        accounts.change_password(connection, CASEWORKER, hashed("mela-pera-ciliegia", CASEWORKER))
    assert not is_in(client)
    assert sign_in(client, "caseworker", "mela-pera-ciliegia").h1 == "Oggi"


def test_fifteen_idle_minutes_end_a_session(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "caseworker")
    clock.move(minutes=14, seconds=59)
    assert is_in(client)
    clock.move(minutes=15)
    assert not is_in(client)


def test_ten_hours_end_a_session_in_use(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "caseworker")
    for _ in range(59):
        clock.move(minutes=10)
        assert is_in(client)
    clock.move(minutes=10)
    assert not is_in(client)


def test_reading_pages_writes_once_a_minute(client: FlaskClient, clock: Clock, engine: Engine) -> None:
    sign_in(client, "caseworker")
    seen = []
    for _ in range(4):
        visit(client, "/gestione/")
        with reading(engine) as connection:
            seen.append(connection.execute(select(StaffSession.seen_at)).scalar_one())
        clock.move(seconds=31)
    assert len(set(seen)) == 2


def test_stale_sessions_are_deleted_when_somebody_signs_in(
    app: Flask, client: FlaskClient, clock: Clock, engine: Engine
) -> None:
    sign_in(client, "caseworker")
    clock.move(hours=1)
    sign_in(app.test_client(), "socialis")
    assert open_sessions(engine) == 1


def test_what_is_stored_opens_nothing(app: Flask, client: FlaskClient, engine: Engine) -> None:
    sign_in(client, "caseworker")
    with reading(engine) as connection:
        row = connection.execute(select(StaffSession)).one()
    assert cookie(client) not in [str(value) for value in row]
    assert PASSWORD not in row.data
    for value in (row.id_sha256, row.uniquifier):
        assert not is_in(thief(app, value))


@pytest.mark.parametrize(
    "value", ["", "x", ".", "a.b", "." * 3000, "\N{GRINNING FACE}", "0" * 64, "%00", "null.x"]
)
def test_invented_cookies_open_nothing(app: Flask, value: str) -> None:
    assert not is_in(thief(app, value))


def test_a_signed_cookie_never_says_who_it_is(app: Flask, engine: Engine) -> None:
    interface = app.session_interface
    with reading(engine) as connection:
        uniquifier = accounts.known(connection, CASEWORKER).uniquifier
    forged = interface._visitors.dumps({"_user_id": uniquifier, "csrf_token": "x"})  # type: ignore[attr-defined]  # StaffSessions has it
    assert not is_in(thief(app, forged))


def test_the_token_of_the_sign_in_page_ends_there(client: FlaskClient, engine: Engine) -> None:
    page = visit(client, "/gestione/accedi")
    press(client, page, "Entra", {"email": CASEWORKER, "password": PASSWORD})
    reply = client.post("/gestione/esci", data={"csrf_token": page.hidden()["csrf_token"]})
    assert reply.status_code == 400
    assert is_in(client)
    with reading(engine) as connection:
        assert "csrf_token" in json.loads(connection.execute(select(StaffSession.data)).scalar_one())


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    page = visit(client, "/gestione/accedi")
    reply = reply_to(client, page, "Entra", {"email": CASEWORKER, "password": PASSWORD})
    (written,) = reply.headers.getlist("Set-Cookie")
    assert written.startswith("staff=")
    assert written.endswith("; HttpOnly; Path=/; SameSite=Lax")


def test_over_https_the_cookie_belongs_to_this_host(settings: Settings, engine: Engine) -> None:
    secure = replace(settings, base_url="https://questionari.example", secret_key="k" * 40)
    client = create_app(secure, engine).test_client()
    base = "https://questionari.example"
    page = client.get("/gestione/accedi", base_url=base)
    (written,) = page.headers.getlist("Set-Cookie")
    assert written.startswith("__Host-staff=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(written.split("; "))
    assert "Domain" not in written


NOTE = {"outcome": "no_answer", "note": "Richiamare dopo le 15: chiede di parlare con la direttrice"}


def test_what_was_typed_survives_signing_in_again(
    app: Flask, client: FlaskClient, engine: Engine, catalogue: Catalogue, clock: Clock
) -> None:
    company = company_page(client, engine, catalogue)
    clock.move(minutes=16)
    ended = press(client, company, "Segna la chiamata", NOTE, status=401)
    assert ended.h1 == "Bisogna entrare di nuovo"
    assert NOTE["note"] in ended.words
    sign_in(client, "caseworker")  # in another tab
    again = press(client, ended, "Continua", status=400)
    assert NOTE["note"] in again.words
    done = press(client, again, "Invia di nuovo")
    assert NOTE["note"] in done.words


def test_what_was_typed_survives_a_database_that_is_down(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    company = company_page(client, engine, catalogue)
    with lost(engine, "call"):
        reply = reply_to(client, company, "Segna la chiamata", NOTE)
    failed = checked_page(reply, reply.status_code)
    assert failed.h1 == "In questo momento il sito non risponde"
    assert NOTE["note"] in failed.words
    assert NOTE["note"] in press(client, failed, "Riprova").words


def test_nothing_typed_is_shown_to_a_form_of_another_site(client: FlaskClient) -> None:
    reply = client.post(
        "/gestione/rapporti", data={"note": "scritto altrove"}, headers={"Origin": "https://evil.example"}
    )
    assert reply.status_code == 403
    assert "scritto altrove" not in reply.text


def test_a_page_says_how_long_the_session_lasts(client: FlaskClient, clock: Clock) -> None:
    assert "scadenza" not in visit(client, "/gestione/accedi").text
    sign_in(client, "caseworker")
    assert seconds_left(visit(client, "/gestione/")) == 15 * 60
    for _ in range(59):
        clock.move(minutes=10)
        assert is_in(client)
    assert seconds_left(visit(client, "/gestione/")) == 10 * 60  # after ten hours it ends, whatever is done


def test_one_request_makes_the_session_last(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "caseworker")
    for _ in range(3):
        clock.move(minutes=13)
        assert client.get("/gestione/resta").text == "900\n"
    clock.move(minutes=16)
    assert client.get("/gestione/resta").status_code == 303


def seconds_left(page: Page) -> int:
    note = next(one for one in page.tree.iter("div") if one.get("id") == "scadenza")
    return int(note.get("data-seconds", ""))


def company_page(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> Page:
    with writing(engine) as connection:
        create_company(connection, catalogue, key="KEYCOMPANY")
    sign_in(client, "caseworker")
    return visit(client, "/gestione/somministrazioni/KEYCOMPANY")
