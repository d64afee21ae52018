"""Every kind of page of the participants in the browser, one after the other, reached as a person would."""

import re
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Page

from tests.stories.care import caring_pages
from tests.stories.conftest import Site
from tests.stories.decisions import every_page_of_decisions
from tests.stories.focus import every_page_of_focus_groups
from tests.stories.histories import every_page_of_histories
from tests.stories.pressing import follow, press
from tests.stories.publication import every_page_of_publication
from tests.stories.ratings import every_page_of_ratings

ADDRESSES = (
    ("home", "/"),
    ("help", "/aiuto"),
    ("privacy", "/privacy"),
    ("not found", "/no"),
    ("reading", "/leggere"),
)
# A form of the staff in which something was written.
WITH_A_NOTE = """form => form.insertAdjacentHTML(
  "beforeend", "<textarea name='note' hidden>Scritto prima</textarea>")"""
# What is walked by _beside_the_questions, in order.
BESIDE_THE_QUESTIONS = (
    "practice", "practice error", "practice again", "practice together", "pause offered", "helped",
    "helped error", "who helped", "kinds of help", "someone else", "someone else noted",
)  # fmt: skip


def every_kind_of_page(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    links = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "5")
    page = context.new_page()
    for name, address in ADDRESSES:
        page.goto(site.url + address)
        yield name, page
    yield from _before_the_questions(page, links[0])
    yield from _refusing(page, links[1])
    yield from _numbered(page, links[2])
    yield from _answering(page, links[3])
    yield from _beside_the_questions(page, site)
    yield from _staff(page, site)
    yield from caring_pages(page, site, links[4])
    yield from every_page_of_ratings(page, site)
    yield from every_page_of_focus_groups(page, site)
    yield from every_page_of_decisions(page, site)
    yield from every_page_of_publication(page, site)
    yield from every_page_of_histories(page, site)
    yield from _ending(page, site)


def begin(page: Page, link: str) -> None:
    """Open a personal link and accept: the first question, the practice before it skipped."""
    page.goto(link)
    with page.expect_navigation():
        page.locator("form button").first.click()
    past_practice(page)


def past_practice(page: Page) -> None:
    """Skip the practice questions, where there are any."""
    while "/prova/" in page.url:
        press(page, "Salta la domanda")


def past_pause_and_help(page: Page) -> None:
    """Go on where a pause is offered; at the end say that nobody helped."""
    if page.url.endswith("/riposo"):
        press(page, "Continua")
    if page.url.endswith("/chi/aiutato"):
        page.get_by_label("No, ho fatto da solo o da sola").check()
        press(page, "Vai avanti")


