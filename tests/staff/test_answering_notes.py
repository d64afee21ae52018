"""What staff read of how a response was answered: neutral words, never the answers, nothing left out."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.collection.helping import HELPERS
from surveyapp.collection.helping import KINDS as HELP_KINDS
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.scoring.quality import FLAGS as ALL_FLAGS
from surveyapp.storage.engine import writing
from surveyapp.web.staff.answering_notes import FLAGS, KINDS, NEUTRAL
from surveyapp.web.staff.answering_notes import HELPERS as HELPER_WORDS
from tests.factories import NOW, create_administration, create_path, create_person
from tests.staff.people import enter, rows
from tests.web.page import words
from tests.web.pages import Page, visit

pytestmark = pytest.mark.usefixtures("staff")

SENT: dict[str, Any] = {"state": "submitted", "closed_at": NOW, "variant": "easy"}
LEFT_OPEN: dict[str, Any] = {"mode": None, "flags": "someone_else", "opened_at": NOW}


def page_of(client: FlaskClient, engine: Engine, catalogue: Catalogue, **values: Any) -> Page:
    """The page of a response, for the one who follows the person."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-7"))
        create_administration(connection, catalogue, path, key="HOW2222222", **values)
    enter(client, "caseworker")
    return visit(client, "/gestione/somministrazioni/HOW2222222")


def told(page: Page) -> dict[str, str]:
    """Title and sentences of each line about how it was answered."""
    terms = [words(one) for one in page.main.iter("dt")]
    return dict(zip(terms, (words(one) for one in page.main.iter("dd")), strict=True))


def test_flags_are_told_in_neutral_words(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    page = page_of(client, engine, catalogue, **SENT, flags="same_answer,too_quick")
    said = told(page)["Da tenere presente"]
    assert said.startswith("Ha scelto quasi sempre la stessa risposta.")
    assert "meno di 2 secondi a domanda" in said
    assert said.endswith("Non vuol dire che le risposte siano sbagliate: restano tutte.")


def test_every_flag_and_kind_of_help_has_words() -> None:
    assert set(FLAGS) == set(ALL_FLAGS)
    assert set(HELPER_WORDS) == set(HELPERS)
    assert set(KINDS) == set(HELP_KINDS)


@pytest.mark.parametrize(
    ("practice", "said"),
    [
        ("passed", "Fatte."),
        ("with_help", "Fatte la seconda volta, con un aiuto."),
        ("not_passed", "Le domande di prova sono state difficili: conviene farlo insieme."),
        ("skipped", "Saltate."),
    ],
)
def test_practice_is_told(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, practice: str, said: str
) -> None:
    assert told(page_of(client, engine, catalogue, practice=practice))["Domande di prova"] == said


@pytest.mark.parametrize(("helper", "noted"), [("tutor", True), ("operator", True), ("family", False)])
def test_help_by_whom_the_questions_speak_of_is_noted(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, helper: str, noted: bool
) -> None:
    page = page_of(
        client, engine, catalogue, **SENT, mode="assisted", helper=helper, help_kinds="explained,read"
    )
    said = told(page)["Chi ha risposto"]
    assert said.startswith("Con l'aiuto di qualcuno. Ha aiutato")
    assert "Ha spiegato le parole. Ha letto le domande." in said
    assert ("Se qualche domanda parla di chi ha aiutato" in said) is noted


def test_without_anything_known_nothing_is_told(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    page = page_of(client, engine, catalogue, **SENT, mode=None, practice=None, flags="")
    assert "Come è stato compilato" not in page.words


@pytest.mark.parametrize(
    ("about", "form"),
    [({}, "O, «Obiettivi della persona»"), ({"instrument": "qil", "occasion": "EXPOST"}, "O, «")],
)
def test_a_form_somebody_else_filled_in_is_to_be_followed(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, about: dict[str, Any], form: str
) -> None:
    page = page_of(client, engine, catalogue, **about, **LEFT_OPEN)
    said = told(page)
    assert said["Da tenere presente"] == "È stato detto che ha risposto un'altra persona."
    assert "Le risposte non sono state inviate" in said["Da seguire"]
    assert f"Chi segue la persona può dire il suo punto di vista nella scheda {form}" in said["Da seguire"]


def test_the_list_of_today_says_which_one(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        for code, values in (("BG-1", LEFT_OPEN), ("BG-2", {"opened_at": NOW, "mode": None})):
            path = create_path(connection, create_person(connection, code=code))
            create_administration(connection, catalogue, path, **values)
    enter(client, "caseworker")
    listed = {row[0]: " ".join(row) for row in rows(visit(client, "/gestione/?stato=tutti"))}
    assert "Ha risposto un'altra persona" in listed["BG-1"]
    assert "altra persona" not in listed["BG-2"]


def test_once_the_person_answered_only_the_mark_stays(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    said = told(page_of(client, engine, catalogue, **SENT, mode="self", flags="someone_else"))
    assert "Da seguire" not in said
    assert said["Da tenere presente"] == f"È stato detto che ha risposto un'altra persona. {NEUTRAL}"
