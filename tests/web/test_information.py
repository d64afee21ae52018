"""Pages that stand behind every page: help, privacy, accessibility; errors; the footer that leads there."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage.engine import writing
from surveyapp.web.accessibility import STATE, Gap
from tests.staff.people import add_account, enter
from tests.stories.test_accessibility import EXPLAINED
from tests.web.page import words
from tests.web.pages import Page, send, visit
from tests.web.readable import gulpease, long_sentences
from tests.web.walk import new_link

FOOTER = ["Aiuto", "Privacy", "Dichiarazione di accessibilità", "Segnala un problema"]


def footer(page: Page) -> list[str]:
    return [words(link) for link in page.tree.findall(".//footer//a")]


def test_the_footer_is_the_same_on_every_kind_of_page(walked: dict[str, Page]) -> None:
    assert len(walked) > 60
    found = {name: footer(page)[:4] for name, page in walked.items()}
    assert {name: links for name, links in found.items() if links != FOOTER} == {}


def test_the_way_to_a_report_never_holds_a_key_or_a_token(walked: dict[str, Page]) -> None:
    addresses = {name: page.links["Segnala un problema"] for name, page in walked.items()}
    assert [one for one in addresses.items() if not re.fullmatch(r"/segnala(\?da=[a-z_.]+)?", one[1])] == []


THANKS = ["thanks", "tablet thanks"]


def test_only_the_thanks_page_thanks(walked: dict[str, Page]) -> None:
    """Machines and people know by it that the answers were sent."""
    assert [name for name, page in walked.items() if 'id="grazie"' in page.text] == THANKS
    assert [name for name, page in walked.items() if "Grazie" in page.h1] == THANKS


def test_the_statement_has_the_parts_of_the_model(client: FlaskClient) -> None:
    page = visit(client, "/accessibilita")
    assert page.h1 == "Dichiarazione di accessibilità"
    headings = [words(one) for one in page.main.iter("h2")]
    assert headings == [
        "Stato di conformità",
        "Che cosa abbiamo controllato",
        "Contenuti non accessibili",
        "Redazione della dichiarazione",
        "Se qualcosa non va",
        "Procedura di attuazione",
    ]
    for said in (
        "Mestieri Lombardia",
        "parzialmente conforme",
        "Un controllo automatico non basta. Le persone non hanno ancora provato il sito.",
        "È un'autovalutazione",
        "035 000000",
        "entro 30 giorni",
        "Difensore civico per il digitale",
        "26 novembre 2026",
    ):
        assert said in page.words


def test_the_statement_follows_what_was_found(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = replace(STATE, tried_by_people=date(2027, 3, 1), gaps=())
    monkeypatch.setattr("surveyapp.web.pages.STATE", tried)
    page = visit(client, "/accessibilita")
    assert "Questo sito è conforme." in page.words
    assert "hanno provato il sito il 1 marzo 2027" in page.words
    assert "Contenuti non accessibili" not in page.words


def test_a_machine_alone_never_says_conforme() -> None:
    assert replace(STATE, gaps=()).conformity == "parzialmente conforme"
    found = replace(STATE, tried_by_people=date(2027, 3, 1), gaps=(Gap("x", "y"),))
    assert found.conformity == "parzialmente conforme"


def test_what_the_machine_leaves_open_stands_in_the_statement() -> None:
    assert set(EXPLAINED) <= {gap.rule for gap in STATE.gaps}
    assert STATE.written_on <= datetime.now(UTC).date()
    assert STATE.machine_on <= STATE.written_on


@pytest.mark.parametrize("address", ["/aiuto", "/privacy"])
def test_the_pages_behind_say_whom_to_call_in_easy_words(client: FlaskClient, address: str) -> None:
    page = visit(client, address)
    assert "035 000000" in page.words
    assert long_sentences(page) == []
    assert gulpease(page) >= 80


def test_the_statement_is_written_plainly(client: FlaskClient) -> None:
    assert gulpease(visit(client, "/accessibilita")) >= 60


@pytest.mark.parametrize("kind", ["not found", "from another site", "too long", "not saved", "broken"])
def test_an_error_says_whom_to_call_and_no_numbers(walked: dict[str, Page], kind: str) -> None:
    page = walked[kind]
    assert "Se ti serve aiuto, chiama o scrivi: 035 000000." in page.words
    assert not re.search(r"\b[45]\d\d\b", page.words)
    assert long_sentences(page) == []


def test_from_a_questionnaire_there_is_a_way_back(app: Flask, client: FlaskClient) -> None:
    question = send(client, visit(client, new_link(app)))
    for address in [question.links[name] for name in FOOTER]:
        page = visit(client, address)
        assert visit(client, page.links["Torna al questionario"]).h1 == question.h1
    other = app.test_client()
    assert "Torna al questionario" not in visit(other, "/aiuto").links


def test_with_two_questionnaires_open_nobody_is_sent_to_the_wrong_one(
    app: Flask, client: FlaskClient
) -> None:
    visit(client, new_link(app))
    visit(client, new_link(app))
    assert "Torna al questionario" not in visit(client, "/aiuto").links


OF_THE_STAFF = ("Pagina per chi risponde", "Come vuoi leggere?", "English")


def test_the_footer_of_the_staff_is_the_same(app: Flask, client: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        add_account(connection, "socialis@study.example", "socialis")
    assert footer(enter(client, "socialis")) == [*FOOTER, *OF_THE_STAFF]
