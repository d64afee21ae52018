"""An approved draft on its way to a publication, in the browser; the staff is signed in already."""

from collections.abc import Iterator

from playwright.sync_api import Page

from surveyapp.settings import read_settings
from surveyapp.storage.engine import open_engine, writing
from tests.bundled import FOLDER, bundled
from tests.focus_groups.approved import create_approved
from tests.stories.conftest import Site
from tests.stories.pressing import follow, press

# What is walked below, in order. Nothing is published: the pages that come after meet the same versions.
PUBLICATION = ("draft approved", "publication", "publication refused")


def every_page_of_publication(page: Page, site: Site) -> Iterator[tuple[str, Page]]:
    """The name of each kind, and the page that shows it; who looks leaves the page where it is."""
    engine = open_engine(read_settings(site.environment).database_url)
    with writing(engine) as connection:
        draft = create_approved(connection, bundled(), FOLDER)
    engine.dispose()
    page.goto(f"{site.url}/gestione/bozze/{draft}")
    yield "draft approved", page
    follow(page, "Pubblica questa versione")
    yield "publication", page
    press(page, "Pubblica la 0.2.0")
    yield "publication refused", page
