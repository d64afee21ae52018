"""The end: what happens next, whom to call, one's own answers to keep; no scores."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Ask
from tests.web.page import words
from tests.web.pages import Page, send, visit
from tests.web.readable import gulpease, long_sentences
from tests.web.test_withdrawal import sent, withdraw
from tests.web.walk import new_link

__all__ = ["sent"]


@pytest.fixture
def link(app: Flask) -> str:
    return new_link(app)


def test_it_says_what_happens_who_reads_and_whom_to_call(sent: Page) -> None:
    for said in (
        "Le tue risposte sono state inviate.",
        "Le tue risposte le leggono le ricercatrici di Socialis.",
        "I tuoi aiuti restano uguali.",
        "Se hai una domanda: 035 000000.",
        "Qualcuno ti tratta male? Puoi parlarne con la responsabile del servizio.",
    ):
        assert said in sent.words


def test_the_answers_can_be_kept(client: FlaskClient, sent: Page) -> None:
    page = visit(client, sent.links["Le mie risposte"])
    answers = {
        words(one.find("dt")): words(one.find("dd"))
        for one in page.main.iter("div")
        if one.find("dt") is not None
    }
    assert answers["Ti piacciono le tue giornate?"] == "Sì"
    assert "Domanda saltata" in answers.values()
    assert re.search(r"Hai inviato queste risposte il \d+ [a-z]+ \d{4}\.", page.words)
    assert "Puoi leggere le tue risposte, stamparle e tenerle." in page.words
    assert [one.get("src", "").partition("?")[0] for one in page.tree.iter("script")] == ["/static/stampa.js"]


def test_there_is_no_score_anywhere(client: FlaskClient, sent: Page) -> None:
    text = sent.words + visit(client, sent.links["Le mie risposte"]).words
    assert not re.search(r"punteggi|punti|media|scala|%", text, re.I)


def test_the_end_is_written_in_easy_words(client: FlaskClient, sent: Page) -> None:
    asked = visit(client, sent.links["Voglio ritirarmi"])
    for page in (sent, asked, visit(client, asked.links["Parlane con qualcuno"]), withdraw(client, sent)):
        assert long_sentences(page) == [], page.path
        assert gulpease(page) >= 80, page.path


def test_everybody_reads_whom_to_talk_to(app: Flask, client: FlaskClient) -> None:
    """Before any answer, and whatever was answered: nobody can tell from it what was said."""
    start = visit(client, new_link(app))
    page = visit(client, start.links["Voglio parlarne con qualcuno"])
    assert "Qualcuno ti tratta male? Puoi parlarne con la responsabile del servizio." in page.words


@pytest.mark.parametrize("form", ["O", "C"])
def test_offices_and_companies_end_in_neutral_words(kinds_client: FlaskClient, start: Ask, form: str) -> None:
    page = send(kinds_client, start(form))
    while "/parte/" in page.path:
        page = send(kinds_client, page)
    thanks = send(kinds_client, page)
    assert (
        "Se una persona è trattata male, se ne può parlare con la responsabile del servizio." in thanks.words
    )
    answers = visit(kinds_client, thanks.links["Le risposte inviate"])
    assert answers.h1 == "Le risposte inviate"
    assert "Le risposte si possono rileggere, stampare e tenere." in answers.words
