"""A caseworker writes for a long time: the page warns before the access ends, and one press makes it last."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.stories.conftest import Site
from tests.stories.pressing import press
from tests.stories.walk import sign_in


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="it-IT")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def test_the_end_of_a_session_is_told_in_time_and_one_press_puts_it_off(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    page.clock.install()
    sign_in(page, site, "a.lungo@study.example")
    note = page.get_by_role("alert")
    page.clock.fast_forward("11:50")
    expect(note).to_be_hidden()
    page.clock.fast_forward("00:15")  # more than two minutes are left
    expect(note).to_contain_text("Fra meno di 3 minuti l'accesso finisce.")
    note.get_by_role("button", name="Resta dentro").press("Enter")
    expect(note).to_be_hidden()
    page.clock.fast_forward("12:05")
    expect(note).to_be_visible()
    page.context.clear_cookies(name="staff")
    note.get_by_role("button", name="Resta dentro").press("Enter")
    expect(note).to_contain_text("Quello che hai scritto in questa pagina non si perde")


def test_what_was_written_comes_back_after_signing_in_elsewhere(context: BrowserContext, site: Site) -> None:
    site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")
    page = context.new_page()
    sign_in(page, site, "b.lungo@study.example", "--role", "administrator")
    with page.expect_navigation():
        page.locator("tbody th a").first.click()
    address = page.url
    page.goto(f"{address}/non-compilabile")
    page.get_by_label("Un altro motivo, scritto nella nota").check()
    page.get_by_label("Nota (facoltativa)").fill("Ha cambiato città")
    page.context.clear_cookies(name="staff")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bisogna entrare di nuovo")
    expect(page.locator("main")).to_contain_text("Ha cambiato città")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Entra di nuovo").click()
    other = opened.value
    other.get_by_label("E-mail").fill("b.lungo@study.example")
    other.get_by_label("Password").fill(_password(site))
    press(other, "Entra")
    press(page, "Continua")
    press(page, "Invia di nuovo")
    expect(page.locator("main")).to_contain_text("Ha cambiato città")


def _password(site: Site) -> str:
    """A new one: the first was printed once."""
    return site.surveyapp("user", "password", "b.lungo@study.example")[-1].split()[-1]
