"""Notes of a focus group by keyboard alone: nothing is clicked, additions are announced, nothing is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from surveyapp.settings import read_settings
from surveyapp.storage.engine import open_engine, writing
from tests.factories import create_focus_group
from tests.stories.conftest import Site
from tests.stories.walk import sign_in

pytestmark = pytest.mark.browser


def opened(browser: Browser, site: Site, email: str, *, script: bool = True) -> Page:
    """The notes of a new meeting."""
    engine = open_engine(read_settings(site.environment).database_url)
    with writing(engine) as connection:
        meeting = create_focus_group(connection)
    engine.dispose()
    page = browser.new_context(locale="it-IT", java_script_enabled=script).new_page()
    page.set_default_timeout(10_000)
    sign_in(page, site, email)
    page.goto(f"{site.url}/gestione/focus-group/{meeting}/note")
    return page


def test_notes_are_typed_and_coded_by_keyboard_alone(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "tasti@study.example")
    announced = page.locator("#annuncio")
    note = page.get_by_label("Nuova nota")
    note.focus()
    page.keyboard.type("Il tutor")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("fa la differenza")
    page.keyboard.press("Enter")
    expect(announced).to_have_text("Nota aggiunta. Codifica la nota 1")
    expect(note).to_be_focused()
    expect(note).to_have_value("")
    page.keyboard.type("Le pause contano")
    page.keyboard.press("Enter")
    expect(announced).to_have_text("Nota aggiunta. Codifica la nota 2")
    page.keyboard.press("Enter")  # with nothing typed: on to the codes
    expect(page.get_by_label("Criterio:")).to_be_focused()
    page.keyboard.type("andare vol")
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(announced).to_have_text("Codice aggiunto: QIL_BEN1.")
    expect(page.get_by_label("Criterio:")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_focused()
    assert page.locator(".excerpts li").all_inner_texts()[0].startswith("Il tutor\nfa la differenza")
    assert "QIL_BEN1 (rischio)" in page.locator(".excerpts li").nth(1).inner_text()
    page.context.close()


def test_a_note_stays_where_it_is_when_the_line_is_lost(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "linea@study.example")
    note = page.get_by_label("Nuova nota")
    note.fill("Detto proprio adesso")
    page.context.set_offline(True)
    note.press("Enter")
    expect(page.locator("#guasto")).to_be_visible()
    expect(note).to_have_value("Detto proprio adesso")
    page.context.set_offline(False)
    note.press("Enter")
    expect(page.locator("#annuncio")).to_have_text("Nota aggiunta. Codifica la nota 1")
    expect(page.locator(".excerpts li")).to_have_count(1)
    expect(page.locator("#guasto")).to_be_hidden()
    page.context.close()


def test_without_scripts_the_same_forms_do_the_same(browser: Browser, site: Site) -> None:
    page = opened(browser, site, "senza@study.example", script=False)
    page.get_by_label("Nuova nota").fill("Le pause contano")
    page.get_by_role("button", name="Aggiungi la nota").press("Enter")
    page.get_by_label("Criterio:").fill("andare vol")
    page.get_by_label("Tipo:").select_option(label="2 Conferma")
    page.get_by_label("Criterio:").press("Enter")
    assert "QIL_BEN1 (conferma)" in page.locator(".excerpts li").inner_text()
    page.context.close()
