"""A question of a draft in the browser: saved while it is written, seen as a telephone shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.stories.conftest import Site
from tests.stories.pressing import follow, press
from tests.stories.walk import sign_in

ITEM = "QIL_BEN1"
EASY = "text.P.easy"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="it-IT")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def opened(context: BrowserContext, site: Site, email: str) -> Page:
    page = context.new_page()
    sign_in(page, site, email, "--role", "socialis")
    page.goto(f"{site.url}/gestione/bozze")
    row = page.locator("tr", has_text="qil")
    with page.expect_navigation():
        row.locator("button, a").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name=ITEM, exact=True).click()
    return page


def test_what_is_written_is_saved_and_shown_by_itself(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "scrive@study.example")
    words = page.locator(f"textarea[name='{EASY}']")
    words.fill("Non ti è mai piaciuto questo lavoro?")
    expect(page.locator("#salvato")).to_have_text("Salvato.")
    expect(page.locator("#anteprima")).to_contain_text("Non ti è mai piaciuto questo lavoro?")
    expect(page.locator(f"[id='m-{EASY}']")).to_contain_text("negazioni: non, mai")
    assert page.locator(".phone").first.evaluate("one => one.offsetWidth") == 320
    words.fill("Ti piace {niente}?")
    expect(page.locator("#guai")).to_contain_text("niente")
    words.fill("Ti piace questo lavoro qui?")
    expect(page.locator("#anteprima")).to_contain_text("Ti piace questo lavoro qui?")
    page.goto(page.url)
    expect(words).to_have_value("Ti piace questo lavoro qui?")


def test_a_rule_is_chosen_from_menus_and_told_in_a_sentence(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "regola@study.example")
    follow(page, "Torna alla bozza")
    press(page, "Scrivi tu la bozza")
    follow(page, "QIL_BEN2")
    press(page, "Cambia quando si chiede")
    page.get_by_label("Che cosa si guarda").select_option("item.QIL_BEN1")
    press(page, "Aggiungi la condizione")
    page.get_by_label("Come condizione 1").select_option("is_not")
    page.locator("input[name='value.0']").first.check()
    page.get_by_label("Che cosa si guarda").select_option("where.ambito")
    press(page, "Aggiungi la condizione")
    expect(page.locator("input[name='value.0']").first).to_be_checked()
    page.get_by_label("Crema", exact=True).check()
    page.get_by_label("Si chiede se valgono").select_option("any")
    press(page, "Salva")
    expect(page.locator("main")).to_contain_text("Si chiede se la risposta a QIL_BEN1 non è")
    expect(page.locator("main")).to_contain_text("oppure l'Ambito è Crema.")
    press(page, "Cambia quando si chiede")
    press(page, "Togli la 1 Risposta a QIL_BEN1")
    press(page, "Togli la 1 Ambito")
    press(page, "Salva")
    expect(page.locator("main")).to_contain_text("Si chiede sempre.")


def test_a_browser_closed_in_mid_sentence_loses_nothing(context: BrowserContext, site: Site) -> None:
    page = opened(context, site, "chiude@study.example")
    follow(page, "Torna alla bozza")
    press(page, "Scrivi tu la bozza")
    follow(page, ITEM)
    page.locator(f"textarea[name='{EASY}']").fill("Una frase a me")
    address = page.url
    page.goto(f"{site.url}/gestione/bozze")
    other = context.new_page()
    for _ in range(20):
        other.goto(address)
        if other.locator(f"textarea[name='{EASY}']").input_value() == "Una frase a me":
            return
        other.wait_for_timeout(250)
    raise AssertionError("what was written is not there")
