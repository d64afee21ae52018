"""Pictures of the guide, taken anew: `python -m tests.stories.pictures` (an old telephone and a desk)."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT
from tests.stories.companies import new_company
from tests.stories.conftest import CHROMIUM, FLAGS, Site, running
from tests.stories.desk_pictures import desk_pages
from tests.stories.pressing import follow, press
from tests.stories.walk import begin, past_pause_and_help, skip_until

FOLDER = ROOT / "docs" / "guide" / "img"
WIDTHS = {320: 640, 1280: 800}
LONG = ("riepilogo", "bozza", "storia")  # only its beginning
COLOURS = 64


def main() -> None:
    """Start a site of invented people, walk it at each width, keep what is seen."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with running(Site(Path(name)), Path(name)) as site:
            for width, height in WIDTHS.items():
                _take(browser, site, width, height)
            for name, page in desk_pages(browser, site, 1280, WIDTHS[1280]):
                _keep(page, name, 1280)
        browser.close()


def _take(browser: Browser, site: Site, width: int, height: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="it-IT", java_script_enabled=False
    )
    for name, page in _pages(context.new_page(), site, width):
        _keep(page, name, width)
    context.close()


def _keep(page: Page, name: str, width: int) -> None:
    file = FOLDER / f"{name}-{width}.png"
    page.screenshot(path=file, full_page=name not in LONG)
    Image.open(file).quantize(COLOURS).save(file, optimize=True)


def _pages(page: Page, site: Site, width: int) -> Iterator[tuple[str, Page]]:
    easy, standard, ending = site.surveyapp("links", "--instrument", "aut", "--count", "3")
    page.goto(easy)
    yield "inizio", page
    begin(page, easy)
    yield "domanda", page
    press(page, "Vai avanti")
    yield "errore", page
    page.goto(standard)
    follow(page, "Cambia versione")
    page.get_by_label(re.compile("Versione standard")).check()
    press(page, "Usa questa versione")
    begin(page, standard)
    yield "domanda-standard", page
    (end,) = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXPOST", "--count", "1")
    begin(page, end)
    skip_until(page, 'class="stair')
    yield "scala", page
    begin(page, ending)
    page.get_by_label("Sì", exact=True).check()
    press(page, "Vai avanti")
    skip_until(page, "Ti ha aiutato qualcuno?")
    yield "aiuto", page
    past_pause_and_help(page)
    yield "riepilogo", page
    press(page, "Invia le risposte")
    yield "grazie", page
    begin(page, new_company(site, f"KEYPICT{width}"))
    press(page, "Salva e vai avanti")
    press(page, "Salva e vai avanti")
    yield "azienda", page


if __name__ == "__main__":
    main()
