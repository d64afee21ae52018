"""The same pages for everybody: "tu" to participants alone, codes for what it is about, explained words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from surveyapp.sheets.labels import VALUES
from surveyapp.storage.engine import writing
from surveyapp.storage.tables import Administration
from surveyapp.web import voice
from surveyapp.web.placement_types import PLACEMENT_TYPES
from tests.conftest import ROOT
from tests.factories import (
    NOW,
    create_accompaniment,
    create_agreement,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)
from tests.web.conftest import Ask, question_address
from tests.web.page import words
from tests.web.pages import Page, send, visit
from tests.web.sections import save

TEMPLATES = ROOT / "surveyapp" / "web" / "templates"
# Words that speak to one person by "tu". Labels of buttons are the same for everybody.
TO_ONE = re.compile(
    r"\b(tu|ti|te|tuo|tua|tuoi|tue|hai|puoi|vuoi|sei|devi|scrivi|scegli|premi|apri|rispondi|chiedi)\b", re.I
)


def pages_of(client: FlaskClient, first: Page) -> Iterator[Page]:
    """Every kind of page of one questionnaire, from its start to what was sent."""
    yield first
    for link in list(first.main.iter("a"))[:2]:
        page = visit(client, link.get("href", ""))
        yield page
        yield send(client, page)
    begun = send(client, visit(client, first.path))
    question = visit(client, question_address(begun, items_of(begun)[0])) if begun.is_section else begun
    yield question
    yield send(client, question)
    yield visit(client, question.links["Fai una pausa"])
    yield send(client, question, {"answer": "99"}, status=422)
    later = send(client, question, {"salta": "1"})
    yield send(client, question, {"answer": "1", "key": "other"}, status=409)
    while "omanda" in later.title:
        later = send(client, later, {"answer": "2"} if later.h1.startswith("C'è un a") else {"salta": "1"})
    yield later
    thanks = send(client, later)
    yield thanks
    yield visit(client, next(link for link in thanks.links.values() if link.endswith("/risposte")))
    yield send(client, question, {"answer": "1"}, status=409)


def sections_of(client: FlaskClient, first: Page) -> Iterator[Page]:
    """Pages with several questions: as they are asked, left empty, refused, met twice, too late."""
    page = send(client, first)
    yield page
    empty = save(client, page)
    yield empty
    numbers = save(client, empty)
    yield save(client, numbers, {f"answer.{name}": "«22»" for name in items_of(numbers)}, status=422)
    yield save(client, page, {"answer.KINDS_MUN": "2", "key": "other"}, status=409)
    with writing(client.application.extensions["surveyapp"].engine) as connection:
        connection.execute(update(Administration).values(state="submitted", variant="std", closed_at=NOW))
    yield save(client, page, {"answer.KINDS_MUN": "2"}, status=409)


def items_of(page: Page) -> list[str]:
    return [name.partition(".")[2] for name in page.hidden() if name.startswith("seen.")]


@pytest.mark.parametrize("form", ["O", "C"])
def test_offices_and_companies_are_never_called_tu(kinds_client: FlaskClient, start: Ask, form: str) -> None:
    for page in (*pages_of(kinds_client, start(form)), *sections_of(kinds_client, start(form))):
        assert not TO_ONE.search(without_buttons(page)), page.words


def without_buttons(page: Page) -> str:
    controls = [words(one) for tag in ("button", "a") for one in page.main.iter(tag)]
    text = page.words
    for control in sorted(controls, key=len, reverse=True):
        text = text.replace(control, "")
    return text


def test_participants_are_called_tu(kinds_client: FlaskClient, start: Ask) -> None:
    found = [page for page in pages_of(kinds_client, start("P")) if TO_ONE.search(page.words)]
    assert len(found) >= 10


def test_every_sentence_of_a_template_exists() -> None:
    used = {
        name
        for file in TEMPLATES.glob("**/*.html")
        for name in re.findall(r"\bsay\.(\w+)", file.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(voice.PAIRS)


def test_every_sentence_is_used() -> None:
    files = [*TEMPLATES.glob("**/*.html"), *Path(voice.__file__).parent.glob("*.py")]
    code = "".join(file.read_text(encoding="utf-8") for file in files if not file.name.startswith("voice"))
    built = {f"empty_{kind}" for kind in ("chosen", "text", "number", "date")}
    assert [name for name in voice.PAIRS if not re.search(rf"\b{name}\b", code) and name not in built] == []


def test_a_form_with_one_version_offers_no_choice(kinds_client: FlaskClient, start: Ask) -> None:
    page = start("O")
    assert "versione" not in page.words
    assert visit(kinds_client, page.path.replace("inizio", "versione")).h1 == page.h1


def test_the_title_of_the_section_stands_above(ask: Ask) -> None:
    assert "Numeri e date" in ask("KINDS_DAY").words
    assert "Numeri e date" not in ask("KINDS_DAY", "P").words


@pytest.mark.parametrize(
    ("form", "on_a_path", "on_a_placement"),
    [
        ("O", "Persona BG-77", "Persona BG-77, inserimento INS-7: Tirocinio di inclusione sociale (TIS)"),
        ("C", "Persona BG-77", "Inserimento INS-7"),
        ("P", "", "Le domande parlano di: Tirocinio di inclusione sociale (TIS)"),
    ],
)
def test_the_start_says_what_it_is_about(
    engine: Engine, start: Ask, form: str, on_a_path: str, on_a_placement: str
) -> None:
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-77"))
        there = create_placement(connection, path, code="INS-7")
    for page, about in (
        (start(form, path_id=path), on_a_path),
        (start(form, path_id=path, placement_id=there), on_a_placement),
    ):
        shown = page.main.find("p[@class='about']")
        assert (words(shown) if shown is not None else "") == about


def test_agreements_and_organisations_are_named_by_code(engine: Engine, start: Ask) -> None:
    with writing(engine) as connection:
        agreement = create_agreement(connection, code="CV-3")
        organisation = create_organisation(connection, code="CO-1")
        helped = create_accompaniment(connection, organisation_id=organisation)
    assert "Convenzione CV-3" in start("C", agreement_id=agreement).words
    assert "Ente CO-1" in start("C", accompaniment_id=helped).words


def test_a_shorter_form_takes_less_time(start: Ask) -> None:
    assert "Servono circa 10 minuti." in start("O").words
    assert "Serve circa 1 minut" in start("O", length="mini").words


def test_words_of_the_glossary_are_explained(ask: Ask) -> None:
    page = ask("KINDS_CHO")
    terms = {words(one.find("summary")): words(one.find("p")) for one in page.main.iter("details")}
    assert terms == {
        "Che cosa vuol dire «prova»?": "Un documento che dice com'è andata.",
        "Che cosa vuol dire «TIS»?": "Tirocinio di inclusione sociale.",
        "Che cosa vuol dire «tutor»?": "È la persona che segue chi lavora.",
    }


def test_words_of_the_options_are_explained_too(ask: Ask) -> None:
    assert "Che cosa vuol dire «Collocamento Mirato»?" in ask("KINDS_MUN").words
    assert list(ask("KINDS_NUM").main.iter("details")) == []


def test_words_follow_the_placement(engine: Engine, ask: Ask) -> None:
    assert "La prova di questo periodo TIS" in ask("KINDS_CHO").h1
    assert "La prova di il tirocinio TIS" in ask("KINDS_CHO", context='{"placement_type": "TIS"}').h1


def test_types_of_placement_are_called_as_in_instruments() -> None:
    assert VALUES["placement_type"] == PLACEMENT_TYPES
