"""When there will be no answers: not possible, with a reason, and back; withdrawn, and not back."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import jobs, responses
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer, Consent, ConsentText
from tests.factories import NOW, create_answer, create_link
from tests.staff.people import enter, press, rows
from tests.staff.sheets import PAGE, add_person, begin, stored
from tests.web.page import Page, words
from tests.web.pages import send, visit

pytestmark = pytest.mark.usefixtures("staff")

SENT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
NOT_POSSIBLE, WITHDRAW = "Segna come non compilabile", "Registra il ritiro"


@pytest.fixture
def own(engine: Engine, catalogue: Catalogue) -> str:
    """The personal link of an open questionnaire with one answer."""
    with writing(engine) as connection:
        administration = add_person(connection, catalogue, variant="easy")
        create_answer(connection, administration, "AUT_BEN1", value=3)
        return create_link(connection, administration)


@pytest.fixture
def sent(engine: Engine, catalogue: Catalogue) -> None:
    """A questionnaire that was sent, with one answer."""
    closed = {"state": "submitted", "variant": "easy", "opened_at": SENT, "closed_at": SENT}
    with writing(engine) as connection:
        create_answer(connection, add_person(connection, catalogue, **closed), "AUT_BEN1", value=3)


def how_many_answers(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Answer)).scalar_one()


def alert(page: Page) -> str:
    return words(next(one for one in page.main.iter() if one.get("role") == "alert"))


@pytest.mark.parametrize("role", ["caseworker", "administrator"])
def test_what_nobody_can_fill_in_is_closed_with_its_reason(
    app: Flask, client: FlaskClient, engine: Engine, own: str, role: str
) -> None:
    enter(client, role)
    page = visit(client, visit(client, PAGE).links["Non può rispondere"])
    done = press(client, page, NOT_POSSIBLE, {"reason": "absent", "note": "fino a  marzo "})
    assert "Non compilabile: Chi deve rispondere è assente per tutto il periodo: fino a marzo" in done.words
    assert "Link e codici che aprono il questionarionessuno" in done.words
    row = stored(engine)
    assert row.state == "impossible"
    assert row.closed_at is not None
    visit(app.test_client(), f"/r/{own}", status=404)
    assert how_many_answers(engine) == 1


@pytest.mark.parametrize(
    ("sent_fields", "said"),
    [
        ({}, "Scegli il motivo."),
        ({"reason": "because"}, "Scegli il motivo."),
        ({"reason": "other"}, "Scrivi il motivo nella nota"),
        ({"reason": "absent", "note": "x" * 121}, "al massimo 120 caratteri"),
    ],
)
def test_a_reason_that_is_missing_or_too_long_is_asked_again(
    client: FlaskClient, engine: Engine, own: str, sent_fields: dict[str, str], said: str
) -> None:
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/non-compilabile")
    again = press(client, page, NOT_POSSIBLE, sent_fields, status=422)
    assert said in alert(again)
    assert sent_fields.get("note", "") in again.text
    assert stored(engine).state == "open"


def test_another_reason_is_the_note_itself(client: FlaskClient, engine: Engine, own: str) -> None:
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/non-compilabile")
    press(client, page, NOT_POSSIBLE, {"reason": "other", "note": "Trasferita\0 all'estero"})
    assert stored(engine).state_reason == "Trasferita all'estero"


def test_the_longest_reason_fits(client: FlaskClient, engine: Engine, own: str) -> None:
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/non-compilabile")
    press(client, page, NOT_POSSIBLE, {"reason": "not_observed", "note": "x" * 120})
    assert stored(engine).state_reason.endswith("x" * 120)


def test_what_became_possible_again_is_open_as_before(client: FlaskClient, engine: Engine, own: str) -> None:
    enter(client, "caseworker")
    page = press(client, visit(client, f"{PAGE}/non-compilabile"), NOT_POSSIBLE, {"reason": "unreachable"})
    assert "Inserisci un questionario su carta" not in page.links
    page = press(client, page, "Riapri il questionario")
    assert "Il questionario è di nuovo aperto." in page.words
    row = stored(engine)
    assert (row.state, row.state_reason, row.closed_at) == ("open", None, None)
    assert how_many_answers(engine) == 1
    assert begin(client).h1 == "Come stai"


def test_who_withdraws_before_sending_is_asked_nothing_more(
    app: Flask, client: FlaskClient, engine: Engine, own: str
) -> None:
    person = app.test_client()
    send(person, visit(person, f"/r/{own}"))
    enter(client, "caseworker")
    page = visit(client, visit(client, PAGE).links["La persona si è ritirata"])
    done = press(client, page, WITHDRAW)
    assert "Il ritiro è registrato." in done.words
    row = stored(engine)
    assert row.state == "withdrawn"
    assert row.closed_at is not None
    with reading(engine) as connection:
        query = select(Consent.decision, Consent.text_digest, Consent.mode).order_by(Consent.id)
        accepted, withdrawn = connection.execute(query).all()
    assert (accepted.decision, withdrawn.decision) == ("accepted", "withdrawn")
    assert accepted.text_digest == withdrawn.text_digest
    assert withdrawn.mode == "assisted"
    visit(person, f"/r/{own}", status=404)
    assert how_many_answers(engine) == 1


def test_a_withdrawal_that_staff_write_down_leaves_no_export_behind(
    client: FlaskClient, engine: Engine, own: str
) -> None:
    with writing(engine) as connection:
        jobs.request(connection, "export", {"instrument": "aut"}, "x", NOW)
        held = jobs.take(connection, "worker", NOW)
        assert held
        jobs.finish(connection, held, [jobs.File("answers.csv", "text/csv", b"answers")], NOW)
    enter(client, "caseworker")
    press(client, visit(client, visit(client, PAGE).links["La persona si è ritirata"]), WITHDRAW)
    with reading(engine) as connection:
        assert jobs.file(connection, held.id, "answers.csv") is None


def test_who_withdraws_after_sending_is_in_no_export(client: FlaskClient, engine: Engine, sent: None) -> None:
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/ritiro")
    assert "Le risposte inviate non contano più" in page.words
    press(client, page, WITHDRAW)
    row = stored(engine)
    assert (row.state, row.closed_at) == ("withdrawn", SENT)
    with reading(engine) as connection:
        assert responses.submitted_answers(connection, "aut") == []
        assert connection.execute(
            select(ConsentText.text)
        ).scalar_one()  # the text that would have been shown
    assert how_many_answers(engine) == 1


def test_a_withdrawal_is_not_undone_here(client: FlaskClient, engine: Engine, own: str) -> None:
    enter(client, "caseworker")
    page = press(client, visit(client, f"{PAGE}/ritiro"), WITHDRAW)
    token = page.hidden()["csrf_token"]
    for action in ("riapri", "ritiro", "non-compilabile"):
        data = {"csrf_token": token, "reason": "absent"}
        assert client.post(f"{PAGE}/{action}", data=data).location == PAGE
    assert "Riapri il questionario" not in page.text
    assert stored(engine).state == "withdrawn"
    with reading(engine) as connection:
        assert len(connection.execute(select(Consent.id)).all()) == 1


def test_what_was_sent_is_not_impossible(client: FlaskClient, engine: Engine, sent: None) -> None:
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/non-compilabile")
    assert (page.path, "è cambiato" in page.words) == (PAGE, True)
    token = page.hidden()["csrf_token"]
    client.post(f"{PAGE}/non-compilabile", data={"csrf_token": token, "reason": "absent"})
    client.post(f"{PAGE}/riapri", data={"csrf_token": token})
    assert stored(engine).state == "submitted"


def test_other_respondents_are_not_called_a_person(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        add_person(connection, catalogue, instrument="oss", form="O")
    enter(client, "caseworker")
    page = visit(client, visit(client, PAGE).links["Chi risponde si è ritirato"])
    assert page.h1 == "Chi risponde si è ritirato: BG-0042"


@pytest.mark.parametrize(("action", "button"), [("non-compilabile", NOT_POSSIBLE), ("ritiro", WITHDRAW)])
def test_coverage_counts_it_among_those_who_were_due(
    client: FlaskClient, own: str, action: str, button: str
) -> None:
    enter(client, "caseworker")
    press(client, visit(client, f"{PAGE}/{action}"), button, {"reason": "absent"})
    page = visit(client, "/gestione/?stato=tutti")
    assert rows(page, 1) == [["Autovalutazione", "Inizio del percorso", "0 su 1", "0", *["0"] * 4, "1"]]


def test_another_territory_is_not_there(app: Flask, engine: Engine, own: str) -> None:
    client = app.test_client()
    enter(client, "elsewhere@study.example")
    token = visit(client, "/gestione/").hidden()["csrf_token"]
    for action in ("non-compilabile", "ritiro"):
        visit(client, f"{PAGE}/{action}", status=404)
    for action in ("non-compilabile", "ritiro", "riapri"):
        data = {"csrf_token": token, "reason": "absent"}
        assert client.post(f"{PAGE}/{action}", data=data).status_code == 404
    assert stored(engine).state == "open"
