"""The history of a question: everything that is known of it on one page, with the way to each source."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage import excerpts
from surveyapp.storage.engine import writing
from tests.factories import NOW, create_focus_group
from tests.focus_groups.ledger_rows import CODER, ITEM, Rows, create_chain, create_coded, create_numbers
from tests.staff.people import enter, rows
from tests.web.page import Page
from tests.web.pages import visit

PAGE = f"/gestione/storia/aut/{ITEM}"

pytestmark = pytest.mark.usefixtures("staff")


@pytest.fixture
def made(engine: Engine) -> Rows:
    with writing(engine) as connection:
        create_numbers(connection)
        return create_chain(connection)


@pytest.fixture
def page(client: FlaskClient, made: Rows) -> Page:
    enter(client, "socialis")
    return visit(client, PAGE)


def test_where_nothing_is_known_the_page_says_so_in_words(client: FlaskClient) -> None:
    enter(client, "administrator")
    said = visit(client, PAGE).words
    for sentence in (
        "Nessun estratto è codificato con questo criterio.",
        "Nessun giudizio inviato.",
        "Nessun lettore ha ancora provato questa domanda.",
        "Nessuna decisione ancora.",
        "non è stato ancora calcolato niente. Per avere i numeri prepara la «Validazione di uno strumento»",
    ):
        assert sentence in said


def test_an_excerpt_is_quoted_with_consent_and_else_told_without_its_words(page: Page, made: Rows) -> None:
    first, second = rows(page, 1)
    assert first[1:3] == ["FG3, Cooperative sociali, 10 dic 2026", "Formulazione"]
    assert first[3] == "«Regole» non si capisce."
    assert "non ha dato il consenso" in second[3]
    assert "Non lo direi fuori di qui." not in page.words
    address = f"/gestione/focus-group/{made.meeting}/note?nota={made.quoted}"
    assert page.links[f"Estratto {made.quoted}"] == address


def test_audiences_stand_apart_each_with_its_number(page: Page, made: Rows) -> None:
    first, second = rows(page, 2)
    assert first[2:5] == ["Collocamenti Mirati", "3", "0,667"]
    assert second[2:5] == ["Cooperative sociali", "1", "–"]
    assert second[6] == "Meno di 3 giudizi"
    assert page.links["Chiarezza"] == f"/gestione/valutazioni/{made.round}/risultati"


def test_readers_are_counted_and_quoted_with_consent(page: Page) -> None:
    (row,) = rows(page, 3)
    assert row[2:] == ["0, 1, 1", "«Obbedire.»"]
    assert "Non lo so." not in page.words


def test_a_decision_leads_to_everything_that_it_rests_on(page: Page, made: Rows) -> None:
    (row,) = rows(page, 4)
    assert row[0] == made.decision
    assert row[2] == "Accolta 20 dic 2026"
    assert row[4] == (
        f"Estratto {made.quoted}: nota 1 di FG3; Giudizio {made.question}: AUT_OCC3 in «Chiarezza»; "
        f"Prova dei lettori {made.test}: P1 su AUT_OCC3, FG3; FG2"
    )
    assert (
        page.links[f"Giudizio {made.question}: AUT_OCC3 in «Chiarezza»"]
        == f"/gestione/valutazioni/{made.round}/risultati"
    )
    readers = f"/gestione/valutazioni/lettori/{made.meeting}"
    assert page.links[f"Prova dei lettori {made.test}: P1 su AUT_OCC3, FG3"] == readers


def test_numbers_stand_beside_their_version_and_few_answers_have_counts_only(page: Page) -> None:
    easy, std = rows(page, 5)
    assert easy[0].endswith("versione semplice, 0.1.0")
    assert easy[2:] == [
        "5 su 95",
        "4 su 95",
        "20% (18 su 90)",
        "50% (45 su 90)",
        "0,41 (n = 90)",
        "0,72 (n = 85)",
    ]
    assert std[2:] == ["1 su 7", "–", "meno di 10 (n = 6)", "–", "–", "–"]
    (change,) = rows(page, 6)
    assert change[2] == "−0,50 (n = 40)"
    assert "Numeri del 22 nov" in page.words


def test_who_still_codes_blindly_does_not_see_what_others_made_of_a_note(
    client: FlaskClient, engine: Engine
) -> None:
    with writing(engine) as connection:
        create_coded(connection, create_focus_group(connection), (CODER,))
    enter(client, "lead_partner")
    assert "1 estratto aspetta la seconda codifica" in visit(client, PAGE).words


def test_each_question_of_a_form_is_one_press_from_its_history(client: FlaskClient) -> None:
    enter(client, "socialis")
    form = visit(client, "/gestione/strumenti/aut/0.1.0/scheda")
    assert form.links[f"Storia di {ITEM}"] == PAGE
    listed = visit(client, visit(client, "/gestione/strumenti/aut/0.1.0").links["Storia delle domande"])
    assert listed.links[ITEM] == PAGE


def test_an_office_reads_the_form_without_the_way_to_histories(client: FlaskClient) -> None:
    enter(client, "territory_office")
    form = visit(client, "/gestione/strumenti/aut/0.1.0/scheda")
    assert f"Storia di {ITEM}" not in form.links
    visit(client, PAGE, status=403)


def test_a_decision_leads_to_the_history_of_what_it_is_about(client: FlaskClient, made: Rows) -> None:
    enter(client, "socialis")
    page = visit(client, f"/gestione/decisioni/{made.decision}")
    assert page.links[f"Storia di aut {ITEM}"] == PAGE
    assert f"nota={made.quoted}" in page.links[f"Estratto {made.quoted}: nota 1 di FG3"]


def test_the_list_counts_what_is_known_of_each_question(client: FlaskClient, made: Rows) -> None:
    enter(client, "socialis")
    listed = {row[0].split()[0]: row[1:] for row in rows(visit(client, "/gestione/storia/aut"))}
    assert listed[ITEM] == ["2", "5", "2", "1"]
    assert listed["AUT_OCC4"] == ["0", "0", "0", "0"]


def test_a_new_criterion_has_a_history_too(client: FlaskClient, engine: Engine, made: Rows) -> None:
    enter(client, "socialis")
    assert "Nessun criterio nuovo ancora" in visit(client, "/gestione/storia/criteri").words
    with writing(engine) as connection:
        excerpts.add_criterion(connection, "N-1", "Il tempo del tutor", made.meeting, NOW)
        excerpts.code(connection, made.quoted, CODER, "N-1", "new_criterion", NOW)
    page = visit(client, visit(client, "/gestione/storia/criteri").links["N-1"])
    assert "Il tempo del tutor" in page.words
    assert page.links["FG3"] == f"/gestione/focus-group/{made.meeting}"
    assert rows(page)[0][2] == "Criterio nuovo"


def test_a_question_of_a_module_says_where_its_answers_are_counted(client: FlaskClient) -> None:
    enter(client, "socialis")
    listed = visit(client, "/gestione/storia/mcr")
    page = visit(client, next(address for code, address in listed.links.items() if code.startswith("MCR_")))
    assert "Le risposte si contano negli strumenti che comprendono il modulo" in page.words
