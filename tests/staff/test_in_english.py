"""English pages of the staff: what is kept, and what is handed over, stays Italian."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import jobs
from surveyapp.storage.engine import writing
from surveyapp.study.accounts import INVENTED, ROLES, grant
from surveyapp.web.staff import places
from surveyapp.web.staff.reports import WORKER, said_by_worker
from tests.staff.people import enter, press
from tests.staff.sheets import PAGE, add_person, stored
from tests.web import marks
from tests.web.page import Page, words
from tests.web.pages import visit

pytestmark = pytest.mark.usefixtures("staff")

REASON = "Chi deve rispondere è assente per tutto il periodo"


@pytest.fixture
def english(app: Flask, engine: Engine, catalogue: Catalogue) -> FlaskClient:
    """A caseworker who reads English, and a questionnaire to follow."""
    with writing(engine) as connection:
        add_person(connection, catalogue)
    marks.mark(app)
    client = app.test_client()
    enter(client, "caseworker")
    return client


def letter(page: Page) -> str:
    section = next(page.main.iter("section"))
    assert section.get("lang") == "it"
    return words(section)


def test_a_reason_is_kept_in_italian_and_told_in_english(english: FlaskClient, engine: Engine) -> None:
    page = visit(english, f"{PAGE}/non-compilabile")
    done = press(english, page, "Segna come non compilabile", {"reason": "absent", "note": "a <marzo>"})
    assert stored(engine).state_reason == f"{REASON}: a <marzo>"
    told = f'{marks.BEGIN}{REASON}{marks.END}: <span lang="it">a &lt;marzo&gt;</span>'
    assert told in done.marked


def test_a_reason_of_one_s_own_stays_as_it_was_written(english: FlaskClient) -> None:
    page = visit(english, f"{PAGE}/non-compilabile")
    done = press(english, page, "Segna come non compilabile", {"reason": "other", "note": "Altrove"})
    assert '<span lang="it">Altrove</span>' in done.marked


def test_the_letter_is_italian(english: FlaskClient) -> None:
    page = press(english, visit(english, PAGE), "Nuovo link")
    assert "Con il telefono" in letter(page)
    inside = page.marked.partition('class="letter"')[2].partition("</section>")[0]
    assert marks.BEGIN not in inside
    assert marks.BEGIN in page.marked.partition('class="letter"')[2].partition("</section>")[2]


def test_what_the_worker_says_is_known(app: Flask) -> None:
    said = [str(words) for words in WORKER]
    assert {jobs.STARTED, jobs.AGAIN, jobs.STOPPING, jobs.LOST} <= set(said)
    marks.mark(app)
    with app.test_request_context("/gestione/rapporti", headers={"Cookie": "lingua=en"}):
        assert said_by_worker("Calcolo.") == f"{marks.BEGIN}Calcolo.{marks.END}"


def test_roles_and_territories_are_called_as_elsewhere() -> None:
    assert {role: str(words) for role, words in places.ROLES.items()} == ROLES
    granted = [grant(*values) for values in INVENTED.values()]
    assert [places.role_words(one) for one in granted] == [one.words for one in granted]
