"""Every kind of page in a real browser: axe, reflow, target sizes, a focus that is seen (docs/quality.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from surveyapp.collection.reading_settings import CHOICES
from tests.sounds import mp3
from tests.stories.aloud import READ_ALOUD, every_page_read_aloud
from tests.stories.care import CARE
from tests.stories.companies import COMPANY_PAGES, every_company_page
from tests.stories.conftest import Site
from tests.stories.kinds import ANSWERS, every_kind_of_answer
from tests.stories.line import STATES, without_a_line
from tests.stories.paper import PAPER, every_page_of_paper
from tests.stories.tablet import AROUND_A_CODE, every_kind_around_a_code
from tests.stories.walk import BESIDE_THE_QUESTIONS, every_kind_of_page
from tests.web.routes import addresses_of

pytestmark = pytest.mark.browser

NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
# Without wcag22aa axe leaves target-size out.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations", "incomplete"],
}
THEMES = CHOICES["theme"][1:]
# How «Come vuoi leggere?» is kept on the page, without sending it for each.
SET = "chosen => Object.assign(document.documentElement.dataset, chosen)"
# What axe cannot decide by itself: rule -> why it is all right. Nothing, so far.
EXPLAINED: dict[str, str] = {}
# The spacing a reader may ask for (WCAG 1.4.12).
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# A table may scroll inside its own region, never the page.
OVERFLOW = """() => [...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.skip, .hidden') && !one.parentElement.closest('.scroll'))
  .filter(one => one.getBoundingClientRect().right > 320.5)
  .map(one => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))"""
# A radio's target is its whole card.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, textarea, select, summary')]
  .filter(one => one.type !== 'hidden' && !one.closest('.skip, [hidden]'))
  .map(one => one.closest('label') || one)
  .map(one => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const style = getComputedStyle(one.closest('.choice') || one), box = one.getBoundingClientRect();
  return {
    name: one.tagName + ' ' + (one.textContent.trim() || one.name || ''),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3,
    inside: box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@dataclass(frozen=True)
class Seen:
    """What was found on one kind of page."""

    violations: list[str]
    incomplete: list[str]
    overflow: list[str]
    small_targets: list[str]
    bad_focus: list[str]
    largest: list[str]
    colours: list[str]
    path: str


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
    yield {name: _look(page) for name, page in walks}
    context.close()


KINDS = (
    "home", "help", "privacy", "not found", "reading", "start", "reading here", "variants",
    "talk", "talk asked", "refusal", "refused", "steps", "choice", "error", "saved", "two answers", "pause",
    "text", "text error", "review", "thanks", "sent answers",
    *BESIDE_THE_QUESTIONS,
    "sign in", "sign in error", "today", "administration", "administration with notes", "reports",
    "instruments",
    "study plan", "instrument", "instrument versions", "instrument form", "staff not found",
    "session ending", "signed out",
    *CARE,
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
def test_every_theme_has_enough_contrast(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].colours) == ""


@each_kind
def test_every_target_is_big_enough(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].small_targets) == ""


@each_kind
def test_the_focus_is_always_seen(seen: dict[str, Seen], kind: str) -> None:
    assert "\n".join(seen[kind].bad_focus) == ""


# Addresses that show no page of their own: they lead to another one, or give a file or a word to programs.
NO_PAGE = {
    "access.enter",
    "aloud.recording",
    "invitation.go_on",
    "pages.health",
    "practice.go_on",
    "questions.following",
    "staff.recording_sound",
    "staff.report_file",
    "staff.stay",
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
    page = browser.new_page(viewport=NARROW)
    page.set_content(BROKEN)
    found = _look(page)
    page.close()
    violated = {text.split(":")[0] for text in found.violations}
    assert {"image-alt", "label", "document-title", "landmark-one-main"} <= violated
    assert found.overflow
    assert len(found.small_targets) == 2
    assert found.bad_focus


def _look(page: Page) -> Seen:
    page.set_viewport_size(WIDE)  # axe cannot judge the colours of what a narrow screen leaves out
    wide = _axe().run(page, options=OPTIONS).response
    page.set_viewport_size(NARROW)
    narrow = _axe().run(page, options=OPTIONS).response
    violations = _told(wide["violations"] + narrow["violations"])
    targets = page.evaluate(SMALL_TARGETS)
    focus = _bad_focus(page)
    spacing = page.add_style_tag(content=SPACING)
    overflow = page.evaluate(OVERFLOW)
    page.evaluate(SET, {"size": "largest", "spacing": "wide"})
    largest = page.evaluate(OVERFLOW)
    spacing.evaluate("style => style.remove()")
    page.evaluate(SET, {"size": "medium", "spacing": "normal"})
    page.set_viewport_size(WIDE)
    colours = [problem for theme in THEMES for problem in _in_theme(page, theme)]
    path = urlsplit(page.url).path
    return Seen(violations, _told(wide["incomplete"]), overflow, targets, focus, largest, colours, path)


def _in_theme(page: Page, theme: str) -> list[str]:
    page.evaluate(SET, {"theme": theme})
    found = _axe().run(page, options=COLOURS).response
    page.evaluate(SET, {"theme": "light"})
    return [f"{theme}: {problem}" for problem in _told(found["violations"] + found["incomplete"])]


@cache
def _axe() -> Axe:
    return Axe()


def _told(results: list[dict[str, Any]]) -> list[str]:
    return [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in results]


def _bad_focus(page: Page) -> list[str]:
    """Press Tab until the focus leaves the page; what takes it without showing it, or outside the screen."""
    found = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return found
        if not (focused["outlined"] and focused["inside"]):
            found.append(str(focused))
    return [*found, "Tab never leaves the page"]
