"""A participant with an old phone: start of the path, pause, resume, end of the path, thanks."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.stories.conftest import Site

pytestmark = pytest.mark.browser


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def answer(page: Page) -> None:
    """Answer one question: the second choice, or a few words."""
    if page.locator("textarea").count():
        page.fill("textarea", "Lavorare in una biblioteca")
    else:
        page.locator("input[type=radio]").nth(1).check()
    press(page, "Vai avanti")


def answer_to_the_end(page: Page) -> list[str]:
    """Answer every question until the review; the questions met."""
    asked = []
    while page.locator("text=Invia le risposte").count() == 0:
        asked.append(page.inner_text("h1"))
        answer(page)
    return asked


def test_the_start_of_the_path_with_a_pause(phone: BrowserContext, site: Site) -> None:
    link = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")[0]
    page = phone.new_page()
    page.goto(link)
    assert "/r/" not in page.url
    page.get_by_role("button").first.click()
    for _ in range(3):
        answer(page)
    fourth = page.inner_text("h1")
    page.click("text=Fai una pausa")
    assert "Le tue risposte sono salvate." in page.inner_text("main")
    phone.clear_cookies()
    page.goto(link)
    assert page.inner_text("h1") == fourth
    assert len(answer_to_the_end(page)) == 21
    press(page, "Invia le risposte")
    assert page.inner_text("#grazie") == "Grazie"
    page.go_back()
    assert page.locator("text=Invia le risposte").count() == 0


def test_the_end_of_the_path_brings_goals_back(phone: BrowserContext, site: Site) -> None:
    link = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXPOST", "--count", "1")[0]
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button").first.click()
    asked = answer_to_the_end(page)
    assert any(question.startswith("Volevi: «") for question in asked)
    assert any(
        "Decidi tu più di prima?" in question or "scegliere e decidere?" in question for question in asked
    )
    press(page, "Invia le risposte")
    assert page.inner_text("#grazie") == "Grazie"


def test_the_keyboard_alone_is_enough(phone: BrowserContext, site: Site) -> None:
    link = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")[0]
    page = phone.new_page()
    page.goto(link)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Vai al contenuto"
    press_until(page, "Sì, voglio rispondere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/domanda/AUT_BEN1*")
    for _ in range(4):  # skip link, back, first choice
        page.keyboard.press("Tab")
        if page.locator("input:focus").count():
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/domanda/AUT_BEN2*")
    page.go_back()
    assert page.locator("input:checked").get_attribute("value") == "2"


def press_until(page: Page, words: str) -> None:
    """Tab to the control with these words."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == words:
            return
    raise AssertionError(f"{words} cannot be reached with Tab")


def test_no_page_scrolls_sideways(phone: BrowserContext, site: Site) -> None:
    link = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXPOST", "--count", "1")[0]
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button").first.click()
    for _ in range(40):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if page.locator("text=Invia le risposte").count():
            return
        answer(page)
    raise AssertionError("the review was never reached")
