"""The desk of who revises the instruments, as the guide shows it: one step after the other."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from tests.stories import ledger
from tests.stories.conftest import Site
from tests.stories.walk import sign_in


def desk_pages(browser: Browser, site: Site, width: int, height: int) -> Iterator[tuple[str, Page]]:
    """The name of each picture and its page: two people of the staff, with scripts."""
    pages = []
    for role in ("socialis", "lead_partner"):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="it-IT")
        pages.append(context.new_page())
        sign_in(pages[-1], site, f"{role}@study.example", "--role", role)
    author, approver = pages
    ledger.prepare(author, site)
    ledger.experts_rate(author, browser)
    yield "giudizi", author
    ledger.code_the_notes(author, site)
    yield "note", author
    decision = ledger.decide(author)
    yield "decisione", author
    ledger.write_the_words(author, site)
    yield "bozza", author
    ledger.send_to_review(author, decision)
    ledger.approve(approver, site)
    yield "pubblica", approver
    ledger.publish(approver)
    author.goto(f"{site.url}/gestione/storia/aut/{ledger.ITEM}")
    yield "storia", author
    for page in pages:
        page.context.close()
