"""Staff for the tests, and what they do: sign in, press the buttons of a page."""

import json
import secrets
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.test import TestResponse

from surveyapp.storage import staff
from surveyapp.storage.engine import writing
from surveyapp.study import accounts
from surveyapp.study.passwords import hashed
from surveyapp.web.services import Services
from surveyapp.web.staff.sessions import USER, StaffSessions
from tests.factories import NOW
from tests.web.pages import Page, checked_page, visit, words

PASSWORD = "pesca-limone-fragola"
STAFF = {
    "administrator@study.example": ("administrator", None, None),
    "socialis@study.example": ("socialis", None, None),
    "lead_partner@study.example": ("lead_partner", None, None),
    "territory_office@study.example": ("territory_office", "BG", None),
    "caseworker@study.example": ("caseworker", "BG", None),
    "elsewhere@study.example": ("caseworker", "CR", "Cremona"),
}


@cache
def _password_hash() -> str:
    return hashed(PASSWORD, "nobody@study.example")


def add_account(
    connection: Connection, email: str, role: str, province: str | None = None, ambito: str | None = None
) -> None:
    granted = accounts.grant(role, province, ambito)
    accounts.add(connection, email, granted, _password_hash(), NOW)


def sign_in(client: FlaskClient, who: str, password: str = PASSWORD, status: int = 200) -> Page:
    """Fill in the sign-in page; `who` is a role or the name of an account of STAFF."""
    page = visit(client, "/gestione/accedi")
    email = who if "@" in who else f"{who}@study.example"
    return press(client, page, "Entra", {"email": email, "password": password}, status=status)


def enter(client: FlaskClient, who: str) -> Page:
    """The first page of who has signed in already, with a session as signing in makes it.

    Signing in itself takes a password's hash and two pages more; its own tests do it (`sign_in`).
    """
    services: Services = client.application.extensions["surveyapp"]
    sessions = client.application.session_interface
    assert isinstance(sessions, StaffSessions)
    session_id = secrets.token_urlsafe(32)
    with client.application.app_context(), writing(services.engine) as connection:
        account = staff.account_with_email(connection, who if "@" in who else f"{who}@study.example")
        assert account is not None, who
        held = {USER: account.uniquifier, "_fresh": True, "csrf_token": secrets.token_hex(20)}
        staff.open_session(connection, session_id, account.uniquifier, json.dumps(held), sessions.clock())
    client.set_cookie(sessions.cookie, session_id)
    return visit(client, "/gestione/")


def press(
    client: FlaskClient, page: Page, button: str, data: dict[str, Any] | None = None, *, status: int = 200
) -> Page:
    """Press the button with these words, as a browser would; redirects are followed."""
    return checked_page(reply_to(client, page, button, data, follow_redirects=True), status)


def reply_to(
    client: FlaskClient, page: Page, button: str, data: dict[str, Any] | None = None, **options: Any
) -> TestResponse:
    """The reply to a button, whatever it is."""
    form, pressed = _button(page, button)
    own = {pressed.get("name", ""): pressed.get("value", "")} if pressed.get("name") else {}
    fields = {**_hidden(form), **own, **(data or {})}
    return client.post(pressed.get("formaction") or form.get("action", ""), data=fields, **options)


def buttons(page: Page) -> list[str]:
    """The words of every button of the page's content."""
    return [words(button) for button in page.main.iter("button")]


def rows(page: Page, table: int = 0) -> list[list[str]]:
    """The cells of a table's body, as words."""
    body = list(page.main.iter("tbody"))[table]
    return [[words(cell) for cell in row] for row in body.iter("tr")]


def _button(page: Page, wanted: str) -> tuple[Element, Element]:
    for form in page.tree.iter("form"):
        for button in form.iter("button"):
            if words(button) == wanted:
                return form, button
    raise AssertionError(f"no button «{wanted}» on {page.path}: {buttons(page)}")


def _hidden(form: Element) -> dict[str, str]:
    inputs = {
        one.get("name", ""): one.get("value", "") for one in form.iter("input") if one.get("type") == "hidden"
    }
    areas = {
        one.get("name", ""): one.text or "" for one in form.iter("textarea") if one.get("hidden") is not None
    }
    return inputs | areas
