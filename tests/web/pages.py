"""visit(): opens a page as a browser would and checks what every page must be."""

import html
import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

MAX_PAGE_BYTES = 12 * 1024


@dataclass(frozen=True)
class Page:
    """A page that passed the checks."""

    status: int
    path: str
    text: str
    tree: Element

    @property
    def title(self) -> str:
        return self.tree.findtext(".//title") or ""

    @property
    def h1(self) -> str:
        return words(self.tree.find(".//h1"))

    @property
    def words(self) -> str:
        return words(self.tree.find(".//main"))

    @property
    def links(self) -> dict[str, str]:
        return {words(link): link.get("href", "") for link in self.tree.iter("a")}

    @property
    def form(self) -> Element:
        found = self.tree.find(".//form")
        assert found is not None, f"no form on {self.path}"
        return found

    def hidden(self) -> dict[str, str]:
        fields = [field for field in self.form.iter("input") if field.get("type") == "hidden"]
        areas = [area for area in self.form.iter("textarea") if area.get("hidden") is not None]
        return {field.get("name", ""): field.get("value", "") for field in fields} | {
            area.get("name", ""): (area.text or "") for area in areas
        }

    @property
    def choices(self) -> dict[str, str]:
        """Value of each radio by the words of its label."""
        labels = {label.get("for"): words(label) for label in self.form.iter("label")}
        radios = [field for field in self.form.iter("input") if field.get("type") == "radio"]
        return {labels[radio.get("id")]: radio.get("value", "") for radio in radios}

    @property
    def checked(self) -> list[str]:
        return [
            field.get("value", "") for field in self.form.iter("input") if field.get("checked") is not None
        ]


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


def checked_page(reply: TestResponse, status: int = 200) -> Page:
    """Strict HTML, one h1, a title, unique ids, posting forms with an action, no script, headers."""
    assert reply.status_code == status, (reply.status_code, reply.get_data(as_text=True)[:2000])
    body = reply.get_data(as_text=True)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(body)
    page = Page(reply.status_code, reply.request.full_path.rstrip("?"), body, tree)
    assert len(tree.findall(".//h1")) == 1
    assert page.title.strip()
    assert tree.get("lang") == "it"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), ids
    assert all(form.get("action") for form in tree.iter("form"))
    assert not list(tree.iter("script"))
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", body)
    assert not re.search(r"""(?:src|href|action)=["']https?:""", body)
    assert len(body.encode()) <= MAX_PAGE_BYTES
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    return page


def words(element: Element | None) -> str:
    """The text of an element as one line."""
    assert element is not None
    return " ".join(html.unescape("".join(element.itertext())).split())
