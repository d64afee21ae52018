"""Who helped, asked at the end (G1, G2): stored, changed, skipped, resumed; nobody answers for another."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer
from tests.factories import create_administration, create_answer, create_link
from tests.staff.people import press
from tests.web.pages import Page, send, visit
from tests.web.untouched import at_the_end, begin, new_link, stored

HELPED, WHO, HOW = "Ti ha aiutato qualcuno?", "Chi ti ha aiutato?", "Come ti ha aiutato?"
REVIEW = "Controlla le tue risposte"
ANOTHER = "Ha risposto un'altra persona al posto mio"
THEIRS = "Queste domande sono per te"


@pytest.fixture
def first(app: Flask, client: FlaskClient) -> Page:
    return at_the_end(app, client)


def said(app: Flask) -> tuple[Any, ...]:
    row = stored(app)
    return row.mode, row.helper, row.help_kinds


def test_help_is_asked_after_the_last_question(first: Page) -> None:
    assert first.h1 == HELPED
    assert first.title == "Ti ha aiutato qualcuno? – OpenSource in Rete"
    assert list(first.choices) == ["No, ho fatto da solo o da sola", "Sì, mi ha aiutato qualcuno"]
    assert first.checked == []


@pytest.mark.parametrize("variant", ["easy", "std"])
def test_alone_goes_to_the_review_and_is_sent(app: Flask, client: FlaskClient, variant: str) -> None:
    review = send(client, at_the_end(app, client, variant=variant), {"help": "no"})
    assert review.h1 == REVIEW
    assert "Ti ha aiutato qualcuno?No, ho fatto da solo o da sola" in review.words
    assert said(app) == ("self", None, "")
    assert send(client, review).h1 == "Grazie"
    assert said(app) == ("self", None, "")
    assert stored(app).flags == ""


def test_help_is_told_in_three_short_pages(app: Flask, client: FlaskClient, first: Page) -> None:
    who = send(client, first, {"help": "yes"})
    assert who.h1 == WHO
    assert list(who.choices.values()) == ["operator", "tutor", "family", "educator", "other"]
    how = send(client, who, {"help": "family"})
    assert how.h1 == HOW
    assert list(how.choices) == ["Ha letto le domande", "Ha spiegato le parole", "Ha scritto le mie risposte"]
    review = send(client, how, {"help": ["wrote", "read", "read"]})
    assert "Come ti ha aiutato?Ha letto le domande Ha scritto le mie risposte" in review.words
    assert send(client, review).h1 == "Grazie"
    assert said(app) == ("assisted", "family", "read,wrote")


def test_each_question_about_help_can_be_skipped(app: Flask, client: FlaskClient, first: Page) -> None:
    how = send(client, send(client, first, {"help": "yes"}), {"salta": "1"})
    assert how.h1 == HOW
    review = send(client, how, {"salta": "1"})
    assert "Chi ti ha aiutato?Domanda saltata" in review.words
    assert send(client, review).h1 == "Grazie"
    assert said(app) == ("assisted", None, "")


def test_nothing_about_help_needs_to_be_said(app: Flask, client: FlaskClient, first: Page) -> None:
    review = send(client, first, {"salta": "1"})
    assert review.h1 == REVIEW
    assert "Ti ha aiutato qualcuno?Domanda saltata" in review.words
    assert send(client, review).h1 == "Grazie"
    assert said(app) == (None, None, "")


def test_an_empty_page_is_asked_once_more(client: FlaskClient, first: Page) -> None:
    again = send(client, first)
    assert again.title == "Errore: Ti ha aiutato qualcuno? – OpenSource in Rete"
    assert "Scegli una risposta. Se non vuoi rispondere, premi «Salta la domanda»." in again.words
    assert send(client, again).h1 == REVIEW


@pytest.mark.parametrize("sent", ["maybe", "operator", ["no", "yes"], "<b>", "\0"])
def test_what_is_not_offered_is_refused(app: Flask, client: FlaskClient, first: Page, sent: Any) -> None:
    page = send(client, first, {"help": sent}, status=422)
    assert page.title.startswith("Errore: ")
    assert said(app) == (None, None, "")


def test_it_can_be_changed_from_the_review(app: Flask, client: FlaskClient, first: Page) -> None:
    who = send(client, first, {"help": "yes"})
    review = send(client, send(client, who, {"help": "tutor"}), {"help": "read"})
    change = visit(client, review.links["Cambia chi ti ha aiutato"])
    assert (change.h1, change.checked) == (HELPED, ["yes"])
    assert visit(client, change.links["Torna indietro"]).h1 == REVIEW
    who = send(client, change, {"help": "yes"})
    assert who.checked == ["tutor"]
    how = send(client, who, {"help": "other"})
    assert how.checked == ["read"]
    assert visit(client, how.links["Torna indietro"]).h1 == WHO
    assert said(app) == ("assisted", "other", "read")
    assert send(client, change, {"help": "no"}).h1 == REVIEW
    assert said(app) == ("self", None, "")


def test_the_way_back_passes_by(client: FlaskClient, first: Page) -> None:
    assert "Domanda" in visit(client, first.links["Torna indietro"]).title
    who = send(client, first, {"help": "yes"})
    assert visit(client, who.links["Torna indietro"]).h1 == HELPED
    review = send(client, first, {"help": "no"})
    assert visit(client, review.links["Torna indietro"]).h1 == HELPED


def test_changing_an_answer_does_not_ask_again(client: FlaskClient, first: Page) -> None:
    review = send(client, first, {"salta": "1"})
    change = visit(client, next(link for link in review.links.values() if "AUT_BEN1" in link))
    assert send(client, change, {"answer": "2"}).h1 == REVIEW


def test_every_place_resumes_on_another_device(app: Flask, client: FlaskClient) -> None:
    link = new_link(app, skipped=99)

    def resumed() -> str:
        return visit(app.test_client(), link).h1

    first = begin(client, link)
    assert resumed() == HELPED
    who = send(client, first, {"help": "yes"})
    assert resumed() == WHO
    how = send(client, who, {"help": "operator"})
    assert resumed() == HOW
    assert "salvate" in visit(client, how.links["Fai una pausa"]).words
    send(client, how, {"help": "explained"})
    assert resumed() == REVIEW


def test_a_page_sent_twice_changes_nothing(app: Flask, client: FlaskClient, first: Page) -> None:
    for _ in range(2):
        assert send(client, first, {"help": "yes"}).h1 == WHO
    assert said(app) == ("assisted", None, "")


def test_after_sending_nothing_changes(app: Flask, client: FlaskClient, first: Page) -> None:
    send(client, send(client, first, {"help": "no"}))
    assert send(client, first, {"help": "yes"}).h1 == "Grazie"
    assert said(app) == ("self", None, "")


def test_help_waits_for_the_last_question(app: Flask, client: FlaskClient) -> None:
    question = begin(client, new_link(app, practice="passed"))
    here = question.path.split("domanda")[0]
    for address in ("chi/aiutato", "chi/da-chi", "chi/come", "chi/altra-persona"):
        assert visit(client, here + address).h1 == question.h1
    visit(client, here + "chi/nessuno", status=404)


def test_who_and_how_wait_for_a_yes(client: FlaskClient, first: Page) -> None:
    assert visit(client, first.path.replace("aiutato", "come")).h1 == HELPED


def test_nobody_else_is_asked(app: Flask, client: FlaskClient) -> None:
    page = at_the_end(app, client, form="O", occasion="EXPOST")
    assert page.h1 == "Le risposte da controllare"
    assert "aiutato" not in page.words
    send(client, page)
    assert (stored(app).mode, stored(app).flags) == ("self", None)


def test_an_interview_is_one_without_asking(app: Flask, client: FlaskClient) -> None:
    page = at_the_end(app, client, purpose="interview")
    assert page.h1 == REVIEW
    assert "aiutato" not in page.words
    send(client, page)
    assert said(app) == ("interview", None, "")


def test_on_a_shared_tablet_the_person_says(app: Flask, client: FlaskClient) -> None:
    page = at_the_end(app, client, purpose="tablet")
    send(client, send(client, page, {"help": "no"}))
    assert said(app) == ("self", None, "")


def test_alone_and_read_aloud_is_read_aloud(
    app: Flask, client: FlaskClient, engine: Engine, first: Page
) -> None:
    question = visit(client, first.path.replace("chi/aiutato", "domanda/AUT_BEN1"))
    send(client, question, {"answer": "1", "aloud": "1"})
    send(client, send(client, first, {"help": "no"}))
    assert said(app) == ("read_aloud", None, "")
    with reading(engine) as connection:
        assert "read_aloud" in connection.execute(select(Answer.mode)).scalars().all()


class TestSomebodyElseAnswered:
    """The person's own form is not sent as if the person had answered; nothing is lost."""

    def test_a_kind_page_comes_before_anything_is_noted(
        self, app: Flask, client: FlaskClient, first: Page
    ) -> None:
        page = visit(client, first.links[ANOTHER])
        assert page.h1 == THEIRS
        assert "Puoi chiamare o scrivere qui: 035 000000." in page.words
        assert stored(app).flags is None
        assert visit(client, page.links["Torna indietro"]).h1 == HELPED

    def test_it_is_kept_marked_and_not_sent(
        self, app: Flask, client: FlaskClient, engine: Engine, first: Page
    ) -> None:
        noted = note(client, first)
        assert "Abbiamo segnato che ha risposto un'altra persona." in noted.words
        here = first.path.split("chi/")[0]
        assert visit(client, here + "riepilogo").h1 == HELPED
        client.post(here + "invia")
        row = stored(app)
        assert (row.state, row.mode, row.flags) == ("open", None, "someone_else")
        with reading(engine) as connection:
            assert len(connection.execute(select(Answer.id)).all()) == len(
                app.extensions["surveyapp"].catalogue.newest("aut").items
            )

    def test_skipping_does_not_send_it(self, app: Flask, client: FlaskClient, first: Page) -> None:
        note(client, first)
        page = send(client, visit(client, first.path), {"salta": "1"})
        assert page.h1 == THEIRS
        assert stored(app).state == "open"

    def test_the_person_may_answer_then_and_the_mark_stays(
        self, app: Flask, client: FlaskClient, first: Page
    ) -> None:
        noted = note(client, first)
        question = visit(client, noted.links["Rispondo io"])
        assert question.h1 == "Ti piacciono le tue giornate?"
        send(client, question, {"answer": "3"})
        who = send(client, visit(client, first.path), {"help": "yes"})
        review = send(client, send(client, who, {"help": "educator"}), {"help": "read"})
        assert send(client, review).h1 == "Grazie"
        row = stored(app)
        assert (row.state, row.mode, row.flags) == ("submitted", "assisted", "someone_else")

    def test_it_may_be_said_after_something_else(self, app: Flask, client: FlaskClient, first: Page) -> None:
        who = send(client, first, {"help": "yes"})
        send(client, send(client, who, {"help": "tutor"}), {"help": "wrote"})
        note(client, visit(client, first.path))
        assert visit(client, visit(client, first.path).links[ANOTHER]).words.count("Abbiamo segnato") == 1
        assert said(app) == (None, None, "")
        assert stored(app).flags == "someone_else"

    def test_it_resumes_at_the_question_about_help(self, app: Flask, client: FlaskClient) -> None:
        link = new_link(app, skipped=99)
        note(client, begin(client, link))
        assert visit(app.test_client(), link).h1 == HELPED

    @pytest.mark.parametrize(("occasion", "offered"), [("EXANTE", False), ("EXPOST", True)])
    def test_a_form_of_their_own_is_named_where_there_is_one(
        self, app: Flask, client: FlaskClient, occasion: str, offered: bool
    ) -> None:
        page = visit(client, at_the_end(app, client, occasion=occasion).links[ANOTHER])
        assert ("Chi ti segue ha una scheda sua." in page.words) is offered

    def test_another_site_cannot_say_it(self, app: Flask, client: FlaskClient, first: Page) -> None:
        page = visit(client, first.links[ANOTHER])
        send(client, page, status=403, headers={"Origin": "https://evil.example"})
        assert stored(app).flags is None

    def test_after_sending_nothing_is_noted(self, app: Flask, client: FlaskClient, first: Page) -> None:
        page = visit(client, first.links[ANOTHER])
        send(client, send(client, first, {"help": "no"}))
        assert send(client, page).h1 == "Grazie"
        assert stored(app).flags == ""


