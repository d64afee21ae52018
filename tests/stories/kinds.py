"""Every kind of answer in the browser, in an operator's form and in a company's."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from surveyapp.instruments import catalogue
from surveyapp.storage.engine import open_engine, writing
from tests.factories import create_administration, create_answer, create_link
from tests.stories.conftest import Site
from tests.stories.pressing import press
from tests.stories.walk import begin, sign_in

# What is walked below, in order.
ANSWERS = (
    "operator start", "explained", "list", "list with reasons", "two kinds of answer",
    "number", "wrong number", "number with a reason", "date", "impossible date", "date with reasons",
    "line", "text with a reason", "operator review", "record", "review of records", "two lists",
    "two versions",
)  # fmt: skip


def new_link(site: Site, form: str, skipped: str = "") -> str:
    """A personal link to a form of the instrument with every kind; items named in `skipped` are done."""
    instruments = catalogue.load(Path(site.environment["SURVEYAPP_INSTRUMENTS"]))
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        administration = create_administration(
            connection, instruments, instrument="kinds", form=form, occasion="T0"
        )
        for item in skipped.split():
            create_answer(connection, administration, f"KINDS_{item}", reason="skipped")
        token = create_link(connection, administration)
    engine.dispose()
    return f"{site.url}/r/{token}"


def every_kind_of_answer(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    page = context.new_page()
    page.goto(new_link(site, "O"))
    yield "operator start", page
    press(page, "Ho letto, vado avanti")
    to_question(page, "CHO")
    page.locator("summary").first.click()
    yield "explained", page
    _skip(page, 2)
    yield "list", page
    _skip(page)
    yield from _list_with_reasons(page)
    yield from _numbers(page)
    yield from _dates(page)
    yield "line", page
    _skip(page)
    yield "text with a reason", page
    _skip(page, 2)
    yield "operator review", page
    yield from _records(page, site)
    yield from _two_lists(page, site)
    yield from _two_versions(page, site)


def to_question(page: Page, item: str) -> None:
    """Open the page of one question: offices and companies meet several at once otherwise."""
    page.goto(f"{page.url.partition('/parte/')[0]}/domanda/KINDS_{item}")


def _list_with_reasons(page: Page) -> Iterator[tuple[str, Page]]:
    yield "list with reasons", page
    page.get_by_label("Cooperativa", exact=True).check()
    page.get_by_label("Non so", exact=True).check()
    press(page, "Vai avanti")
    yield "two kinds of answer", page
    _skip(page)


def _numbers(page: Page) -> Iterator[tuple[str, Page]]:
    yield "number", page
    page.fill("#a1", "ventidue ore")
    press(page, "Vai avanti")
    yield "wrong number", page
    page.fill("#a1", "22,5")
    press(page, "Vai avanti")
    yield "number with a reason", page
    _skip(page, 2)


def _dates(page: Page) -> Iterator[tuple[str, Page]]:
    yield "date", page
    page.fill("#a1", "31/02/2026")
    press(page, "Vai avanti")
    yield "impossible date", page
    page.fill("#a1", "28/02/2026")
    press(page, "Vai avanti")
    yield "date with reasons", page
    _skip(page)


def _records(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    begin(page, new_link(site, "C", "MUN INT TXN"))
    to_question(page, "R1.1")
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    page.fill("#a1", "Pause più lunghe e più frequenti")
    press(page, "Vai avanti")
    yield "record", page
    page.fill("#a1", "1/2/2026")
    press(page, "Vai avanti")
    page.get_by_label("No", exact=True).check()
    press(page, "Vai avanti")
    _skip(page)
    yield "review of records", page


def _two_lists(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    begin(page, new_link(site, "O", "CHO STE"))
    to_question(page, "MUL")
    seen = page.locator("input[name=seen]").input_value()
    page.request.post(page.url, form={"key": "another telephone", "seen": seen, "answer": "1"})
    page.get_by_label("Contratto", exact=True).check()
    page.get_by_label("Dichiarazione", exact=True).check()
    press(page, "Vai avanti")
    yield "two lists", page


def _skip(page: Page, times: int = 1) -> None:
    for _ in range(times):
        press(page, "Salta la domanda")
        if page.get_by_role("alert").count():  # something was written
            press(page, "Salta la domanda")


def _two_versions(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    sign_in(page, site, "versioni@study.example")
    page.goto(f"{site.url}/gestione/strumenti/prova/differenze")
    yield "two versions", page
