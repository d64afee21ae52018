"""An operator fills in a form with every kind of answer, by keyboard alone, without JavaScript."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import Site
from tests.stories.kinds import new_link

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
    to_the_answer(page)
    press(page, "Space", "ArrowDown")
    go_on(page)
    press(page, "Tab", "ArrowDown", "ArrowDown")  # the first Tab is in the question, not in the links above
    go_on(page)
    press(page, "Tab", "Space", "Tab", "Tab", "Space")
    go_on(page)
    to_the_answer(page)
    press(page, "Tab", "Space")
    go_on(page)
    for written in ("22,5", "12", "-3", "1/2/2026"):
        press(page, "Tab")
        page.keyboard.type(written)
        go_on(page)
    press(page, "Tab", "Tab", "Space")  # past the field, to its first reason
    go_on(page)
    press(page, "Tab")
    page.keyboard.type("Aiuto cuoco")
    go_on(page)
    for written in ("Un tutor", "Niente"):
        press(page, "Tab")
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


def to_the_answer(page: Page) -> None:
    """Tab to the first field of the answer, past words that are explained."""
    _tab_to(page, "#a1:focus")


def to_the_button(page: Page) -> None:
    """Tab to the button that goes on: in a text of many lines Enter starts a new one."""
    _tab_to(page, "button:focus")


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.locator(wanted).count():
            return
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
