"""What a screen reader is given, compared with what was heard and approved (J4).

A change that is meant: SURVEYAPP_WRITE_SNAPSHOTS=1 writes the texts anew; read them before a commit.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.stories.conftest import Site
from tests.stories.pressing import press
from tests.stories.walk import begin

pytestmark = pytest.mark.browser

APPROVED = Path(__file__).parent / "heard"


@pytest.fixture
def question(phone: BrowserContext, site: Site) -> Iterator[Page]:
    """The first question of the easy Autovalutazione."""
    (link,) = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")
    page = phone.new_page()
    begin(page, link)
    yield page
    page.close()


def heard(page: Page, name: str) -> tuple[str, str]:
    """What the page gives now, and what was approved."""
    now = page.locator("body").aria_snapshot() + "\n"
    file = APPROVED / f"{name}.yml"
    if os.environ.get("SURVEYAPP_WRITE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(_without_keys(now, page), encoding="utf-8")
    return _without_keys(now, page), file.read_text(encoding="utf-8")


def _without_keys(text: str, page: Page) -> str:
    """Without the key of the questionnaire, which is another one each time."""
    key = page.url.split("/q/")[1].partition("/")[0]
    return text.replace(key, "KEY")


def test_a_question_is_heard_as_approved(question: Page) -> None:
    now, approved = heard(question, "question")
    assert now == approved


def test_an_error_is_heard_as_approved(question: Page) -> None:
    """The error comes before the question, and the question says it again before its answers."""
    press(question, "Vai avanti")
    assert question.evaluate("document.activeElement.className") == "errors"  # it is read at once (D3)
    now, approved = heard(question, "error")
    assert now == approved
