"""Pages that take care of people in the browser: withdrawal, reports of problems, the statement, alerts."""

from collections.abc import Iterator

from playwright.sync_api import Page

from surveyapp.collection.safeguarding import raise_alert
from surveyapp.settings import read_settings
from surveyapp.storage.engine import open_engine, writing
from tests.bundled import bundled
from tests.factories import NOW, create_administration, create_answer, create_path, create_person
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press

# What is walked below, in order; the staff is signed in already.
CARE = (
    "start, taking part", "withdrawal", "withdrawn", "start, withdrawn", "accessibility",
    "problem", "problem error", "problem sent",
    "problems", "problem to answer", "answer missing", "problem answered",
    "texts", "today with alerts", "alerts", "alert", "outcome missing", "alert closed",
)  # fmt: skip
TEXT = "AUT_ASP1"
KEY = "TEXT222222"


def caring_pages(page: Page, site: Site, link: str) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    yield from _withdrawing(page, link)
    page.goto(f"{site.url}/accessibilita")
    yield "accessibility", page
    yield from _reporting(page, site)
    yield from _answering(page)
    raise_one(site)
    yield from _protecting(page, site)


def raise_one(site: Site) -> None:
    """A questionnaire that was sent, with a text on which there is an alert."""
    settings = read_settings(site.environment)
    instruments = bundled()
    engine = open_engine(settings.database_url)
    with writing(engine) as connection:
        sent = {"state": "submitted", "variant": "easy", "closed_at": NOW, "key": KEY}
        path = create_path(connection, create_person(connection, demonstration=True))
        administration = create_administration(connection, instruments, path, **sent)
        create_answer(connection, administration, TEXT, text="Al lavoro uno mi spinge.")
        create_answer(connection, administration, "AUT_ASP2", text="Vorrei lavorare in biblioteca.")
        raise_alert(connection, administration, "by_staff", TEXT, 1, NOW, by="anna@study.example")
    engine.dispose()


def _withdrawing(page: Page, link: str) -> Iterator[tuple[str, Page]]:
    page.goto(link)
    with page.expect_navigation():
        page.locator("form button").first.click()
    page.goto(page.url.replace(page.url.split("/q/")[1].split("/", 1)[1], "inizio"))
    yield "start, taking part", page
    follow(page, "Voglio ritirarmi")
    yield "withdrawal", page
    press(page, "Sì, mi ritiro")
    yield "withdrawn", page
    follow(page, "Ho cambiato idea")
    yield "start, withdrawn", page


def _reporting(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    page.goto(f"{site.url}/aiuto")
    page.locator("footer").get_by_role("link", name="Segnala un problema").click()
    yield "problem", page
    page.get_by_label("La tua e-mail").fill("anna")
    press(page, "Invia il messaggio")
    yield "problem error", page
    page.get_by_label("Che cosa è successo?").fill("Le lettere sono troppo piccole.")
    page.get_by_label("La tua e-mail").fill("anna@example.org")
    press(page, "Invia il messaggio")
    yield "problem sent", page
    page.goto(f"{site.url}/gestione/problemi")


def _answering(page: Page) -> Iterator[tuple[str, Page]]:
    yield "problems", page
    follow(page, "Le lettere sono troppo piccole.")
    yield "problem to answer", page
    press(page, "Segna la risposta")
    yield "answer missing", page
    page.get_by_label("Che cosa è stato risposto o fatto").fill("Spiegato «Come vuoi leggere?».")
    press(page, "Segna la risposta")
    yield "problem answered", page


def _protecting(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    page.goto(f"{site.url}/gestione/somministrazioni/{KEY}/testi")
    yield "texts", page
    page.goto(f"{site.url}/gestione/")
    yield "today with alerts", page
    with page.expect_navigation():
        page.get_by_role("link", name="da leggere").click()
    yield "alerts", page
    with page.expect_navigation():
        page.locator("tbody th a").first.click()
    yield "alert", page
    press(page, "Chiudi la segnalazione")
    yield "outcome missing", page
    page.get_by_label("Com'è andata").select_option("talked")
    press(page, "Chiudi la segnalazione")
    yield "alert closed", page
