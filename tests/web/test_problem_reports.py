"""«Segnala un problema»: kept once, within limits, without a key, an address or an answer."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select, update

from surveyapp.collection.problem_reports import MOST_IN_AN_HOUR
from surveyapp.settings import Settings
from surveyapp.storage import problem_reports
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.problem_tables import ProblemReport
from tests.databases import lost
from tests.factories import NOW
from tests.web.pages import Page, send, visit
from tests.web.readable import gulpease, long_sentences
from tests.web.walk import new_link

TEXT = "Il pulsante «Vai avanti» non fa niente."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Behind one proxy of ours, which says where each request comes from."""
    return replace(settings, proxies=1)


def reports(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(select(ProblemReport.__table__).order_by(ProblemReport.id)))


def report(
    client: FlaskClient, status: int = 200, headers: dict[str, str] | None = None, **data: str
) -> Page:
    page = visit(client, "/segnala")
    return send(client, page, {"text": TEXT} | data, status=status, headers=headers or {})


def test_a_report_is_kept_and_what_happens_next_is_said(client: FlaskClient, engine: Engine) -> None:
    page = report(client, email="anna@example.org", telephone="035 12.34.56")
    assert page.h1 == "Abbiamo ricevuto il tuo messaggio"
    assert "ti rispondiamo entro 30 giorni" in page.words
    (row,) = reports(engine)
    assert (row.text, row.email, row.telephone) == (TEXT, "anna@example.org", "035 12.34.56")
    assert (row.answered_at, row.answer) == (None, None)


def test_the_page_says_what_is_kept_and_for_how_long(client: FlaskClient) -> None:
    page = visit(client, "/segnala")
    for said in (
        "restano qui per un anno. Poi li cancelliamo.",
        "Puoi anche chiamare o scrivere: 035 000000.",
        "Qualcuno ti tratta male? Puoi parlarne con la responsabile del servizio.",
    ):
        assert said in page.words
    tokens = {one.get("name"): one.get("autocomplete") for one in page.form.iter("input")}
    assert (tokens["email"], tokens["telephone"]) == ("email", "tel")
    assert [one.get("name") for one in page.main.iter() if one.get("name")] == [
        *("key", "text", "page", "email", "telephone")
    ]


@pytest.mark.parametrize("address", ["/segnala", "/segnala/inviata"])
def test_it_is_written_in_easy_words(client: FlaskClient, address: str) -> None:
    page = visit(client, address)
    assert long_sentences(page) == []
    assert gulpease(page) >= 80


def test_the_page_it_is_about_is_known_by_its_kind_alone(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    link = new_link(app)
    question = send(client, visit(client, link))
    form = visit(client, visit(client, question.path).links["Segnala un problema"])
    assert chosen(form) == "question"
    send(client, form, {"text": TEXT, "page": chosen(form)})
    key = question.path.split("/")[2]
    (row,) = reports(engine)
    assert row.page == "question"
    for secret in (key, link.removeprefix("/r/")):
        assert secret not in form.text.replace(f"/q/{key}/", "")
        assert secret not in str(row)


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        *(("questions.question", "question"), ("questions.thanks", "thanks"), ("staff.today", "staff")),
        *(("questions.sent_answers", "answers"), ("reading.choose_here", "reading"), ("access.enter", "")),
        *(("/q/abc/domanda/X", ""), ("//evil.example", ""), ("<script>", ""), ("", "")),
    ],
)
def test_only_kinds_of_page_are_taken_from_the_address(client: FlaskClient, endpoint: str, kind: str) -> None:
    page = visit(client, f"/segnala?da={endpoint}")
    assert chosen(page) == kind
    assert endpoint in page.text if not endpoint else f"={endpoint}" not in page.main.text


def chosen(page: Page) -> str:
    return next(one.get("value", "") for one in page.form.iter("option") if one.get("selected") is not None)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("text", "", "Scrivi che cosa è successo."),
        ("text", "   \r\n ", "Scrivi che cosa è successo."),
        ("text", "x" * 2001, "Puoi scrivere al massimo 2000 caratteri."),
        ("email", "anna", "Scrivila così: nome@esempio.it."),
        ("email", "a b@example.org", "Scrivila così: nome@esempio.it."),
        ("email", f"{'a' * 250}@example.org", "Scrivila così: nome@esempio.it."),
        ("telephone", "domani", "Scrivi solo il numero."),
        ("telephone", "1" * 31, "Scrivi solo il numero."),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    client: FlaskClient, engine: Engine, field: str, written: str, said: str
) -> None:
    page = report(client, 422, **{field: written, "page": "review" if field == "text" else "answers"})
    assert page.title.startswith("Errore: Segnala un problema")
    summary = next(one for one in page.main.iter() if one.get("role") == "alert")
    assert [link.get("href") for link in summary.iter("a")] == [f"#{field}"]
    wrong = next(one for one in page.form.iter() if one.get("id") == field)
    assert f"{field}-errore" in wrong.get("aria-describedby", "").split()
    assert wrong.get("aria-invalid") == "true"
    assert page.words.count(said) == 2
    assert written.strip()[:100] in page.text
    assert reports(engine) == []


