"""Every kind of page in a real browser: axe, reflow, target sizes, a focus that is seen (docs/quality.md)."""

from collections.abc import Iterator
from itertools import chain

import pytest
from playwright.sync_api import Browser

from tests.sounds import mp3
from tests.stories.aloud import READ_ALOUD, every_page_read_aloud
from tests.stories.care import CARE
from tests.stories.companies import COMPANY_PAGES, every_company_page
from tests.stories.conftest import Site
from tests.stories.decisions import DECISIONS
from tests.stories.focus import FOCUS
from tests.stories.histories import HISTORIES
from tests.stories.kinds import ANSWERS, every_kind_of_answer
from tests.stories.line import STATES, without_a_line
from tests.stories.looks import NARROW, Seen, judged, look, without_scripts
from tests.stories.paper import PAPER, every_page_of_paper
from tests.stories.pressing import press
from tests.stories.publication import PUBLICATION
from tests.stories.ratings import RATINGS
from tests.stories.tablet import AROUND_A_CODE, every_kind_around_a_code
from tests.stories.walk import BESIDE_THE_QUESTIONS, begin, every_kind_of_page
from tests.web.routes import addresses_of

pytestmark = pytest.mark.browser

# What axe cannot decide by itself: rule -> why it is all right. Nothing, so far.
EXPLAINED: dict[str, str] = {}


@pytest.fixture(scope="module")
def seen(browser: Browser, site: Site, kinds_site: Site) -> Iterator[dict[str, Seen]]:
    """One walk through all pages on a narrow screen, with everything the tests below ask."""
    # axe needs JavaScript, and the spacing a style of its own: both are refused by our policy, so it is off.
    context = browser.new_context(viewport=NARROW, locale="it-IT", bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    walks = chain(
        every_kind_of_page(context, site),
        every_kind_of_answer(context, kinds_site),
        every_page_read_aloud(context, kinds_site, mp3()),
        every_kind_around_a_code(context, site),
        without_a_line(context, site),
        every_page_of_paper(context, site),
        every_company_page(context, site),
    )
    yield {name: look(page) for name, page in walks}
    context.close()


KINDS = (
    "home", "help", "privacy", "not found", "reading", "start", "reading here", "variants",
    "talk", "talk asked", "refusal", "refused", "steps", "choice", "error", "saved", "two answers", "pause",
    "text", "text error", "review", "thanks", "sent answers",
    *BESIDE_THE_QUESTIONS,
    "sign in", "sign in error", "today", "administration", "administration with notes", "cases",
    "reports",
    "instruments",
    "study plan", "instrument", "instrument versions", "instrument form", "drafts", "draft item",
    "draft rule", "draft answers", "draft", "draft titles",
    "staff not found",
    *CARE,
    *RATINGS,
    *FOCUS,
    *DECISIONS,
    *PUBLICATION,
    *HISTORIES,
    "session ending", "signed out",
    *ANSWERS,
    *READ_ALOUD,
    *AROUND_A_CODE,
    *STATES,
    *PAPER,
    *COMPANY_PAGES,
)  # fmt: skip
each_kind = pytest.mark.parametrize("kind", KINDS)


def test_every_kind_of_page_is_walked(seen: dict[str, Seen]) -> None:
    assert tuple(seen) == KINDS


@each_kind
def test_axe_finds_no_violation(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].violations) == ""


@each_kind
def test_axe_leaves_nothing_undecided(seen: dict[str, Seen], kind: str) -> None:
    undecided = [found for found in seen[kind].incomplete if found.split(":")[0] not in EXPLAINED]
    assert "\n".join(undecided) == ""


@each_kind
def test_wide_spacing_never_scrolls_sideways(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].overflow) == ""


@each_kind
def test_the_largest_text_with_wide_spacing_never_scrolls_sideways(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].largest) == ""


@each_kind
def test_lines_that_begin_on_the_right_never_scroll_sideways(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].right_to_left) == ""


@each_kind
def test_every_theme_has_enough_contrast(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].colours) == ""


@each_kind
def test_every_target_is_big_enough(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].small_targets) == ""


@each_kind
def test_the_colours_of_the_reader_hide_nothing(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].forced) == ""


@each_kind
def test_without_scripts_axe_finds_no_violation(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].without_scripts or []) == ""


def test_an_error_without_scripts_has_no_violation(browser: Browser, site: Site) -> None:
    """What was sent cannot be asked for again: the error is made in a page without scripts."""
    [link] = site.surveyapp("links", "--instrument", "aut", "--occasion", "EXANTE", "--count", "1")
    context = browser.new_context(viewport=NARROW, locale="it-IT", bypass_csp=True)
    page = without_scripts(context)
    begin(page, link)
    press(page, "Vai avanti")
    assert page.title().startswith("Errore: ")
    assert page.evaluate("document.activeElement.className") == "errors"
    assert judged(page) == []
    context.close()


def test_where_scripts_change_a_page_it_was_looked_at_without_them(seen: dict[str, Seen]) -> None:
    changed = {kind for kind in KINDS if seen[kind].without_scripts is not None}
    assert {"text"} <= changed


@each_kind
def test_the_focus_is_always_seen(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].bad_focus) == ""


# Addresses that show no page of their own: they lead to another one, or give a file or a word to programs.
NO_PAGE = {
    "access.enter",
    "aloud.recording",
    "experts.enter",
    "invitation.go_on",
    "languages.choose",
    "pages.health",
    "practice.go_on",
    "questions.following",
    "staff.case_file",
    "staff.rating_file",
    "staff.draft_file",
    "staff.recording_sound",
    "staff.report_file",
    "staff.stay",
    "staff.version_ledger_file",
    "static",
}


def test_every_address_with_a_page_is_looked_at(seen: dict[str, Seen]) -> None:
    """A new page without a place in the walk fails here (J1)."""
    addresses = addresses_of("GET")
    found = {addresses.match(one.path)[0] for one in seen.values() if addresses.test(one.path)}
    listed = {rule.endpoint for rule in addresses.map.iter_rules()}
    assert sorted(listed - found - NO_PAGE) == []
    assert listed >= NO_PAGE


BROKEN = """<html lang="en"><body><a href="/" style="outline: none">x</a><p style="width: 700px">Largo</p>
<img src="data:image/png;base64,"><form><input type="text"></form></body></html>"""


def test_a_broken_page_is_caught(browser: Browser) -> None:
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.set_content(BROKEN)
    found = look(page)
    context.close()
    violated = {text.split(":")[0] for text in found.violations}
    assert {"image-alt", "label", "document-title", "landmark-one-main"} <= violated
    assert found.overflow
    assert len(found.small_targets) == 2
    assert found.bad_focus