def sign_in(page: Page, site: Site, email: str, *options: str) -> None:
    """Make an account (of Socialis, unless options say otherwise) and sign in with it."""
    added = site.surveyapp("user", "add", email, *(options or ("--role", "socialis")))
    # Both sites stand on this machine: the cookie of one would be sent to the other.
    page.context.clear_cookies(name="staff")
    page.goto(f"{site.url}/gestione/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(added[-1].split()[-1])
    press(page, "Entra")


def _before_the_questions(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(link)
    yield "start", page
    follow(page, "Come vuoi leggere?")
    yield "reading here", page
    page.go_back()
    follow(page, "Cambia versione")
    yield "variants", page
    page.goto(link)
    follow(page, "Voglio parlarne con qualcuno")
    yield "talk", page
    press(page, "Voglio che mi chiamiate")
    yield "talk asked", page


def _refusing(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(link)
    follow(page, "No, non voglio rispondere")
    yield "refusal", page
    press(page, "Non voglio rispondere")
    yield "refused", page


def _numbered(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(link)
    follow(page, "Cambia versione")
    page.get_by_label(re.compile("Versione standard")).check()
    press(page, "Usa questa versione")
    begin(page, link)
    yield "steps", page


def _answering(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    begin(page, link)
    yield "choice", page
    first = page.url
    press(page, "Vai avanti")
    yield "error", page
    page.get_by_label("No", exact=True).check()
    press(page, "Vai avanti")
    yield "saved", page
    yield from _two_answers(page, first)
    follow(page, "Fai una pausa")
    yield "pause", page
    follow(page, "Continua adesso")
    yield from _writing(page)
    yield from _sending(page)


def _two_answers(page: Page, first: str) -> Iterator[tuple[str, Page]]:
    page.goto(first)
    seen = page.locator("input[name=seen]").input_value()
    page.request.post(first, form={"key": "another telephone", "seen": seen, "salta": "1"})
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    yield "two answers", page
    press(page, "Tieni quella di adesso")


def _writing(page: Page) -> Iterator[tuple[str, Page]]:
    skip_until(page, "</textarea>")
    yield "text", page
    press(page, "Vai avanti")
    yield "text error", page
    page.fill("textarea", "Lavorare in una biblioteca con molti libri e poche scale")


def _sending(page: Page) -> Iterator[tuple[str, Page]]:
    press(page, "Vai avanti")
    skip_until(page, "Invia le risposte")
    yield "review", page
    press(page, "Invia le risposte")
    yield "thanks", page
    follow(page, "Le mie risposte")
    yield "sent answers", page


def _beside_the_questions(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """Practice, the pause that is offered, who helped."""
    page.goto(site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")[0])
    press(page, "Sì, voglio rispondere")
    yield "practice", page
    press(page, "Vai avanti")
    yield "practice error", page
    _answer_yes(page, 2)
    yield "practice again", page
    follow(page, "Prova ancora")
    _answer_yes(page, 2)
    yield "practice together", page
    press(page, "Vai alle domande")
    _answer_yes(page, 12)
    yield "pause offered", page
    press(page, "Continua")
    skip_until(page, "Ti ha aiutato qualcuno?")
    yield "helped", page
    press(page, "Vai avanti")
    yield "helped error", page
    asked = page.url
    page.get_by_label("Sì, mi ha aiutato qualcuno").check()
    press(page, "Vai avanti")
    yield "who helped", page
    page.get_by_label("Il mio tutor o la mia tutor").check()
    press(page, "Vai avanti")
    yield "kinds of help", page
    page.goto(asked)
    follow(page, "Ha risposto un'altra persona al posto mio")
    yield "someone else", page
    press(page, "Sì, ha risposto un'altra persona")
    yield "someone else noted", page


def _answer_yes(page: Page, times: int) -> None:
    for _ in range(times):
        page.get_by_label("Sì", exact=True).check()
        press(page, "Vai avanti")


def _staff(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    email = "ricerca@study.example"
    password = site.surveyapp("user", "add", email, "--role", "socialis")[-1].split()[-1]
    page.context.clear_cookies(name="staff")
    page.goto(f"{site.url}/gestione/")
    yield "sign in", page
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("sbagliata")
    press(page, "Entra")
    yield "sign in error", page
    page.get_by_label("Password").fill(password)
    press(page, "Entra")
    yield "today", page
    with page.expect_navigation():
        page.locator("tbody th a").first.click()
    yield "administration", page
    follow(page, "Torna a «Oggi»")
    page.goto(site.url + "/gestione/?stato=started")
    page.locator("tr", has_text="Ha risposto un'altra persona").locator("th a").first.click()
    yield "administration with notes", page
    press(page, "Prepara la scheda")
    yield "cases", page
    follow(page, "Rapporti")
    yield "reports", page
    yield from _instruments(page)
    page.goto(f"{site.url}/gestione/niente")
    yield "staff not found", page


def _ending(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """A session that is about to end, and one that has ended with something written."""
    page.goto(f"{site.url}/gestione/rapporti")
    page.evaluate("document.getElementById('scadenza').hidden = false")
    yield "session ending", page
    page.locator("main form").first.evaluate(WITH_A_NOTE)
    page.context.clear_cookies(name="staff")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    yield "signed out", page


def _instruments(page: Page) -> Iterator[tuple[str, Page]]:
    follow(page, "Strumenti")
    yield "instruments", page
    follow(page, "Piano di rilevazione")
    yield "study plan", page
    follow(page, "Strumenti")
    follow(page, "Scheda di osservazione")
    yield "instrument", page
    follow(page, "Versioni e differenze")
    yield "instrument versions", page
    page.go_back()
    page.locator("#t-schede ~ tbody a").first.click()
    yield "instrument form", page
    follow(page, "Strumenti")
    follow(page, "Bozze")
    yield "drafts", page
    with page.expect_navigation():
        page.locator("main form button").first.click()
    with page.expect_navigation():
        page.locator("tbody a", has_text="_").first.click()
    page.locator("textarea[name^='text.']").first.fill("Non è mai stato detto?")
    press(page, "Salva")
    yield "draft item", page
    press(page, "Cambia quando si chiede")
    for about in ("where.placement_type", "where.ambito"):
        page.locator("#about").select_option(about)
        press(page, "Aggiungi la condizione")
    yield "draft rule", page
    follow(page, "Torna alla domanda")
    press(page, "Cambia le risposte")
    yield "draft answers", page
    follow(page, "Torna alla domanda")
    follow(page, "Torna alla bozza")
    yield "draft", page
    follow(page, "Titoli e glossario")
    yield "draft titles", page


def skip_until(page: Page, markup: str) -> None:
    """Skip the questions until a page holds this, without drawing those between."""
    address = page.url
    for _ in range(40):
        reply = page.request.post(address, form={"key": address, "seen": "", "salta": "1"})
        address = reply.url
        if markup in reply.text():
            page.goto(address)
            return
    raise AssertionError(f"{markup} never came")
