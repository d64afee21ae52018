"""English for the staff and companies; Italian for participants, whoever used the browser before."""

import re
from itertools import chain
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from surveyapp.study.demonstration import fill
from surveyapp.web import languages
from tests.factories import NOW, create_link
from tests.web import marks
from tests.web.company_walk import every_company_page
from tests.web.inventories import create_company
from tests.web.pages import checked_page, send, visit
from tests.web.walk import every_kind_of_page, new_link

STATIC = Path(languages.__file__).parent / "static"


# The words of a page do not hang on the database.
@pytest.mark.parametrize("database", ["sqlite"])
def test_every_word_on_pages_of_staff_and_companies_has_an_english(
    app: Flask, engine: Engine, catalogue: Catalogue
) -> None:
    """Whatever is no message, no word of an instrument and no name, is named here with its page."""
    with writing(engine) as connection:
        fill(connection, catalogue, NOW)
    marks.mark(app)
    left: dict[str, list[str]] = {}
    for name, page in chain(every_kind_of_page(app), every_company_page(app)):
        tree = html5lib.parse(page.marked, namespaceHTMLElements=False)
        if tree.get("lang") == "en" and (words := marks.not_translated(tree)):
            left.setdefault(name, words)
    assert not left, "\n".join(f"{name}: {words}" for name, words in left.items())


@pytest.fixture
def company(engine: Engine, catalogue: Catalogue) -> str:
    """The personal link of a company."""
    with writing(engine) as connection:
        return "/r/" + create_link(connection, create_company(connection, catalogue))


def test_italian_comes_first_whatever_the_browser_asks_for(client: FlaskClient, company: str) -> None:
    page = visit(client, company)
    asked = checked_page(client.get(page.path, headers={"Accept-Language": "en"}))
    assert (asked.tree.get("lang"), asked.tree.get("dir")) == ("it", None)


def test_english_is_chosen_where_one_is_and_put_back_in_the_same_way(
    client: FlaskClient, company: str
) -> None:
    italian = visit(client, company)
    english = visit(client, italian.links["English"])
    assert english.path == italian.path
    assert english.tree.get("lang") == "en"
    assert {"Help", "Report a problem"} < set(english.links)
    assert visit(client, "/aiuto").tree.get("lang") == "en"
    back = visit(client, english.links["Italiano"])
    assert back.text == italian.text
    assert client.get_cookie("lingua") is None


def test_what_an_instrument_says_is_marked_as_italian(client: FlaskClient, company: str) -> None:
    client.set_cookie("lingua", "en")
    section = send(client, visit(client, company))
    assert section.tree.get("lang") == "en"
    questions = [one for tag in ("legend", "label") for one in section.main.iter(tag)]
    assert questions
    assert all(one.get("lang") == "it" or one.find(".//*[@lang='it']") is not None for one in questions)


def test_a_participant_reads_italian_whoever_used_the_browser_before(app: Flask, client: FlaskClient) -> None:
    client.set_cookie("lingua", "en")
    start = visit(client, new_link(app))
    assert start.tree.get("lang") == "it"
    assert "English" not in start.links
    assert "Italiano" not in start.links
    assert client.get_cookie("lingua") is None
    assert visit(client, "/aiuto").tree.get("lang") == "it"


def test_pages_that_participants_open_do_not_offer_english(client: FlaskClient) -> None:
    for address in ("/", "/aiuto", "/privacy", "/codice", "/leggere", "/nowhere"):
        page = checked_page(client.get(address), 404 if address == "/nowhere" else 200)
        assert "English" not in page.links, address


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/nowhere"])
def test_a_language_never_leads_out_of_the_site(client: FlaskClient, wanted: str) -> None:
    reply = client.get("/lingua/en", query_string={"da": wanted})
    assert (reply.status_code, reply.location) == (303, "/")


def test_a_language_that_nobody_translated_is_no_page(client: FlaskClient) -> None:
    assert client.get("/lingua/de").status_code == 404


def test_the_address_of_a_link_is_never_in_the_way_back(client: FlaskClient, company: str) -> None:
    client.set_cookie("lingua", "en")
    assert company.removeprefix("/r/") not in visit(client, company).text


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_styles_follow_the_direction_of_the_language(path: Path) -> None:
    """Start and end, never left and right."""
    sided = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:|"
        r"(?:text-align|float|clear):\s*(?:left|right)",
        path.read_text(encoding="utf-8"),
    )
    assert sided == []
