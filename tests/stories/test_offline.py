"""Answers given without a line are sent once, in order, when it is back; nothing is left in the browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.stories import line
from tests.stories.conftest import Site, running
from tests.stories.kinds import new_link

pytestmark = pytest.mark.browser

FIRST_TEN = [f"AUT_{scale}{number}" for scale in ("BEN", "INC") for number in range(1, 6)]
BEFORE_NUMBERS = ("MUL", "MUN")
KINDS_STORED = {"MUL": "1", "MUN": "1", "NUM": 30, "DAY": "2026-04-03", "LIN": None}
PLACES = [1, 2, 3, 1, 3, 2, 2, 1, 3, 1]
KEPT = "Non c'è linea. La risposta è su questo telefono."
SAVED = "La linea è tornata. Le risposte sono salvate."
SEND = re.compile("/domanda/")
REFUSE_STORAGE = "() => { Storage.prototype.setItem = () => { throw new Error('full') } }"
FINISH = """() => {
  const form = document.createElement('form');
  Object.assign(form, {id: 'finisci', method: 'get', action: '/aiuto'});
  form.append(document.createElement('button'));
  document.querySelector('footer').append(form);
}"""


@pytest.fixture
def tablet(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Small, with JavaScript; a request to any other host or an error of a script fails the test."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 320, "height": 568}, locale="it-IT")
    context.set_default_timeout(15_000)
    context.on(
        "request", lambda request: None if request.url.startswith(site.url) else wrong.append(request.url)
    )
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def page(tablet: BrowserContext) -> Page:
    return tablet.new_page()


def start(page: Page, site: Site, *, skipped: int = 0) -> str:
    """Begin a questionnaire of its own; its link."""
    link = line.new_link(site, skipped=skipped)
    line.begin(page, link)
    return link


def values(site: Site, link: str) -> list[tuple[str, int | None]]:
    return [(item, value) for item, value, _text, reason, _ in line.rows(site, link) if reason != "skipped"]


def test_ten_answers_without_a_line_arrive_once_in_order(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    for number, place in enumerate(PLACES, 1):
        line.choose(page, place)
        line.says(page, f"Su questo telefono ci sono {number} risposte." if number > 1 else KEPT)
    assert "Domanda 11 di 24" in page.inner_text("main")
    assert line.rows(site, link) == []
    tablet.set_offline(False)
    line.says(page, SAVED)
    assert values(site, link) == list(zip(FIRST_TEN, PLACES, strict=True))
    assert {row[4] for row in line.rows(site, link)} == {1}
    assert line.queued(page) == []
    line.choose(page, 1)  # on the page where the person was
    assert "Domanda 12 di 24" in page.inner_text("main")


def test_where_the_path_may_turn_it_waits_and_at_the_end_nothing_is_left(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site, skipped=20)
    tablet.set_offline(True)
    line.write(page, "Una casa mia,\ncon l'orto")
    line.write(page, "Imparare a cucinare")
    expect(page.locator("h1")).to_have_text("Aspettiamo la linea")
    assert "Partono da sole quando torna la linea." in page.inner_text("main")
    tablet.set_offline(False)
    expect(page.locator("h1")).to_have_text("C'è un'altra cosa che vuoi riuscire a fare?")
    assert [row[2] for row in line.rows(site, link)[20:]] == [
        "Una casa mia,\ncon l'orto",
        "Imparare a cucinare",
    ]
    line.skip(page)
    expect(page.locator("h1")).to_have_text("Controlla le tue risposte")
    assert line.left_in_browser(page) == []
    line.tab_to(page, "form button")
    page.keyboard.press("Enter")
    expect(page.locator("#grazie")).to_be_visible()
    assert line.left_in_browser(page) == []


def test_a_closed_page_sends_its_answers_when_the_link_is_opened_again(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    for place in (1, 2):
        line.choose(page, place)
    line.skip(page)
    page.close()
    tablet.set_offline(False)
    page = tablet.new_page()
    page.goto(link)
    expect(page.locator("p", has_text="Domanda 4 di 24")).to_be_visible()
    assert [row[:4] for row in line.rows(site, link)] == [
        ("AUT_BEN1", 1, None, None),
        ("AUT_BEN2", 2, None, None),
        ("AUT_BEN3", None, None, "skipped"),
    ]
    assert line.queued(page) == []


def test_a_page_opened_while_answers_do_not_go_through_asks_none_of_them_again(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    line.choose(page, 1)
    page.close()
    tablet.route(SEND, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    tablet.set_offline(False)
    page = tablet.new_page()
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Aspettiamo la linea")
    line.says(page, KEPT)
    tablet.unroute(SEND)
    page.evaluate("() => { dispatchEvent(new Event('focus')) }")
    expect(page.locator("p", has_text="Domanda 2 di 24")).to_be_visible()
    assert values(site, link) == [("AUT_BEN1", 1)]


def test_a_line_lost_between_click_and_reply_saves_one_answer(page: Page, site: Site) -> None:
    link = start(page, site)
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route(SEND, lose, times=1)
    line.choose(page, 2)
    assert lost == [200]
    line.says(page, SAVED)
    assert values(site, link) == [("AUT_BEN1", 2)]
    assert line.queued(page) == []
    line.choose(page, 3)
    assert values(site, link) == [("AUT_BEN1", 2), ("AUT_BEN2", 3)]


def test_a_request_that_never_ends_loses_nothing(page: Page, site: Site) -> None:
    page.clock.install()
    link = start(page, site)
    page.route(SEND, lambda _route: None, times=1)
    question = page.inner_text("h1")
    line.tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.clock.run_for(1500)
    line.says(page, "Sto inviando la risposta.")
    page.clock.run_for(8000)
    expect(page.locator("h1")).not_to_have_text(question)
    line.says(page, SAVED)
    assert values(site, link) == [("AUT_BEN1", 1)]


def test_a_server_that_stops_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    site = Site(tmp_path)
    page = browser.new_page()
    with running(site, tmp_path):
        link = start(page, site)
    assert page.evaluate("navigator.onLine")
    for place in (3, 1):
        line.choose(page, place)
    assert line.queued(page) == FIRST_TEN[:2]
    with running(site, tmp_path):
        page.evaluate("dispatchEvent(new Event('focus'))")
        line.says(page, SAVED)
    assert values(site, link) == [("AUT_BEN1", 3), ("AUT_BEN2", 1)]
    page.context.close()


def test_a_database_that_fails_is_waited_for_longer_each_time(page: Page, site: Site) -> None:
    page.clock.install()
    link = start(page, site)
    tries: list[str] = []

    def fail(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=503, body="no")

    page.route(SEND, fail)
    line.choose(page, 1)
    line.says(page, "Adesso non riusciamo a salvare. La risposta è su questo telefono.")
    page.wait_for_timeout(100)
    assert len(tries) == 2  # the click, and once more in the background
    page.clock.run_for(29_000)
    assert len(tries) == 2
    page.clock.run_for(2_000)
    page.wait_for_timeout(100)
    assert len(tries) == 3
    page.unroute(SEND)
    page.clock.run_for(61_000)
    line.says(page, SAVED)
    assert values(site, link) == [("AUT_BEN1", 1)]


def test_an_answer_from_elsewhere_is_shown_beside_and_the_rest_is_sent(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    for place in (1, 2):
        line.choose(page, place)
    line.answer_elsewhere(site, link, "AUT_BEN1", 3)
    tablet.set_offline(False)
    line.says(page, "C'è una risposta da controllare. La vedi dopo questa domanda.")
    line.choose(page, 3)  # what is on screen is never taken away
    expect(page.locator("h1")).to_have_text("Ci sono due risposte. Quale vuoi tenere?")
    line.says(page, SAVED)
    assert line.queued(page) == []
    line.tab_to(page, "form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/domanda/AUT_BEN2*")
    assert values(site, link) == [("AUT_BEN1", 3), ("AUT_BEN2", 2), ("AUT_BEN3", 3), ("AUT_BEN1", 1)]


def test_every_kind_of_answer_is_kept_and_what_is_no_answer_comes_back_to_be_put_right(
    browser: Browser, kinds_site: Site
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568})
    page = context.new_page()
    link = new_link(kinds_site, "P")
    line.begin(page, link)
    context.set_offline(True)
    for place in (1, 1):  # two lists
        line.choose(page, place)
    for words in ("ventidue", "3/4/2026"):  # no number, and a date
        line.write(page, words)
    context.set_offline(False)
    line.says(page, "C'è una risposta da controllare. La vedi dopo questa domanda.")
    assert [row[0] for row in line.rows(kinds_site, link)] == [f"KINDS_{name}" for name in BEFORE_NUMBERS]
    line.skip(page)
    expect(page).to_have_title(re.compile("^Errore: "))
    assert page.input_value("#a1") == "ventidue"
    line.says(page, "Le risposte sono salvate.")
    line.write(page, "30")  # Tab selects what stands in the field
    assert line.queued(page) == []
    stored = {
        item.removeprefix("KINDS_"): value or text
        for item, value, text, _reason, _ in line.rows(kinds_site, link)
    }
    assert stored == KINDS_STORED
    context.close()


def test_two_questionnaires_in_one_browser_stay_apart(tablet: BrowserContext, page: Page, site: Site) -> None:
    link = start(page, site)
    asked = page.inner_text("h1")
    tablet.set_offline(True)
    for place in (1, 2, 3):
        line.choose(page, place)
    page.close()
    tablet.set_offline(False)
    cookies = tablet.cookies()
    tablet.clear_cookies()
    page = tablet.new_page()
    other = start(page, site, skipped=1)
    assert line.queued(page) == FIRST_TEN[:3]  # without its cookie they cannot be sent, and are not shown
    assert asked not in page.content()
    assert page.get_by_role("status").inner_text() == ""
    line.choose(page, 1)
    tablet.add_cookies(cookies)
    page.reload()
    line.until(page, "localStorage.length === 0")
    assert values(site, link) == [("AUT_BEN1", 1), ("AUT_BEN2", 2), ("AUT_BEN3", 3)]
    assert values(site, other) == [("AUT_BEN2", 1)]
    tablet.set_offline(True)  # and the questions ahead are still those of this questionnaire
    line.choose(page, 2)
    assert "Domanda 4 di 24" in page.inner_text("main")


def test_when_the_link_is_over_the_person_reads_what_did_not_arrive(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site, skipped=19)
    asked = page.inner_text("h1")
    tablet.set_offline(True)
    line.choose(page, 2)
    line.write(page, "Un lavoro vicino a casa")
    line.revoke(site, link)
    tablet.set_offline(False)
    line.says(page, "C'è una risposta da controllare.")
    line.skip(page)
    expect(page.locator("h1")).to_have_text("Queste risposte non sono arrivate")
    told = page.inner_text("main")
    assert asked in told
    assert "Un po'" in told
    assert "Un lavoro vicino a casa" in told
    assert "Apri di nuovo il link che hai ricevuto." in told
    line.tab_to(page, "main button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Questa pagina non si apre")
    assert line.queued(page) == []


def test_a_cookie_that_ended_loses_nothing_when_the_link_is_opened_again(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.clear_cookies()
    line.choose(page, 2)
    expect(page.locator("h1")).to_have_text("Queste risposte non sono arrivate")
    page.goto(link)
    expect(page.locator("p", has_text="Domanda 2 di 24")).to_be_visible()
    assert values(site, link) == [("AUT_BEN1", 2)]


def test_an_empty_answer_is_asked_again_in_the_words_of_the_server(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    go_on(page)
    page.wait_for_url("**manca=0")
    by_the_server = said(page)
    page.go_back()
    line.wait_for_questions(page)
    tablet.set_offline(True)
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert said(page) == by_the_server
    question = page.inner_text("h1")
    go_on(page)  # a second time: skipped
    expect(page.locator("h1")).not_to_have_text(question)
    tablet.set_offline(False)
    line.says(page, SAVED)
    assert [row[3] for row in line.rows(site, link)] == ["skipped"]


def test_skipping_what_was_written_is_asked_again_in_the_words_of_the_server(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site, skipped=20)
    page.fill("#a1", "Una cosa")
    skip_button(page)
    expect(page.get_by_role("alert")).to_be_visible()
    by_the_server = said(page)
    page.goto(page.url)
    line.wait_for_questions(page)
    tablet.set_offline(True)
    page.fill("#a1", "Una cosa")
    skip_button(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert said(page) == by_the_server
    assert page.input_value("#a1") == "Una cosa"
    assert line.queued(page) == []
    assert len(line.rows(site, link)) == 20


def test_back_without_a_line_shows_the_answer_and_changes_it(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    for place in (1, 2):
        line.choose(page, place)
    page.go_back()
    expect(page.locator("input:checked")).to_have_value("2")
    page.get_by_role("link", name="Torna indietro").click()
    expect(page.locator("input:checked")).to_have_value("1")
    line.choose(page, 3)
    assert "Domanda 3 di 24" in page.inner_text("main")
    tablet.set_offline(False)
    line.says(page, SAVED)
    assert line.rows(site, link) == [
        ("AUT_BEN1", 3, None, None, 1),
        ("AUT_BEN2", 2, None, None, 1),
    ]


def test_a_page_that_needs_the_line_opens_when_it_is_back(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    line.choose(page, 1)
    page.get_by_role("link", name="Fai una pausa").click()
    expect(page.locator("h1")).to_have_text("Aspettiamo la linea")
    tablet.set_offline(False)
    expect(page.locator("h1")).to_have_text("Fai una pausa")
    assert values(site, link) == [("AUT_BEN1", 1)]
    assert line.left_in_browser(page) == []


def test_two_clicks_send_one_answer(page: Page, site: Site) -> None:
    link = start(page, site)
    sent: list[str | None] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.locator("input[name=answer]").first.check()
    page.locator("#domanda .button").first.dblclick()
    page.wait_for_url("**/domanda/AUT_BEN2*")
    assert len(sent) == 1
    assert values(site, link) == [("AUT_BEN1", 1)]


def test_where_nothing_can_be_kept_the_page_says_so(tablet: BrowserContext, page: Page, site: Site) -> None:
    start(page, site)
    page.evaluate(REFUSE_STORAGE)
    tablet.set_offline(True)
    page.locator("input[name=answer]").nth(1).check()
    go_on(page)
    line.says(page, "Non c'è linea. La risposta non è stata inviata. Riprova quando c'è linea.")
    assert page.locator("input:checked").get_attribute("value") == "2"


def test_finishing_on_a_shared_tablet_waits_for_what_is_not_sent(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    line.choose(page, 1)
    page.evaluate(FINISH)
    page.locator("#finisci button").press("Enter")
    line.says(page, "Risposte non ancora partite: 1. Prima aspetta la linea.")
    page.route(SEND, lambda route: route.abort())
    for act in (lambda: tablet.set_offline(False), lambda: page.locator("#finisci button").press("Enter")):
        with page.expect_event("requestfailed"):
            act()
    page.evaluate("() => new Promise(done => setTimeout(done, 50))")
    line.says(page, "Risposte non ancora partite: 1. Prima aspetta la linea.")
    page.unroute(SEND)
    page.locator("#finisci button").press("Enter")
    page.wait_for_url("**/aiuto?")
    assert values(site, link) == [("AUT_BEN1", 1)]
    assert line.left_in_browser(page) == []


def test_finishing_warns_before_it_wipes_what_cannot_be_sent(
    tablet: BrowserContext, page: Page, site: Site
) -> None:
    link = start(page, site)
    tablet.set_offline(True)
    line.choose(page, 1)
    line.revoke(site, link)
    tablet.set_offline(False)
    page.evaluate(FINISH)
    page.locator("#finisci button").press("Enter")
    line.says(page, "Risposte che non si possono inviare: 1. Se premi ancora, si cancellano.")
    page.locator("#finisci button").press("Enter")
    page.wait_for_url("**/aiuto?")
    assert line.left_in_browser(page) == []


def test_without_javascript_nothing_is_kept_nor_looked_up(phone: BrowserContext, site: Site) -> None:
    link = line.new_link(site)
    page = phone.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.goto(link)
    page.locator("form button").click()
    page.locator("input[name=answer]").first.check()
    phone.set_offline(True)
    go_on(page)
    page.wait_for_url("chrome-error:**")
    assert line.rows(site, link) == []
    phone.set_offline(False)
    page.goto(link)
    page.locator("input[name=answer]").first.check()
    go_on(page)
    page.wait_for_url("**/domanda/AUT_BEN2*")
    assert values(site, link) == [("AUT_BEN1", 1)]
    assert not {"coda.js", "seguito"} & set(asked)


def go_on(page: Page) -> None:
    page.locator("#domanda .button").first.press("Enter")


def skip_button(page: Page) -> None:
    page.locator("button[name=salta]").press("Enter")


def said(page: Page) -> tuple[str, list[str], list[str], str | None]:
    """Title, and what summary, message and group say of an error."""
    group = page.locator("fieldset, #a1").first
    return (
        page.title(),
        page.get_by_role("alert").locator("h2, a").all_inner_texts(),
        page.locator("#errore").all_text_contents(),
        (group.get_attribute("aria-describedby") or "").strip(),
    )
