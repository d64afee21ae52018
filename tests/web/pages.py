"""visit(): opens a page as a browser would and checks what every page must be (tests/web/page_rules.py)."""

from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web import page_rules
from tests.web.marks import without_marks
from tests.web.page import Page, words

__all__ = ["Page", "checked_page", "header_problems", "past_a_pause", "send", "visit", "words"]

# On every response, errors and files included.
HEADERS = {
    "Content-Security-Policy": ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"),
    "X-Content-Type-Options": ("nosniff",),
    "Referrer-Policy": ("same-origin",),
    "Cross-Origin-Opener-Policy": ("same-origin",),
    "Cross-Origin-Resource-Policy": ("same-origin",),
}
UNSAFE = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")
# Where the easy version offers a pause, between two questions.
PAUSE_OFFERED = "/riposo"
COOKIE = ("HttpOnly", "SameSite=Lax", "Path=/")


def visit(client: FlaskClient, path: str, *, status: int = 200, follow: bool = True) -> Page:
    """GET a page; redirects are followed."""
    return checked_page(client.get(path, follow_redirects=follow), status)


def send(
    client: FlaskClient, page: Page, data: dict[str, Any] | None = None, *, status: int = 200, **options: Any
) -> Page:
    """Submit the first form of a page with what it holds already, as a browser would."""
    fields = {**page.hidden(), **(data or {})}
    action = page.form.get("action") or page.path
    return checked_page(client.post(action, data=fields, follow_redirects=True, **options), status)


def past_a_pause(client: FlaskClient, page: Page) -> Page:
    """The page itself; where a pause is offered, the one after «Continua»."""
    return send(client, page) if page.path.endswith(PAUSE_OFFERED) else page


def checked_page(reply: TestResponse, status: int = 200) -> Page:
    """The page of a reply. AssertionError: another status, HTML that is not strict, broken rules."""
    assert reply.status_code == status, (reply.status_code, reply.get_data(as_text=True)[:2000])
    marked = reply.get_data(as_text=True)
    body = without_marks(marked)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(body)
    page = Page(reply.status_code, reply.request.full_path.rstrip("?"), body, tree, marked)
    problems = page_rules.problems(page) + header_problems(reply)
    if reply.headers.get("Cache-Control") != "no-store":
        problems.append("the page may be kept by the browser")
    assert not problems, f"{page.path}: " + "; ".join(problems)
    return page


def header_problems(reply: TestResponse) -> list[str]:
    """What is missing in the headers of any response, and in the cookies it sets."""
    found = [
        f"{name} without {part}"
        for name, parts in HEADERS.items()
        for part in parts
        if part not in reply.headers.get(name, "")
    ]
    policy = reply.headers.get("Content-Security-Policy", "")
    found += [f"the content policy allows {word}" for word in UNSAFE if word in policy.split()]
    for cookie in reply.headers.getlist("Set-Cookie"):
        found += [f"the cookie {cookie.split('=')[0]} lacks {part}" for part in COOKIE if part not in cookie]
    return found
