"""One person from the register to the report: ex-ante, pause, resume on another phone, ex-post."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.stories.conftest import Site
from tests.stories.pressing import press
from tests.stories.walk import past_pause_and_help, past_practice

pytestmark = pytest.mark.browser

PEOPLE = """codice;provincia;ambito;inizio_percorso;fine_percorso;motivo_fine
CR-0007;Cremona;Cremona;15/06/2026;02/11/2026;assunzione
"""
GOAL = "Andare al lavoro da solo con l'autobus"
GAPS = ("TITOLARE", "CONTATTO", "DATA", "FIGURA", "CHI", "NOME", "VEDE")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one real person in its register."""
    folder = tmp_path_factory.mktemp("service")
    site = Site(folder)
    site.environment |= {f"SURVEYAPP_{gap}": f"({gap.lower()})" for gap in GAPS}
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    site.surveyapp("study", "import", str(folder / "people.csv"))
    log = folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "surveyapp.cli", "run"]
        server = subprocess.Popen(command, env=site.environment, stdout=output, stderr=output)
        try:
            site.wait(server, log)
            yield site
        finally:
            server.terminate()
            server.wait(20)


def new_phone(browser: Browser) -> BrowserContext:
    """A phone without JavaScript that has never been here."""
    return browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=False)


def answer(page: Page) -> None:
    """The second choice, or the goal in words; further goals are skipped."""
    if page.locator("textarea").count() == 0:
        page.locator("input[type=radio]").nth(1).check()
        press(page, "Vai avanti")
    elif page.inner_text("h1") == "Che cosa vuoi riuscire a fare?":
        page.fill("textarea", GOAL)
        press(page, "Vai avanti")
    else:
        press(page, "Salta la domanda")
    past_pause_and_help(page)


def answer_to_the_end(page: Page) -> list[str]:
    """Answer what is asked and send; the questions met."""
    asked = []
    while page.get_by_role("button", name="Invia le risposte").count() == 0:
        asked.append(page.inner_text("h1"))
        answer(page)
    press(page, "Invia le risposte")
    assert page.inner_text("#grazie") == "Grazie"
    return asked


def test_one_person_from_register_to_report(browser: Browser, service: Site, tmp_path: Path) -> None:
    due = [line.split("\t") for line in service.surveyapp("links", "--instrument", "aut", "--form", "P")]
    links = {occasion: link for _code, _who, _form, occasion, _territory, link in due}
    assert sorted(links) == ["EXANTE", "EXPOST"]

    first_phone = new_phone(browser)
    page = first_phone.new_page()
    page.goto(links["EXANTE"])
    press(page, "Sì, voglio rispondere")
    past_practice(page)
    for _ in range(5):
        answer(page)
    stopped_at = page.inner_text("h1")
    page.get_by_role("link", name="Fai una pausa").click()
    first_phone.close()

    second_phone = new_phone(browser)
    page = second_phone.new_page()
    page.goto(links["EXANTE"])
    assert page.inner_text("h1") == stopped_at
    assert len(answer_to_the_end(page)) == 18  # 24 less the 5 done, and no third goal

    page.goto(links["EXPOST"])
    assert "Anche questa volta usi la versione semplice." in page.inner_text("main")
    press(page, "Sì, voglio rispondere")
    past_practice(page)
    asked = answer_to_the_end(page)
    assert f"Volevi: «{GOAL}». Ci sei riuscito o riuscita?" in asked
    second_phone.close()

    service.surveyapp("report", "--out", str(tmp_path))
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Dimostrazione" not in report
    assert os.path.getsize(tmp_path / "results.csv") > 0
