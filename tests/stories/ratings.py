"""Ratings by experts and tests by readers in the browser: prepared by staff, given by link, read again."""

from collections.abc import Iterator

from playwright.sync_api import Page

from surveyapp.settings import read_settings
from surveyapp.storage.engine import open_engine, writing
from tests.factories import create_focus_group
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press

# What is walked below, in order; the staff is signed in already.
RATINGS = (
    "no focus groups", "no meetings to rate", "rating round refused", "rating round begun",
    "questions to rate",
    "no questions ticked", "rating links refused", "rating links", "rating round",
    "expert start", "expert criterion", "expert error", "expert name", "expert wording", "expert review",
    "expert thanks", "expert too late", "rating results", "ratings",
    "no readers", "reader questions", "reader test", "reader test refused",
    "reader test with a name", "readers",
)  # fmt: skip
EASY = "aut/0.1.0/P/easy"


def every_page_of_ratings(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    page.goto(f"{site.url}/gestione/focus-group")
    yield "no focus groups", page
    page.goto(f"{site.url}/gestione/valutazioni")
    yield "no meetings to rate", page
    meeting = add_focus_group(site)
    yield from _preparing(page)
    page.get_by_label("Quanti").fill("2")
    press(page, "Fai i link")
    yield "rating links", page
    link = page.get_by_label("Link di E1").input_value().strip()
    follow(page, "Torna alla raccolta")
    yield "rating round", page
    round_page = page.url
    page.goto(site.url + link[link.index("/v/") :])
    yield from _judging(page)
    page.goto(f"{round_page}/risultati")
    yield "rating results", page
    follow(page, "Valutazioni")
    yield "ratings", page
    yield from _reading(page, f"{site.url}/gestione/valutazioni/lettori/{meeting}")


def add_focus_group(site: Site) -> int:
    """A focus group that is planned; its id."""
    engine = open_engine(read_settings(site.environment).database_url)
    with writing(engine) as connection:
        made = create_focus_group(connection, code="FG3", demonstration=True)
    engine.dispose()
    return made


def _preparing(page: Page) -> Iterator[tuple[str, Page]]:
    page.reload()
    press(page, "Prepara la raccolta")
    yield "rating round refused", page
    page.get_by_label("Titolo").fill("Prima di FG3")
    press(page, "Prepara la raccolta")
    yield "rating round begun", page
    follow(page, "Aggiungi: Rilevanza di criteri")
    page.get_by_label("Da dove").select_option("aut/0.1.0")
    press(page, "Mostra l'elenco")
    yield "questions to rate", page
    press(page, "Aggiungi")
    yield "no questions ticked", page
    page.locator("input[name=item]").nth(1).check()
    press(page, "Aggiungi")
    follow(page, "Aggiungi: Chiarezza di formulazioni")
    page.get_by_label("Da dove").select_option(EASY)
    press(page, "Mostra l'elenco")
    page.locator("input[name=item][value=AUT_OCC3]").check()
    press(page, "Aggiungi")
    press(page, "Fai i link")
    yield "rating links refused", page


def _judging(page: Page) -> Iterator[tuple[str, Page]]:
    yield "expert start", page
    follow(page, "Inizia")
    yield "expert criterion", page
    first = page.url
    page.get_by_label("Commento").fill("Dipende dal lavoro.")
    press(page, "Vai avanti")
    yield "expert error", page
    page.get_by_label("Molto rilevante").check()
    page.get_by_label("Commento").fill("Chiedi a Marco.")
    press(page, "Vai avanti")
    yield "expert name", page
    press(page, "Vai avanti")
    yield "expert wording", page
    page.get_by_label("Non so rispondere").check()
    press(page, "Vai avanti")
    yield "expert review", page
    press(page, "Invia i giudizi")
    yield "expert thanks", page
    page.locator("main").evaluate(SENT_AGAIN, first)
    page.wait_for_url(first)
    page.get_by_role("heading", name="Questo giudizio non è stato salvato").wait_for()
    yield "expert too late", page


# A page that was left open in another window, sent after everything was.
SENT_AGAIN = """(main, address) => {
  main.insertAdjacentHTML("beforeend", `<form method="post" action="${address}"><input name="value" value="1">
    <textarea name="comment">Ci ho ripensato</textarea></form>`);
  main.lastElementChild.submit();
}"""


def _reading(page: Page, address: str) -> Iterator[tuple[str, Page]]:
    page.goto(address)
    yield "no readers", page
    page.get_by_label("Quale scheda").select_option(EASY)
    press(page, "Mostra le domande")
    yield "reader questions", page
    page.goto(f"{address}?source={EASY}&item=AUT_OCC3")
    yield "reader test", page
    press(page, "Segna la prova")
    yield "reader test refused", page
    page.get_by_label("Codice di chi legge").fill("L1")
    page.get_by_label("In parte").check()
    page.get_by_label("Come la direbbe").fill("Marco, sai fare da solo?")
    press(page, "Segna la prova")
    yield "reader test with a name", page
    press(page, "Segna la prova")
    yield "readers", page
