"""Whatever arrives, nothing is overwritten in silence, nothing typed is lost, nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.tables import Answer
from tests.factories import create_administration, create_answer, create_link
from tests.web.pages import Page, checked_page, send, visit

TEXT_ITEM = "AUT_ASP1"


@pytest.fixture
def administration(engine: Engine, catalogue: Catalogue) -> int:
    with writing(engine) as connection:
        return create_administration(connection, catalogue)


@pytest.fixture
def link(engine: Engine, administration: int) -> str:
    with writing(engine) as connection:
        return "/r/" + create_link(connection, administration)


@pytest.fixture
def first_question(client: FlaskClient, link: str) -> Page:
    return send(client, visit(client, link))


@pytest.fixture
def text_question(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, administration: int, first_question: Page
) -> Page:
    items = list(catalogue.newest("aut").items)
    with writing(engine) as connection:
        for item in items[: items.index(TEXT_ITEM)]:
            create_answer(connection, administration, item, reason="skipped")
    page = visit(client, first_question.path.replace("AUT_BEN1", TEXT_ITEM))
    assert page.h1 == "Che cosa vuoi da questo percorso?"
    return page


def current(engine: Engine, item: str) -> list[tuple[object, ...]]:
    query = (
        select(Answer.value, Answer.text, Answer.reason).where(Answer.item == item).order_by(Answer.revision)
    )
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query)]


def count(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(Answer)).scalar_one()


def test_bad_links_all_get_the_same_page(
    client: FlaskClient, engine: Engine, administration: int, first_question: Page
) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    with writing(engine) as connection:
        expired = create_link(connection, administration, expires_at=past)
        revoked = create_link(connection, administration, revoked_at=past)
    client.delete_cookie(f"q_{first_question.path.split('/')[2]}")
    addresses = ["/r/unknown", f"/r/{expired}", f"/r/{revoked}", first_question.path, "/q/none/", "/nowhere"]
    pages = {visit(client, address, status=404).text for address in addresses}
    assert len(pages) == 1
    assert "chiedi un link nuovo" in pages.pop()


def test_a_cookie_opens_only_its_own_questionnaire(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, first_question: Page
) -> None:
    with writing(engine) as connection:
        other = create_administration(connection, catalogue, key="otherone00")
        create_link(connection, other)
    visit(client, "/q/otherone00/domanda/AUT_BEN1", status=404)


def test_two_questionnaires_in_one_browser_stay_apart(
    client: FlaskClient, engine: Engine, catalogue: Catalogue, first_question: Page
) -> None:
    with writing(engine) as connection:
        other = create_administration(connection, catalogue)
        second_link = create_link(connection, other)
    other_first = send(client, visit(client, f"/r/{second_link}"))
    send(client, first_question, {"answer": "1"})
    send(client, other_first, {"answer": "3"})
    assert sorted(current(engine, "AUT_BEN1")) == [(1, None, None), (3, None, None)]


def test_a_shared_tablet_forgets_old_questionnaires(
    client: FlaskClient, engine: Engine, catalogue: Catalogue
) -> None:
    with writing(engine) as connection:
        links = [
            create_link(connection, create_administration(connection, catalogue, key=f"tablet{number:04}"))
            for number in range(40)
        ]
    for link in links:
        visit(client, f"/r/{link}")
    kept = [cookie for cookie in map(client.get_cookie, (f"q_tablet{n:04}" for n in range(40))) if cookie]
    assert 0 < len(kept) <= 31
    assert visit(client, "/q/tablet0039/inizio").h1 == "Autovalutazione"


@pytest.mark.parametrize("value", ["4", "0", "-1", "2.0", "due", "NO", "skipped", "1 OR 1=1", "1\x00", "٣"])
def test_a_value_outside_the_options_is_refused(
    client: FlaskClient, engine: Engine, first_question: Page, value: str
) -> None:
    page = send(client, first_question, {"answer": value}, status=422)
    assert page.h1 == first_question.h1
    assert page.title.startswith("Errore: ")
    assert count(engine) == 0


def test_a_megabyte_of_text_is_shown_again(client: FlaskClient, engine: Engine, text_question: Page) -> None:
    typed = "è una parola " * 80_000
    reply = client.post(text_question.path, data={**text_question.hidden(), "answer": typed})
    assert reply.status_code == 422
    body = reply.get_data(as_text=True)
    assert typed.strip() in body
    assert "al massimo 2000 caratteri" in body
    assert current(engine, TEXT_ITEM) == []


def test_more_than_the_limit_gets_a_plain_page(client: FlaskClient, text_question: Page) -> None:
    page = send(client, text_question, {"answer": "x" * 5_000_000}, status=413)
    assert page.h1 == "Il testo è troppo lungo"


@pytest.mark.parametrize("sent", [b"ciao%00mondo", b"ciao%FFmondo", b"ciao%ED%A0%80mondo"])
def test_unreadable_characters_are_taken_out_and_shown(
    client: FlaskClient, engine: Engine, text_question: Page, sent: bytes
) -> None:
    reply = client.post(
        text_question.path,
        data=b"key=k&seen=&answer=" + sent,
        content_type="application/x-www-form-urlencoded",
    )
    page = checked_page(reply, 422)
    assert "ciaomondo</textarea>" in page.text
    send(client, page, {"answer": "ciaomondo"})
    assert current(engine, TEXT_ITEM) == [(None, "ciaomondo", None)]


def test_markup_in_a_text_is_only_text(client: FlaskClient, text_question: Page) -> None:
    canary = "</textarea><script>alert(1)</script>"
    after = send(client, text_question, {"answer": canary})
    back = visit(client, after.links["Torna indietro"])
    assert "<script>" not in back.text
    assert "&lt;script&gt;" in back.text


def test_skipping_after_writing_asks_once(client: FlaskClient, engine: Engine, text_question: Page) -> None:
    again = send(client, text_question, {"answer": "un lavoro", "salta": "1"})
    assert "Hai scritto qualcosa." in again.words
    assert "un lavoro</textarea>" in again.text
    send(client, again, {"answer": "un lavoro", "salta": "1"})
    assert current(engine, TEXT_ITEM) == [(None, None, "skipped")]


def test_sending_the_same_page_twice_adds_one_row(
    client: FlaskClient, engine: Engine, first_question: Page
) -> None:
    send(client, first_question, {"answer": "2"})
    again = send(client, first_question, {"answer": "2"})
    assert "Domanda 2 di 24" in again.title
    assert count(engine) == 1


def test_twenty_parallel_sends_add_one_row(
    app: Flask, client: FlaskClient, engine: Engine, link: str
) -> None:
    page = send(client, visit(client, link))

    def post(_: int) -> int:
        other = app.test_client()
        other.get(link)
        return other.post(page.path, data={**page.hidden(), "answer": "2"}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(post, range(20)))
    assert set(statuses) == {303}
    assert current(engine, "AUT_BEN1") == [(2, None, None)]


def test_the_same_page_may_change_its_mind(client: FlaskClient, engine: Engine, first_question: Page) -> None:
    for value in ("1", "2", "1"):
        assert "Domanda 2" in send(client, first_question, {"answer": value}).title
    assert [row[0] for row in current(engine, "AUT_BEN1")] == [1, 2, 1]


def test_an_older_page_never_overwrites_in_silence(
    app: Flask, client: FlaskClient, engine: Engine, link: str, first_question: Page
) -> None:
    other = app.test_client()
    other_page = visit(other, link)
    send(client, first_question, {"answer": "1"})
    both = send(other, other_page, {"answer": "3"}, status=409)
    assert both.h1 == "Ci sono due risposte. Quale vuoi tenere?"
    assert "La risposta salvata: No" in both.words
    assert "La risposta che hai dato adesso: Sì" in both.words
    assert [row[0] for row in current(engine, "AUT_BEN1")] == [1]
    assert "Domanda 2" in visit(other, both.links["Tieni quella salvata"]).title
    assert "Domanda 2" in send(other, both).title
    assert [row[0] for row in current(engine, "AUT_BEN1")] == [1, 3]


def test_two_devices_that_agree_meet_no_question(
    app: Flask, client: FlaskClient, engine: Engine, link: str, first_question: Page
) -> None:
    other = app.test_client()
    other_page = visit(other, link)
    send(client, first_question, {"answer": "1"})
    assert "Domanda 2" in send(other, other_page, {"answer": "1"}).title
    assert count(engine) == 1


def test_a_skip_over_a_newer_answer_asks_too(
    app: Flask, client: FlaskClient, engine: Engine, link: str, first_question: Page
) -> None:
    other = app.test_client()
    other_page = visit(other, link)
    send(client, first_question, {"answer": "1"})
    both = send(other, other_page, {"salta": "1"}, status=409)
    assert "Domanda saltata" in both.words
    send(other, both)
    assert current(engine, "AUT_BEN1")[-1] == (None, None, "skipped")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_answer(
    client: FlaskClient, engine: Engine, first_question: Page, headers: dict[str, str]
) -> None:
    send(client, first_question, {"answer": "1"}, status=403, headers=headers)
    assert count(engine) == 0


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_our_own_pages_may_answer(
    client: FlaskClient, engine: Engine, first_question: Page, headers: dict[str, str]
) -> None:
    send(client, first_question, {"answer": "1"}, headers=headers)
    assert count(engine) == 1


def test_a_foreign_host_name_is_refused(client: FlaskClient, link: str) -> None:
    assert client.get(link, headers={"Host": "evil.example"}).status_code == 400


def test_answers_without_consent_are_not_saved(client: FlaskClient, engine: Engine, link: str) -> None:
    address = visit(client, link).path.replace("/inizio", "/domanda/AUT_BEN1")
    reply = client.post(address, data={"key": "k", "seen": "", "answer": "1"})
    assert "Prima di rispondere" in checked_page(reply, 409).words
    assert count(engine) == 0


def test_sending_early_goes_to_the_open_question(client: FlaskClient, first_question: Page) -> None:
    reply = client.post(first_question.path.replace("domanda/AUT_BEN1", "invia"), follow_redirects=True)
    assert checked_page(reply).h1 == first_question.h1
    review = first_question.path.replace("domanda/AUT_BEN1", "riepilogo")
    assert visit(client, review).h1 == first_question.h1


@given(
    st.dictionaries(
        st.sampled_from(["answer", "key", "seen", "again", "salta", "x"]), st.binary(max_size=60), max_size=6
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_form_content_breaks_the_page(
    client: FlaskClient, first_question: Page, fields: dict[str, bytes]
) -> None:
    body = b"&".join(name.encode() + b"=" + value for name, value in fields.items())
    reply = client.post(first_question.path, data=body, content_type="application/x-www-form-urlencoded")
    assert reply.status_code in (200, 303, 409, 422)


@given(
    st.binary(max_size=200),
    st.sampled_from(["application/json", "multipart/form-data; boundary=x", "text/plain"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_of_another_kind_breaks_it(
    client: FlaskClient, first_question: Page, body: bytes, kind: str
) -> None:
    reply = client.post(first_question.path, data=body, content_type=kind)
    assert reply.status_code in (200, 303, 400, 409, 422)
