"""A tablet that several people use: done leaves nothing, left alone it closes, nobody's answer is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer, Link
from tests.factories import create_administration, create_answer, create_code, create_link
from tests.staff.conftest import Clock
from tests.staff.people import buttons
from tests.staff.test_participants_untouched import queries, statements
from tests.web.page import words
from tests.web.pages import Page, checked_page, send, visit

FINISH = "Finisci o cambia persona"
CLOSED = "Scrivi di nuovo il codice"


@dataclass(frozen=True)
class Handed:
    """A questionnaire that a caseworker opens on a tablet: the address in the QR, and the code."""

    link: str
    code: str


def hand_over(engine: Engine, catalogue: Catalogue, skipped: int = 0, **values: object) -> Handed:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue, **values)
        for item in list(catalogue.newest("aut").items)[:skipped]:
            create_answer(connection, administration, item, reason="skipped")
        link = create_link(connection, administration, purpose="tablet")
        return Handed(f"/r/{link}", create_code(connection, administration, purpose="tablet"))


@pytest.fixture
def anna(engine: Engine, catalogue: Catalogue) -> Handed:
    return hand_over(engine, catalogue)


@pytest.fixture
def bruno(engine: Engine, catalogue: Catalogue) -> Handed:
    return hand_over(engine, catalogue, skipped=5)


@pytest.fixture
def last(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> Page:
    """The review of a questionnaire on the tablet: nothing left but to send it."""
    handed = hand_over(engine, catalogue, skipped=len(catalogue.newest("aut").items))
    return send(client, visit(client, handed.link))


def enter(client: FlaskClient, code: str) -> Page:
    return send(client, visit(client, "/codice"), {"code": code})


def begin(client: FlaskClient, link: str) -> Page:
    """The first question."""
    return send(client, visit(client, link))


def finish(client: FlaskClient, page: Page) -> Page:
    return send(client, visit(client, page.links[FINISH]))


def links(engine: Engine) -> list[tuple[datetime | None, datetime | None]]:
    with reading(engine) as connection:
        rows = connection.execute(select(Link.revoked_at, Link.seen_at).order_by(Link.id))
        return [(row.revoked_at, row.seen_at) for row in rows]


def questionnaires_held(client: FlaskClient) -> int:
    return sum(cookie.key.startswith("q_") for cookie in client._cookies.values())


def test_its_cookie_ends_with_the_browser(client: FlaskClient, anna: Handed) -> None:
    cookie = client.get(anna.link).headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


def test_every_page_offers_to_finish_and_help_for_who_helps(client: FlaskClient, anna: Handed) -> None:
    question = begin(client, anna.link)
    for page in (question, visit(client, question.links["Fai una pausa"]), visit(client, question.path)):
        assert page.links[FINISH].endswith("/finisci")
        assert page.links["Per chi aiuta"] == "/chi-aiuta"


def test_other_devices_offer_no_such_thing(client: FlaskClient, engine: Engine, catalogue: Catalogue) -> None:
    with writing(engine) as connection:
        link = create_link(connection, create_administration(connection, catalogue))
    page = begin(client, f"/r/{link}")
    assert FINISH not in page.links
    assert "tablet.js" not in page.text


def test_answers_are_kept_as_assisted(client: FlaskClient, engine: Engine, anna: Handed) -> None:
    send(client, begin(client, anna.link), {"answer": "1"})
    with reading(engine) as connection:
        assert connection.execute(select(Answer.mode)).scalar_one() == "assisted"


def test_finishing_asks_first_in_plain_words(client: FlaskClient, anna: Handed) -> None:
    page = visit(client, begin(client, anna.link).links[FINISH])
    assert page.h1 == "Vuoi finire qui?"
    assert "Le risposte che hai dato sono salvate." in page.words
    assert buttons(page) == ["Finisci"]
    assert "Domanda 1 di" in visit(client, page.links["Torna indietro"]).title


def test_finishing_leaves_nothing_here_and_opens_nothing_any_more(
    app: Flask, client: FlaskClient, engine: Engine, anna: Handed
) -> None:
    question = begin(client, anna.link)
    stolen = {cookie.key: cookie.value for cookie in client._cookies.values()}
    client.post("/leggere", data={"size": "largest"})
    confirm = visit(client, question.links[FINISH])
    reply = client.post(confirm.form.get("action", ""))
    assert reply.location == "/codice?finito=1"
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not client._cookies
    assert "Fatto." in visit(client, reply.location).words
    visit(client, question.path, status=404)
    visit(app.test_client(), anna.link, status=404)
    thief = app.test_client()
    for name, value in stolen.items():
        thief.set_cookie(name, value)
    visit(thief, question.path, status=404)


def test_the_staff_stay_signed_in_on_the_same_device(client: FlaskClient, anna: Handed) -> None:
    question = begin(client, anna.link)
    client.set_cookie("staff", "of-the-caseworker")
    finish(client, question)
    assert client.get_cookie("staff") is not None


def test_the_next_person_sees_only_their_own(client: FlaskClient, anna: Handed, bruno: Handed) -> None:
    first = begin(client, anna.link)
    send(client, first, {"answer": "3"})
    finish(client, first)
    page = send(client, enter(client, bruno.code))
    assert "Domanda 6 di" in page.title
    visit(client, first.path, status=404)
    assert questionnaires_held(client) == 1


def test_who_forgets_to_finish_is_put_out_by_the_next_person(
    client: FlaskClient, anna: Handed, bruno: Handed
) -> None:
    first = begin(client, anna.link)
    enter(client, bruno.code)
    assert questionnaires_held(client) == 1
    visit(client, first.path, status=404)


def test_answers_wait_for_who_comes_back_with_the_code(client: FlaskClient, anna: Handed) -> None:
    first = begin(client, anna.link)
    second = send(client, first, {"answer": "3"})
    finish(client, second)
    assert "Domanda 2 di" in enter(client, anna.code).title


def test_finishing_twice_or_without_a_questionnaire_leads_to_the_code(
    client: FlaskClient, anna: Handed
) -> None:
    confirm = visit(client, begin(client, anna.link).links[FINISH])
    send(client, confirm)
    assert send(client, confirm).h1 == "Scrivi il tuo codice"
    assert client.get("/q/nobody/finisci").location == "/codice"


def test_another_sites_form_finishes_nothing(client: FlaskClient, engine: Engine, anna: Handed) -> None:
    confirm = visit(client, begin(client, anna.link).links[FINISH])
    send(client, confirm, status=403, headers={"Sec-Fetch-Site": "cross-site"})
    assert links(engine)[0][0] is None


def test_a_personal_link_is_taken_from_the_device_but_stays_valid(
    app: Flask, client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        link = f"/r/{create_link(connection, create_administration(connection, catalogue))}"
    pause = visit(client, begin(client, link).links["Fai una pausa"])
    send(client, visit(client, pause.links["Togli tutto da qui"]))
    assert questionnaires_held(client) == 0
    assert visit(app.test_client(), link).status == 200


def test_ten_minutes_without_a_page_close_it(app: Flask, clock: Clock, anna: Handed) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    clock.move(minutes=9, seconds=59)
    visit(client, question.path)
    clock.move(minutes=10, seconds=1)
    closed = visit(client, question.path, status=403)
    assert closed.h1 == CLOSED
    assert question.h1 not in closed.text
    assert "Le risposte che hai già dato sono salvate." in closed.words
    assert visit(client, anna.link, status=403).h1 == CLOSED


def test_the_code_opens_it_where_it_was(app: Flask, clock: Clock, anna: Handed) -> None:
    client = app.test_client()
    second = send(client, begin(client, anna.link), {"answer": "1"})
    clock.move(minutes=11)
    closed = visit(client, second.path, status=403)
    assert send(client, closed, {"code": "K7MP3RXT9W"}, status=422).h1 == "Scrivi il tuo codice"
    again = send(client, closed, {"code": anna.code.lower()})
    assert again.h1 == second.h1
    clock.move(minutes=9)
    assert visit(client, again.path).h1 == second.h1


def test_a_closed_tablet_can_be_finished(
    app: Flask, clock: Clock, engine: Engine, anna: Handed, bruno: Handed
) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    clock.move(minutes=11)
    finish(client, visit(client, question.path, status=403))
    assert links(engine)[0][0] is not None
    assert enter(client, bruno.code).status == 200


def test_a_late_answer_is_saved_and_then_it_closes(
    app: Flask, clock: Clock, engine: Engine, anna: Handed
) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    clock.move(minutes=25)
    assert send(client, question, {"answer": "2"}, status=403).h1 == CLOSED
    with reading(engine) as connection:
        assert connection.execute(select(Answer.value)).scalars().all() == [2]
    assert visit(client, question.path, status=403).h1 == CLOSED


def test_a_late_page_of_another_time_shows_no_answer(app: Flask, clock: Clock, anna: Handed) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    send(client, question, {"answer": "3"})
    clock.move(minutes=25)
    closed = send(client, question, {"answer": "1", "key": "other"}, status=403)
    assert closed.h1 == CLOSED


def test_a_late_answer_that_cannot_be_saved_is_shown_again(app: Flask, clock: Clock, anna: Handed) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    clock.move(minutes=25)
    assert send(client, question, {"answer": "99"}, status=422).h1 == question.h1


def test_a_closed_tablet_sends_nothing(clock: Clock, client: FlaskClient, last: Page) -> None:
    clock.move(minutes=11)
    assert send(client, last, status=403).h1 == CLOSED


def test_a_link_that_was_never_used_waits_for_its_person(app: Flask, clock: Clock, anna: Handed) -> None:
    clock.move(hours=11)
    assert visit(app.test_client(), anna.link).status == 200


def test_use_is_written_once_a_minute(app: Flask, clock: Clock, engine: Engine, anna: Handed) -> None:
    client = app.test_client()
    question = begin(client, anna.link)
    seen = []
    for _ in range(4):
        visit(client, question.path)
        seen.append(links(engine)[0][1])
        clock.move(seconds=31)
    assert len(set(seen)) == 2


def test_within_the_minute_a_question_costs_two_queries(
    client: FlaskClient, engine: Engine, anna: Handed
) -> None:
    question = begin(client, anna.link)
    with statements(engine) as sent:
        visit(client, question.path)
    assert len(queries(sent)) == 2


def test_the_end_offers_one_thing_to_do(client: FlaskClient, last: Page) -> None:
    thanks = send(client, last)
    assert thanks.h1 == "Grazie"
    assert buttons(thanks) == [FINISH]
    button = thanks.form.find(".//button")
    assert button is not None
    assert button.get("class") == "button"
    assert "Puoi chiudere questa pagina." not in thanks.words
    assert send(client, thanks).h1 == "Scrivi il tuo codice"


def test_after_sending_the_cookie_goes_by_itself(
    app: Flask, clock: Clock, engine: Engine, catalogue: Catalogue
) -> None:
    client = app.test_client()
    handed = hand_over(engine, catalogue, skipped=len(catalogue.newest("aut").items))
    review = send(client, visit(client, handed.link))
    thanks = send(client, review)
    reply = client.get(thanks.path)
    assert "Max-Age=600" in reply.headers["Set-Cookie"]
    clock.move(minutes=10, seconds=1)
    visit(client, thanks.path, status=404)
    reply = client.post("/codice", data={"code": handed.code})
    assert "Questo codice non apre niente." in checked_page(reply, 422).words


def test_pausing_says_that_the_code_is_needed(client: FlaskClient, anna: Handed) -> None:
    pause = visit(client, begin(client, anna.link).links["Fai una pausa"])
    assert "Per continuare serve il tuo codice." in pause.words
    assert "link" not in pause.words


def test_help_for_who_helps_says_how(client: FlaskClient) -> None:
    page = visit(client, visit(client, "/aiuto").links["Per chi aiuta"])
    headings = [words(heading) for heading in page.main.iter("h2")]
    assert headings[1:5] == ["Leggi come è scritto", "Non suggerire", "Aspetta", "«Non lo so» va bene"]
    assert "Si dice anche chi ha aiutato e come." in page.words


@pytest.fixture
def no_cookies(app: Flask) -> FlaskClient:
    """A browser that keeps no cookies."""
    return app.test_client(use_cookies=False)


def test_a_browser_without_cookies_is_told_what_to_do(no_cookies: FlaskClient, anna: Handed) -> None:
    page = visit(no_cookies, anna.link, status=400)
    assert page.h1 == "Il tuo browser non lascia salvare i cookie"
    assert "035 000000" in page.words
    assert "Puoi rispondere anche su carta." in page.words
    assert page.links["http://127.0.0.1:8000/codice"] == "/codice"
    token = anna.link.removeprefix("/r/")
    assert token not in page.path
    assert token not in page.text


def test_the_code_meets_the_same_words(no_cookies: FlaskClient, anna: Handed) -> None:
    page = send(no_cookies, visit(no_cookies, "/codice"), {"code": anna.code}, status=400)
    assert page.h1 == "Il tuo browser non lascia salvare i cookie"


def test_with_cookies_the_mark_goes_at_once(client: FlaskClient, anna: Handed) -> None:
    entered = client.get(anna.link)
    assert entered.location.endswith("/?primo=1")
    assert "primo" not in client.get(entered.location).location


def test_a_cookie_that_opens_nothing_is_another_matter(client: FlaskClient, anna: Handed) -> None:
    first = client.get(anna.link).location
    client.set_cookie(f"q_{first.split('/')[2]}", "of-another-time")
    assert visit(client, first, status=404).h1 == "Questa pagina non si apre"
    assert visit(client, "/q/nobody/", status=404).links["Scrivi il codice"] == "/codice"


def test_what_a_code_opened_on_a_tablet_lasts_half_a_day(
    app: Flask, clock: Clock, engine: Engine, anna: Handed
) -> None:
    client = app.test_client()
    enter(client, anna.code)
    with reading(engine) as connection:
        ends = connection.execute(select(Link.expires_at).order_by(Link.id.desc()).limit(1)).scalar_one()
    assert ends - clock.moment == timedelta(hours=12)
