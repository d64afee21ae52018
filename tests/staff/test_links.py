"""Personal links: made here, shown once, ended here; never for another territory."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Link
from tests.factories import NOW, create_administration, create_link, create_path, create_person
from tests.staff.people import enter, press, reply_to
from tests.web.page import Page
from tests.web.pages import visit

KEY = "KEYOWN2222"
PAGE = f"/gestione/somministrazioni/{KEY}"

pytestmark = pytest.mark.usefixtures("staff")


@pytest.fixture
def own(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-0042"))
        return create_administration(connection, catalogue, path, key=KEY)


def link_on(page: Page) -> str:
    found = re.search(r"<textarea id=\"link\"[^>]*>([^<]+)</textarea>", page.text)
    assert found is not None
    return html.unescape(found[1])


def made_links(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Link)).scalar_one()


def test_a_fresh_link_opens_the_questionnaire(app: Flask, client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    page = press(client, visit(client, PAGE), "Nuovo link")
    assert page.h1 == "Link per BG-0042"
    assert link_on(page).startswith("http://127.0.0.1:8000/r/")
    person = app.test_client()
    assert visit(person, link_on(page).removeprefix("http://127.0.0.1:8000")).status == 200


def test_the_list_makes_a_link_with_one_press(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    listed = visit(client, "/gestione/?stato=tutti")
    page = press(client, listed, "Nuovo link per BG-0042, inizio del percorso")
    assert link_on(page)


def test_a_link_is_shown_once_and_kept_as_hash(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    token = link_on(press(client, visit(client, PAGE), "Nuovo link")).rpartition("/")[2]
    assert token not in visit(client, PAGE).text
    with reading(engine) as connection:
        row = connection.execute(select(Link)).one()
    assert token not in [str(value) for value in row]


def test_earlier_links_stay_valid_and_it_says_so(app: Flask, client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    first = press(client, visit(client, PAGE), "Nuovo link")
    assert "Se ne fai un altro, questo continua a valere." in first.words
    second = press(client, visit(client, PAGE), "Nuovo link")
    assert "Il link dato prima continua a valere." in second.words
    path = link_on(first).removeprefix("http://127.0.0.1:8000")
    assert app.test_client().get(path).status_code == 303


def test_ended_links_open_nothing(app: Flask, client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    links = [link_on(press(client, visit(client, PAGE), "Nuovo link")) for _ in range(2)]
    page = press(client, visit(client, PAGE), "Annulla link e codici")
    assert "I link e i codici non valgono più." in page.words
    for link in links:
        assert app.test_client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 404


def test_only_live_links_are_counted(client: FlaskClient, engine: Engine, own: int) -> None:
    with writing(engine) as connection:
        create_link(connection, own, expires_at=NOW.replace(year=2020))
        create_link(connection, own, revoked_at=NOW)
    enter(client, "caseworker")
    page = visit(client, PAGE)
    assert "Link e codici che aprono il questionarionessuno" in page.words
    assert "Annulla link e codici" not in page.words


def test_what_is_closed_gets_no_link(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, own: int
) -> None:
    enter(client, "caseworker")
    page = visit(client, PAGE)
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-0043"))
        values = {"state": "submitted", "variant": "easy", "closed_at": NOW}
        create_administration(connection, catalogue, path, key="KEYSENT222", **values)
    sent = "/gestione/somministrazioni/KEYSENT222"
    assert "Nuovo link" not in visit(client, sent).words
    reply = client.post(f"{sent}/link", data={"csrf_token": page.hidden()["csrf_token"]})
    assert reply.location == sent
    assert "non serve un link" in visit(client, sent).words
    assert made_links(engine) == 0


def test_an_office_sees_the_state_but_makes_no_links(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "territory_office")
    page = visit(client, PAGE)
    assert "BG-0042" in page.h1
    assert "Nuovo link" not in page.words
    assert client.post(f"{PAGE}/link", data={"csrf_token": page.hidden()["csrf_token"]}).status_code == 403
    assert made_links(engine) == 0


def test_another_territory_makes_and_ends_no_links(client: FlaskClient, engine: Engine, own: int) -> None:
    with writing(engine) as connection:
        create_link(connection, own)
    token = {"csrf_token": enter(client, "elsewhere").hidden()["csrf_token"]}
    for action in ("/link", "/link/annulla"):
        assert client.post(PAGE + action, data=token).status_code == 404
    assert made_links(engine) == 1
    with reading(engine) as connection:
        assert connection.execute(select(Link.revoked_at)).scalar_one() is None


def test_a_form_without_token_can_be_sent_again(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = visit(client, PAGE)
    again = press(
        client, page, "Nuovo link", {"csrf_token": "of-before", "note": "Da dare a mano <b>"}, status=400
    )
    assert "Da dare a mano <b>" in again.words
    assert made_links(engine) == 0
    assert press(client, again, "Invia di nuovo").h1 == "Link per BG-0042"


def test_another_sites_form_makes_no_link(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = visit(client, PAGE)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert reply_to(client, page, "Nuovo link", headers=headers).status_code == 403
    assert made_links(engine) == 0


@pytest.mark.parametrize("key", ["%00", "%ff", "x" * 4000, "K%C3%89Y", "..%2f..%2f", "'%20OR%201=1"])
def test_odd_keys_are_not_found(client: FlaskClient, key: str) -> None:
    enter(client, "administrator")
    assert client.get(f"/gestione/somministrazioni/{key}").status_code == 404
