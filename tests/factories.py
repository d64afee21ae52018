"""Plain create_* functions with defaults: rows a test needs and does not talk about."""

import hashlib
import itertools
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.settings import DEVELOPMENT_KEY
from surveyapp.storage.code_letters import code_hmac, new_code
from surveyapp.storage.code_tables import ShortCode
from surveyapp.storage.focus_tables import Excerpt, FocusGroup, FocusParticipant
from surveyapp.storage.recording_tables import Recording
from surveyapp.storage.register_tables import Accompaniment, Agreement, Organisation, Placement
from surveyapp.storage.tables import Administration, Answer, Link, Path, Person
from surveyapp.storage.tokens import token_sha256

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
# Far from the codes that tests write out.
_NUMBERS = itertools.count(5001)


def create_person(connection: Connection, **values: Any) -> int:
    row = {
        "code": f"BG-{next(_NUMBERS):04}",
        "province": "Bergamo",
        "ambito": "",
        "demonstration": False,
        "created_at": NOW,
    }
    return _add(connection, Person, row | values)


def create_focus_group(connection: Connection, **values: Any) -> int:
    row = {
        "code": f"FG{next(_NUMBERS)}",
        "audience": "COOP",
        "title": "Criteri di qualità",
        "planned_for": date(2026, 12, 10),
        "created_by": "socialis@study.example",
        "created_at": NOW,
    }
    return _add(connection, FocusGroup, row | values)


def create_focus_participant(connection: Connection, meeting: int, **values: Any) -> int:
    row = {"focus_group_id": meeting, "code": f"P{next(_NUMBERS)}", "role": "cooperativa di tipo B"}
    return _add(connection, FocusParticipant, row | values)


def create_excerpt(connection: Connection, meeting: int, **values: Any) -> int:
    row = {
        "key": secrets.token_hex(8),
        "focus_group_id": meeting,
        "position": 1,
        "text": "Il tutor fa la differenza.",
        "source": "live",
        "written_by": "socialis@study.example",
        "written_at": NOW,
    }
    return _add(connection, Excerpt, row | values)


def create_path(connection: Connection, person_id: int | None = None, **values: Any) -> int:
    row = {
        "person_id": person_id or create_person(connection),
        "number": 1,
        "started_on": date(2026, 6, 15),
        "ended_on": date(2026, 11, 10),
    }
    return _add(connection, Path, row | values)


def create_organisation(connection: Connection, **values: Any) -> int:
    row = {
        "code": f"AZ-{next(_NUMBERS):04}",
        "kind": "company",
        "province": "Bergamo",
        "ambito": "",
        "demonstration": False,
        "created_at": NOW,
    }
    return _add(connection, Organisation, row | values)


def create_agreement(connection: Connection, **values: Any) -> int:
    parties = {"executing_body_id": "cooperative_b", "client_firm_id": "company"}
    row = {
        "code": f"CV-{next(_NUMBERS):04}",
        "province": "Bergamo",
        "ambito": "",
        **{
            column: create_organisation(connection, kind=kind)
            for column, kind in parties.items()
            if column not in values
        },
        "signed_on": date(2026, 3, 1),
        "expires_on": date(2028, 2, 29),
        "demonstration": False,
    }
    return _add(connection, Agreement, row | values)


def create_placement(connection: Connection, path_id: int | None = None, **values: Any) -> int:
    row = {
        "code": f"IN-{next(_NUMBERS):04}",
        "path_id": path_id or create_path(connection),
        "type": "TIS",
        "host_id": None if "host_id" in values else create_organisation(connection),
        "started_on": date(2026, 7, 1),
        "minutes_a_week": 1200,
        "paid": True,
    }
    return _add(connection, Placement, row | values)


def create_accompaniment(connection: Connection, **values: Any) -> int:
    row = {
        "code": f"AC-{next(_NUMBERS):04}",
        "organisation_id": values.get("organisation_id") or create_organisation(connection),
        "started_on": date(2026, 7, 1),
        "demonstration": False,
    }
    return _add(connection, Accompaniment, row | values)


def create_administration(
    connection: Connection, catalogue: Catalogue, path_id: int | None = None, **values: Any
) -> int:
    """Of a participant who has practised and said that nobody helped: tests about that say None."""
    instrument = catalogue.newest(values.get("instrument", "aut"))
    without_path = {"agreement_id", "accompaniment_id"} & values.keys()
    is_own = instrument.forms[values.get("form", "P")].respondent == "participant"
    row = {
        "key": secrets.token_hex(5),
        "path_id": None if without_path else path_id or create_path(connection),
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
        "practice": "passed" if is_own else None,
        "mode": "self" if is_own else None,
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


def create_code(connection: Connection, administration_id: int, **values: Any) -> str:
    """A short code, as the test's own application knows it."""
    code = new_code()
    now = datetime.now(UTC)
    row = {
        "administration_id": administration_id,
        "code_hmac": code_hmac(DEVELOPMENT_KEY, code),
        "purpose": "personal",
        "created_at": now,
        "expires_at": now + timedelta(days=30),
    }
    _add(connection, ShortCode, row | values)
    return code


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


def create_recording(connection: Connection, **values: Any) -> int:
    """A sound for a text that nobody asks for, unless its sha256 is given."""
    row = {
        "instrument": "aut",
        "item": "AUT_BEN1",
        "form": "P",
        "variant": "easy",
        "text_sha256": "0" * 64,
        "source": "voice",
        "media_type": "audio/mpeg",
        "content": b"sound",
        "digest": hashlib.sha256(values.get("content", b"sound")).hexdigest(),
        "seconds": 5,
        "uploaded_by": "somebody@study.example",
        "uploaded_at": NOW,
    }
    return _add(connection, Recording, row | values)


def _add(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    added = connection.execute(insert(table), row).inserted_primary_key
    return int(added[0])
