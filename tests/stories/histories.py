"""The history of questions and of a new criterion in the browser; the staff is signed in already."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.stories.conftest import Site
from tests.stories.focus import type_code
from tests.stories.pressing import follow

# What is walked below, in order; the decision is there, and the notes of a focus group.
HISTORIES = (
    "version ledger", "item histories", "item history", "no criterion histories",
    "criterion histories", "criterion history",
)  # fmt: skip


def every_page_of_histories(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    page.goto(f"{site.url}/gestione/strumenti/aut")
    follow(page, "Registro della versione 0.1.0")
    yield "version ledger", page
    page.goto(f"{site.url}/gestione/storia/aut")
    yield "item histories", page
    follow(page, "AUT_OCC3")
    yield "item history", page
    page.goto(f"{site.url}/gestione/storia/criteri")
    yield "no criterion histories", page
    _code_a_new_criterion(page, site)
    page.goto(f"{site.url}/gestione/storia/criteri")
    yield "criterion histories", page
    follow(page, "N-1")
    yield "criterion history", page


def _code_a_new_criterion(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/gestione/focus-group")
    follow(page, "FG2")
    follow(page, "Note e codici")
    type_code(page, "Il tempo del tutor", "1")
