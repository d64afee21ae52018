"""From a sentence in a focus group to the words that a new participant reads, and back again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT
from tests.stories.conftest import Site, running
from tests.stories.ledger import (
    GAPS,
    ITEM,
    NEW,
    NOTE,
    OLD,
    PEOPLE,
    answer,
    approve,
    code_the_notes,
    decide,
    experts_rate,
    links_for,
    prepare,
    publish,
    send_to_review,
    write_the_words,
)
from tests.stories.walk import sign_in

pytestmark = pytest.mark.browser

SCHEMA = ROOT / "surveyapp" / "focus_groups" / "ledger.schema.json"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two real people: one at the end of a path, one at the beginning."""
    folder = tmp_path_factory.mktemp("ledger")
    site = Site(folder)
    site.environment |= {f"SURVEYAPP_{gap}": f"({gap.lower()})" for gap in GAPS}
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    site.surveyapp("init")
    site.surveyapp("study", "import", str(folder / "people.csv"))
    with running(site, folder) as site:
        yield site


@pytest.fixture
def staff(browser: Browser, service: Site) -> Iterator[tuple[Page, Page]]:
    """Two people of the staff, each in a browser: who writes, and who approves."""
    contexts = [browser.new_context(locale="it-IT") for _ in range(2)]
    pages = [
        _entered(context, service, who)
        for context, who in zip(contexts, ("socialis", "lead_partner"), strict=True)
    ]
    yield pages[0], pages[1]
    for context in contexts:
        context.close()


def _entered(context: BrowserContext, service: Site, role: str) -> Page:
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, service, f"{role}@study.example", "--role", role)
    return page


def test_from_a_sentence_to_a_new_version_and_back(
    browser: Browser, service: Site, staff: tuple[Page, Page], tmp_path: Path
) -> None:
    author, approver = staff
    links = links_for(service)
    assert OLD in answer(browser, links["CR-0007", "EXANTE"])
    prepare(author, service)
    experts_rate(author, browser)
    code_the_notes(author, service)
    decision = decide(author)
    write_the_words(author, service)
    send_to_review(author, decision)
    approve(approver, service)
    said = approver.inner_text("main")
    assert "Percorsi già cominciati che continuano con la 0.1.0: 1." in said
    assert "1 questionario che nessuno ha ancora aperto passa alla 0.2.0." in said
    assert "Confronti prima-dopo persi: 0." in said
    publish(approver)

    links = links_for(service)
    assert NEW in answer(browser, links["CR-0008", "EXANTE"])
    asked_again = answer(browser, links["CR-0007", "EXPOST"])
    assert OLD in asked_again
    assert NEW not in asked_again
    _the_report_says_so(service, tmp_path)
    _the_page_of_the_item_shows_the_chain(author, service)


def _the_report_says_so(service: Site, folder: Path) -> None:
    """The path that began with 0.1.0 ended with it: one pair, within one version."""
    service.surveyapp("report", "--out", str(folder))
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "0.1.0 + 0.2.0" in report  # who answered
    assert (
        "versione semplice, strumento aut 0.1.0: 1 persona con due questionari" in report
    )  # who is compared


def _the_page_of_the_item_shows_the_chain(page: Page, service: Site) -> None:
    """From the form of the published version to the evidence of a question: one press."""
    page.goto(f"{service.url}/gestione/strumenti/aut/0.2.0/scheda")
    with page.expect_navigation():
        page.locator(f"a[href$='/storia/aut/{ITEM}']").first.click()
    main = page.inner_text("main")
    for words in (NOTE, "0,625", "Da rivedere", "DEC-001", "0.2.0"):
        assert words in main, words
    changed = page.locator("#parole ~ .scroll tbody").first
    expect(changed.locator("del").first).to_contain_text("Sai")
    expect(changed.locator("ins").first).to_contain_text("Al lavoro")
    page.goto(f"{service.url}/gestione/strumenti/aut/0.2.0/registro")
    expect(page.locator("tbody tr", has_text=f"{ITEM}")).to_contain_text("DEC-001")
    told = "\n".join(service.surveyapp("instruments", "ledger", "aut", "--json"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(json.loads(told))
