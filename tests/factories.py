"""Plain create_* functions with defaults: rows a test needs and does not talk about."""

import itertools
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage.tables import Administration, Answer, Link, Path, Person
from surveyapp.storage.tokens import token_sha256

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_NUMBERS = itertools.count(1)


def create_person(connection: Connection, **values: Any) -> int:
    row = {
        "code": f"BG-{next(_NUMBERS):04}",
        "province": "Bergamo",
        "ambito": "",
        "demonstration": False,
        "created_at": NOW,
    }
    return _add(connection, Person, row | values)


def create_path(connection: Connection, person_id: int | None = None, **values: Any) -> int:
    row = {
        "person_id": person_id or create_person(connection),
        "number": 1,
        "started_on": date(2026, 6, 15),
        "ended_on": date(2026, 11, 10),
    }
    return _add(connection, Path, row | values)


def create_administration(
    connection: Connection, catalogue: Catalogue, path_id: int | None = None, **values: Any
) -> int:
    instrument = catalogue.newest("aut")
    row = {
        "key": secrets.token_hex(5),
        "path_id": path_id or create_path(connection),
        "respondent": "BG-0001",
        "instrument": instrument.id,
        "version": instrument.version,
        "digest": instrument.digest,
        "form": "P",
        "occasion": "EXANTE",
        "number": 1,
        "rater": 1,
        "source": "web",
        "due_from": date(2026, 6, 15),
        "due_to": date(2026, 7, 15),
        "late_to": date(2026, 8, 14),
        "state": "open",
    }
    return _add(connection, Administration, row | values)


def create_link(connection: Connection, administration_id: int, **values: Any) -> str:
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    row = {
        "administration_id": administration_id,
        "token_sha256": token_sha256(token),
        "created_at": now,
        "expires_at": now + timedelta(days=30),
    }
    _add(connection, Link, row | values)
    return token


def create_answer(connection: Connection, administration_id: int, item: str, **values: Any) -> int:
    row = {
        "administration_id": administration_id,
        "item": item,
        "revision": 1,
        "variant": "easy",
        "mode": "self",
        "key": secrets.token_hex(8),
        "answered_at": NOW,
    }
    return _add(connection, Answer, row | values)


def _add(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    added = connection.execute(insert(table), row).inserted_primary_key
    return int(added[0])
