"""One's own answers on paper: what was said, without what belongs to the screen."""

import pytest
from playwright.sync_api import Browser, Page

from tests.stories.conftest import Site
from tests.stories.pressing import follow, press
from tests.stories.walk import begin, skip_until

pytestmark = pytest.mark.browser

SEEN = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.getClientRects().length > 0).map(one => one.textContent.trim())"""

COLOURS = "() => (style => [style.color, style.backgroundColor])(getComputedStyle(document.body))"
BLACK_ON_WHITE = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.fixture
def own_answers(browser: Browser, site: Site) -> Page:
    """The page of the answers that were sent, in dark colours as the person chose."""
    [link] = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")
    page = browser.new_context(locale="it-IT", viewport={"width": 320, "height": 640}).new_page()
    begin(page, link)
    follow(page, "Come vuoi leggere?")
    page.get_by_label("Scritte chiare su nero").check()
    press(page, "Usa queste scelte")
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    skip_until(page, "Invia le risposte")
    press(page, "Invia le risposte")
    follow(page, "Le mie risposte")
    return page


def test_on_paper_there_are_the_answers_and_nothing_of_the_screen(own_answers: Page) -> None:
    own_answers.emulate_media(media="print")
    assert own_answers.evaluate(SEEN, "h1") == ["Le mie risposte"]
    assert "Sì" in own_answers.evaluate(SEEN, "dd")
    assert own_answers.evaluate(SEEN, "footer a, header a, .back, button, .not-printed") == []
    assert own_answers.evaluate(COLOURS) == BLACK_ON_WHITE
    own_answers.evaluate("() => document.documentElement.removeAttribute('data-theme')")
    assert own_answers.evaluate(COLOURS) == BLACK_ON_WHITE
    assert (
        own_answers.evaluate("() => getComputedStyle(document.querySelector('.answers div')).breakInside")
        == "avoid"
    )


def test_a_button_prints_the_page(own_answers: Page) -> None:
    own_answers.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    own_answers.get_by_role("button", name="Stampa questa pagina").click()
    assert own_answers.evaluate("() => window.printed") == 1


def test_without_javascript_there_is_no_button_that_does_nothing(browser: Browser, own_answers: Page) -> None:
    state = own_answers.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    plain.goto(own_answers.url)
    assert plain.get_by_role("button").count() == 0
    assert plain.inner_text("h1") == "Le mie risposte"
