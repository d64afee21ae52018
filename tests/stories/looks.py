"""What is looked at on a page in a browser: axe, reflow, targets, focus, colours, life without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize

from surveyapp.collection.reading_settings import CHOICES

Results = dict[str, list[dict[str, Any]]]

NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
# Without wcag22aa axe leaves target-size out.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations", "incomplete"],
}
# axe judges the colours that a page asks for, not the reader's own in their place: all but the contrast.
FORCED = OPTIONS | {"rules": {"color-contrast": {"enabled": False}}}
THEMES = CHOICES["theme"][1:]
# How «Come vuoi leggere?» is kept on the page, without sending it for each.
SET = "chosen => Object.assign(document.documentElement.dataset, chosen)"
# The spacing a reader may ask for (WCAG 1.4.12).
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# A table may scroll inside its own region, never the page.
OVERFLOW = """() => [...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.skip, .hidden') && !one.parentElement.closest('.scroll'))
  .filter(one => { const box = one.getBoundingClientRect(); return box.right > 320.5 || box.left < -0.5; })
  .map(one => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))"""
# A radio's target is its whole card.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, textarea, select, summary')]
  .filter(one => one.type !== 'hidden' && !one.closest('.skip, [hidden]'))
  .map(one => one.closest('label') || one)
  .map(one => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
SCRIPTS = "[...document.scripts].map(one => new URL(one.src, location).pathname.split('/').at(-1))"
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


# With the colours of the reader (forced-colors) backgrounds are gone: what is pressed or filled in needs an
# edge, a picture the colour of its words.
WITHOUT_EDGE = """() => [...document.querySelectorAll(
    '.button, .choice, .card, select, textarea, input[type=text]')]
  .filter(one => !one.closest('[hidden]') && one.checkVisibility())
  .filter(one => { const s = getComputedStyle(one);
    return s.borderBlockStartStyle === 'none' || parseFloat(s.borderBlockStartWidth) === 0; })
  .map(one => 'no edge: ' + one.className + ' ' + one.textContent.trim().slice(0, 40))"""
UNSEEN_PICTURES = """() => [...document.querySelectorAll('main svg:not(.qr *) *')]
  .filter(one => one instanceof SVGGeometryElement && one.checkVisibility())
  .filter(one => { const s = getComputedStyle(one);
    return ![s.fill, s.stroke].includes(s.color); })
  .map(one => 'not in the colour of its words: ' + one.outerHTML.slice(0, 80))"""


@dataclass(frozen=True)
class Seen:
    """What was found on one kind of page."""

    violations: list[str]
    incomplete: list[str]
    overflow: list[str]
    small_targets: list[str]
    bad_focus: list[str]
    largest: list[str]
    right_to_left: list[str]
    colours: list[str]
    forced: list[str]
    without_scripts: list[str] | None
    path: str


def look(page: Page) -> Seen:
    """Everything that is asked of a page; it is left as it was."""
    page.set_viewport_size(WIDE)  # axe cannot judge the colours of what a narrow screen leaves out
    wide = _axe(page, OPTIONS)
    page.set_viewport_size(NARROW)
    narrow = _axe(page, OPTIONS)
    violations = _told(wide["violations"] + narrow["violations"])
    targets = page.evaluate(SMALL_TARGETS)
    focus = _bad_focus(page)
    spacing = page.add_style_tag(content=SPACING)
    overflow = page.evaluate(OVERFLOW)
    page.evaluate(SET, {"size": "largest", "spacing": "wide"})
    largest = page.evaluate(OVERFLOW)
    right_to_left = _right_to_left(page)
    spacing.evaluate("style => style.remove()")
    page.evaluate(SET, {"size": "medium", "spacing": "normal"})
    page.set_viewport_size(WIDE)
    colours = [problem for theme in THEMES for problem in _in_theme(page, theme)]
    return Seen(
        violations,
        _told(wide["incomplete"]),
        overflow,
        targets,
        focus,
        largest,
        right_to_left,
        colours,
        _forced(page),
        _without_scripts(page),
        urlsplit(page.url).path,
    )


def judged(page: Page, options: Mapping[str, Any] = OPTIONS) -> list[str]:
    """Whatever axe finds on a page as it is, or leaves undecided."""
    found = _axe(page, options)
    return _told(found["violations"] + found["incomplete"])


def _right_to_left(page: Page) -> list[str]:
    """A language that begins on the right has no translation yet; the style is ready for it."""
    page.evaluate("document.documentElement.dir = 'rtl'")
    found: list[str] = page.evaluate(OVERFLOW)
    page.evaluate("document.documentElement.removeAttribute('dir')")
    return found


def _forced(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(WITHOUT_EDGE) + page.evaluate(UNSEEN_PICTURES)
    found += judged(page, FORCED)
    page.emulate_media(forced_colors="none")
    return found


@cache
def without_scripts(context: BrowserContext) -> Page:
    """A page beside the others to which no script comes; one for each context."""
    plain = context.new_page()
    plain.set_viewport_size(WIDE)
    plain.route("**/*.js*", lambda route: route.abort())
    return plain


def _without_scripts(page: Page) -> list[str] | None:
    """The same page in a browser that gets no script; None where scripts had changed nothing.

    Our scripts are files: refused, nothing of them runs, while axe still can. The one that warns before a
    session ends touches nothing of the page: where it is alone, the page is not asked for again.
    """
    if not page.url.startswith("http") or set(page.evaluate(SCRIPTS)) <= {"accesso.js"}:
        return None
    plain = without_scripts(page.context)
    try:
        reply = plain.goto(page.url)
    except Error:  # there is no line, or no page at this address
        return None
    else:
        same = plain.locator("main").inner_html() == page.locator("main").inner_html()
        if same or reply is None or plain.locator("h1").inner_text() != page.locator("h1").inner_text():
            return None
        targets: list[str] = plain.evaluate(SMALL_TARGETS)
        return judged(plain) + targets


def _in_theme(page: Page, theme: str) -> list[str]:
    page.evaluate(SET, {"theme": theme})
    found = _axe(page, COLOURS)
    page.evaluate(SET, {"theme": "light"})
    return [f"{theme}: {problem}" for problem in _told(found["violations"] + found["incomplete"])]


def _axe(page: Page, options: Mapping[str, Any]) -> Results:
    """What axe finds; it is read once for each page, which takes longer than a short look."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    found: Results = page.evaluate("options => axe.run(options)", dict(options))
    return found


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
