"""The synthesis of a focus group: asked for on its page, listed among the reports, gone with a consent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage import jobs
from surveyapp.storage.engine import reading, writing
from tests.factories import NOW, create_excerpt, create_focus_group, create_focus_participant
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    client = app.test_client()
    enter(client, "socialis")
    return client


@pytest.fixture
def meeting(engine: Engine) -> int:
    with writing(engine) as connection:
        made = create_focus_group(connection, code="FG2")
        speaker = create_focus_participant(connection, made, code="P1", quotable=True)
        create_excerpt(connection, made, speaker_id=speaker)
    return made


def made_by_the_worker(engine: Engine) -> jobs.HeldJob:
    with writing(engine) as connection:
        held = jobs.take(connection, "worker", NOW)
        assert held is not None
        files = [jobs.File("report.html", "text/html", b"<p>"), jobs.File("report.docx", WORD, b"PK")]
        assert jobs.finish(connection, held, files, NOW)
    return held


def files_of(engine: Engine, job_id: int) -> list[str]:
    with reading(engine) as connection:
        return jobs.file_names(connection, [job_id]).get(job_id, [])


def asked_for(client: FlaskClient, meeting: int) -> Page:
    return press(client, visit(client, f"/gestione/focus-group/{meeting}"), "Prepara la sintesi")


@pytest.mark.parametrize("role", ["socialis", "lead_partner", "administrator"])
def test_who_reads_focus_groups_asks_for_the_synthesis(
    client: FlaskClient, engine: Engine, meeting: int, role: str
) -> None:
    enter(client, role)
    page = asked_for(client, meeting)
    assert "Sintesi chiesta." in page.words
    assert rows(page)[0][1] == "Sintesi del focus group FG2"
    held = made_by_the_worker(engine)
    assert dict(held.arguments) == {"report": "meeting", "meeting": str(meeting), "code": "FG2"}


def test_it_is_read_and_downloaded_as_other_reports(
    author: FlaskClient, engine: Engine, meeting: int
) -> None:
    asked_for(author, meeting)
    made_by_the_worker(engine)
    links = visit(author, "/gestione/rapporti").links
    address = next(link for words, link in links.items() if words.endswith("Word"))
    reply = author.get(address)
    assert (reply.content_type, reply.data) == (WORD, b"PK")
    assert reply.headers["Content-Disposition"].startswith("attachment; filename=rapporto-")


def test_asking_twice_makes_one(author: FlaskClient, meeting: int) -> None:
    asked_for(author, meeting)
    assert len(rows(asked_for(author, meeting))) == 1


def test_the_criteria_over_all_meetings_are_picked_among_the_reports(
    author: FlaskClient, engine: Engine
) -> None:
    page = press(author, visit(author, "/gestione/rapporti"), "Prepara il rapporto", {"report": "meetings"})
    assert rows(page)[0][1] == "Criteri e focus group"
    assert dict(made_by_the_worker(engine).arguments) == {"report": "meetings"}


def test_who_does_not_read_focus_groups_cannot_ask(client: FlaskClient, meeting: int) -> None:
    page = enter(client, "caseworker")
    token = {"csrf_token": page.hidden()["csrf_token"]}
    assert client.post(f"/gestione/focus-group/{meeting}/sintesi", data=token).status_code == 403


def test_a_consent_that_is_withdrawn_takes_the_syntheses_away(
    author: FlaskClient, engine: Engine, meeting: int
) -> None:
    asked_for(author, meeting)
    held = made_by_the_worker(engine)
    page = visit(author, visit(author, f"/gestione/focus-group/{meeting}").links["P1"])
    same = {"code": "P1", "role": "coop", "quotable": "yes"}
    press(author, page, "Salva", same)
    assert files_of(engine, held.id) == ["report.html", "report.docx"]
    press(author, page, "Salva", {"code": "P1", "role": "coop"})
    assert files_of(engine, held.id) == []
    assert "Non si conserva più" in visit(author, "/gestione/rapporti").words


def test_a_note_that_is_corrected_takes_the_syntheses_away(
    author: FlaskClient, engine: Engine, meeting: int
) -> None:
    asked_for(author, meeting)
    held = made_by_the_worker(engine)
    page = visit(author, f"/gestione/focus-group/{meeting}/note")
    assert "Salva la correzione" in buttons(page)
    press(author, page, "Salva la correzione", {"correction": "Il tutor conta."})
    assert files_of(engine, held.id) == []