def note(client: FlaskClient, page: Page) -> Page:
    """Say that somebody else answered."""
    return press(client, visit(client, page.links[ANOTHER]), "Sì, ha risposto un'altra persona")


# Quality flags, as they are found when the answers are sent.
def sent_flags(engine: Engine, app: Flask, catalogue: Catalogue, value: int, pace: timedelta) -> str | None:
    """The flags of a response whose items of scales all have one value, given at this pace."""
    instrument = catalogue.newest("aut")
    scored = {item for scale in instrument.scales for item in scale.items}
    began = datetime.now(UTC) - timedelta(days=20)
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue, variant="easy")
        for place, item in enumerate(instrument.items):
            given = {"value": value} if item in scored else {"reason": "skipped"}
            create_answer(connection, administration, item, answered_at=began + pace * place, **given)
        link = "/r/" + create_link(connection, administration)
    client = app.test_client()
    assert send(client, begin(client, link)).h1 == "Grazie"
    return stored(app).flags


@pytest.mark.parametrize(
    ("value", "pace", "flags"),
    [
        (3, timedelta(seconds=9), "acquiescence,same_answer,last_option"),
        (2, timedelta(seconds=9), "same_answer"),
        (2, timedelta(seconds=1), "same_answer,too_quick"),
        (2, timedelta(hours=12), "same_answer,interrupted"),
    ],
)
def test_flags_are_stored_when_the_answers_are_sent(
    engine: Engine, app: Flask, catalogue: Catalogue, value: int, pace: timedelta, flags: str
) -> None:
    assert sent_flags(engine, app, catalogue, value, pace) == flags


@pytest.mark.parametrize(("mode", "flags"), [("paper", ""), ("self", "too_quick")])
def test_the_pace_of_what_is_typed_in_says_nothing(
    engine: Engine, app: Flask, catalogue: Catalogue, client: FlaskClient, mode: str, flags: str
) -> None:
    with writing(engine) as connection:
        administration = create_administration(connection, catalogue, variant="easy", mode=mode)
        for item in catalogue.newest("aut").items:
            create_answer(connection, administration, item, reason="skipped", mode=mode)
        link = "/r/" + create_link(connection, administration)
    assert send(client, begin(client, link)).h1 == "Grazie"
    assert (stored(app).mode, stored(app).flags) == (mode, flags)
