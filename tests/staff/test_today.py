"""The first page: what is to follow, in the account's territory, with filters, pages and coverage."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import writing
from tests.factories import (
    create_accompaniment,
    create_administration,
    create_agreement,
    create_organisation,
    create_path,
    create_person,
    create_placement,
)
from tests.staff.people import buttons, enter, press, rows
from tests.web.pages import visit

TODAY = datetime.now(UTC).date()
CLOSED: dict[str, Any] = {"closed_at": datetime.now(UTC), "variant": "easy"}
CREMONA = {"province": "Cremona", "ambito": "Cremona"}

pytestmark = pytest.mark.usefixtures("staff")


def window(first: int, last: int, late: int) -> dict[str, date]:
    """Days from today."""
    days = {"due_from": first, "due_to": last, "late_to": late}
    return {name: TODAY + timedelta(number) for name, number in days.items()}


NOW_OPEN, LATE, OVER, AHEAD = (
    window(-5, 20, 50),
    window(-40, -10, 20),
    window(-90, -60, -30),
    window(9, 40, 70),
)
# One administration of each kind, by the code of its person, with the words of its state.
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "BG-LATE-1": (LATE, "In ritardo"),
    "BG-LATE-2": (LATE | {"opened_at": datetime.now(UTC)}, "In ritardo, iniziato"),
    "BG-BEGUN-1": (NOW_OPEN | {"opened_at": datetime.now(UTC)}, "Iniziato"),
    "BG-DUE-1": (NOW_OPEN, "Da compilare"),
    "BG-OVER-1": (OVER, "Scaduto"),
    "BG-AHEAD-1": (AHEAD, "Più avanti"),
    "BG-SENT-1": (NOW_OPEN | CLOSED | {"state": "submitted"}, "Inviato"),
    "BG-SENT-2": (LATE | CLOSED | {"state": "submitted"}, "Inviato in ritardo"),
    "BG-NO-1": (NOW_OPEN | CLOSED | {"state": "refused"}, "Rifiutato"),
    "BG-BACK-1": (NOW_OPEN | CLOSED | {"state": "withdrawn"}, "Ritirato"),
    "BG-NOT-1": (NOW_OPEN | CLOSED | {"state": "impossible"}, "Non compilabile"),
}
FOLLOWED = ["BG-LATE-1", "BG-LATE-2", "BG-BEGUN-1", "BG-DUE-1"]


@pytest.fixture
def kinds(engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        for code, (values, _) in KINDS.items():
            path = create_path(connection, create_person(connection, code=code))
            create_administration(connection, catalogue, path, **values)
        path = create_path(connection, create_person(connection, code="CR-DUE-1", **CREMONA))
        create_administration(connection, catalogue, path, occasion="EXPOST", **NOW_OPEN)


def codes(page: Any) -> list[str]:
    return [row[0] for row in rows(page)]


def test_what_is_to_follow_comes_first_and_alone(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "caseworker")
    assert codes(page) == FOLLOWED
    assert [row[4] for row in rows(page)] == [KINDS[code][1] for code in FOLLOWED]


def test_each_state_is_said_in_words(client: FlaskClient, kinds: None) -> None:
    enter(client, "caseworker")
    found = {row[0]: row[4] for row in rows(visit(client, "/gestione/?stato=tutti"))}
    assert found == {code: words for code, (_, words) in KINDS.items()}


def test_a_late_one_says_until_when_it_is_taken(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "caseworker")
    assert "si accetta fino al" in rows(page)[0][3]
    assert "si accetta" not in rows(page)[3][3]


def test_the_list_narrows_to_a_state(client: FlaskClient, kinds: None) -> None:
    enter(client, "caseworker")
    assert codes(visit(client, "/gestione/?stato=submitted")) == ["BG-SENT-2", "BG-SENT-1"]
    assert codes(visit(client, "/gestione/?stato=expired")) == ["BG-OVER-1"]


def test_the_list_narrows_to_an_occasion(client: FlaskClient, kinds: None) -> None:
    enter(client, "socialis")
    assert codes(visit(client, "/gestione/?stato=tutti&rilevazione=EXPOST")) == ["CR-DUE-1"]


def test_what_the_address_makes_up_is_left_out(client: FlaskClient, kinds: None) -> None:
    enter(client, "caseworker")
    for made_up in (
        "?stato=%27OR",
        "?rilevazione=MADEUP",
        "?pagina=-1",
        "?pagina=x",
        "?pagina=99999999999999999999",
    ):
        assert codes(visit(client, f"/gestione/{made_up}")) == FOLLOWED


def test_an_office_sees_its_own_territory(client: FlaskClient, kinds: None) -> None:
    enter(client, "elsewhere")
    page = visit(client, "/gestione/?stato=tutti")
    assert codes(page) == ["CR-DUE-1"]
    assert "BG-" not in page.text


def test_central_roles_see_all_and_which_territory(client: FlaskClient, kinds: None) -> None:
    enter(client, "socialis")
    found = {row[0]: row[1] for row in rows(visit(client, "/gestione/?stato=tutti"))}
    assert len(found) == len(KINDS) + 1
    assert found["CR-DUE-1"] == "Ambito di Cremona"
    assert found["BG-DUE-1"] == "Provincia di Bergamo"


def test_another_ambito_of_the_province_is_another_territory(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        for code, ambito in (("CR-1", "Crema"), ("CR-2", "cremona"), ("CR-3", "")):
            person = create_person(connection, code=code, province="Cremona", ambito=ambito)
            create_administration(connection, catalogue, create_path(connection, person), **NOW_OPEN)
    assert codes(enter(client, "elsewhere")) == ["CR-2"]


@pytest.fixture
def subjects(engine: Engine, catalogue: Catalogue) -> None:
    """One administration about each kind of subject, in Bergamo."""
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, code="BG-1"))
        placement = create_placement(connection, path, code="IN-1")
        create_administration(connection, catalogue, path, **NOW_OPEN)
        create_administration(connection, catalogue, path, placement_id=placement, **NOW_OPEN)
        agreement = create_agreement(connection, code="CV-1")
        create_administration(connection, catalogue, agreement_id=agreement, **NOW_OPEN)
        firm = create_organisation(connection, code="AZ-1")
        accompaniment = create_accompaniment(connection, organisation_id=firm)
        create_administration(connection, catalogue, accompaniment_id=accompaniment, **NOW_OPEN)


def test_what_is_about_no_person_has_a_name_of_its_own(client: FlaskClient, subjects: None) -> None:
    page = enter(client, "caseworker")
    assert sorted(codes(page)) == ["BG-1", "BG-1 · IN-1", "Convenzione CV-1", "Ente AZ-1"]
    assert [row[2] for row in rows(page, 1)] == ["0 su 4"]
    shown = visit(client, page.links["Convenzione CV-1"])
    assert "Convenzione CV-1, inizio del percorso" in shown.words
    assert "Provincia di Bergamo" in shown.words


def test_an_agreement_gets_a_link_too(client: FlaskClient, subjects: None) -> None:
    page = enter(client, "caseworker")
    shown = visit(client, page.links["Convenzione CV-1"])
    link = press(client, shown, "Nuovo link")
    assert "Link per Convenzione CV-1" in link.words


def test_cards_count_the_whole_territory(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "caseworker")
    cards = [link for link in page.links if link[0].isdigit()]
    assert cards == ["2 in ritardo", "1 da compilare", "1 iniziati, da finire", "2 inviati"]


def test_coverage_counts_who_was_due(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "caseworker")
    (row,) = rows(page, 1)
    # questionnaire, occasion, answered, of 100, due, begun, late, over, refused or withdrawn or impossible
    assert row == ["Autovalutazione", "Inizio del percorso", "2 su 10", "20", "1", "1", "2", "1", "3"]


def test_coverage_of_everybody_goes_by_territory(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "lead_partner")
    assert [row[0] for row in rows(page, 1)] == ["Ambito di Cremona", "Provincia di Bergamo"]


def test_beyond_a_hundred_there_are_pages(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        for number in range(205):
            path = create_path(connection, create_person(connection, code=f"BG-{number:04}-P"))
            create_administration(connection, catalogue, path, **NOW_OPEN)
    seen = codes(page := enter(client, "caseworker"))
    while "Pagina successiva" in page.links:
        page = visit(client, page.links["Pagina successiva"])
        seen += codes(page)
    assert len(seen) == len(set(seen)) == 205
    assert "pagina 3 di 3" in page.words
    assert codes(visit(client, "/gestione/?pagina=4")) == codes(page)


def test_an_empty_territory_says_so(app: Flask) -> None:
    nobody = "Non c'è ancora nessuna persona registrata"
    assert f"{nobody} nel tuo territorio." in enter(app.test_client(), "caseworker").words
    assert f"{nobody}." in enter(app.test_client(), "socialis").words


def test_nothing_to_follow_says_where_the_rest_is(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        create_administration(connection, catalogue, **AHEAD)
    page = enter(client, "caseworker")
    assert "Adesso non c'è niente da seguire" in page.words
    assert "Nessun questionario con questo stato" in visit(client, "/gestione/?stato=late").words


def test_only_who_follows_people_gets_buttons(app: Flask, kinds: None) -> None:
    made = {}
    for role in ("territory_office", "socialis", "lead_partner", "caseworker", "administrator"):
        client = app.test_client()
        enter(client, role)
        words = buttons(visit(client, "/gestione/?stato=tutti"))
        made[role] = sum(button.startswith("Nuovo link") for button in words)
    assert made == {
        "territory_office": 0,
        "socialis": 0,
        "lead_partner": 0,
        "caseworker": 5,
        "administrator": 6,
    }


def test_what_is_closed_or_ahead_has_no_button(client: FlaskClient, kinds: None) -> None:
    enter(client, "caseworker")
    table = rows(visit(client, "/gestione/?stato=tutti"))
    assert [row[0] for row in table if row[5]] == [*FOLLOWED, "BG-OVER-1"]
    assert table[0][5] == "Nuovo link per BG-LATE-1, inizio del percorso"


def test_no_page_shows_an_answer_or_a_token(client: FlaskClient, kinds: None) -> None:
    page = enter(client, "administrator")
    assert "/r/" not in page.text