def test_signs_that_no_column_can_hold_are_left_out(client: FlaskClient, engine: Engine) -> None:
    report(client, text=f"\0{TEXT}\ud800"[:-1] + "\0", page="somewhere")
    (row,) = reports(engine)
    assert (row.text, row.page) == (TEXT, "")


def test_a_page_sent_twice_is_one_report(client: FlaskClient, engine: Engine) -> None:
    page = visit(client, "/segnala")
    for _ in range(2):
        assert send(client, page, {"text": TEXT}).h1 == "Abbiamo ricevuto il tuo messaggio"
    assert len(reports(engine)) == 1


def test_the_longest_text_fits(client: FlaskClient, engine: Engine) -> None:
    report(client, text="è" * 2000)
    assert len(reports(engine)[0].text) == 2000


def from_address(address: str) -> dict[str, str]:
    """What the proxy on this machine adds; before it stands what anybody may have written."""
    return {"X-Forwarded-For": f"10.9.8.7, {address}"}


def test_too_many_from_one_place_wait_an_hour(client: FlaskClient, engine: Engine) -> None:
    for _ in range(MOST_IN_AN_HOUR):
        report(client, headers=from_address("192.0.2.1"))
    page = report(client, 429, headers=from_address("192.0.2.1"))
    assert "Aspetta un'ora e riprova." in page.words
    assert TEXT in page.text
    report(client, 429, headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})
    assert report(client, headers=from_address("192.0.2.2")).h1 == "Abbiamo ricevuto il tuo messaggio"
    earlier = datetime.now(UTC) - timedelta(hours=1, minutes=1)
    with writing(engine) as connection:
        connection.execute(update(ProblemReport).values(received_at=earlier))
    assert report(client, headers=from_address("192.0.2.1")).h1 == "Abbiamo ricevuto il tuo messaggio"


def test_where_it_came_from_is_a_digest_and_is_forgotten(client: FlaskClient, engine: Engine) -> None:
    report(client, headers=from_address("192.0.2.77"))
    (row,) = reports(engine)
    assert len(row.source) == 64
    assert "192.0.2.77" not in str(row)
    with writing(engine) as connection:
        problem_reports.forget(connection, row.received_at + timedelta(minutes=61))
    assert reports(engine)[0].source is None


def test_after_a_year_it_is_deleted(client: FlaskClient, engine: Engine) -> None:
    report(client)
    (row,) = reports(engine)
    for days, kept in ((364, 1), (366, 0)):
        with writing(engine) as connection:
            problem_reports.forget(connection, row.received_at + timedelta(days))
        assert len(reports(engine)) == kept


def test_another_site_cannot_report(client: FlaskClient, engine: Engine) -> None:
    page = visit(client, "/segnala")
    send(client, page, {"text": TEXT}, status=403, headers={"Origin": "https://evil.example"})
    assert reports(engine) == []


# On PostgreSQL a table that is gone is another failure than a database that does not answer.
@pytest.mark.parametrize("database", ["sqlite"])
def test_nothing_of_it_is_in_the_logs_and_a_failure_keeps_it(
    client: FlaskClient, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report(client, email="canarino@example.org", headers=from_address("192.0.2.77"))
    with lost(engine, "problem_report"):
        page = report(client, 503, email="canarino@example.org")
    assert TEXT in page.text
    assert "canarino@example.org" in page.text
    for secret in (TEXT, "pulsante", "canarino", "192.0.2.77"):
        assert secret not in caplog.text


def test_the_database_keeps_its_own_rules(engine: Engine) -> None:
    values = {"key": "k", "received_at": NOW, "page": "", "text": "x", "email": "", "telephone": ""}
    for wrong in ({"text": ""}, {"text": "x" * 2001}, {"answer": "a"}, {"answered_at": NOW}):
        with pytest.raises(Exception, match=r"(?i)check"), writing(engine) as connection:
            connection.execute(insert(ProblemReport), values | wrong)
