"""Taking part no longer: said kindly, kept as a decision, and the answers leave every report and export."""

import csv
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.exports.write import write_exports
from surveyapp.reports.reading import load
from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import JobFile
from surveyapp.storage.tables import Administration, Answer, Consent
from tests.factories import NOW
from tests.staff.people import add_account, enter, rows
from tests.web.conftest import Ask
from tests.web.pages import Page, send, visit
from tests.web.walk import new_link

EVERY = 40


@pytest.fixture
def link(app: Flask) -> str:
    return new_link(app)


@pytest.fixture
def sent(client: FlaskClient, link: str) -> Page:
    """The thanks page of somebody who answered one question and skipped the others."""
    page = send(client, send(client, visit(client, link)), {"answer": "3"})
    for _ in range(EVERY):
        if "/riepilogo" in page.path:
            break
        page = send(client, page, {"salta": "1"})
    return send(client, page)


def withdraw(client: FlaskClient, page: Page) -> Page:
    return send(client, visit(client, page.links["Voglio ritirarmi"]))


def decisions(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(Consent.decision).order_by(Consent.id)))


def state(engine: Engine) -> str:
    with reading(engine) as connection:
        return connection.execute(select(Administration.state)).scalar_one()


def how_many_answers(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count(Answer.id))).scalar_one()


def exported(engine: Engine, catalogue: Catalogue, folder: Path) -> list[int]:
    """How many rows both tables of an export have below their headings."""
    with reading(engine) as connection:
        paths = write_exports(connection, catalogue, "aut", folder, kinds=["csv"])
    counts = []
    for path in paths[:2]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            counts.append(len(list(csv.reader(file, delimiter=";"))) - 1)
    return counts


def test_what_it_means_is_said_before(client: FlaskClient, engine: Engine, sent: Page) -> None:
    page = visit(client, sent.links["Voglio ritirarmi"])
    assert page.h1 == "Vuoi ritirarti?"
    for said in (
        "Non devi dire perché.",
        "non usiamo più le tue risposte",
        "I tuoi aiuti restano uguali.",
        "Se vuoi cancellarle: 035 000000.",
    ):
        assert said in page.words
    assert (state(engine), decisions(engine)) == ("submitted", ["accepted"])
    assert visit(client, page.links["Torna indietro"]).h1 == "Grazie"


def test_after_sending_the_answers_leave_every_report_and_export(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, sent: Page, tmp_path: Path
) -> None:
    before = exported(engine, catalogue, tmp_path)
    kept = how_many_answers(engine)
    page = withdraw(client, sent)
    assert page.h1 == "Non usiamo più le tue risposte"
    assert (state(engine), decisions(engine)) == ("withdrawn", ["accepted", "withdrawn"])
    assert all(before)
    assert exported(engine, catalogue, tmp_path) == [0] * len(before)
    with reading(engine) as connection:
        assert load(connection, catalogue, "aut").responses == ()
    assert how_many_answers(engine) == kept > 0  # nothing is deleted here


def test_reports_and_exports_made_before_are_gone(client: FlaskClient, engine: Engine, sent: Page) -> None:
    with writing(engine) as connection:
        for kind in ("report", "export", "other"):
            jobs.request(connection, kind, {"instrument": "aut"}, "x", NOW)
            held = jobs.take(connection, "worker", NOW)
            assert held
            jobs.finish(connection, held, [jobs.File(f"{kind}.csv", "text/csv", b"answers")], NOW)
    withdraw(client, sent)
    with reading(engine) as connection:
        assert list(connection.scalars(select(JobFile.name))) == ["other.csv"]


def test_while_answering(client: FlaskClient, engine: Engine, link: str) -> None:
    first = send(client, visit(client, link))
    send(client, first, {"answer": "3"})
    start = visit(client, visit(client, first.path).links["Torna indietro"])
    page = withdraw(client, start)
    assert page.h1 == "Non usiamo più le tue risposte"
    assert state(engine) == "withdrawn"
    refused = send(client, first, {"answer": "1", "key": "later"}, status=409)
    assert "Questa risposta non è stata salvata" in refused.h1


def test_before_taking_part_there_is_nothing_to_withdraw(
    client: FlaskClient, engine: Engine, link: str
) -> None:
    start = visit(client, link)
    assert "Voglio ritirarmi" not in start.links
    address = start.path.replace("inizio", "ritiro")
    assert visit(client, address).h1 == start.h1
    assert client.post(address).status_code == 303
    assert (state(engine), decisions(engine)) == ("open", [])


def test_pressed_twice_it_is_one_decision(client: FlaskClient, engine: Engine, sent: Page) -> None:
    page = withdraw(client, sent)
    client.post(page.path)
    assert decisions(engine) == ["accepted", "withdrawn"]


def test_they_can_come_back_and_nothing_counts_before_it_is_sent_again(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, sent: Page, link: str, tmp_path: Path
) -> None:
    withdraw(client, sent)
    start = visit(client, link)
    assert "Se cambi idea, puoi rispondere adesso." in start.words
    review = send(client, start)
    assert review.h1 == "Controlla le tue risposte"
    assert "Sì" in review.words  # what was answered before
    assert not any(exported(engine, catalogue, tmp_path))
    assert send(client, review).h1 == "Grazie"
    assert decisions(engine) == ["accepted", "withdrawn", "accepted"]
    assert all(exported(engine, catalogue, tmp_path))


def test_another_site_cannot_withdraw(client: FlaskClient, engine: Engine, sent: Page) -> None:
    page = visit(client, sent.links["Voglio ritirarmi"])
    send(client, page, status=403, headers={"Origin": "https://evil.example"})
    assert state(engine) == "submitted"


def test_the_staff_sees_it_in_the_coverage(
    app: Flask, client: FlaskClient, engine: Engine, sent: Page
) -> None:
    with writing(engine) as connection:
        add_account(connection, "socialis@study.example", "socialis")
    withdraw(client, sent)
    other = app.test_client()
    enter(other, "socialis")
    page = visit(other, "/gestione/?stato=withdrawn")
    assert [row[-1] for row in rows(page)] == ["Ritirato"]
    assert [(row[3], row[-1]) for row in rows(page, 1)] == [("0 su 1", "1")]


@pytest.mark.parametrize("form", ["O", "C"])
def test_offices_and_companies_withdraw_in_neutral_words(
    kinds_client: FlaskClient, start: Ask, form: str
) -> None:
    first = send(kinds_client, start(form))
    page = visit(
        kinds_client, visit(kinds_client, first.links["Torna indietro"]).links["Ritirare questa scheda"]
    )
    assert page.h1 == "Ritirare questa scheda"
    done = send(kinds_client, page)
    assert done.h1 == "La scheda è stata ritirata"
    assert "cancellare: 035 000000." in done.words
    assert "Compilare di nuovo la scheda" in done.links


def test_a_questionnaire_that_could_not_be_filled_in_is_closed(start: Ask) -> None:
    page = start("P", state="impossible", closed_at=NOW)
    assert "Questo questionario è chiuso." in page.words
    assert page.tree.find(".//main//form") is None
