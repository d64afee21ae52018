"""Decisions in the browser: proposed, read, taken."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.stories.conftest import Site
from tests.stories.pressing import press

# What is walked below, in order; the staff is signed in already.
DECISIONS = ("no decisions", "decision refused", "decision", "decisions")


def every_page_of_decisions(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    page.goto(f"{site.url}/gestione/decisioni")
    yield "no decisions", page
    page.goto(f"{site.url}/gestione/decisioni/nuova")
    press(page, "Salva la proposta")
    yield "decision refused", page
    page.get_by_label("Codice della domanda").fill("AUT_OCC3")
    page.get_by_label("Proposta").fill("Altre parole.")
    page.get_by_label("Focus group").select_option(index=1)
    page.get_by_label("Su che cosa si fonda").fill("estratto 1")
    press(page, "Salva la proposta")
    yield "decision", page
    page.goto(f"{site.url}/gestione/decisioni")
    yield "decisions", page
