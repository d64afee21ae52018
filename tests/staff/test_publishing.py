"""From an approved draft to a version in use: who gets it, who keeps the one before, what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select, update

from surveyapp.instruments.file_checks import problems_of
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.revision_tables import Decision, Draft
from surveyapp.storage.tables import Administration
from surveyapp.storage.version_tables import InstrumentVersion
from surveyapp.study.library import read_library
from surveyapp.study.plan import carry_out
from surveyapp.web.app import create_app
from tests.bundled import FOLDER
from tests.factories import create_path
from tests.focus_groups.approved import create_approved
from tests.staff.people import buttons, press
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
ITEM, EASY = "AUT_OCC3", "text.P.easy"
WORDS = "Hai deciso che cosa vuoi fare?"
REASON = {"reason-AUT_OCC": "Stesse domande con parole più semplici."}
NOTE = {"note": "Parole più semplici dopo il terzo focus group."}
TODAY = f"{datetime.now(ZoneInfo('Europe/Rome')):%d/%m/%Y}"
FILLED = REASON | NOTE | {"on": TODAY}


def accept_a_decision(engine: Engine) -> None:
    values = {"code": "DEC-014", "instrument": "aut", "object_kind": "item", "object_id": ITEM}
    said = {"proposal": "Parole più semplici", "outcome": "accepted", "reason": "Chiarezza .625"}
    people = {"proposed_by": "a@b.it", "decided_by": "c@d.it", "proposed_at": NOW, "decided_on": NOW.date()}
    with writing(engine) as connection:
        connection.execute(insert(Decision).values(**values, **said, **people))


@pytest.fixture
def approved(author: FlaskClient, app: Flask, engine: Engine) -> Page:
    """The page of a draft with another easy wording, 0.2.0, approved."""
    with writing(engine) as connection:
        draft = create_approved(connection, app.extensions["surveyapp"].catalogue, FOLDER)
    return visit(author, f"/gestione/bozze/{draft}")


@pytest.fixture
def written(author: FlaskClient, entered: Callable[[str], FlaskClient], engine: Engine) -> Page:
    """The same, written in the editor by one account and approved by another."""
    accept_a_decision(engine)
    reply = author.post("/gestione/bozze/aut/apri", data=visit(author, "/gestione/bozze").hidden())
    draft = visit(author, reply.location)
    press(author, visit(author, f"{draft.path}/{ITEM}"), "Salva", {EASY: WORDS})
    place = f"{ITEM}.{EASY}"
    explained = {"place": place, "decision": "1", "kind": "same meaning"}
    press(author, visit(author, draft.path), f"Segna {place}", explained)
    ready = press(author, visit(author, draft.path), "Cambia il numero", {"version": "0.2.0"})
    press(author, ready, "Manda in revisione")
    other = entered("lead_partner")
    return press(other, visit(other, draft.path), "Approva")


def test_an_approved_draft_is_published_and_read_at_once(
    author: FlaskClient, written: Page, engine: Engine, app: Flask
) -> None:
    form = visit(author, written.links["Pubblica questa versione"])
    assert "da motivare" in form.words
    done = press(author, form, "Pubblica la 0.2.0", FILLED)
    assert "aut 0.2.0 è pubblicata: è in uso da oggi." in done.words
    assert "Pubblicata" in visit(author, written.path).words
    assert WORDS in visit(author, "/gestione/strumenti/aut/0.2.0/scheda").text
    known = app.extensions["surveyapp"].catalogue.publications["aut/0.2.0.yaml"]
    assert (known.author, known.approver) == ("socialis@study.example", "lead_partner@study.example")
    assert known.comparability["AUT_OCC", "P", "easy"].level == "to justify"
    assert REASON["reason-AUT_OCC"] in known.comparability["AUT_OCC", "P", "easy"].reasons


def test_the_published_file_is_the_draft_byte_for_byte_and_passes_the_check(
    author: FlaskClient, written: Page, engine: Engine
) -> None:
    before = author.get(f"{written.path}/file").data
    publish(author, written)
    library = read_library(engine, FOLDER)
    path = library.folder / "aut" / "0.2.0.yaml"
    assert path.read_bytes() == before
    assert problems_of(path) == []


def publish(author: FlaskClient, approved: Page, **fields: str) -> Page:
    form = visit(author, f"{approved.path}/pubblica")
    return press(author, form, "Pubblica la 0.2.0", FILLED | fields)


def test_another_server_reads_what_was_published(
    author: FlaskClient, approved: Page, app: Flask, engine: Engine
) -> None:
    services = app.extensions["surveyapp"]
    other = create_app(services.settings, engine).extensions["surveyapp"]
    publish(author, approved)
    assert ("aut", "0.2.0") not in other.catalogue.instruments
    other.shelf.look(now=True)
    assert ("aut", "0.2.0") in other.catalogue.instruments
    again = create_app(services.settings, engine).extensions["surveyapp"]
    assert ("aut", "0.2.0") in again.catalogue.instruments


def test_who_has_begun_keeps_the_version_and_who_has_not_gets_the_new_one(
    author: FlaskClient, approved: Page, engine: Engine, app: Flask
) -> None:
    catalogue, today = app.extensions["surveyapp"].catalogue, NOW.date()
    with writing(engine) as connection:
        begun, waiting = (create_path(connection, started_on=today, ended_on=None) for _ in range(2))
        carry_out(connection, catalogue, today)
        mine = (Administration.instrument == "aut", Administration.path_id == begun)
        connection.execute(update(Administration).where(*mine).values(opened_at=NOW))
    form = visit(author, f"{approved.path}/pubblica")
    assert "Percorsi già cominciati che continuano con la 0.1.0: 1." in form.words
    assert "1 questionario che nessuno ha ancora aperto passa alla 0.2.0." in form.words
    assert "Confronti prima-dopo persi: 0." in form.words
    publish(author, approved)
    with reading(engine) as connection:
        aut = Administration.instrument == "aut"
        given = select(Administration.path_id, Administration.version).where(aut).distinct()
        found = {row.path_id: row.version for row in connection.execute(given)}
    assert (found[begun], found[waiting]) == ("0.1.0", "0.2.0")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on": "26/11/2020"}, "non può essere prima di oggi"),
        ({"on": "domani"}, "Scrivi il giorno così"),
        ({"note": " "}, "Scrivi in una frase che cosa cambia"),
        ({"note": "x" * 1001}, "al massimo 1000 caratteri"),
        ({"reason-AUT_OCC": ""}, "Scrivi perché AUT_OCC si può, o non si può, ancora confrontare."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    author: FlaskClient, approved: Page, fields: dict[str, str], sentence: str
) -> None:
    form = visit(author, f"{approved.path}/pubblica")
    told = press(author, form, "Pubblica la 0.2.0", FILLED | fields, status=422)
    assert sentence in told.words
    assert told.title.startswith("Errore: ")
    assert (fields.get("note") or NOTE["note"]).strip() in told.text


def test_a_later_day_is_said_and_nobody_gets_it_before(
    author: FlaskClient, approved: Page, app: Flask
) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(30)
    done = publish(author, approved, on=f"{tomorrow:%d/%m/%Y}")
    assert "sarà in uso dal giorno" in done.words
    catalogue = app.extensions["surveyapp"].catalogue
    assert catalogue.in_force("aut", tomorrow - timedelta(1)).version == "0.1.0"
    assert catalogue.in_force("aut", tomorrow).version == "0.2.0"


def test_a_draft_that_is_not_approved_is_not_published(
    author: FlaskClient, approved: Page, engine: Engine
) -> None:
    form = visit(author, f"{approved.path}/pubblica")
    press(author, visit(author, approved.path), "Rimanda in bozza")
    refused = press(author, form, "Pubblica la 0.2.0", FILLED, status=422)
    assert "prima serve il sì di un'altra persona" in refused.words
    assert "Pubblica la 0.2.0" not in buttons(refused)
    with reading(engine) as connection:
        assert connection.scalars(select(Draft.status)).all() == ["draft"]
        known = select(InstrumentVersion.version).where(InstrumentVersion.id == "aut")
        assert "0.2.0" not in connection.scalars(known).all()


def test_it_is_published_once(author: FlaskClient, approved: Page) -> None:
    form = visit(author, f"{approved.path}/pubblica")
    publish(author, approved)
    again = press(author, form, "Pubblica la 0.2.0", FILLED, status=422)
    assert "va confrontata con la versione uscita nel frattempo" in again.words


def test_the_version_before_is_retired_and_the_one_in_use_is_not(author: FlaskClient, approved: Page) -> None:
    publish(author, approved)
    versions = visit(author, "/gestione/strumenti/aut")
    assert buttons(versions).count("Ritira la 0.2.0") == 0
    done = press(author, versions, "Ritira la 0.1.0")
    assert "aut 0.1.0 è ritirata" in done.words
    assert "Ritirata" in done.words
    refused = author.post("/gestione/strumenti/aut/0.2.0/ritira", data=done.hidden())
    assert "Questa versione non si ritira" in visit(author, refused.location).words
    visit(author, "/gestione/strumenti/aut/0.1.0")
