"""Questionnaires for a shared tablet, and the kinds of page around short codes, in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import Connection, update

from surveyapp.storage.engine import open_engine, writing
from surveyapp.storage.tables import Link
from tests.bundled import bundled
from tests.factories import (
    create_administration,
    create_answer,
    create_code,
    create_link,
    create_path,
    create_person,
)
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press
from tests.stories.walk import begin

# What is walked below, in order.
AROUND_A_CODE = (
    "code", "code wrong", "tablet start", "tablet question", "tablet finish", "tablet locked",
    "tablet finished", "tablet thanks", "helper", "no cookie", "administration with tablet", "handed over",
    "assisted",
)  # fmt: skip


@dataclass(frozen=True)
class Handed:
    """A participant's questionnaire, to be opened on a tablet; `key` is in its addresses."""

    key: str
    code: str
    link: str


def hand_over(site: Site, key: str, skipped: int = 0, purpose: str = "tablet") -> Handed:
    """Make one, with its first questions skipped already."""
    instruments = bundled()
    with writing_to(site) as connection:
        path = create_path(connection, create_person(connection, demonstration=True))
        administration = create_administration(connection, instruments, path, key=key)
        for item in list(instruments.newest("aut").items)[:skipped]:
            create_answer(connection, administration, item, reason="skipped")
        code = create_code(connection, administration, purpose=purpose)
        token = create_link(connection, administration, purpose=purpose)
    return Handed(key, code, f"{site.url}/r/{token}")


def leave_alone(site: Site) -> None:
    """As if nobody had used any tablet for a long time."""
    with writing_to(site) as connection:
        connection.execute(update(Link).values(seen_at=datetime(2026, 1, 1, tzinfo=UTC)))


def every_kind_around_a_code(context: BrowserContext, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    context.clear_cookies()  # whoever signed in before
    page = context.new_page()
    page.goto(f"{site.url}/codice")
    yield "code", page
    page.fill("#code", "sbagliato")
    press(page, "Apri il questionario")
    yield "code wrong", page
    page.fill("#code", hand_over(site, "WALKED").code)
    press(page, "Apri il questionario")
    yield "tablet start", page
    press(page, "Sì, voglio rispondere")
    yield "tablet question", page
    question = page.url
    follow(page, "Finisci o cambia persona")
    yield "tablet finish", page
    leave_alone(site)
    page.goto(question)
    yield "tablet locked", page
    follow(page, "Finisci o cambia persona")
    press(page, "Finisci")
    yield "tablet finished", page
    begin(page, hand_over(site, "WALKEDTOO", skipped=99).link)
    press(page, "Invia le risposte")
    yield "tablet thanks", page
    for name, address in (("helper", "/chi-aiuta"), ("no cookie", "/q/none/?primo=1")):
        page.goto(site.url + address)
        yield name, page
    yield from _handed_over(page, site)


def _handed_over(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    email = "anna@study.example"
    password = site.surveyapp("user", "add", email, "--role", "administrator")[-1].split()[-1]
    page.goto(f"{site.url}/gestione/somministrazioni/WALKED")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Entra")
    yield "administration with tablet", page
    own = page.url
    press(page, "Nuovo link")
    yield "handed over", page
    page.goto(own)
    press(page, "Avvia in modalità assistita")
    yield "assisted", page


@contextmanager
def writing_to(site: Site) -> Iterator[Connection]:
    """A transaction on the site's database."""
    engine = open_engine(site.environment["SURVEYAPP_DATABASE_URL"])
    with writing(engine) as connection:
        yield connection
    engine.dispose()
