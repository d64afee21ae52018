"""A form as its respondent meets it, in the context that the address asks for."""

import re

import pytest
from flask.testing import FlaskClient

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.path import Questionnaire
from tests.staff.people import enter
from tests.web.page import fields
from tests.web.pages import Page, visit, words

pytestmark = [pytest.mark.usefixtures("staff"), pytest.mark.parametrize("database", ["sqlite"])]


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    enter(client, "caseworker")
    return client


def form(reader: FlaskClient, instrument: str, asked: str = "") -> Page:
    return visit(reader, f"/gestione/strumenti/{instrument}/0.1.0/scheda{asked}")


def questions(page: Page) -> dict[str, str]:
    """Everything that is shown of each question, by id; those to practise are left out."""
    shown = [one for one in page.main.iter("div") if one.get("class") == "asked"]
    return {one.get("id", ""): words(one) for one in shown if not one.get("id", "").startswith("PROVA")}


def options(page: Page, question: str) -> list[str]:
    shown = next(one for one in page.main.iter("div") if one.get("id") == question)
    return [words(one) for one in shown.iter("li")]


def picked(page: Page) -> dict[str, str]:
    """The words picked in each list."""
    return {
        field.get("name", ""): words(option)
        for field in page.main.iter("select")
        for option in field.iter("option")
        if option.get("selected") is not None
    }


def test_every_form_opens_in_every_variant_and_occasion(reader: FlaskClient, catalogue: Catalogue) -> None:
    empty = []
    for instrument in catalogue.instruments.values():
        for one in instrument.forms.values():
            for variant in one.variants:
                for occasion in one.occasions:
                    address = f"?scheda={one.code}&variante={variant}&rilevazione={occasion}"
                    page = form(reader, instrument.id, address)
                    assert not [notice for notice in page.main.iter("p") if notice.get("class") == "notice"]
                    if not questions(page):
                        empty.append((instrument.id, one.code, occasion))
    assert {instrument for instrument, _, _ in empty} <= {"qil"}  # what only a module asks


def test_the_questions_are_those_of_the_questionnaire(reader: FlaskClient, catalogue: Catalogue) -> None:
    asked = Questionnaire(catalogue.newest("aut"), "P", "std", "EXPOST").asked_by_id
    page = form(reader, "aut", "?variante=std&rilevazione=EXPOST")
    assert list(questions(page)) == list(asked)
    assert f"Le parti della scheda: {len(asked)} domande" in page.words


def test_options_are_as_the_respondent_meets_them(reader: FlaskClient) -> None:
    easy = form(reader, "aut", "?variante=easy")
    assert options(easy, "AUT_BEN1") == ["No", "Un po'", "Sì", "Non mi riguarda", "Non lo so"]
    assert easy.text.count("<svg") >= 5
    standard = form(reader, "aut", "?variante=std&rilevazione=EXPOST")
    assert "Quanto è vero per te?" in questions(standard)["AUT_BEN1"]
    assert options(standard, "AUT_BEN1")[-1] == "Non so o preferisco non rispondere"


def test_nothing_can_be_answered_here(reader: FlaskClient) -> None:
    page = form(reader, "aut")
    assert {field.tag for field in fields(page.main)} == {"select"}
    assert not page.is_question


def test_words_of_the_glossary_are_explained(reader: FlaskClient) -> None:
    explained = [
        one for one in questions(form(reader, "qil", "?scheda=P")).values() if "Che cosa vuol dire" in one
    ]
    assert any("«operatori»? Le persone dei servizi" in one for one in explained)


def test_what_is_written_is_said_in_words(reader: FlaskClient) -> None:
    shown = questions(form(reader, "qil", "?scheda=O"))
    assert "Si scrive una data." in shown["QIL_AZ2"]
    assert "Si scrive una riga, al massimo 200 caratteri." in shown["QIL_AZ3"]
    numbers = questions(form(reader, "qil", "?scheda=E"))
    assert any("Si scrive un numero da 1 a 48 (ore alla settimana)." in one for one in numbers.values())


def test_the_rule_of_a_question_is_said_in_words(reader: FlaskClient) -> None:
    shown = questions(form(reader, "qil", "?scheda=O"))
    assert re.search("Si chiede solo se .*QIL_AZ1 .*«Nessuno»", shown["QIL_AZ2"])
    assert "Nel punteggio è inversa." in shown["QIL_BEN3"]


def test_a_text_that_comes_back_says_where_it_was_written(reader: FlaskClient) -> None:
    shown = questions(form(reader, "aut", "?variante=std&rilevazione=EXPOST"))["AUT_OBR1"]
    assert "[il testo scritto a AUT_OB1]" in shown
    assert "a una rilevazione precedente c'è un testo scritto a AUT_OB1" in shown


