"""Votes of a nominal group: five points a participant, changed, refused, ranked."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.storage.engine import writing
from tests.factories import create_focus_group, create_focus_participant
from tests.staff.people import enter, press, rows
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

VOTES = "/gestione/focus-group/1/voti"


@pytest.fixture
def author(app: Flask, engine: Engine) -> FlaskClient:
    with writing(engine) as connection:
        meeting = create_focus_group(connection)
        for code in ("P1", "P2"):
            create_focus_participant(connection, meeting, code=code)
    client = app.test_client()
    enter(client, "socialis")
    return client


def vote(client: FlaskClient, person: int, *points: tuple[str, str], status: int = 200) -> Page:
    fields = {
        name: value
        for number, (criterion, given) in enumerate(points, 1)
        for name, value in ((f"criterion-{number}", criterion), (f"points-{number}", given))
    }
    return press(client, visit(client, f"{VOTES}/{person}"), "Salva i punti", fields, status=status)


def test_nobody_has_voted_yet(author: FlaskClient) -> None:
    page = visit(author, VOTES)
    assert "Nessuno ha ancora votato." in page.words
    assert [line[2] for line in rows(page)] == ["0 su 5", "0 su 5"]


def test_points_make_a_ranking(author: FlaskClient) -> None:
    vote(author, 1, ("QIL_BEN1", "3"), ("QIL_BEN2", "2"))
    page = vote(author, 2, ("andare volentieri", "1"), ("QIL_AUD1 – Scelta reale", "3"))
    assert "Punti di P2 salvati: 4." in page.words
    assert rows(page) == [
        ["Andare volentieri QIL_BEN1", "1", "4", "2"],
        ["Scelta reale QIL_AUD1", "2", "3", "1"],
        ["Soddisfazione QIL_BEN2", "3", "2", "1"],
    ]
    assert [line[2] for line in rows(page, 1)] == ["5 su 5", "4 su 5"]


def test_points_can_be_changed_and_taken_back(author: FlaskClient) -> None:
    vote(author, 1, ("QIL_BEN1", "5"))
    form = visit(author, f"{VOTES}/1")
    assert 'value="QIL_BEN1 – Andare volentieri"' in form.text
    assert '<option value="5" selected>' in form.text
    assert rows(vote(author, 1, ("QIL_BEN2", "1")))[0] == ["Soddisfazione QIL_BEN2", "1", "1", "1"]
    assert "Nessuno ha ancora votato." in vote(author, 1).words


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([("QIL_BEN1", "3"), ("QIL_BEN2", "3")], "al massimo 5: adesso sono di più"),
        ([("QIL_BEN1", "1"), ("QIL_BEN1", "1")], "c'è già in un'altra riga"),
        ([("niente del genere", "1")], "non si trova"),
        ([("QIL_BEN1", "")], "Scegli i punti"),
        ([("QIL_BEN1", "6")], "Scegli i punti"),
    ],
)
def test_points_that_cannot_be_kept_are_shown_again(
    author: FlaskClient, points: list[tuple[str, str]], said: str
) -> None:
    page = vote(author, 1, *points, status=422)
    assert page.title.startswith("Errore: ")
    assert page.words.count(said) == 2
    assert f'value="{points[0][0]}"' in page.text
    assert "Nessuno ha ancora votato." in visit(author, VOTES).words


def test_a_participant_of_another_meeting_does_not_vote_here(author: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        other = create_focus_participant(connection, create_focus_group(connection))
    visit(author, f"{VOTES}/{other}", status=404)


def test_without_participants_nobody_votes(author: FlaskClient, engine: Engine) -> None:
    with writing(engine) as connection:
        empty = create_focus_group(connection)
    assert "servono i partecipanti" in visit(author, f"/gestione/focus-group/{empty}/voti").words
