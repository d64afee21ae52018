"""What staff hand over: link, QR, code, letter; a person's questionnaire on a shared tablet."""

import re
from datetime import timedelta

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.code_letters import as_compared
from surveyapp.storage.code_tables import ShortCode
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Link
from surveyapp.study.links import revoke
from tests.factories import NOW, create_administration, create_path, create_person
from tests.staff.people import enter, press, reply_to
from tests.web.page import Page, words
from tests.web.pages import send, visit

KEY, OPERATORS = "KEYOWN2222", "KEYOPER222"
PAGE = f"/gestione/somministrazioni/{KEY}"
ASSISTED = "Avvia in modalità assistita"
SITE = "http://127.0.0.1:8000"

pytestmark = pytest.mark.usefixtures("staff")


@pytest.fixture(autouse=True)
def own(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-0042"))
        create_administration(connection, catalogue, path, key=OPERATORS, form="O", occasion="EXPOST")
        return create_administration(connection, catalogue, path, key=KEY)


def code_on(page: Page) -> str:
    return next(words(one) for one in page.main.iter("p") if one.get("class") == "code")


def qr_on(page: Page) -> str:
    """The lines of its squares."""
    picture = next(one for one in page.main.iter("div") if one.get("class") == "qr")
    assert picture.get("aria-label") == "QR del link"
    return "".join(one.get("d", "") for one in picture.iter() if one.tag.endswith("path"))


def drawn(address: str) -> str:
    picture = segno.make(address, micro=False, error="m").svg_inline(omitsize=True, light="#fff")
    return "".join(re.findall(r' d="([^"]*)"', picture))


def opens(app: Flask, page: Page) -> str:
    """What the code of a page opens."""
    client = app.test_client()
    return send(client, visit(client, "/codice"), {"code": code_on(page)}).h1


@pytest.fixture
def handed(client: FlaskClient) -> Page:
    enter(client, "caseworker")
    return press(client, visit(client, PAGE), "Nuovo link")


@pytest.fixture
def tablet(client: FlaskClient) -> Page:
    enter(client, "caseworker")
    return press(client, visit(client, PAGE), ASSISTED)


def test_a_new_link_comes_with_a_code_that_opens_the_same(app: Flask, handed: Page) -> None:
    assert opens(app, handed) == "Autovalutazione"
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{3}-[A-Z2-9]{3}", code_on(handed))


def test_the_code_is_told_with_cities(handed: Page) -> None:
    first = as_compared(code_on(handed))[0]
    assert f"Al telefono: {first}" in handed.words


def test_the_qr_holds_the_link(handed: Page) -> None:
    link = next(words(area) for area in handed.main.iter("textarea"))
    assert qr_on(handed) == drawn(link)


def test_the_letter_says_what_whom_and_until_when_without_a_name(handed: Page) -> None:
    letter = words(next(handed.main.iter("section")))
    for said in ("BG-0042", "Il tuo questionario", f"{SITE}/codice", code_on(handed), "035 000000"):
        assert said in letter
    assert re.search(r"Il codice vale fino al \d+ \w{3}( \d{4})?\.", letter)
    assert "/r/" not in letter


def test_the_letter_of_an_operator_says_nobody_tu(client: FlaskClient) -> None:
    enter(client, "caseworker")
    page = press(client, visit(client, f"/gestione/somministrazioni/{OPERATORS}"), "Nuovo link")
    letter = words(next(page.main.iter("section")))
    assert "Il questionario da compilare" in letter
    assert not re.search(r"\b(tu|tuo|hai|scrivi|premi|chiama)\b", letter, re.I)


def test_a_code_is_shown_once(client: FlaskClient, handed: Page) -> None:
    assert code_on(handed) not in visit(client, PAGE).text


def test_ended_codes_open_nothing(app: Flask, client: FlaskClient, handed: Page) -> None:
    page = visit(client, PAGE)
    assert "Link e codici che aprono il questionario1 link, 1 codice" in page.words
    assert "I link e i codici non valgono più." in press(client, page, "Annulla link e codici").words
    person = app.test_client()
    send(person, visit(person, "/codice"), {"code": code_on(handed)}, status=422)
    assert "nessuno" in visit(client, PAGE).words


def test_what_a_code_has_opened_is_no_further_link(app: Flask, client: FlaskClient, handed: Page) -> None:
    assert opens(app, handed)
    assert opens(app, handed)
    assert "1 link, 1 codice" in visit(client, PAGE).words


def test_ending_codes_ends_what_they_have_opened(app: Flask, client: FlaskClient, handed: Page) -> None:
    person = app.test_client()
    start = send(person, visit(person, "/codice"), {"code": code_on(handed)})
    press(client, visit(client, PAGE), "Annulla link e codici")
    assert visit(person, start.path, status=404).h1 != start.h1


def test_the_command_that_ends_links_ends_codes(app: Flask, engine: Engine, handed: Page) -> None:
    with writing(engine) as connection:
        assert revoke(connection, "BG-0042", NOW) == 1
    person = app.test_client()
    send(person, visit(person, "/codice"), {"code": code_on(handed)}, status=422)


def test_assisted_mode_gives_qr_and_code_for_half_a_day(engine: Engine, tablet: Page) -> None:
    with reading(engine) as connection:
        link = connection.execute(select(Link)).one()
        code = connection.execute(select(ShortCode)).one()
    assert link.purpose == code.purpose == "tablet"
    assert link.expires_at - link.created_at == code.expires_at - code.created_at == timedelta(hours=12)
    here = tablet.links["Apri su questo dispositivo"]
    assert qr_on(tablet) == drawn(SITE + here)


def test_code_and_qr_open_it_with_the_way_to_finish(app: Flask, tablet: Page) -> None:
    for opened in (tablet.links["Apri su questo dispositivo"], None):
        client = app.test_client()
        page = (
            visit(client, opened)
            if opened
            else send(client, visit(client, "/codice"), {"code": code_on(tablet)})
        )
        assert "Finisci o cambia persona" in page.links


def test_opening_it_here_warns_and_signs_nobody_out(client: FlaskClient, tablet: Page) -> None:
    assert "Qui il tuo accesso resta aperto" in tablet.words
    visit(client, tablet.links["Apri su questo dispositivo"])
    assert visit(client, "/gestione/").h1 == "Oggi"


def test_it_leads_to_the_page_for_who_helps(client: FlaskClient, tablet: Page) -> None:
    assert visit(client, tablet.links["Per chi aiuta a rispondere"]).h1 == "Per chi aiuta a rispondere"


def test_only_what_the_person_answers_goes_on_a_tablet(client: FlaskClient) -> None:
    enter(client, "caseworker")
    operators = f"/gestione/somministrazioni/{OPERATORS}"
    page = visit(client, operators)
    assert ASSISTED not in page.words
    token = page.hidden()["csrf_token"]
    assert client.post(f"{operators}/tablet", data={"csrf_token": token}).status_code == 404


def test_what_is_closed_goes_on_no_tablet(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        values = {"state": "submitted", "variant": "easy", "closed_at": NOW, "key": "KEYSENT222"}
        create_administration(connection, catalogue, create_path(connection), **values)
    token = enter(client, "caseworker").hidden()["csrf_token"]
    sent = "/gestione/somministrazioni/KEYSENT222"
    assert ASSISTED not in visit(client, sent).words
    assert client.post(f"{sent}/tablet", data={"csrf_token": token}).location == sent
    assert "non si può aprire" in visit(client, sent).words


def test_an_office_starts_no_tablet(client: FlaskClient, engine: Engine) -> None:
    token = enter(client, "territory_office").hidden()["csrf_token"]
    assert ASSISTED not in visit(client, PAGE).words
    assert client.post(f"{PAGE}/tablet", data={"csrf_token": token}).status_code == 403
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(ShortCode)).scalar_one() == 0


def test_another_sites_form_starts_no_tablet(client: FlaskClient) -> None:
    enter(client, "caseworker")
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert reply_to(client, visit(client, PAGE), ASSISTED, headers=headers).status_code == 403
