"""The whole easy form by keyboard alone: practice, the pause that is offered, coming back, help, sending."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import Site

pytestmark = pytest.mark.browser

STORED = "SELECT state, practice, mode, helper, help_kinds FROM administration WHERE key = ?"
PRACTICE = (
    "SELECT round, place, value FROM practice_answer"
    " JOIN administration ON administration.id = administration_id"
    " WHERE key = ? ORDER BY practice_answer.id"
)


def enter(page: Page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, words: str) -> None:
    """Tab to the link or button with these words."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == words:
            return
    raise AssertionError(f"{words} cannot be reached with Tab on {page.url}")


def to_the_choices(page: Page) -> None:
    """Tab to the first radio or box."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator("input:focus").count():
            return
    raise AssertionError(f"no choice can be reached with Tab on {page.url}")


def choose(page: Page, place: int) -> None:
    """Pick a radio by its place, counted from one, and go on."""
    to_the_choices(page)
    page.keyboard.press("Space")
    for _ in range(place - 1):
        page.keyboard.press("ArrowDown")
    enter(page)


def answer(page: Page) -> None:
    """Answer a question as it comes: a middle choice, or skip what is to be written."""
    if page.locator("textarea").count():
        tab_to(page, "Salta la domanda")
        enter(page)
    else:
        choose(page, 2)


def new_phone(browser: Browser) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 320, "height": 568}, java_script_enabled=False, locale="it-IT"
    )


def rows(site: Site, query: str, page: Page) -> list[tuple[Any, ...]]:
    key = page.url.split("/q/")[1].split("/")[0]
    with closing(sqlite3.connect(site.database)) as connection:
        return connection.execute(query, (key,)).fetchall()


def test_the_easy_form_from_practice_to_the_end(browser: Browser, site: Site) -> None:
    link = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")[0]
    phone = new_phone(browser)
    page = phone.new_page()
    page.goto(link)
    tab_to(page, "Sì, voglio rispondere")
    enter(page)
    practise_twice(page)
    assert rows(site, PRACTICE, page) == [(1, 1, 3), (1, 2, 3), (2, 1, 3), (2, 2, 1)]
    for _ in range(12):
        answer(page)
    assert page.inner_text("h1") == "Vuoi fare una pausa?"
    assert "Hai risposto a 12 domande." in page.inner_text("main")
    tab_to(page, "Fai una pausa")
    enter(page)
    assert "Le tue risposte sono salvate." in page.inner_text("main")
    phone.close()

    phone = new_phone(browser)
    page = phone.new_page()
    page.goto(link)
    assert "Domanda 13 di 24" in page.title()
    while "/domanda/" in page.url:
        answer(page)
    say_who_helped(page)
    assert page.inner_text("h1") == "Controlla le tue risposte"
    assert "Una persona della mia famiglia" in page.inner_text("main")
    tab_to_send(page)
    enter(page)
    assert page.inner_text("#grazie") == "Grazie"
    assert rows(site, STORED, page) == [("submitted", "with_help", "assisted", "family", "explained,read")]
    phone.close()


def practise_twice(page: Page) -> None:
    """The same answer twice, then with some help two different ones."""
    assert "Prova 1 di 2" in page.title()
    choose(page, 3)
    choose(page, 3)
    assert page.inner_text("h1") == "Proviamo ancora una volta"
    tab_to(page, "Prova ancora")
    enter(page)
    choose(page, 3)
    choose(page, 1)
    assert "Domanda 1 di 24" in page.title()


def say_who_helped(page: Page) -> None:
    """Somebody of the family, who read and explained."""
    assert page.inner_text("h1") == "Ti ha aiutato qualcuno?"
    choose(page, 2)
    assert page.inner_text("h1") == "Chi ti ha aiutato?"
    choose(page, 3)
    assert page.inner_text("h1") == "Come ti ha aiutato?"
    to_the_choices(page)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    enter(page)


def tab_to_send(page: Page) -> None:
    """The review has a link for each answer before its button."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("button:focus").count():
            return
    raise AssertionError("the button cannot be reached with Tab")
