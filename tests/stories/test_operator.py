"""An operator fills in a form with every kind of answer, by keyboard alone, without JavaScript.

Several questions a page; each can be asked by itself too, as when it is changed from the review.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import Site
from tests.stories.kinds import new_link, to_question

pytestmark = pytest.mark.browser

STORED = "SELECT item, coalesce(value, text, reason) FROM answer WHERE item LIKE 'KINDS%' ORDER BY id"


@pytest.fixture
def office(browser: Browser) -> Iterator[BrowserContext]:
    """A computer of an office, without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale="it-IT"
    )
    yield context
    context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def go_on(page: Page) -> None:
    """Enter, from wherever the focus is in the question."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_every_kind_is_answered_by_keyboard(office: BrowserContext, kinds_site: Site) -> None:
    page = office.new_page()
    page.goto(new_link(kinds_site, "O"))
    page.locator("form button").focus()
    go_on(page)
    tab_to(page, "CHO")
    press(page, "Space", "ArrowDown", "Tab", "ArrowDown", "ArrowDown")
    press(page, "Tab", "Space", "Tab", "Tab", "Space")
    tab_to(page, "MUN")
    press(page, "Tab", "Space")
    go_on(page)
    press(page, "Tab")  # the first Tab is in the first question, not in the links above
    for item, written in (("NUM", "22,5"), ("INT", "12"), ("NEG", "-3"), ("DAY", "1/2/2026")):
        tab_to(page, item)
        page.keyboard.type(written)
    tab_to(page, "DAN")
    press(page, "Tab", "Space")  # past the field, to its first reason
    go_on(page)
    for item, written in (("LIN", "Aiuto cuoco"), ("TXN", "Un tutor"), ("TXT", "Niente")):
        tab_to(page, item)
        page.keyboard.type(written)
    to_the_button(page)
    go_on(page)
    assert page.inner_text("h1") == "Le risposte da controllare"
    assert stored(kinds_site)[-12:] == [
        ("KINDS_CHO", 2),
        ("KINDS_STE", 3),
        ("KINDS_MUL", "1,3"),
        ("KINDS_MUN", "2"),
        ("KINDS_NUM", "22.5"),
        ("KINDS_INT", 12),
        ("KINDS_NEG", -3),
        ("KINDS_DAY", "2026-02-01"),
        ("KINDS_DAN", "NS"),
        ("KINDS_LIN", "Aiuto cuoco"),
        ("KINDS_TXN", "Un tutor"),
        ("KINDS_TXT", "Niente"),
    ]


def tab_to(page: Page, item: str) -> None:
    """Tab to the first field of a question, past words that are explained and reasons beside fields."""
    _tab_to(page, f"#KINDS_{item}-a1:focus")


def to_the_button(page: Page) -> None:
    """Tab to the button that goes on: in a text of many lines Enter starts a new one."""
    _tab_to(page, "button:focus")


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(9):
        if page.locator(wanted).count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with Tab")


def stored(site: Site) -> list[tuple[str, object]]:
    with closing(sqlite3.connect(site.database)) as connection:
        return [(item, given) for item, given in connection.execute(STORED)]


def test_a_mistake_is_corrected_without_losing_what_was_typed(
    office: BrowserContext, kinds_site: Site
) -> None:
    page = office.new_page()
    page.goto(new_link(kinds_site, "O", "CHO STE MUL MUN"))
    page.locator("form button").focus()
    go_on(page)
    to_question(page, "NUM")
    page.fill("#a1", "trenta")
    page.focus("#a1")
    go_on(page)
    assert "Serve un numero fra 1 e 48." in page.inner_text("[role=alert]")
    assert page.input_value("#a1") == "trenta"
    page.locator("[role=alert] a").focus()
    press(page, "Enter")
    assert page.locator("#a1:focus").count() == 1  # the link of the summary leads to the field
    page.fill("#a1", "30")
    go_on(page)
    assert page.inner_text("h1") == "Quante persone lavorano con lei?"
    with page.expect_navigation():
        page.get_by_role("link", name="Torna indietro").click()
    assert page.input_value("#a1") == "30"
    assert page.inner_text("h1") == "Quante ore alla settimana lavora la persona?"
