"""A browser that keeps no cookies: the page says so and offers the code; the link still works elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.stories.conftest import CHROMIUM, FLAGS, Site

TOLD = "Il tuo browser non lascia salvare i cookie"
BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}  # as in Chromium's settings


@pytest.fixture
def without_cookies(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCKED), encoding="utf-8")
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=FLAGS, locale="it-IT", viewport={"width": 320, "height": 568}
    )
    yield context
    context.close()


def test_it_is_told_and_the_code_is_offered(
    browser: Browser, without_cookies: BrowserContext, site: Site
) -> None:
    [link] = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")
    page = without_cookies.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(TOLD)
    assert link.rsplit("/", 1)[1] not in page.url
    page.get_by_role("link", name=f"{site.url}/codice").click()
    expect(page.get_by_label("Il codice")).to_be_visible()
    elsewhere = browser.new_page()
    elsewhere.goto(link)
    expect(elsewhere.get_by_role("heading", level=1)).not_to_have_text(TOLD)
    elsewhere.close()
