"""Pages with several questions: what a browser sends of them, filled in as far as a test says."""

from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.page import Page, fields, words
from tests.web.pages import checked_page

Sent = dict[str, list[str]]


def filled(page: Page) -> Sent:
    """What the form holds: hidden values, texts as they stand, what is ticked."""
    sent: Sent = {name: [value] for name, value in page.hidden().items()}
    for field in fields(page.form):
        ticked = field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None
        if ticked:
            sent.setdefault(field.get("name", ""), []).append(_value(field))
    return sent


def save(
    client: FlaskClient, page: Page, answers: dict[str, Any] | None = None, *, status: int = 200, **more: Any
) -> Page:
    """Answer some questions and press «Salva e vai avanti»; an answer by the id of its item is its value."""
    return checked_page(saved(client, page, answers, follow_redirects=True, **more), status)


def saved(
    client: FlaskClient, page: Page, answers: dict[str, Any] | None = None, **more: Any
) -> TestResponse:
    """The reply to that, whatever it is."""
    changed = {_name(name): value for name, value in (answers or {}).items()}
    return client.post(page.form.get("action", ""), data={**filled(page), **changed}, **more)


def questions(page: Page) -> list[str]:
    """The questions of a page, as they are worded, in order."""
    legends = [legend for group in page.form.iter("fieldset") for legend in group.iter("legend")]
    labels = [label for label in page.form.iter("label") if label.get("class") == "ask"]
    inside = [one for one in page.form.iter() if one in legends or one in labels]
    return [words(one) for one in inside]


def problems(page: Page) -> list[str]:
    """The lines of the summary of errors."""
    alert = next(one for one in page.main.iter() if one.get("role") == "alert")
    return [words(link) for link in alert.iter("a")]


def _name(name: str) -> str:
    known = ("answer.", "reason.", "seen.", "again.", "choose.", "keep.", "confirm", "pausa", "key")
    return name if name.startswith(known) else f"answer.{name}"


def _value(field: Element) -> str:
    return field.get("value", "") if field.tag == "input" else (field.text or "").removeprefix("\n")
