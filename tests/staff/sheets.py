"""Sheets of paper for the tests: an administration to type, and how its pages are filled in."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, select

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.engine import reading
from surveyapp.storage.tables import Administration, Answer
from tests.factories import create_administration, create_path, create_person
from tests.staff.people import press
from tests.web.page import Page, fields
from tests.web.pages import visit

KEY = "PAPER22222"
PAGE = f"/gestione/somministrazioni/{KEY}"
LAST_DAY = "10/07/2026"  # inside the window of the factories
FIRST_PAGE = {
    "day": LAST_DAY,
    "variant": "easy",
    "mode": "assisted",
    "helper": "educator",
    "help_kinds": ["read", "explained"],
    "decision": "accepted",
}


def add_person(connection: Connection, catalogue: Catalogue, **values: Any) -> int:
    """The administration that the tests type: of a person of Bergamo, at the start of the path."""
    person = create_person(connection, code=values.pop("code", "BG-0042"))
    path = create_path(connection, person, variant=values.pop("kept", None))
    return create_administration(connection, catalogue, path, **{"key": KEY} | values)


def begin(client: FlaskClient, **changed: Any) -> Page:
    """Type the first page: the first page of answers."""
    return press(client, visit(client, f"{PAGE}/carta"), "Vai alle risposte", FIRST_PAGE | changed)


def codes(page: Page) -> list[str]:
    """The items asked on a page, in order."""
    return [field.get("name", "") for field in fields(page.main)]


def values(page: Page) -> list[str]:
    """What stands in the fields of a page, in order."""
    return [field.get("value", "") or (field.text or "").strip() for field in fields(page.main)]


def checked(page: Page) -> list[str]:
    """The values that are ticked."""
    return [field.get("value", "") for field in fields(page.main) if field.get("checked") is not None]


def type_in(client: FlaskClient, page: Page, *typed: str, status: int = 200) -> Page:
    """Type into the fields of a page one after the other; what is not given stays empty."""
    given = dict(zip(codes(page), typed, strict=False))
    return press(client, page, "Salva e vai avanti", dict.fromkeys(codes(page), "") | given, status=status)


def type_all(client: FlaskClient, page: Page, typed: dict[str, str] | None = None) -> Page:
    """Type every page from this one on: "2" everywhere but in texts, or what is said for an item."""
    while "/carta/1/" in page.path or "/carta/2/" in page.path:
        given = {code: (typed or {}).get(code, usual(page, code)) for code in codes(page)}
        page = press(client, page, "Salva e vai avanti", given)
    return page


def usual(page: Page, code: str) -> str:
    """A text for a text, else the second box."""
    field = next(one for one in fields(page.main) if one.get("name") == code)
    return "Un lavoro vicino a casa" if field.tag == "textarea" else "2"


def answers(engine: Engine) -> dict[str, tuple[object, str]]:
    """The current answers: value, text or reason, and the mode."""
    query = select(Answer.item, Answer.value, Answer.text, Answer.reason, Answer.mode).order_by(Answer.id)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {row.item: (row.reason or row.text or row.value, row.mode) for row in rows}


def stored(engine: Engine) -> Any:
    """The administration as it stands."""
    with reading(engine) as connection:
        return connection.execute(select(Administration.__table__).where(Administration.key == KEY)).one()