def test_a_section_that_repeats_is_shown_once(reader: FlaskClient) -> None:
    page = form(reader, "acc", "?rilevazione=T0")
    assert "Si ripete, al massimo 12 volte" in page.words
    assert [one for one in questions(page) if one.startswith("ACC_I04")] == ["ACC_I04"]


def test_a_section_under_a_rule_says_it_once(reader: FlaskClient) -> None:
    page = form(reader, "fu6")
    assert len(re.findall(r"Si chiede solo se [^.]*FU6_02", page.words)) >= 2


def test_the_territory_brings_in_its_module(reader: FlaskClient) -> None:
    here = form(reader, "qil", "?scheda=P&rilevazione=EXPOST&territorio=Cremona/Cremona")
    elsewhere = form(reader, "qil", "?scheda=P&rilevazione=EXPOST&territorio=Bergamo/")
    assert "È del modulo mcr." in here.words
    assert set(questions(here)) - set(questions(elsewhere)) >= {"MCR_SOC1", "MCR_RLZ1"}


def test_the_placement_changes_words_and_questions(reader: FlaskClient) -> None:
    workshop = questions(form(reader, "qil", "?variante=easy&rilevazione=EXPOST&inserimento=LAB"))
    contract = questions(form(reader, "qil", "?variante=easy&rilevazione=EXPOST&inserimento=ASS"))
    assert "il laboratorio" in workshop["QIL_SOS1"]
    assert "questo contratto" in contract["QIL_SOS1"]
    assert set(contract) - set(workshop) == {"QIL_LAV4"}


def test_unpaid_placements_are_not_asked_about_fair_pay(reader: FlaskClient) -> None:
    assert "QIL_LAV4" not in questions(form(reader, "qil", "?rilevazione=EXPOST&pagato=no"))


def test_cooperatives_are_not_asked_about_quotas(reader: FlaskClient) -> None:
    assert "ACC_Q8B" in questions(form(reader, "acc", "?rilevazione=T2&ospite=company"))
    assert "ACC_Q8B" not in questions(form(reader, "acc", "?rilevazione=T2&ospite=cooperative"))


def test_the_short_form_is_shorter(reader: FlaskClient) -> None:
    full, short, mini = (
        questions(form(reader, "qil", f"?rilevazione=EXPOST&lunghezza={length}"))
        for length in ("full", "short", "mini")
    )
    assert len(full) > len(short) > len(mini) > 0


def test_a_form_of_a_module_is_first_shown_where_it_is_asked(reader: FlaskClient) -> None:
    page = form(reader, "qil", "?scheda=ECIL")
    assert picked(page)["territorio"] == "Ambito di Cremona"
    assert questions(page)
    assert picked(form(reader, "qil", "?scheda=M"))["inserimento"] == "Convenzione ex art. 14"


def test_where_nothing_is_asked_the_page_leads_to_where_something_is(reader: FlaskClient) -> None:
    page = form(reader, "qil", "?scheda=M&inserimento=")
    assert "In questo contesto la scheda M non ha domande." in page.words
    assert questions(visit(reader, page.links["Mostrala dove ne ha"]))


def test_an_instrument_without_context_says_so(reader: FlaskClient) -> None:
    page = form(reader, "aut")
    assert "è la stessa in tutti i territori e per tutti gli inserimenti" in page.words
    assert set(picked(page)) == {"scheda", "variante", "rilevazione", "lunghezza"}


def test_practice_comes_before_the_questions(reader: FlaskClient) -> None:
    page = form(reader, "qil", "?variante=easy")
    assert page.words.index("Ti piace la pizza?") < page.words.index("Vai volentieri al lavoro?")
    assert "Ti piace la pizza?" not in form(reader, "qil", "?variante=std").words


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("?scheda=ZZ", "Questa scheda non c'è: sotto è la P, partecipante."),
        ("?scheda=O&variante=easy", "La scheda O non ha questa versione: sotto è la versione standard."),
        (
            "?scheda=O&rilevazione=EXANTE",
            "La scheda O non si compila a questa rilevazione: sotto è «Durante l'inserimento».",
        ),
        ("?lunghezza=lunghissima", "La scheda P non ha questa lunghezza: sotto è intera."),
        (
            "?territorio=Atlantide/",
            "«Territorio»: quello che chiede l'indirizzo non c'è; sotto vale «non indicato».",
        ),
        ("?inserimento=%00%27", "«Tipo di inserimento»: quello che chiede l'indirizzo non c'è"),
    ],
)
def test_a_choice_that_is_not_there_gives_the_nearest_and_a_sentence(
    reader: FlaskClient, asked: str, sentence: str
) -> None:
    page = form(reader, "qil", asked)
    assert sentence in page.words
    assert questions(page)
