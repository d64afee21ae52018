"""Each kind of answer on its page: shown, saved, shown again; whatever arrives, nothing typed is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.storage.engine import reading
from surveyapp.storage.tables import Answer
from tests.databases import lost
from tests.web.conftest import Ask
from tests.web.pages import checked_page, send, visit, words

FORM = "application/x-www-form-urlencoded"
Stored = tuple[int | None, str | None, str | None]


def stored(engine: Engine) -> list[Stored]:
    """Value, text and reason of the answers given on the way, without those skipped before."""
    given = Answer.reason.is_distinct_from("skipped")
    query = select(Answer.value, Answer.text, Answer.reason).where(given)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query.order_by(Answer.id))]  # type: ignore[misc]  # three columns


def skipped(engine: Engine, item: str) -> bool:
    with reading(engine) as connection:
        return "skipped" in connection.scalars(select(Answer.reason).where(Answer.item == item)).all()


GOOD: list[tuple[str, dict[str, object], Stored, list[str] | str]] = [
    ("KINDS_CHO", {"answer": "1"}, (1, None, None), ["1"]),
    ("KINDS_CHO", {"answer": "NS"}, (None, None, "NS"), ["NS"]),
    ("KINDS_STE", {"answer": "10"}, (10, None, None), ["10"]),
    ("KINDS_MUL", {"answer": ["3", "1"]}, (None, "1,3", None), ["1", "3"]),
    ("KINDS_MUL", {"answer": "10"}, (None, "10", None), ["10"]),
    ("KINDS_MUN", {"answer": ["1", "2"]}, (None, "1,2", None), ["1", "2"]),
    ("KINDS_MUN", {"reason": "NA"}, (None, None, "NA"), ["NA"]),
    ("KINDS_NUM", {"answer": "22,5"}, (None, "22.5", None), "22,5"),
    ("KINDS_NUM", {"answer": " 22.50 "}, (None, "22.5", None), "22,5"),
    ("KINDS_NUM", {"answer": "40"}, (40, None, None), "40"),
    ("KINDS_INT", {"answer": "007"}, (7, None, None), "7"),
    ("KINDS_INT", {"reason": "NS"}, (None, None, "NS"), ["NS"]),
    ("KINDS_NEG", {"answer": "-3"}, (-3, None, None), "-3"),
    ("KINDS_DAY", {"answer": "1.2.2026"}, (None, "2026-02-01", None), "01/02/2026"),
    ("KINDS_DAY", {"answer": "2026-12-31"}, (None, "2026-12-31", None), "31/12/2026"),
    ("KINDS_DAN", {"answer": "", "reason": "NO"}, (None, None, "NO"), ["NO"]),
    ("KINDS_LIN", {"answer": "Aiuto cuoco"}, (None, "Aiuto cuoco", None), "Aiuto cuoco"),
    ("KINDS_LIN", {"answer": "due\r\nrighe"}, (None, "due righe", None), "due righe"),
    ("KINDS_TXN", {"answer": "NA"}, (None, "NA", None), "NA"),
    ("KINDS_TXN", {"answer": "\r\n", "reason": "NA"}, (None, None, "NA"), ["NA"]),
    ("KINDS_TXT", {"answer": "due\r\nrighe"}, (None, "due\nrighe", None), "due\nrighe"),
]


@pytest.mark.parametrize(("item", "sent", "answer", "shown"), GOOD)
def test_an_answer_is_stored_and_shown_again(
    kinds_client: FlaskClient,
    engine: Engine,
    ask: Ask,
    item: str,
    sent: dict[str, object],
    answer: Stored,
    shown: list[str] | str,
) -> None:
    page = ask(item)
    after = send(kinds_client, page, sent)
    assert page.h1 != after.h1
    assert stored(engine) == [answer]
    again = visit(kinds_client, page.path)
    assert shown == (again.checked if isinstance(shown, list) else again.written)
    send(kinds_client, again, sent)
    assert stored(engine) == [answer]


BAD: list[tuple[str, dict[str, object], str]] = [
    ("KINDS_CHO", {"answer": "3"}, "non è fra quelle possibili"),
    ("KINDS_CHO", {"answer": ["1", "2"]}, "ne serve una sola"),
    ("KINDS_CHO", {"reason": "NA"}, "non è fra quelle possibili"),
    ("KINDS_MUL", {"answer": ["1", "4"]}, "non è fra quelle possibili"),
    ("KINDS_MUL", {"answer": "1,3"}, "non è fra quelle possibili"),
    ("KINDS_MUL", {"answer": "1\x00"}, "non è fra quelle possibili"),
    ("KINDS_MUN", {"answer": "1", "reason": "NS"}, "non possono stare insieme"),
    ("KINDS_MUN", {"reason": ["NS", "NA"]}, "non possono stare insieme"),
    ("KINDS_NUM", {"answer": "49"}, "Serve un numero fra 1 e 48."),
    ("KINDS_NUM", {"answer": "venti"}, "Serve un numero fra 1 e 48."),
    ("KINDS_NUM", {"answer": "22,55"}, "una cifra sola"),
    ("KINDS_NUM", {"answer": ["20", "30"]}, "ne serve una sola"),
    ("KINDS_INT", {"answer": "2,5"}, "Serve un numero intero fra 0 e 200, senza virgola."),
    ("KINDS_INT", {"answer": "12", "reason": "NS"}, "una scritta e una con il segno"),
    ("KINDS_DAY", {"answer": "31/02/2026"}, "Questo giorno non esiste."),
    ("KINDS_DAY", {"answer": "ieri"}, "La data va scritta così: 31/12/2026."),
    ("KINDS_DAY", {"answer": "1/1/0026"}, "troppo lontano"),
    ("KINDS_DAN", {"answer": "1/1/2026", "reason": ["NS", "NO"]}, "una scritta e una con il segno"),
    ("KINDS_LIN", {"answer": "x" * 41}, "al massimo 40 caratteri"),
    ("KINDS_TXN", {"answer": "ciao", "reason": "NA"}, "una scritta e una con il segno"),
]


@pytest.mark.parametrize(("item", "sent", "message"), BAD)
def test_what_is_no_answer_is_kept_and_explained(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str, sent: dict[str, object], message: str
) -> None:
    page = ask(item)
    again = send(kinds_client, page, sent, status=422)
    assert again.title == f"Errore: {page.title}"
    assert "C'è qualcosa da controllare" in again.words
    assert message in again.words
    assert stored(engine) == []
    values, reasons = listed(sent.get("answer")), listed(sent.get("reason"))
    if item in WRITTEN:
        assert again.written == values[0]
        assert again.checked == reasons
    else:
        possible = set(page.choices.values())
        assert set(again.checked) == possible & {*values, *reasons}


def listed(sent: object) -> list[str]:
    """One or more values as a form may send them."""
    return [] if sent is None else [sent] if isinstance(sent, str) else list(sent)  # type: ignore[call-overload]  # a list


WRITTEN = ("KINDS_NUM", "KINDS_INT", "KINDS_DAY", "KINDS_DAN", "KINDS_LIN", "KINDS_TXN", "KINDS_TXT")
EVERY = ("KINDS_CHO", "KINDS_STE", "KINDS_MUL", "KINDS_MUN", *WRITTEN)


@pytest.mark.parametrize("item", EVERY)
def test_nothing_is_asked_once_more_then_skipped(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str
) -> None:
    page = ask(item)
    again = send(kinds_client, page, {"answer": " "} if item in WRITTEN else None)
    assert "Manca qualcosa" in again.words
    assert "c'è «Salta la domanda»" in again.words
    assert not skipped(engine, item)
    send(kinds_client, again)
    assert skipped(engine, item)


@pytest.mark.parametrize("item", EVERY)
def test_the_skip_button_skips_whatever_the_kind(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str
) -> None:
    send(kinds_client, ask(item), {"salta": "1"})
    assert skipped(engine, item)


@pytest.mark.parametrize("item", WRITTEN)
def test_skipping_what_was_written_asks_once(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str
) -> None:
    again = send(kinds_client, ask(item), {"answer": "12", "salta": "1"})
    assert "C'è qualcosa di scritto." in again.words
    assert again.written == "12"
    send(kinds_client, again, {"answer": "12", "salta": "1"})
    assert skipped(engine, item)


@pytest.mark.parametrize("item", WRITTEN)
@pytest.mark.parametrize("sent", [b"1%00x", b"1%FFx", b"1%ED%A0%80x"])
def test_unreadable_bytes_are_taken_out_and_shown(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str, sent: bytes
) -> None:
    body = b"key=k&seen=&answer=" + sent
    again = checked_page(kinds_client.post(ask(item).path, data=body, content_type=FORM), 422)
    assert again.written == "1x"
    assert stored(engine) == []


@pytest.mark.parametrize("item", EVERY)
def test_a_megabyte_is_refused_and_kept(
    kinds_client: FlaskClient, engine: Engine, ask: Ask, item: str
) -> None:
    typed = "31/12/2026 22,5 " * 65_000
    reply = kinds_client.post(ask(item).path, data={"key": "k", "seen": "", "answer": typed})
    assert reply.status_code == 422
    assert item not in WRITTEN or typed.strip() in reply.get_data(as_text=True)
    assert stored(engine) == []


@pytest.mark.parametrize(
    ("item", "first", "second", "said"),
    [
        (
            "KINDS_MUL",
            {"answer": "1"},
            {"answer": ["2", "10"]},
            ["Contratto", "Registro dei tirocini Dichiarazione"],
        ),
        ("KINDS_MUN", {"answer": "1"}, {"reason": "NS"}, ["Collocamento Mirato", "Non so"]),
        (
            "KINDS_NUM",
            {"answer": "1"},
            {"answer": "22,5"},
            ["1 ora alla settimana", "22,5 ore alla settimana"],
        ),
        ("KINDS_INT", {"reason": "NS"}, {"answer": "1"}, ["Non so", "1 persona"]),
        ("KINDS_DAY", {"answer": "1/2/2026"}, {"answer": "31/12/2026"}, ["01/02/2026", "31/12/2026"]),
        ("KINDS_TXN", {"answer": "uno"}, {"reason": "NA"}, ["uno", "Non riguarda la persona"]),
        ("KINDS_TXT", {"answer": "uno"}, {"salta": "1"}, ["uno", "Domanda saltata"]),
    ],
)
def test_an_answer_from_elsewhere_is_shown_beside(
    kinds_app: Flask,
    kinds_client: FlaskClient,
    engine: Engine,
    ask: Ask,
    item: str,
    first: dict[str, object],
    second: dict[str, object],
    said: list[str],
) -> None:
    page = ask(item)
    send(kinds_client, page, first)
    both = send(kinds_client, page, {**second, "key": "another page"}, status=409)
    assert f"La risposta salvata: {said[0]} " in both.words
    assert f"La risposta data adesso: {said[1]} " in both.words
    send(kinds_client, both)
    if "salta" in second:
        assert skipped(engine, item)
    else:
        assert len(stored(engine)) == 2


def test_the_same_boxes_in_another_order_are_the_same_answer(
    kinds_client: FlaskClient, engine: Engine, ask: Ask
) -> None:
    page = ask("KINDS_MUL")
    send(kinds_client, page, {"answer": ["1", "3"]})
    send(kinds_client, page, {"answer": ["3", "1"], "key": "another page"})
    assert stored(engine) == [(None, "1,3", None)]


def test_the_review_says_every_answer_in_words(kinds_client: FlaskClient, ask: Ask) -> None:
    page = ask("KINDS_CHO")
    sent = {
        "KINDS_MUL": ["1", "3"],
        "KINDS_NUM": "22,5",
        "KINDS_DAY": "1/2/2026",
        "KINDS_STE": "5",
        "KINDS_INT": "1",
    }
    while page.h1 != "Le risposte da controllare":
        item = page.path.split("/")[-1].split("?")[0]
        page = send(kinds_client, page, {"answer": sent[item]} if item in sent else {"salta": "1"})
    assert "Contratto Azienda o cooperativa" in page.words
    for said in ("22,5 ore alla settimana", "01/02/2026", "1 persona", "Domanda saltata"):
        assert said in page.words
    thanks = send(kinds_client, page)
    sent_answers = visit(kinds_client, thanks.links["Le risposte inviate"])
    assert "22,5 ore alla settimana" in sent_answers.words


def test_a_late_answer_is_shown_in_words(kinds_client: FlaskClient, ask: Ask) -> None:
    page = ask("KINDS_TXT")
    send(kinds_client, send(kinds_client, page, {"answer": "basta così"}))
    reply = kinds_client.post(page.path.replace("TXT", "MUL"), data={"answer": ["1", "3"]})
    shown = checked_page(reply, 409).main.find(".//p[@class='typed']")
    assert words(shown) == "Contratto Azienda o cooperativa"


def test_a_failing_save_keeps_every_box(kinds_client: FlaskClient, engine: Engine, ask: Ask) -> None:
    page = ask("KINDS_MUN")
    with lost(engine, "answer"):
        reply = kinds_client.post(page.path, data={**page.hidden(), "answer": ["1", "3"], "reason": "NS"})
        kept = checked_page(reply, reply.status_code)
    sent = [(area.get("name"), (area.text or "").strip()) for area in kept.form.iter("textarea")]
    assert [pair for pair in sent if pair[0] in ("answer", "reason")] == [
        ("answer", "1"),
        ("answer", "3"),
        ("reason", "NS"),
    ]


def test_the_field_offers_the_right_keys(ask: Ask) -> None:
    keys = {
        item: ask(item).form.find(".//input[@id='a1']")
        for item in ("KINDS_NUM", "KINDS_INT", "KINDS_NEG", "KINDS_DAY")
    }
    found = {item: field.get("inputmode") for item, field in keys.items() if field is not None}
    assert found == {"KINDS_NUM": "decimal", "KINDS_INT": "numeric", "KINDS_NEG": None, "KINDS_DAY": None}


def test_unit_and_example_are_tied_to_the_field(ask: Ask) -> None:
    hours, day = ask("KINDS_NUM"), ask("KINDS_DAY")
    assert "ore alla settimana" in hours.words
    assert 'aria-describedby="guida unita"' in hours.text
    assert "Se il giorno non si ricorda, il primo del mese. Ad esempio: 31/12/2026." in day.words
