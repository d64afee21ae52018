"""Every kind of answer typed from paper: how it is written, what it means, what is refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage.engine import writing
from surveyapp.web.services import Services
from tests.staff.people import STAFF, add_account, enter, press
from tests.staff.sheets import LAST_DAY, PAGE, add_person, answers, codes, stored, type_in
from tests.web.page import Page, words
from tests.web.pages import visit

FIRST_PAGE = {"day": LAST_DAY, "decision": "accepted"}
FACTS = ["KINDS_CHO", "KINDS_STE", "KINDS_MUL", "KINDS_MUN"]


def begin(app: Flask, client: FlaskClient, form: str, **values: object) -> Page:
    """The first page of answers of a form on paper."""
    services: Services = app.extensions["surveyapp"]
    about = {"instrument": "kinds", "form": form, "occasion": "T0", **values}
    with writing(services.engine) as connection:
        add_account(connection, "caseworker@study.example", *STAFF["caseworker@study.example"])
        add_person(connection, services.catalogue, **about)
    enter(client, "caseworker")
    more = {"mode": "self"} if form == "P" else {}
    return press(client, visit(client, f"{PAGE}/carta"), "Vai alle risposte", FIRST_PAGE | more)


def given(engine: Engine) -> dict[str, object]:
    return {item.removeprefix("KINDS_"): answer for item, (answer, _) in answers(engine).items()}


def test_every_kind_is_typed(kinds_app: Flask, kinds_client: FlaskClient, engine: Engine) -> None:
    page = begin(kinds_app, kinds_client, "O")
    assert codes(page) == FACTS
    page = type_in(kinds_client, page, "1", "10", "10+2, 1", "n.s.")
    page = type_in(kinds_client, page, "22,5", "12", "-3", "1/2/2026", "no")
    page = type_in(kinds_client, page, "Aiuto cuoco", "na", "Niente <b>altro</b>\r\nper ora")
    assert page.path == f"{PAGE}/carta/controllo"
    assert given(engine) == {
        "CHO": 1,
        "STE": 10,
        "MUL": "1,2,10",
        "MUN": "NS",
        "NUM": "22.5",
        "INT": 12,
        "NEG": -3,
        "DAY": "2026-02-01",
        "DAN": "NO",
        "LIN": "Aiuto cuoco",
        "TXN": "NA",
        "TXT": "Niente <b>altro</b>\nper ora",
    }
    assert "Niente <b>altro</b> per ora" in page.words
    assert "22,5 ore alla settimana" in page.words
    press(kinds_client, page, "Chiudi il questionario su carta")
    assert (stored(engine).state, stored(engine).mode) == ("submitted", "paper")


def test_what_was_typed_comes_back_as_it_is_typed(kinds_app: Flask, kinds_client: FlaskClient) -> None:
    page = begin(kinds_app, kinds_client, "O")
    type_in(kinds_client, page, "2", "3", "1+10", "?")
    again = visit(kinds_client, page.path)
    typed = {field.get("name"): field.get("value") for field in again.main.iter("input")}
    assert [typed[code] for code in FACTS] == ["2", "3", "1+10", "?"]


@pytest.mark.parametrize(
    ("page_id", "item", "typed", "said"),
    [
        ("FACTS", "CHO", "3", "«3» non è una risposta di questa domanda: 1, 2, NS, ?, o niente."),
        ("FACTS", "CHO", "NA", "«NA» non è una risposta"),
        ("FACTS", "STE", "11", "«11» non è una risposta"),
        ("FACTS", "MUL", "1+4", "«1+4» non è una risposta"),
        ("FACTS", "MUL", "+", "«+» non è una risposta"),
        ("NUMBERS", "NUM", "49", "Serve un numero fra 1 e 48."),
        ("NUMBERS", "INT", "12,5", "Serve un numero intero"),
        ("NUMBERS", "DAY", "31/02/2026", "Questo giorno non esiste."),
        ("NUMBERS", "DAY", "ieri", "La data va scritta così"),
        ("TEXTS", "LIN", "x" * 41, "Il testo è troppo lungo: può avere al massimo 40 caratteri"),
    ],
)
def test_what_no_box_says_is_refused(
    kinds_app: Flask,
    kinds_client: FlaskClient,
    engine: Engine,
    page_id: str,
    item: str,
    typed: str,
    said: str,
) -> None:
    begin(kinds_app, kinds_client, "O")
    page = visit(kinds_client, f"{PAGE}/carta/1/{page_id}")
    data = dict.fromkeys(codes(page), "") | {f"KINDS_{item}": typed}
    again = press(kinds_client, page, "Salva e vai avanti", data, status=422)
    alert = words(next(one for one in again.main.iter() if one.get("role") == "alert"))
    assert f"KINDS_{item}: {said}" in alert
    assert typed in again.text
    assert given(engine) == {}


def test_null_characters_and_fields_of_other_pages_are_left_out(
    kinds_app: Flask, kinds_client: FlaskClient, engine: Engine
) -> None:
    begin(kinds_app, kinds_client, "O")
    page = visit(kinds_client, f"{PAGE}/carta/1/TEXTS")
    data = {"KINDS_LIN": "Cuo\0co", "KINDS_CHO": "1", "KINDS_END": "x", "seen": "9" * 30, "key": "\0"}
    press(kinds_client, page, "Salva e vai avanti", data)
    assert given(engine) == {"LIN": "Cuoco", "TXN": "skipped", "TXT": "skipped"}


def test_a_person_s_form_is_typed_in_the_same_way(
    kinds_app: Flask, kinds_client: FlaskClient, engine: Engine
) -> None:
    page = begin(kinds_app, kinds_client, "P")
    page = type_in(kinds_client, page, "1", "2+3")
    page = type_in(kinds_client, page, "20", "05.03.2026")
    page = type_in(kinds_client, page, "?")
    assert given(engine) == {
        "MUL": "1",
        "MUN": "2,3",
        "NUM": 20,
        "DAY": "2026-03-05",
        "LIN": "skipped",
    }
    assert "Illeggibile, o con due croci" in page.words
    assert stored(engine).mode == "self"


class TestRecords:
    """A section that repeats: a page for each record, as many as the sheets describe."""

    def test_records_are_typed_until_one_is_not_there(
        self, kinds_app: Flask, kinds_client: FlaskClient, engine: Engine
    ) -> None:
        page = begin(kinds_app, kinds_client, "C")
        for typed in (("1",), ("3",), ("",)):
            page = type_in(kinds_client, page, *typed)
        assert (page.h1, codes(page)[0]) == ("Gli adattamenti, numero 1", "KINDS_R1.1")
        page = type_in(kinds_client, page, "1", "Pause più lunghe", "1/2/2026")
        assert page.h1 == "Gli adattamenti, numero 2"
        page = type_in(kinds_client, page, "2")
        assert page.h1 == "Per finire"
        page = type_in(kinds_client, page, "Grazie")
        assert page.path == f"{PAGE}/carta/controllo"
        assert "«Pause più lunghe»: da quando c'è?" in page.words
        done = press(kinds_client, page, "Chiudi il questionario su carta")
        assert "inserito e chiuso" in done.words
        assert given(engine)["R3.1"] == "2026-02-01"

    def test_a_part_left_blank_has_no_more_pages(self, kinds_app: Flask, kinds_client: FlaskClient) -> None:
        page = begin(kinds_app, kinds_client, "C")
        for _ in range(3):
            page = type_in(kinds_client, page)
        page = type_in(kinds_client, page)
        assert page.h1 == "Per finire"

    def test_what_was_answered_where_nothing_was_asked_is_kept_and_does_not_count(
        self, kinds_app: Flask, kinds_client: FlaskClient, engine: Engine
    ) -> None:
        page = begin(kinds_app, kinds_client, "C")
        for _ in range(3):
            page = type_in(kinds_client, page)
        page = type_in(kinds_client, page, "2", "Un posto tranquillo")
        review = type_in(kinds_client, page)
        assert "Un posto tranquillo Non conta:" in review.words
        assert given(engine)["R2.1"] == "Un posto tranquillo"
        done = press(kinds_client, review, "Chiudi il questionario su carta")
        assert "inserito e chiuso" in done.words
