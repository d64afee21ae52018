"""A phone with JavaScript whose line comes and goes, and a person who uses its keyboard only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from playwright.sync_api import BrowserContext, Page, expect

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import open_engine, writing
from surveyapp.storage.tokens import token_sha256
from tests.bundled import bundled
from tests.factories import create_administration, create_answer, create_link, create_path, create_person
from tests.stories.conftest import Site

ROWS = """
SELECT answer.item, answer.value, answer.text, answer.reason, answer.revision FROM link
JOIN answer ON answer.administration_id = link.administration_id
WHERE link.token_sha256 = ? ORDER BY answer.id
"""
# What `without_a_line` shows, in order.
STATES = ("empty without a line", "kept", "waiting", "to be seen", "did not arrive")
HAS_FOCUS = "selector => document.activeElement.matches(selector)"
# Everything that a page may leave in a browser and that scripts can read.
LEFT = """async () => [
  ...Object.entries(localStorage), ...Object.entries(sessionStorage),
  ...await caches.keys(), ...(await indexedDB.databases()).map(one => one.name), document.cookie,
].filter(one => one.length)"""

Row = tuple[str, int | None, str | None, str | None, int]


@cache
def instruments() -> Catalogue:
    return bundled()


def new_link(site: Site, *, skipped: int = 0) -> str:
    """A personal link to the Autovalutazione, its first questions already skipped."""
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        path = create_path(connection, create_person(connection, demonstration=True))
        administration = create_administration(connection, instruments(), path)
        for item in list(instruments().newest("aut").items)[:skipped]:
            create_answer(connection, administration, item, reason="skipped")
        token = create_link(connection, administration)
    engine.dispose()
    return f"{site.url}/r/{token}"


def answer_elsewhere(site: Site, link: str, item: str, value: int) -> None:
    """Another telephone answers in the meantime."""
    with closing(sqlite3.connect(site.database)) as connection:
        query = "SELECT administration_id FROM link WHERE token_sha256 = ?"
        administration = connection.execute(query, (_digest(link),)).fetchone()[0]
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        create_answer(connection, administration, item, value=value)
    engine.dispose()


def revoke(site: Site, link: str) -> None:
    """The link is over."""
    with closing(sqlite3.connect(site.database)) as connection, connection:
        connection.execute("UPDATE link SET revoked_at = created_at WHERE token_sha256 = ?", (_digest(link),))


def rows(site: Site, link: str) -> list[Row]:
    """The answers stored through a link, in the order in which they came."""
    with closing(sqlite3.connect(site.database)) as connection:
        return connection.execute(ROWS, (_digest(link),)).fetchall()


def left_in_browser(page: Page) -> list[object]:
    found: list[object] = page.evaluate(LEFT)
    return found


def queued(page: Page) -> list[str]:
    """The items whose answers wait on this device, of any questionnaire."""
    found: list[str] = page.evaluate(
        "Object.values(localStorage).flatMap(list => JSON.parse(list)).map(entry => entry.item)"
    )
    return found


def begin(page: Page, link: str) -> None:
    """Open a link, accept with the keyboard, and wait until the next questions are at hand."""
    page.goto(link)
    tab_to(page, "form button")
    page.keyboard.press("Enter")
    wait_for_questions(page)


def wait_for_questions(page: Page) -> None:
    """Wait until the next questions are at hand."""
    page.wait_for_url("**/domanda/*")
    until(page, "sessionStorage.getItem('coda')")


def until(page: Page, condition: str) -> None:
    """Wait until this is true in the page (our policy does not let Playwright's own wait in)."""
    for _ in range(500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {condition}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what matches."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def choose(page: Page, place: int) -> None:
    """Choose by keyboard the answer at this place, from 1, and go on."""
    question = page.inner_text("h1")
    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    for _ in range(place - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text(question)


def write(page: Page, words: str) -> None:
    """Type an answer and go on, by keyboard."""
    question = page.inner_text("h1")
    tab_to(page, "#a1")
    page.keyboard.type(words)
    tab_to(page, "#domanda .button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text(question)


def skip(page: Page) -> None:
    """Skip the question, by keyboard."""
    question = page.inner_text("h1")
    tab_to(page, "button[name=salta]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text(question)


def says(page: Page, words: str) -> None:
    """The page says this of the line, to eyes and screen readers."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def without_a_line(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each state that only a script shows, and the page in it."""
    page = context.new_page()
    link = new_link(site, skipped=18)
    begin(page, link)
    context.set_offline(True)
    page.locator("#domanda .button").first.press("Enter")
    yield "empty without a line", page
    for place in (1, 2):
        choose(page, place)
    yield "kept", page
    for words in ("Una casa", "Un orto"):
        write(page, words)
    yield "waiting", page
    revoke(site, link)
    page.go_back()
    context.set_offline(False)
    says(page, "C'è una risposta da controllare.")
    yield "to be seen", page
    page.locator("#domanda .button").first.press("Enter")
    expect(page.locator("h1")).to_have_text("Queste risposte non sono arrivate")
    yield "did not arrive", page
    page.close()


def _digest(link: str) -> str:
    return token_sha256(link.rsplit("/", 1)[1])
