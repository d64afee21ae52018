"""The pages on which paper is typed, in the browser, one after the other."""

from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Page

from surveyapp.storage.engine import open_engine, writing
from tests.bundled import bundled
from tests.factories import create_answer
from tests.staff.sheets import PAGE, add_person
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press

# What is walked below, in order.
PAPER = (
    "paper administration", "paper start", "paper start error", "paper page", "paper page error",
    "paper texts", "paper review", "paper differences", "paper differences error", "withdrawal marked",
    "cannot answer", "cannot answer error", "not possible",
)  # fmt: skip


def new_sheet(site: Site, key: str, **values: object) -> None:
    """An administration to be typed, with one answer on the site."""
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        administration = add_person(connection, bundled(), key=key, **values)
        create_answer(connection, administration, "AUT_BEN1", value=1)
    engine.dispose()


def sign_in(page: Page, site: Site, email: str) -> None:
    """Add an account that may type, and sign in with it."""
    password = site.surveyapp("user", "add", email, "--role", "administrator")[-1].split()[-1]
    page.goto(f"{site.url}/gestione/accedi")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Entra")


def every_page_of_paper(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    context.clear_cookies()
    page = context.new_page()
    new_sheet(site, "PAPER22222")
    sign_in(page, site, "carta@study.example")
    page.goto(site.url + PAGE)
    yield "paper administration", page
    follow(page, "Inserisci un questionario su carta")
    yield "paper start", page
    press(page, "Vai alle risposte")
    yield "paper start error", page
    yield from _typing(page)
    yield from _twice(page)
    yield from _without_answers(page, site)


def first_page(page: Page) -> None:
    """Fill in the first page of an easy sheet."""
    page.get_by_label("Data scritta sul foglio").fill("10/07/2026")
    for words in ("Versione semplice", "Qualcuno l'ha aiutata", "Un educatore", "Su «Sì"):
        page.get_by_label(words).check()


def _typing(page: Page) -> Iterator[tuple[str, Page]]:
    first_page(page)
    press(page, "Vai alle risposte")
    yield "paper page", page
    page.fill("#AUT_BEN1", "8")
    press(page, "Salva e vai avanti")
    yield "paper page error", page
    _type(page, "1", stop="GOALS")
    yield "paper texts", page
    _type(page, "1")
    yield "paper review", page


def _twice(page: Page) -> Iterator[tuple[str, Page]]:
    press(page, "Controlla con un secondo inserimento")
    _type(page, "2")
    yield "paper differences", page
    press(page, "Salva le scelte")
    yield "paper differences error", page


def _without_answers(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    page.goto(f"{site.url}{PAGE}/ritiro")
    yield "withdrawal marked", page
    page.goto(f"{site.url}{PAGE}/non-compilabile")
    yield "cannot answer", page
    press(page, "Segna come non compilabile")
    yield "cannot answer error", page
    page.get_by_label("Il percorso o l'inserimento si è interrotto").check()
    press(page, "Segna come non compilabile")
    yield "not possible", page


def _type(page: Page, code: str, stop: str = "nowhere") -> None:
    """Type the same code everywhere, as far as a page."""
    while "/carta/1/" in page.url or "/carta/2/" in page.url:
        if f"/{stop}#" in page.url:
            return
        for field in page.locator(".typing input").all():
            field.fill(code)
        press(page, "Salva e vai avanti")
