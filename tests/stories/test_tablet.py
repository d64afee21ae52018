"""Two persons on one tablet, one after the other; a tablet left alone; a code instead of the link."""

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.stories.conftest import CHROMIUM, FLAGS, Site
from tests.stories.pressing import follow, press
from tests.stories.tablet import Handed, hand_over, leave_alone
from tests.stories.test_participant import press_until
from tests.stories.walk import begin

pytestmark = pytest.mark.browser

FINISH = "Finisci o cambia persona"
CLOSED = "Scrivi di nuovo il codice"
CODE = "Scrivi il tuo codice"
NOT_HERE = "Questa pagina non si apre"


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """Chromium as people have it: it keeps whole pages for Back, which Playwright switches off."""
    browser = browser.browser_type.launch(
        executable_path=CHROMIUM, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture(params=[True, False], ids=["script", "no_script"])
def tablet(remembering: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A tablet, with JavaScript and without."""
    yield from _tablet(remembering, script=request.param)


@pytest.fixture
def tablet_with_script(remembering: Browser) -> Iterator[BrowserContext]:
    yield from _tablet(remembering, script=True)


def _tablet(browser: Browser, *, script: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 768, "height": 1024}, java_script_enabled=script, locale="it-IT"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def anna(site: Site) -> Handed:
    return hand_over(site, secrets.token_hex(6))


@pytest.fixture
def bruno(site: Site) -> Handed:
    return hand_over(site, secrets.token_hex(6), skipped=5)


def enter(page: Page, handed: Handed) -> None:
    """Write the code, and agree."""
    page.fill("#code", handed.code.lower())
    press(page, "Apri il questionario")
    press(page, "Sì, voglio rispondere")


def answer_three(page: Page) -> list[str]:
    """Answer three questions, the third choice; what was asked."""
    asked = []
    for _ in range(3):
        asked.append(page.inner_text("h1"))
        page.locator("input[type=radio]").nth(2).check()
        press(page, "Vai avanti")
    return asked


def back_and_forward(page: Page) -> Iterator[str]:
    """The headings of what Back shows until there is nothing more, then Forward until the end."""
    for step in (page.go_back, page.go_forward):
        for _ in range(15):
            before = page.url
            try:
                step(wait_until="commit")
            except Error:  # Chromium was between two pages, which have no history to step in
                page.wait_for_timeout(500)
                step(wait_until="commit")
            if page.url in (before, "about:blank"):
                break
            yield page.locator("h1:visible").inner_text()


def test_the_next_person_meets_nothing_of_the_one_before(
    tablet: BrowserContext, site: Site, anna: Handed, bruno: Handed
) -> None:
    page = tablet.new_page()
    page.goto(f"{site.url}/codice")
    enter(page, anna)
    asked = answer_three(page)
    follow(page, FINISH)
    press(page, "Finisci")
    assert page.inner_text("h1") == CODE
    assert tablet.cookies() == []
    assert set(back_and_forward(page)) == {CODE, NOT_HERE}
    page.goto(f"{site.url}/codice")
    enter(page, bruno)
    assert "Domanda 6 di" in page.inner_text("main")
    assert page.locator("input:checked").count() == 0
    shown = set(back_and_forward(page))
    assert NOT_HERE in shown
    assert not shown & set(asked)
    assert [cookie["name"] for cookie in tablet.cookies()] == [f"q_{bruno.key}"]


def test_after_sending_back_shows_nothing_to_the_next(
    tablet: BrowserContext, site: Site, bruno: Handed
) -> None:
    page = tablet.new_page()
    begin(page, hand_over(site, secrets.token_hex(6), skipped=99).link)
    press(page, "Invia le risposte")
    assert page.inner_text("h1") == "Grazie"
    follow(page, "Le mie risposte")
    page.go_back()
    press(page, FINISH)
    assert set(back_and_forward(page)) <= {CODE, NOT_HERE}
    page.goto(f"{site.url}/codice")
    enter(page, bruno)
    assert "Domanda 6 di" in page.inner_text("main")


def test_by_keyboard_alone(tablet: BrowserContext, site: Site, anna: Handed) -> None:
    page = tablet.new_page()
    page.goto(f"{site.url}/codice")
    while page.locator("#code:focus").count() == 0:
        page.keyboard.press("Tab")
    page.keyboard.type(anna.code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inizio")
    press_until(page, "Sì, voglio rispondere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/domanda/AUT_BEN1*")
    press_until(page, FINISH)
    page.keyboard.press("Enter")
    page.wait_for_url("**/finisci")
    press_until(page, "Finisci")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codice?finito=1")
    assert "Fatto." in page.inner_text("[role=status]")


def test_a_tablet_left_alone_asks_for_the_code(tablet: BrowserContext, site: Site, anna: Handed) -> None:
    page = tablet.new_page()
    page.goto(f"{site.url}/codice")
    enter(page, anna)
    answer_three(page)
    left_open = page.inner_text("h1")  # it was on the screen all the time
    leave_alone(site)
    page.locator("input[type=radio]").nth(1).check()
    press(page, "Vai avanti")
    assert page.inner_text("h1") == CLOSED
    assert set(back_and_forward(page)) <= {CLOSED, CODE, left_open}
    page.goto(f"{site.url}/q/{anna.key}/")
    page.fill("#code", anna.code)
    press(page, "Apri il questionario")
    assert "Domanda 5 di" in page.inner_text("main")
    follow(page, "Torna indietro")
    assert page.inner_text("h1") == left_open
    assert page.locator("input:checked").count() == 1


def test_the_screen_itself_closes_after_ten_minutes(
    tablet_with_script: BrowserContext, site: Site, anna: Handed
) -> None:
    page = tablet_with_script.new_page()
    page.clock.install()
    begin(page, anna.link)
    question = page.inner_text("h1")
    page.clock.fast_forward("09:00")
    with page.expect_request(lambda request: request.method == "HEAD"):
        page.locator("input[type=radio]").nth(0).check()  # touched: the tablet is in use
    page.clock.fast_forward("09:00")
    assert page.inner_text("h1") == question
    leave_alone(site)
    with page.expect_navigation():
        page.clock.fast_forward("01:10")
    assert page.inner_text("h1") == CLOSED


def test_a_person_goes_on_by_code_on_another_device(
    browser: Browser, phone: BrowserContext, site: Site
) -> None:
    mine = hand_over(site, secrets.token_hex(6), purpose="personal")
    page = phone.new_page()
    begin(page, mine.link)
    answer_three(page)
    fourth = page.inner_text("h1")
    other = browser.new_context(java_script_enabled=False, locale="it-IT")
    elsewhere = other.new_page()
    elsewhere.goto(f"{site.url}/codice")
    elsewhere.fill("#code", f" {mine.code[:4]} {mine.code[4:7]} {mine.code[7:].lower()}")
    press(elsewhere, "Apri il questionario")
    assert elsewhere.inner_text("h1") == fourth
    other.close()
