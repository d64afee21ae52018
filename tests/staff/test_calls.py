"""Companies on the telephone: the interview in the browser of the staff, and a note of each call."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import register
from surveyapp.storage.call_tables import Call
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Administration, Answer, Consent, Link
from surveyapp.web.staff.phone import in_words
from tests.factories import NOW, create_accompaniment, create_administration, create_organisation
from tests.staff.people import buttons, enter, press, reply_to, rows
from tests.web.inventories import create_company
from tests.web.page import Page
from tests.web.pages import checked_page, send, visit
from tests.web.sections import save, saved

KEY = "KEYCOMPANY"
PAGE = f"/gestione/somministrazioni/{KEY}"
START, NOTE = "Avvia l'intervista al telefono", "Segna la chiamata"
ROME = ZoneInfo("Europe/Rome")
TODAY = datetime.now(UTC).date()
OPEN = {"due_from": TODAY - timedelta(5), "due_to": TODAY + timedelta(20), "late_to": TODAY + timedelta(50)}
AHEAD = {"due_from": date(2099, 1, 1), "due_to": date(2099, 2, 1), "late_to": date(2099, 3, 1)}
SUBMITTED = {"state": "submitted", "closed_at": NOW, "variant": "std"}

pytestmark = pytest.mark.usefixtures("staff")


@pytest.fixture
def company(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        return create_company(connection, catalogue, organisation={"code": "AZ-42"}, key=KEY, **OPEN)


@pytest.fixture
def page(client: FlaskClient, company: int) -> Page:
    enter(client, "caseworker")
    return visit(client, PAGE)


def noted(engine: Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        query = select(Call.outcome, Call.note, Call.email).order_by(Call.id)
        return [tuple(row) for row in connection.execute(query)]


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_interview_opens_in_the_same_browser(client: FlaskClient, engine: Engine, page: Page) -> None:
    start = press(client, page, START)
    assert start.h1 == "Gli adattamenti nella vostra organizzazione"
    assert start.path.endswith(f"/q/{KEY}/inizio")
    first = send(client, start)
    assert "Per chi intervista: si legge come è scritto, senza suggerire." in first.words
    with reading(engine) as connection:
        link = connection.execute(select(Link)).one()
    assert link.purpose == "interview"
    assert link.expires_at - link.created_at == timedelta(days=1)


def test_answers_of_an_interview_say_so(
    client: FlaskClient, engine: Engine, page: Page, company: int
) -> None:
    first = send(client, press(client, page, START))
    save(client, save(client, first, {"ACC_Q1": "1"}), {"confirm": "yes", "ACC_I09.1": "6"})
    with reading(engine) as connection:
        query = select(Answer.mode).where(Answer.administration_id == company).distinct()
        assert list(connection.execute(query).scalars()) == ["interview"]
        assert connection.execute(select(Consent.mode)).scalar_one() == "interview"


def test_who_interviews_starts_in_the_first_field(client: FlaskClient, page: Page) -> None:
    start = press(client, page, START)
    accepted = client.post(start.form.get("action", ""))
    went_on = client.get(accepted.location)
    assert went_on.location == f"/q/{KEY}/parte/NOW#ACC_Q1-a1"
    first = visit(client, went_on.location)
    assert saved(client, first, {"ACC_Q1": "1"}).location.endswith("/parte/INV.1?salvata=1#conferma-a1")
    known = visit(client, f"/q/{KEY}/parte/INV.1")
    assert saved(client, known, {"confirm": "no"}).location.endswith("/parte/INV.1?cambia=1#ACC_I04.1-a1")
    # What is missing is read first.
    assert "#" not in saved(client, known).location


def test_a_link_by_hand_has_no_words_for_the_interviewer(client: FlaskClient, page: Page) -> None:
    link = press(client, page, "Nuovo link").main.findtext(".//textarea") or ""
    first = send(client, visit(client, link.removeprefix("http://127.0.0.1:8000")))
    assert "Per chi intervista" not in first.words


@pytest.mark.parametrize("values", [SUBMITTED, AHEAD], ids=["sent", "ahead"])
def test_what_is_not_open_is_not_interviewed(
    client: FlaskClient, engine: Engine, page: Page, values: dict[str, Any]
) -> None:
    with writing(engine) as connection:
        connection.execute(update(Administration).where(Administration.key == KEY).values(**values))
    assert START not in buttons(visit(client, PAGE))
    assert "non si può avviare" in press(client, page, START).words
    assert count(engine, Link) == 0


def test_persons_are_not_interviewed_on_the_telephone(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, page: Page
) -> None:
    with writing(engine) as connection:
        create_administration(connection, catalogue, key="KEYPERSON2")
    person = visit(client, PAGE.replace(KEY, "KEYPERSON2"))
    assert "Telefono" not in person.words
    token = {"csrf_token": page.hidden()["csrf_token"]}
    reply = client.post(f"{person.path}/intervista", data=token, follow_redirects=True)
    assert "non si può avviare" in checked_page(reply).words
    assert count(engine, Link) == 0


def test_a_call_is_noted_and_said_in_words(client: FlaskClient, engine: Engine, page: Page) -> None:
    assert "Nessuna chiamata." in page.words
    page = press(client, page, NOTE, {"outcome": "no_answer", "note": ""})
    page = press(client, page, NOTE, {"outcome": "call_back", "note": "  Dopo   le 15 "})
    assert "2 chiamate, l'ultima" in page.words
    assert ": richiamare." in page.words
    assert [row[1:] for row in rows(page)] == [
        ["Richiamare", "Dopo le 15", "caseworker@study.example"],
        ["Non ha risposto", "", "caseworker@study.example"],
    ]
    assert noted(engine)[1] == ("call_back", "Dopo le 15", "caseworker@study.example")


def test_sending_a_call_twice_notes_it_once(client: FlaskClient, engine: Engine, page: Page) -> None:
    press(client, page, NOTE, {"outcome": "no_answer"})
    assert "era già segnata" in press(client, page, NOTE, {"outcome": "no_answer"}).words
    assert len(noted(engine)) == 1


def test_a_refusal_on_the_telephone_closes_nothing(client: FlaskClient, engine: Engine, page: Page) -> None:
    page = press(client, page, NOTE, {"outcome": "refused"})
    assert "1 chiamata, 1 rifiuto, " in page.words
    with reading(engine) as connection:
        state = select(Administration.state).where(Administration.key == KEY)
        assert connection.execute(state).scalar_one() == "open"
    assert START in buttons(page)


@pytest.mark.parametrize("outcome", ["", "forse", "answered\0", "ANSWERED"])
def test_a_call_needs_to_have_gone_somehow(
    client: FlaskClient, engine: Engine, page: Page, outcome: str
) -> None:
    again = press(client, page, NOTE, {"outcome": outcome, "note": "Dopo le 15"}, status=422)
    assert again.title.startswith("Errore: ")
    assert "Scegli com'è andata la chiamata." in again.words
    assert 'value="Dopo le 15"' in again.text
    assert noted(engine) == []


def test_a_long_note_is_refused_and_kept(client: FlaskClient, engine: Engine, page: Page) -> None:
    long = "x" * 201
    again = press(client, page, NOTE, {"outcome": "call_back", "note": long}, status=422)
    assert "al massimo 200 caratteri, adesso ne ha 201" in again.words
    assert f'value="{long}"' in again.text
    assert noted(engine) == []
    press(client, again, NOTE, {"outcome": "call_back", "note": long[1:]})
    assert len(noted(engine)) == 1


def test_markup_in_a_note_is_text(client: FlaskClient, page: Page) -> None:
    shown = press(client, page, NOTE, {"outcome": "call_back", "note": "<b>&'\"\0"})
    assert "<b>&'\"" in shown.words


def test_an_office_reads_the_calls_and_notes_none(client: FlaskClient, page: Page, app: Any) -> None:
    press(client, page, NOTE, {"outcome": "no_answer"})
    office = app.test_client()
    enter(office, "territory_office")
    read = visit(office, PAGE)
    assert "1 chiamata, " in read.words
    assert not {START, NOTE} & set(buttons(read))


def test_calls_go_with_invented_companies(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        organisation = create_organisation(connection, demonstration=True)
        helped = create_accompaniment(connection, organisation_id=organisation, demonstration=True)
        about = {"instrument": "acc", "form": "C", "occasion": "T0", "accompaniment_id": helped}
        add(connection, create_administration(connection, catalogue, **about))
        register.delete_demonstration(connection)
    assert noted(engine) == []


def add(connection: Connection, administration: int, **values: Any) -> None:
    row = {"called_at": NOW, "outcome": "answered", "note": "", "email": "a@study.example", "key": "k"}
    connection.execute(insert(Call), {"administration_id": administration, **row, **values})


@pytest.mark.parametrize("values", [{"outcome": "perhaps"}, {"note": "x" * 201}, {"key": "k"}])
def test_the_database_keeps_the_rules_too(engine: Engine, company: int, values: dict[str, Any]) -> None:
    with writing(engine) as connection:
        add(connection, company)
    with pytest.raises(DBAPIError) as caught, writing(engine) as connection:
        add(connection, company, **{"key": "another", **values})
    assert "call" in str(caught.value) or "too long" in str(caught.value)


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ([], "Nessuna chiamata."),
        ([(2026, 11, 20, "call_back")], "1 chiamata, il 20 novembre: richiamare."),
        (
            [(2026, 11, 20, "call_back"), (2026, 11, 8, "no_answer"), (2025, 1, 1, "no_answer")],
            "3 chiamate, l'ultima il 20 novembre: richiamare.",
        ),
        ([(2026, 11, 8, "wrong_number")], "1 chiamata, l'8 novembre: numero sbagliato."),
        (
            [(2025, 1, 1, "refused"), (2024, 12, 11, "refused")],
            "2 chiamate, 2 rifiuti, l'ultima il 1º gennaio 2025: non vuole rispondere.",
        ),
    ],
)
def test_calls_in_words(calls: list[tuple[int, int, int, str]], words: str) -> None:
    made = [(datetime(year, month, day, 12, tzinfo=UTC), outcome) for year, month, day, outcome in calls]
    assert in_words(made, ROME, date(2026, 11, 22)) == words


def test_a_call_near_midnight_is_of_the_day_in_italy() -> None:
    made = [(datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "answered")]
    assert in_words(made, ROME, date(2026, 11, 22)) == "1 chiamata, il 20 novembre: ha risposto."


def test_another_territory_neither_interviews_nor_notes(
    client: FlaskClient, engine: Engine, company: int
) -> None:
    token = {"csrf_token": enter(client, "elsewhere").hidden()["csrf_token"], "outcome": "answered"}
    for action in ("/intervista", "/chiamate"):
        assert client.post(PAGE + action, data=token).status_code == 404
    assert noted(engine) == []
    assert count(engine, Link) == 0


def test_another_sites_form_notes_nothing(client: FlaskClient, engine: Engine, page: Page) -> None:
    reply = reply_to(client, page, NOTE, {"outcome": "refused"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
    assert noted(engine) == []
