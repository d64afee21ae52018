"""Signing in and out: who may, what is said to who may not, where it leads."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage import staff as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.study import accounts
from tests.staff.people import PASSWORD, press, reply_to, sign_in
from tests.web.pages import Page, checked_page, visit

REFUSED = "E-mail o password non corrette."
# Addresses that would lead away from this site (or to a script), as browsers read them.
ELSEWHERE = (
    *(
        "https://evil.example/",
        "http://evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example",
    ),
    *("\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\\/evil.example", "https:evil.example"),
    *(
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "\t//evil.example",
    ),
    *(
        "/\t/evil.example",
        "http://localhost@evil.example",
        "http://evil.example\\@localhost",
        "//evil.example/%2f..",
    ),
    *(
        "https://localhost.evil.example",
        "//localhost@evil.example",
        "/%09/evil.example/../..",
        "ftp://localhost/",
    ),
)

pytestmark = pytest.mark.usefixtures("staff")


def same(page: Page) -> str:
    """A page without what differs from one visit to the next."""
    return page.words


def test_the_right_password_opens_the_pages(client: FlaskClient) -> None:
    page = sign_in(client, "caseworker")
    assert page.h1 == "Oggi"
    assert "caseworker@study.example" in page.text
    assert "Presa in carico · Provincia di Bergamo" in page.text


def test_an_email_in_capitals_is_the_same(client: FlaskClient) -> None:
    assert sign_in(client, " Caseworker@STUDY.example ").h1 == "Oggi"


def test_a_stranger_reads_what_a_wrong_password_reads(client: FlaskClient) -> None:
    wrong = sign_in(client, "caseworker", "not-the-password")
    unknown = sign_in(client, "nobody", "not-the-password")
    assert REFUSED in wrong.words
    assert wrong.title.startswith("Errore: ")
    assert same(wrong) == same(unknown)


def test_a_disabled_account_reads_it_too(client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        accounts.let_in(connection, "caseworker@study.example", active=False)
    assert REFUSED in sign_in(client, "caseworker").words
    assert visit(client, "/gestione/").h1 == "Accesso del personale"


def test_empty_fields_get_the_same_words(client: FlaskClient) -> None:
    page = press(client, visit(client, "/gestione/accedi"), "Entra", {"email": "", "password": ""})
    assert REFUSED in page.words


def test_a_wrong_password_keeps_the_email_only(client: FlaskClient) -> None:
    page = sign_in(client, "caseworker", "not-the-password")
    assert 'value="caseworker@study.example"' in page.text
    assert "not-the-password" not in page.text


def test_odd_bytes_in_the_form_are_no_failure(client: FlaskClient) -> None:
    page = visit(client, "/gestione/accedi")
    for odd in ("\0", "\ud800".encode("utf-8", "surrogatepass"), "x" * 10_000, "a@b\r\nSet-Cookie: x"):
        reply = reply_to(client, page, "Entra", {"email": odd, "password": odd})
        assert reply.status_code < 500


def test_after_sign_in_the_page_asked_for_opens(client: FlaskClient) -> None:
    page = visit(client, "/gestione/?stato=tutti")
    assert page.h1 == "Accesso del personale"
    assert "devi fare l'accesso" in page.words
    reply = reply_to(client, page, "Entra", {"email": "socialis@study.example", "password": PASSWORD})
    assert reply.location == "/gestione/?stato=tutti"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_sign_in_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    page = visit(client, "/gestione/accedi")
    answers = {"email": "socialis@study.example", "password": PASSWORD, "next": elsewhere}
    reply = reply_to(client, page, "Entra", answers)
    assert reply.status_code in (302, 303)
    assert reply.location == "/gestione/"


def test_who_is_in_already_is_led_on(client: FlaskClient) -> None:
    sign_in(client, "socialis")
    assert client.get("/gestione/accedi").location == "/gestione/"


def test_sign_out_ends_at_the_sign_in_page(client: FlaskClient) -> None:
    page = press(client, sign_in(client, "socialis"), "Esci")
    assert page.h1 == "Accesso del personale"
    assert visit(client, "/gestione/").h1 == "Accesso del personale"


def test_sign_out_by_an_address_does_nothing(client: FlaskClient) -> None:
    sign_in(client, "socialis")
    assert client.get("/gestione/esci").status_code == 405
    assert visit(client, "/gestione/").h1 == "Oggi"


def test_a_form_of_before_keeps_what_was_typed(client: FlaskClient) -> None:
    page = visit(client, "/gestione/accedi")
    client.delete_cookie("staff")
    again = press(
        client, page, "Entra", {"email": "socialis@study.example", "password": PASSWORD}, status=400
    )
    assert "La pagina era rimasta aperta" in again.words
    assert 'value="socialis@study.example"' in again.text
    assert PASSWORD not in again.text
    data = {"email": "socialis@study.example", "password": PASSWORD}
    assert press(client, again, "Entra", data).h1 == "Oggi"


def test_another_sites_form_is_refused(client: FlaskClient) -> None:
    page = visit(client, "/gestione/accedi")
    data = {"email": "socialis@study.example", "password": PASSWORD}
    reply = reply_to(client, page, "Entra", data, headers={"Sec-Fetch-Site": "cross-site"})
    assert checked_page(reply, 403).h1
    assert visit(client, "/gestione/").h1 == "Accesso del personale"


def test_a_sign_in_page_left_open_for_a_day_still_works(client: FlaskClient, clock: object) -> None:
    page = visit(client, "/gestione/accedi")
    clock.move(days=1)  # type: ignore[attr-defined]  # a Clock
    data = {"email": "socialis@study.example", "password": PASSWORD}
    assert press(client, page, "Entra", data).h1 == "Oggi"


def test_no_registration_recovery_or_token_is_there(app: Flask, client: FlaskClient) -> None:
    views = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security")}
    assert views == {"security.login", "security.logout"}
    page = visit(client, "/gestione/accedi")
    data = {"email": "socialis@study.example", "password": PASSWORD, "csrf_token": "x", "remember": "y"}
    reply = client.post(
        "/gestione/accedi?include_auth_token", json=data, headers={"Accept": "application/json"}
    )
    assert reply.status_code == 400
    reply = reply_to(client, page, "Entra", {**data, "csrf_token": _token(page)})
    assert [cookie.split("=")[0] for cookie in reply.headers.getlist("Set-Cookie")] == ["staff"]


def test_a_password_is_kept_as_argon2_and_stays_the_same(client: FlaskClient, engine: Engine) -> None:
    before = _stored(engine)
    sign_in(client, "caseworker")
    assert before.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _stored(engine) == before


def _stored(engine: Engine) -> str:
    with reading(engine) as connection:
        row = stored.account_with_email(connection, "caseworker@study.example")
    assert row is not None
    return str(row.password)


def _token(page: Page) -> str:
    return page.hidden()["csrf_token"]
