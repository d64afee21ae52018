"""A caseworker types a sheet of paper by keyboard alone, without JavaScript."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import Site
from tests.stories.paper import new_sheet, sign_in

pytestmark = pytest.mark.browser

KEY = "KEYBOARD22"
SHEET = f"/gestione/somministrazioni/{KEY}"
# What stands on the sheet: a key for each question, section by section.
SECTIONS = ("13221", "32NS31", "1?232", "223NA1")
GOALS = ("Lavorare vicino a casa", "Cucinare da solo", "", "")


@pytest.fixture
def office(browser: Browser) -> Iterator[BrowserContext]:
    """A computer of an office, without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale="it-IT"
    )
    yield context
    context.close()


class Keyboard:
    """The keys of one person, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def go_on(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")

    def tab_to(self, wanted: str) -> None:
        for _ in range(60):
            self.press("Tab")
            if self.page.locator(f"{wanted}:focus").count():
                return
        raise AssertionError(f"{wanted} cannot be reached with Tab")


def codes_of(section: str) -> list[str]:
    """The codes on a section, one after the other: NS and NA are one code."""
    found = section.replace("NS", "s").replace("NA", "a")
    return [{"s": "NS", "a": "NA"}.get(code, code) for code in found]


def stored(site: Site) -> list[object]:
    query = (
        "SELECT coalesce(value, text, reason) FROM answer JOIN administration a ON a.id = administration_id"
        " WHERE a.key = ? AND answer.mode = 'paper' ORDER BY answer.id"
    )
    with closing(sqlite3.connect(site.database)) as connection:
        return [given for (given,) in connection.execute(query, (KEY,))]


def test_a_sheet_is_typed_by_keyboard_alone(office: BrowserContext, site: Site) -> None:
    new_sheet(site, KEY, code="BG-0043")
    page = office.new_page()
    sign_in(page, site, "tastiera@study.example")
    page.goto(f"{site.url}{SHEET}/carta")
    keys = Keyboard(page)
    keys.tab_to("#day")
    keys.type("10/7/2026")
    keys.press("Tab", "Space")  # the first version
    keys.press("Tab", "Space")  # alone
    keys.press("Tab", "Tab", "Tab", "Tab", "Tab", "Space")  # past who helped and how, to the consent
    keys.go_on()
    assert page.inner_text("h1") == "Come stai"
    answers = Keyboard(page)
    for section in SECTIONS:
        for code in codes_of(section):
            answers.press("Tab")  # the first one is in the first field, not in the links above
            answers.type(code)
        answers.go_on()
    assert page.inner_text("h1") == "I tuoi obiettivi"
    assert answers.pressed <= 4 * (2 * 5 + 1) + 2  # a Tab and a key for each question, Enter for each page
    for goal in GOALS:
        answers.press("Tab")
        answers.type(goal)
    answers.tab_to("button")
    answers.go_on()
    assert page.inner_text("h1") == "Controlla il foglio di BG-0043"
    keys.tab_to("form[action$='/chiudi'] button")
    keys.go_on()
    assert "Il questionario su carta è inserito e chiuso." in page.inner_text("[role=status]")
    expected = [int(code) if code.isdigit() else code for section in SECTIONS for code in codes_of(section)]
    assert stored(site) == [
        *(given if given != "?" else "skipped" for given in expected),
        *(goal or "skipped" for goal in GOALS),
    ]
