"""Pages of companies in the browser: sections, an inventory told before, the telephone of the staff."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page

from surveyapp.settings import read_settings
from surveyapp.storage.engine import open_engine, writing
from tests.bundled import bundled
from tests.factories import create_link
from tests.stories.conftest import Site
from tests.stories.pressing import press
from tests.stories.walk import begin
from tests.web.inventories import create_company

SAVE = "Salva e vai avanti"
# What is walked below, in order.
COMPANY_PAGES = (
    "section", "section with something missing", "known record", "questions that came up",
    "known record settled", "known record to correct", "section with something wrong",
    "section from two places", "company review", "telephone", "call not noted", "calls", "interview",
)  # fmt: skip


def new_company(site: Site, key: str = "KEYCOMPANY") -> str:
    """The link of a company that told three accommodations when its accompaniment ended."""
    settings = read_settings(site.environment)
    engine = open_engine(settings.database_url)
    today = datetime.now(UTC).date()
    window = {"due_from": today, "due_to": today + timedelta(30), "late_to": today + timedelta(60)}
    with writing(engine) as connection:
        administration = create_company(
            connection,
            bundled(),
            key=key,
            organisation={"demonstration": True},
            **window,
        )
        token = create_link(connection, administration)
    engine.dispose()
    return f"{site.url}/r/{token}"


def every_company_page(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    page = context.new_page()
    begin(page, new_company(site))
    yield "section", page
    press(page, SAVE)
    yield "section with something missing", page
    press(page, SAVE)
    yield from _inventory(page)
    yield from _numbers(page)
    yield from _telephone(page, site)


def _inventory(page: Page) -> Iterator[tuple[str, Page]]:
    yield "known record", page
    page.get_by_label("Sì, è giusto").check()
    page.get_by_label("Attivo e usato").check()
    page.get_by_label("Molto", exact=True).check()
    press(page, SAVE)
    yield "questions that came up", page
    page.locator("details.known summary").click()
    yield "known record settled", page
    with page.expect_navigation():
        page.get_by_role("link", name="Correggi quello che è stato detto").click()
    yield "known record to correct", page


def _numbers(page: Page) -> Iterator[tuple[str, Page]]:
    while page.locator("h1").inner_text() != "Dopo l'accompagnamento":
        press(page, SAVE)
    address = page.url
    page.fill("#ACC_Q2-a1", "qualcuna")
    press(page, SAVE)
    yield "section with something wrong", page
    seen = page.locator("[name='seen.ACC_Q2']").input_value()
    page.request.post(
        address.partition("?")[0], form={"key": "elsewhere", "seen.ACC_Q2": seen, "answer.ACC_Q2": "2"}
    )
    page.fill("#ACC_Q2-a1", "3")
    press(page, SAVE)
    yield "section from two places", page
    page.get_by_label("Quella di adesso").check()
    while page.locator("h1").inner_text() != "Le risposte da controllare":
        press(page, SAVE)
    yield "company review", page


def _telephone(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    email = "telefono@study.example"
    password = site.surveyapp("user", "add", email, "--role", "caseworker", "--province", "BG")[-1].split()[
        -1
    ]
    page.goto(f"{site.url}/gestione/esci")
    page.context.clear_cookies()
    page.goto(f"{site.url}/gestione/somministrazioni/KEYCOMPANY")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Entra")
    yield "telephone", page
    press(page, "Segna la chiamata")
    yield "call not noted", page
    page.get_by_label("Com'è andata").select_option(label="Richiamare")
    page.get_by_label("Nota (facoltativa)").fill("Dopo le 15")
    press(page, "Segna la chiamata")
    yield "calls", page
    press(page, "Avvia l'intervista al telefono")
    page.goto(page.url.replace("riepilogo", "parte/CUL"))
    yield "interview", page
