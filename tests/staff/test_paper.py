"""A questionnaire filled in on paper: its first page, its sections in the order of the sheet, its end."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.paper_tables import PaperReading, PaperSheet
from surveyapp.storage.tables import Answer, Consent, ConsentText, Path
from tests.factories import create_answer, create_link
from tests.staff.people import buttons, enter, press, reply_to
from tests.staff.sheets import (
    FIRST_PAGE,
    LAST_DAY,
    PAGE,
    add_person,
    answers,
    begin,
    checked,
    codes,
    stored,
    type_all,
    type_in,
    values,
)
from tests.web.page import Page, words
from tests.web.pages import send, visit

pytestmark = pytest.mark.usefixtures("staff")

BEN = [f"AUT_BEN{number}" for number in range(1, 6)]
NOON = datetime(2026, 7, 10, 10, 0, tzinfo=UTC)  # of the day on the sheet, in Rome


@pytest.fixture
def own(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        return add_person(connection, catalogue)


def alert(page: Page) -> str:
    return words(next(one for one in page.main.iter() if one.get("role") == "alert"))


@pytest.mark.parametrize("role", ["caseworker", "administrator"])
def test_a_sheet_is_typed_from_the_page_of_its_questionnaire_to_the_end(
    client: FlaskClient, engine: Engine, own: int, role: str
) -> None:
    page = enter(client, role)
    page = visit(client, visit(client, PAGE).links["Inserisci un questionario su carta"])
    page = press(client, page, "Vai alle risposte", FIRST_PAGE)
    assert (page.h1, codes(page)) == ("Come stai", BEN)
    review = type_all(client, page, {"AUT_BEN1": "3", "AUT_BEN2": "ns", "AUT_BEN3": "", "AUT_BEN4": "?"})
    assert review.h1 == "Controlla il foglio di BG-0042"
    closed = press(client, review, "Chiudi il questionario su carta")
    assert "Il questionario su carta è inserito e chiuso." in closed.words
    found = answers(engine)
    assert [found[code] for code in BEN] == [
        (3, "paper"),
        ("NS", "paper"),
        ("skipped", "paper"),
        ("skipped", "paper"),
        (2, "paper"),
    ]
    row = stored(engine)
    assert (row.state, row.source, row.variant) == ("submitted", "paper", "easy")
    assert (row.mode, row.helper, row.help_kinds) == ("assisted", "educator", "explained,read")
    assert row.opened_at == row.closed_at == NOON


def test_the_pages_follow_the_printed_form(client: FlaskClient, own: int, catalogue: Catalogue) -> None:
    enter(client, "caseworker")
    page, asked, labels = begin(client), [], []
    while "/carta/1/" in page.path:
        asked += codes(page)
        labels += [words(label) for label in page.main.iter("label")]
        page = type_in(client, page)
    items = catalogue.newest("aut").items.values()
    expected = [item.id for item in items if "EXANTE" in item.occasions and ("P", "easy") in item.wordings]
    assert asked == expected
    assert labels[0] == "AUT_BEN1 1. Ti piacciono le tue giornate?"
    assert labels[-1].startswith("AUT_OB3 24. ")


def test_each_field_says_which_code_stands_for_which_box(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client)
    told = next(one for one in page.main.iter() if one.get("id") == "o-AUT_BEN1")
    assert words(told) == "1 No 2 Un po' 3 Sì NA Non mi riguarda NS Non lo so"


def test_answers_are_dated_when_typed_and_the_sheet_keeps_its_day(
    client: FlaskClient, engine: Engine, own: int
) -> None:
    enter(client, "caseworker")
    type_all(client, begin(client))
    with reading(engine) as connection:
        newest = connection.execute(select(func.max(Answer.answered_at))).scalar_one()
        sheet = connection.execute(select(PaperSheet.__table__)).one()
    assert newest > datetime.now(UTC) - timedelta(hours=1)
    assert (sheet.filled_on.isoformat(), sheet.first_by) == ("2026-07-10", "caseworker@study.example")


def test_the_consent_that_is_ticked_is_kept_with_its_text(
    client: FlaskClient, engine: Engine, own: int
) -> None:
    enter(client, "caseworker")
    begin(client, optional="contact_after_6_months")
    query = select(Consent.__table__, ConsentText.text).join(ConsentText)
    with reading(engine) as connection:
        row = connection.execute(query).one()
    assert (row.decision, row.mode, row.decided_at) == ("accepted", "paper", NOON)
    assert row.optional == "contact_after_6_months"
    assert "le ricercatrici di Socialis" in row.text


def test_the_path_keeps_the_version_that_was_printed(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client, variant="std")
    assert "versione standard" in page.words
    with reading(engine) as connection:
        assert connection.execute(select(Path.variant)).scalar_one() == "std"


def test_another_version_on_the_sheet_leaves_the_path_as_it_is(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        add_person(connection, catalogue, kept="std")
    enter(client, "caseworker")
    page = visit(client, f"{PAGE}/carta")
    assert "std" in checked(page)
    begin(client, variant="easy")
    with reading(engine) as connection:
        assert connection.execute(select(Path.variant)).scalar_one() == "std"
    assert stored(engine).variant == "easy"


def test_the_first_page_says_what_stands_at_the_foot_of_the_sheet(
    client: FlaskClient, own: int, catalogue: Catalogue
) -> None:
    enter(client, "caseworker")
    digest = catalogue.newest("aut").digest[:12]
    page = visit(client, f"{PAGE}/carta")
    assert f"Versione semplice: aut 0.1.0 · {digest} · P easy EXANTE" in [
        words(label) for label in page.main.iter("label")
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": ""}, "Scrivi la data che sta sul foglio"),
        ({"day": "31/02/2026"}, "Scrivi la data che sta sul foglio"),
        ({"day": "10/07/26"}, "Scrivi la data che sta sul foglio"),
        ({"day": "01/01/2040"}, "La data è nel futuro"),
        ({"variant": ""}, "Indica quale versione"),
        ({"variant": "gigante"}, "Indica quale versione"),
        ({"mode": "telepathy"}, "Indica come ha risposto"),
        ({"mode": "self"}, "lascia una cosa sola"),
        ({"decision": ""}, "Indica quale casella"),
        ({"decision": "nothing"}, "Senza la croce sul sì"),
    ],
)
def test_a_first_page_that_is_wrong_says_so_and_keeps_what_was_typed(
    client: FlaskClient, engine: Engine, own: int, changed: dict[str, str], said: str
) -> None:
    enter(client, "caseworker")
    start = visit(client, f"{PAGE}/carta")
    page = press(client, start, "Vai alle risposte", FIRST_PAGE | changed, status=422)
    assert said in alert(page)
    assert page.title.startswith("Errore: ")
    assert "educator" in checked(page)
    assert stored(engine).opened_at is None
    with reading(engine) as connection:
        assert connection.execute(select(Consent.id)).first() is None


def test_a_no_on_the_sheet_is_a_refusal_of_that_day(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client, decision="refused", mode="")
    assert "Il rifiuto è registrato" in page.words
    row = stored(engine)
    assert (row.state, row.source, row.closed_at) == ("refused", "paper", NOON)
    with reading(engine) as connection:
        assert connection.execute(select(Consent.decision)).scalars().all() == ["refused"]
    assert begin(client).h1 == "Come stai"  # a slip, or a change of mind
    assert stored(engine).state == "open"


def test_what_is_no_answer_is_shown_again_and_nothing_of_the_page_is_kept(
    client: FlaskClient, engine: Engine, own: int
) -> None:
    enter(client, "caseworker")
    page = type_in(client, begin(client), "1", "7", "x" * 300, "", "no", status=422)
    assert "Ci sono 3 cose da controllare" in alert(page)
    assert "AUT_BEN2: «7» non è una risposta di questa domanda: 1, 2, 3, NA, NS, ?, o niente." in alert(page)
    field = next(one for one in page.main.iter("input") if one.get("id") == "AUT_BEN2")
    assert (field.get("value"), field.get("aria-invalid")) == ("7", "true")
    assert answers(engine) == {}


def test_a_text_longer_than_its_line_is_not_cut(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    begin(client)
    page = visit(client, f"{PAGE}/carta/1/GOALS")
    page = type_in(client, page, "x" * 5_000, status=422)
    assert "Il testo è troppo lungo" in alert(page)
    assert "x" * 5_000 in page.text


def test_a_page_sent_twice_is_kept_once(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client)
    for _ in range(2):
        type_in(client, page, "1", "2", "3", "NA", "")
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(Answer)).scalar_one() == 5
        assert connection.execute(select(func.count()).select_from(PaperReading)).scalar_one() == 5


def test_a_page_is_corrected_from_the_review_and_comes_back_there(
    client: FlaskClient, engine: Engine, own: int
) -> None:
    enter(client, "caseworker")
    review = type_all(client, begin(client), {"AUT_BEN1": "?"})
    assert "Illeggibile, o con due croci" in review.words
    page = visit(client, review.links["Correggi Come stai"])
    assert values(page) == ["?", "2", "2", "2", "2"]
    review = type_in(client, page, "1", "2", "2", "2", "2")
    assert review.h1 == "Controlla il foglio di BG-0042"
    with reading(engine) as connection:
        query = select(Answer.revision, Answer.value, Answer.reason).where(Answer.item == "AUT_BEN1")
        assert connection.execute(query.order_by(Answer.revision)).all() == [
            (1, None, "skipped"),
            (2, 1, None),
        ]


def test_the_first_page_is_corrected_without_beginning_again(
    client: FlaskClient, engine: Engine, own: int
) -> None:
    enter(client, "caseworker")
    review = type_all(client, begin(client))
    start = visit(client, review.links["Correggi la prima pagina"])
    assert start.text.count(f'value="{LAST_DAY}"') == 1
    wrong = press(client, start, "Salva e continua", FIRST_PAGE | {"variant": "std"}, status=422)
    assert "la versione non si può più cambiare" in alert(wrong)
    page = press(client, start, "Salva e continua", FIRST_PAGE | {"day": "3/7/2026", "mode": "interview"})
    assert page.h1 == review.h1
    press(client, page, "Chiudi il questionario su carta")
    row = stored(engine)
    assert (row.closed_at.date().isoformat(), row.mode) == ("2026-07-03", "interview")
    with reading(engine) as connection:
        assert len(connection.execute(select(Consent.id)).all()) == 2  # the ledger is never changed


def test_nothing_is_closed_before_every_page_was_typed(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client)
    assert visit(client, f"{PAGE}/carta/controllo").path == page.path
    reply = client.post(f"{PAGE}/carta/chiudi", data={"csrf_token": page.hidden()["csrf_token"]})
    assert reply.location.startswith(f"{PAGE}/carta/1/BEN")
    reply = client.post(f"{PAGE}/carta/secondo", data={"csrf_token": page.hidden()["csrf_token"]})
    assert reply.location.startswith(f"{PAGE}/carta/1/BEN")
    assert stored(engine).state == "open"


def test_a_closed_questionnaire_is_never_typed_again(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    page = begin(client)
    review = type_all(client, page)
    press(client, review, "Chiudi il questionario su carta")
    before = answers(engine)
    token = page.hidden()["csrf_token"]
    assert "Inserisci un questionario su carta" not in visit(client, PAGE).links
    for there in ("", "/1/BEN", "/2/BEN", "/controllo", "/confronto"):
        assert visit(client, f"{PAGE}/carta{there}").path == PAGE, there
    for there in ("", "/1/BEN", "/2/BEN", "/chiudi", "/secondo", "/confronto"):
        data = {"csrf_token": token, "AUT_BEN1": "1"} | FIRST_PAGE
        assert client.post(f"{PAGE}/carta{there}", data=data).location == PAGE, there
    assert answers(engine) == before
    assert stored(engine).state == "submitted"


def test_a_sheet_after_its_window_is_kept_and_marked_late(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    review = type_all(client, begin(client, day="20/9/2026"))
    page = press(client, review, "Chiudi il questionario su carta")
    assert "Inviato in ritardo" in page.words
    assert "Compilato su carta20/09/2026" in page.words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1/6/2026", "La data è prima della finestra (15 giu – 15 lug)"),
        ("15/7/2026", ""),
        ("16/7/2026", "La data è dopo la finestra (15 giu – 15 lug)"),
    ],
)
def test_a_day_outside_the_window_is_pointed_out_before_the_end(
    client: FlaskClient, own: int, day: str, said: str
) -> None:
    enter(client, "caseworker")
    review = type_all(client, begin(client, day=day))
    assert said in review.words
    assert bool(said) == ("finestra" in review.words)


def test_typing_goes_on_where_it_was_left(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    type_in(client, begin(client), "1", "1", "1", "1", "1")
    page = visit(client, visit(client, PAGE).links["Continua a inserire il questionario su carta"])
    assert page.h1 == "Tu e gli altri"
    assert visit(client, page.links["Prima pagina"]).h1 == "Il foglio di BG-0042, inizio del percorso"


def test_an_observation_sheet_asks_nothing_about_help(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        add_person(connection, catalogue, instrument="oss", form="O")
    enter(client, "caseworker")
    start = visit(client, f"{PAGE}/carta")
    assert {field.get("name") for field in start.main.iter("input")} == {"csrf_token", "day", "decision"}
    page = press(client, start, "Vai alle risposte", {"day": LAST_DAY, "decision": "accepted"})
    press(client, type_all(client, page, {"OSS_SOF1": "NO"}), "Chiudi il questionario su carta")
    row = stored(engine)
    assert (row.state, row.source, row.mode, row.variant) == ("submitted", "paper", "paper", "std")
    assert answers(engine)["OSS_SOF1"] == ("NO", "paper")


def test_a_sheet_typed_late_but_filled_in_on_time_is_not_late(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    page = press(client, type_all(client, begin(client)), "Chiudi il questionario su carta")
    assert "Inviato in ritardo" not in page.words


def test_a_questionnaire_whose_time_has_not_come_is_not_typed(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    ahead = datetime.now(UTC).date() + timedelta(days=30)
    with writing(engine) as connection:
        add_person(connection, catalogue, due_from=ahead, due_to=ahead, late_to=ahead)
    enter(client, "caseworker")
    assert "Inserisci un questionario su carta" not in visit(client, PAGE).links
    assert "non è ancora il suo momento" in visit(client, f"{PAGE}/carta").words


def test_pages_that_are_not_there_are_404(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    begin(client)
    visit(client, f"{PAGE}/carta/1/NOWHERE", status=404)
    visit(client, f"{PAGE}/carta/1/%00", status=404)
    assert visit(client, f"{PAGE}/carta/3/BEN").path == f"{PAGE}/carta"
    assert visit(client, f"{PAGE}/carta/2/BEN").path == f"{PAGE}/carta"  # nobody began a second entry


def test_another_territory_is_not_there(app: Flask, engine: Engine, own: int) -> None:
    client = app.test_client()
    enter(client, "elsewhere@study.example")
    for there in ("", "/1/BEN", "/controllo", "/confronto"):
        visit(client, f"{PAGE}/carta{there}", status=404)
    token = visit(client, "/gestione/").hidden()["csrf_token"]
    for there in ("", "/1/BEN", "/chiudi", "/secondo", "/confronto"):
        assert client.post(f"{PAGE}/carta{there}", data={"csrf_token": token} | FIRST_PAGE).status_code == 404
    assert stored(engine).opened_at is None


def test_the_office_of_the_territory_reads_but_does_not_type(app: Flask, own: int) -> None:
    client = app.test_client()
    enter(client, "territory_office")
    page = visit(client, PAGE)
    assert "Inserisci un questionario su carta" not in page.links
    assert "Non può rispondere" not in page.links
    visit(client, f"{PAGE}/carta", status=403)


class TestAfterAnswersOnTheSite:
    """Somebody began on the site and went on, or began again, on paper."""

    @pytest.fixture
    def on_the_site(self, engine: Engine, own: int) -> str:
        with writing(engine) as connection:
            create_answer(connection, own, "AUT_BEN1", value=1)
            create_answer(connection, own, "AUT_BEN2", value=1)
            create_answer(connection, own, "AUT_BEN3", reason="skipped")
            return create_link(connection, own)

    def test_the_first_page_says_how_many_there_are(self, client: FlaskClient, on_the_site: str) -> None:
        enter(client, "caseworker")
        page = visit(client, f"{PAGE}/carta")
        assert "Sul sito ci sono già 2 risposte." in page.words
        assert "C'è un link che apre ancora questo questionario" in page.words

    def test_paper_replaces_them_and_a_blank_leaves_them(
        self, client: FlaskClient, engine: Engine, on_the_site: str
    ) -> None:
        enter(client, "caseworker")
        page = begin(client)
        assert values(page) == [""] * 5
        type_in(client, page, "3", "", "2", "2", "2")
        found = answers(engine)
        assert (found["AUT_BEN1"], found["AUT_BEN2"]) == ((3, "paper"), (1, "self"))
        review = type_all(client, visit(client, f"{PAGE}/carta/1/INC"))
        assert "In bianco sul foglio: vale la risposta data sul sito" in review.words

    def test_what_the_sheet_says_too_comes_from_the_sheet(
        self, client: FlaskClient, engine: Engine, on_the_site: str
    ) -> None:
        enter(client, "caseworker")
        page = begin(client, variant="std")
        for _ in range(2):
            type_in(client, page, "1", "1", "", "2", "2")
        with reading(engine) as connection:
            query = select(Answer.mode, Answer.variant).where(Answer.item == "AUT_BEN1").order_by(Answer.id)
            assert connection.execute(query).all() == [("self", "easy"), ("paper", "std")]

    def test_answers_of_another_version_do_not_mix_with_the_sheet(
        self, client: FlaskClient, engine: Engine, on_the_site: str
    ) -> None:
        enter(client, "caseworker")
        type_in(client, begin(client, variant="std"), "5", "", "2", "2", "2")
        assert answers(engine)["AUT_BEN2"] == ("skipped", "paper")

    def test_an_answer_that_comes_while_typing_is_not_overwritten_unseen(
        self, app: Flask, client: FlaskClient, engine: Engine, on_the_site: str
    ) -> None:
        enter(client, "caseworker")
        page = begin(client)
        person = app.test_client()
        question = visit(person, f"/r/{on_the_site}")
        assert question.h1 == "Sei contento o contenta di te?"
        send(person, question, {"answer": "3"})
        again = type_in(client, page, "1", "1", "2", "1", "2", status=409)
        assert "AUT_BEN4: Intanto è arrivata un'altra risposta." in alert(again)
        assert answers(engine)["AUT_BEN4"] == (3, "self")
        type_in(client, again, "1", "1", "2", "1", "2")
        assert answers(engine)["AUT_BEN4"] == (1, "paper")


def test_forged_forms_change_nothing(client: FlaskClient, engine: Engine, own: int) -> None:
    enter(client, "caseworker")
    start = visit(client, f"{PAGE}/carta")
    reply = reply_to(
        client, start, "Vai alle risposte", FIRST_PAGE, headers={"Origin": "https://evil.example"}
    )
    assert reply.status_code == 403
    again = client.post(f"{PAGE}/carta", data=FIRST_PAGE)
    assert again.status_code == 400
    assert "10/07/2026" in again.text  # what was typed can be sent again
    assert stored(engine).opened_at is None


def test_nobody_reads_on_the_list_what_was_typed(client: FlaskClient, own: int) -> None:
    enter(client, "caseworker")
    review = type_all(client, begin(client), {"AUT_OB1": "Aprire un forno"})
    page = press(client, review, "Chiudi il questionario su carta")
    assert "Aprire un forno" not in page.text
    assert "Nuovo link" not in buttons(page)
