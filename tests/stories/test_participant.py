"""A participant with an old phone: start of the path, pause, resume, end of the path, thanks."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page

from surveyapp.storage.tokens import token_sha256
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press
from tests.stories.walk import begin, past_pause_and_help

pytestmark = pytest.mark.browser

GOAL = """
SELECT answer.id FROM link
JOIN administration AS later ON later.id = link.administration_id
JOIN administration AS before ON before.path_id = later.path_id
JOIN answer ON answer.administration_id = before.id
WHERE link.token_sha256 = ? AND answer.item = 'AUT_OB1' AND answer.text IS NOT NULL
"""


def answer(page: Page) -> None:
    """Answer one question, the second choice or a few words; its page must not scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if page.locator("textarea").count():
        page.fill("textarea", "Lavorare in una biblioteca")
    else:
        page.locator("input[type=radio]").nth(1).check()
    press(page, "Vai avanti")
    past_pause_and_help(page)


def has_goal(site: Site, link: str) -> bool:
    """Whether who opens this link wrote a goal at the start of the path."""
    with closing(sqlite3.connect(site.database)) as connection:
        return connection.execute(GOAL, (token_sha256(link.rsplit("/", 1)[1]),)).fetchone() is not None


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
    begin(page, link)
    assert "/r/" not in page.url
    for _ in range(3):
        answer(page)
    fourth = page.inner_text("h1")
    follow(page, "Fai una pausa")
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
    # A few, because an invented person may well have written no goal.
    links = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXPOST", "--count", "9")
    link = next(link for link in links if has_goal(site, link))
    page = phone.new_page()
    begin(page, link)
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
    for place in (1, 2):
        page.wait_for_url(f"**/prova/{place}")
        press_until(page, "Salta la domanda")
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
