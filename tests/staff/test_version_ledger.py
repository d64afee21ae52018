"""The ledger of a version on the staff pages: changes, reasons, evidence; as a file and as a report."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import Settings
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.job_tables import Job
from surveyapp.web.app import create_app
from tests.focus_groups.ledger_rows import ITEM, NOW_WORDED, Rows, create_second_version, two_versions
from tests.staff.people import enter, press, rows
from tests.web.pages import visit

PAGE = "/gestione/strumenti/aut/0.2.0/registro"

pytestmark = pytest.mark.usefixtures("staff")


@pytest.fixture
def app(settings: Settings, engine: Engine, catalogue: Catalogue, compiled: FileSystemBytecodeCache) -> Flask:
    app = create_app(settings, engine, two_versions(catalogue))
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def made(engine: Engine) -> Rows:
    with writing(engine) as connection:
        return create_second_version(connection)


def test_each_change_stands_beside_its_decision_its_reason_and_its_evidence(
    client: FlaskClient, made: Rows
) -> None:
    enter(client, "socialis")
    page = visit(client, PAGE)
    (row,) = [row for row in rows(page) if NOW_WORDED in row[0]]
    assert "Il significato è lo stesso." in row[0]
    assert row[1:3] == [made.decision, "Tre su otto non la capiscono."]
    assert row[3] == (
        f"Estratto {made.quoted}: nota 1 di FG3; Giudizio {made.question}: AUT_OCC3 in «Chiarezza»; "
        f"Prova dei lettori {made.test}: P1 su AUT_OCC3, FG3; FG2"
    )
    assert page.links[f"Storia di {ITEM}"] == f"/gestione/storia/aut/{ITEM}"


def test_changes_without_a_decision_are_told(client: FlaskClient, made: Rows) -> None:
    enter(client, "administrator")
    page = visit(client, PAGE)
    assert "1 cambiamento non è spiegato da nessuna decisione." in page.words
    (row,) = [row for row in rows(page) if row[0].startswith("Il titolo dello strumento")]
    assert row[1:] == ["senza decisione", "–", "–"]


def test_the_first_version_has_nothing_to_explain(client: FlaskClient) -> None:
    enter(client, "socialis")
    assert "È la prima versione" in visit(client, PAGE.replace("0.2.0", "0.1.0")).words
    visit(client, PAGE.replace("0.2.0", "0.3.0"), status=404)


def test_the_ledger_is_reached_from_versions_and_from_differences(client: FlaskClient) -> None:
    enter(client, "lead_partner")
    versions = visit(client, "/gestione/strumenti/aut")
    assert versions.links["Registro della versione 0.2.0"] == PAGE
    differences = visit(client, "/gestione/strumenti/aut/differenze")
    assert differences.links["Perché: il registro della versione 0.2.0"] == PAGE


def test_the_history_of_the_question_shows_what_its_words_were(client: FlaskClient, made: Rows) -> None:
    enter(client, "socialis")
    page = visit(client, f"/gestione/storia/aut/{ITEM}")
    versions = [row[1] for row in rows(page)]
    assert versions == ["da 0.1.0 a 0.2.0", "0.1.0", "0.2.0"]
    assert "[aggiunto:" in page.words
    assert rows(page, 4)[0][5] == "aut 0.2.0"


def test_the_ledger_is_downloaded_for_programs(client: FlaskClient, made: Rows) -> None:
    enter(client, "socialis")
    reply = client.get(visit(client, PAGE).links["Scarica come JSON"])
    assert reply.headers["Content-Disposition"] == "attachment; filename=registro-aut-0.2.0.json"
    assert json.loads(reply.text)["changes"][0]["version"] == "0.2.0"


def test_the_pdf_is_asked_of_the_worker(client: FlaskClient, engine: Engine) -> None:
    enter(client, "socialis")
    page = press(client, visit(client, PAGE), "Prepara il PDF")
    assert rows(page)[0][1] == "Registro di una versioneCome va 0.2.0"
    with reading(engine) as connection:
        asked = json.loads(connection.execute(select(Job.arguments)).scalar_one())
    assert asked == {"report": "ledger", "instrument": "aut", "version": "0.2.0"}


@pytest.mark.parametrize("version", ["", "9.9.9"])
def test_a_ledger_of_no_version_cannot_be_asked_for(client: FlaskClient, version: str) -> None:
    token = {"csrf_token": enter(client, "socialis").hidden()["csrf_token"]}
    asked = {"report": "ledger", "instrument": "aut", "version": version}
    assert client.post("/gestione/rapporti", data=asked | token).status_code == 400
