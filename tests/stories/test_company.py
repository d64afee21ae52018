"""A company answers by keyboard alone, without JavaScript: an inventory confirmed, changed and added to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.companies import new_company
from tests.stories.conftest import Site

pytestmark = pytest.mark.browser

STORED = """
SELECT item, coalesce(value, text, reason)
FROM answer JOIN administration ON administration.id = administration_id
WHERE administration.key = ? ORDER BY answer.revision
"""


@pytest.fixture
def office(browser: Browser) -> Iterator[BrowserContext]:
    """A computer of a company, without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale="it-IT"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


def go_on(page: Page) -> None:
    """Enter, from wherever the focus is in the page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, field: str) -> None:
    """Tab until a field (or one of its group) has the focus."""
    for _ in range(40):
        if focused(page).startswith(f"{field}-"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{field} cannot be reached with Tab; the focus is on {focused(page)!r}")


def focused(page: Page) -> str:
    return page.locator(":focus").get_attribute("id") or "" if page.locator(":focus").count() else ""


def choose(page: Page, field: str, place: int) -> None:
    """Tick the radio button at this place of its group, with Space and arrows."""
    tab_to(page, field)
    page.keyboard.press("Space")
    for _ in range(place - 1):
        page.keyboard.press("ArrowDown")


def write(page: Page, field: str, text: str) -> None:
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def heading(page: Page) -> str:
    return page.inner_text("h1")


def stored(site: Site, key: str) -> dict[str, object]:
    with closing(sqlite3.connect(site.database)) as connection:
        return dict(connection.execute(STORED, (key,)))


def start(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("form button").first.focus()
    go_on(page)


def test_a_changed_inventory_by_keyboard(office: BrowserContext, site: Site) -> None:
    page = office.new_page()
    start(page, new_company(site, "KEYSTORY22"))
    assert heading(page) == "La persona oggi"
    choose(page, "ACC_Q1", 1)
    go_on(page)
    confirmed(page)
    changed(page)
    not_carried_out(page)
    added(page)
    the_rest(page)
    answers = stored(site, "KEYSTORY22")
    assert answers["ACC_I04.1"] == "Pause più lunghe"  # confirmed: an answer of now
    assert (answers["ACC_I09.1"], answers["ACC_I10.1"], answers["ACC_I11.1"]) == (1, 1, 1)
    assert (answers["ACC_I04.2"], answers["ACC_I09.2"], answers["ACC_I13.2"]) == ("Un tutor in ufficio", 4, 2)
    assert "ACC_I04.3" not in answers  # nobody said whether it was right
    assert (answers["ACC_I04.4"], answers["ACC_I02.4"], answers["ACC_I09.4"]) == ("Un armadietto", 3, 1)
    assert answers["ACC_CUL1"] == 4


def confirmed(page: Page) -> None:
    """The first accommodation is as it was told; that it is still there brings three more questions."""
    assert heading(page) == "Gli adattamenti, numero 1"
    choose(page, "conferma", 1)
    choose(page, "ACC_I09.1", 1)
    choose(page, "ACC_I14.1", 4)
    go_on(page)
    assert focused(page) == "ACC_I10.1-a1"  # the first question that came up
    for item in ("ACC_I10.1", "ACC_I11.1", "ACC_I12.1"):
        choose(page, item, 1)
    go_on(page)


def changed(page: Page) -> None:
    """The second one was told in other words, and has been suspended since."""
    assert heading(page) == "Gli adattamenti, numero 2"
    choose(page, "conferma", 2)
    go_on(page)
    assert "Detto l'altra volta: Un tutor in reparto" in page.inner_text("main")
    write(page, "ACC_I04.2", "Un tutor in ufficio")
    go_on(page)
    assert "«Un tutor in ufficio»: com'è oggi?" in page.inner_text("main")
    choose(page, "ACC_I09.2", 4)
    choose(page, "ACC_I14.2", 2)
    go_on(page)
    choose(page, "ACC_I13.2", 2)
    go_on(page)


def not_carried_out(page: Page) -> None:
    """The third one had never been carried out: nothing to say, said once, then on."""
    assert heading(page) == "Gli adattamenti, numero 3"
    to_the_button(page)
    go_on(page)
    assert "Manca una risposta" in page.inner_text("[role=alert]")
    to_the_button(page)
    go_on(page)


def added(page: Page) -> None:
    """A new one, with a mistake on the way that loses nothing."""
    assert heading(page) == "Gli adattamenti, numero 4"
    choose(page, "ACC_I01.4", 1)
    go_on(page)
    assert focused(page) == "ACC_I04.4-a1"
    write(page, "ACC_I04.4", "Un armadietto")
    choose(page, "ACC_I02.4", 3)
    choose(page, "ACC_I03.4", 1)
    choose(page, "ACC_I05.4", 2)
    write(page, "ACC_I07.4", "settembre")
    choose(page, "ACC_I08.4", 1)
    go_on(page)
    assert "La data va scritta così: 31/12/2026." in page.inner_text("[role=alert]")
    assert page.input_value("[id='ACC_I07.4-a1']") == "settembre"
    page.locator("[role=alert] a").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "ACC_I07.4-a1"  # the link of the summary leads to the field
    write(page, "ACC_I07.4", "1/9/2026")
    go_on(page)
    choose(page, "ACC_I09.4", 1)
    choose(page, "ACC_I14.4", 5)
    go_on(page)
    for item in ("ACC_I10.4", "ACC_I11.4", "ACC_I12.4"):
        choose(page, item, 2)
    go_on(page)
    assert heading(page) == "Gli adattamenti, numero 5"
    choose(page, "ACC_I01.5", 2)
    go_on(page)


def the_rest(page: Page) -> None:
    assert heading(page) == "La vostra organizzazione"
    for number in range(1, 7):
        choose(page, f"ACC_CUL{number}", 4)
    go_on(page)
    while heading(page) != "Le risposte da controllare":
        to_the_button(page)
        go_on(page)
    to_the_button(page)
    go_on(page)
    assert "Grazie" in heading(page)


def to_the_button(page: Page) -> None:
    """Tab to the button that goes on."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("button.button:not(.plain):focus").count():
            return
    raise AssertionError("the button cannot be reached with Tab")


def test_a_pause_keeps_what_was_answered(office: BrowserContext, site: Site) -> None:
    link = new_company(site, "KEYPAUSE22")
    page = office.new_page()
    start(page, link)
    choose(page, "ACC_Q1", 2)
    to_the_button(page)
    page.keyboard.press("Tab")
    go_on(page)
    assert heading(page) == "Una pausa"
    page.goto(link)
    assert heading(page) == "Gli adattamenti, numero 1"
    with page.expect_navigation():
        page.get_by_role("link", name="Torna indietro").click()
    assert page.get_by_label("Sì, altro ruolo").is_checked()
