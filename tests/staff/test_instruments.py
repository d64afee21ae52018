"""Browsing the instruments: the list, one version, its versions, the study plan."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveyapp.instruments.catalogue import Catalogue
from tests.staff.people import STAFF, buttons, enter, rows
from tests.web.pages import Page, visit

pytestmark = [pytest.mark.usefixtures("staff"), pytest.mark.parametrize("database", ["sqlite"])]


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    """Somebody of a territory, who may read and nothing else."""
    enter(client, "territory_office")
    return client


def table(page: Page, number: int = 0) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    return {row[0]: row[1:] for row in rows(page, number)}


@pytest.mark.parametrize("who", list(STAFF))
def test_every_role_finds_the_instruments_in_the_bar(client: FlaskClient, who: str) -> None:
    page = visit(client, enter(client, who).links["Strumenti"])
    assert page.h1 == "Strumenti"
    assert buttons(page) == []


def test_each_instrument_stands_in_the_list(reader: FlaskClient, catalogue: Catalogue) -> None:
    page = visit(reader, "/gestione/strumenti")
    assert len(rows(page)) == len({found_id for found_id, _ in catalogue.instruments})
    version, forms, number, indicators, _ = table(page)["Autovalutazione aut"]
    assert version.endswith("In uso")
    assert forms == "P, partecipante; O, operatore"
    assert int(number) > 30
    assert indicators == "I15"


def test_modules_stand_apart_with_the_forms_they_add(reader: FlaskClient) -> None:
    modules = table(visit(reader, "/gestione/strumenti"), 1)
    assert modules["Modulo multidimensionale mcr"][1] == "ECIL, équipe"
    assert "CM, Collocamento Mirato" in modules["Modulo Convenzioni ex art. 14 a14"][1]


def test_every_version_opens_from_the_list(reader: FlaskClient) -> None:
    links = [link for link in visit(reader, "/gestione/strumenti").main.iter("a") if link.text != "Versioni"]
    opened = [visit(reader, link.get("href", "")) for link in links]
    assert len(opened) > 8


def test_a_version_tells_everything_that_it_measures(reader: FlaskClient) -> None:
    page = visit(reader, "/gestione/strumenti/qil/0.1.0")
    for words in (
        "A che cosa serve",
        "da 30 giorni dopo a 91 giorni dopo",
        "ogni 182 giorni",
        "QIL_BEN3 Fatica eccessiva (inversa)",
        "Risposte valide che servono: 3 (schede P, O e C).",
        "Scheda breve: QIL_BEN1 e QIL_BEN2, con almeno 2 risposte valide; è un punteggio a parte.",
        "Nella scheda O non conta QIL_REL4.",
        "A «Inizio del percorso»: 3 (scheda P).",
        "Media di 8 scale, ne servono almeno 6",
        "Fra le schede P, O e C, solo nella versione standard.",
        "Servono almeno 2 criteri che le due schede chiedono.",
        "Oppure se la scheda è O",
        "Le sue domande si chiedono se l'Ambito",
        "Qui è quella che dà il lavoro da fare alla cooperativa.",
        "«il laboratorio»: Laboratorio socio-occupazionale",
    ):
        assert words in page.words, words


def test_facts_are_told_in_sentences(reader: FlaskClient) -> None:
    words = visit(reader, "/gestione/strumenti/acc/0.1.0").words
    assert "Per ogni ripetizione di «Gli adattamenti»: sì se" in words
    assert "almeno 50 su 100 di quelli con «Adattamento valutabile»" in words
    counted = visit(reader, "/gestione/strumenti/vip/0.1.0").words
    assert "Quante volte la risposta è «Ostacola» in queste domande: da VIP_SOG1 a VIP_SOG8." in counted
    assert "Si calcola solo nella scheda O." in counted


def test_a_module_leads_to_the_instrument_that_asks_it(reader: FlaskClient) -> None:
    page = visit(reader, "/gestione/strumenti/mcr/0.1.0")
    asked_in = page.links["Qualità dell'inserimento lavorativo"]
    assert visit(reader, asked_in).links["mcr 0.1.0"].endswith("/strumenti/mcr/0.1.0")


def test_each_form_is_one_link_away(reader: FlaskClient) -> None:
    page = visit(reader, "/gestione/strumenti/qil/0.1.0")
    for name in ("P: Il tuo lavoro", "CM: La convenzione vista dal Collocamento Mirato"):
        assert visit(reader, page.links[name]).h1 == f"Scheda {name}"


def test_one_version_alone_has_nothing_to_compare(reader: FlaskClient) -> None:
    page = visit(reader, "/gestione/strumenti/oss")
    assert next(iter(table(page).values()))[0] == "In uso"
    assert "C'è una sola versione" in page.words
    assert "C'è una sola versione" in visit(reader, "/gestione/strumenti/oss/differenze").words


@pytest.mark.parametrize(
    "address",
    [
        "nothere",
        "nothere/0.1.0",
        "nothere/differenze",
        "aut/9.9.9",
        "aut/0.1.0%00",
        "nothere/0.1.0/scheda",
        "aut/9.9.9/scheda",
        "mcr/0.1.0/scheda",
    ],
)
def test_what_is_not_there_is_not_found(reader: FlaskClient, address: str) -> None:
    assert "Qui non c'è niente" in visit(reader, f"/gestione/strumenti/{address}", status=404).words


def test_the_plan_says_for_whom_when_and_how_long(reader: FlaskClient) -> None:
    page = visit(reader, visit(reader, "/gestione/strumenti").links["Piano di rilevazione"])
    whole = table(page)
    assert whole["Obiettivi della persona aut, scheda O"][:3] == [
        "operatore",
        "Solo se nello stesso percorso c'è già una risposta a AUT_OB1.",
        "Fine del percorso; 6 mesi dopo la fine.",
    ]
    assert "anche un secondo osservatore" in whole["Scheda di osservazione oss, scheda O"][2]
    host = table(page, 1)["L'inserimento visto da chi ospita qil, scheda C"]
    assert host[1].startswith("Solo per l'inserimento di riferimento della persona. Solo se ")
    assert host[3].startswith("intera se ")
    assert host[3].endswith("; altrimenti breve")
    assert host[4] == "quella in uso alla prima rilevazione, fino alla fine dell'inserimento"


def test_the_plan_shows_choices_with_their_alternatives(reader: FlaskClient) -> None:
    choices = table(visit(reader, "/gestione/strumenti/piano"), 4)
    assert choices["Quante persone chiede il target delle Academy D8"] == ["più di 30", "almeno 30"]
    assert len([code for code in choices if code.split()[-1].startswith("D")]) == 13


def test_without_a_plan_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    services = app.extensions["surveyapp"]
    bare = Catalogue(services.catalogue.instruments, services.catalogue.consents)
    services.shelf.library = replace(services.shelf.library, catalogue=bare)
    enter(client, "socialis")
    assert "Non c'è ancora un piano" in visit(client, "/gestione/strumenti/piano").words
