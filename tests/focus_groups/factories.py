"""Focus groups, rounds of judgements, what is asked in them, and links, for tests."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from surveyapp.storage.focus_tables import Rater, RatingQuestion, RatingRound
from surveyapp.storage.tokens import token_sha256
from tests.factories import NOW, create_focus_group

_NUMBERS = itertools.count(1)


def create_round(connection: Connection, focus_group_id: int | None = None, **values: Any) -> int:
    row = {
        "focus_group_id": focus_group_id or create_focus_group(connection),
        "title": "Criteri e parole",
        "created_by": "socialis@study.example",
        "created_at": NOW,
    }
    return _add(connection, RatingRound, row | values)


def create_relevance(connection: Connection, round_id: int, **values: Any) -> int:
    """The relevance of a criterion."""
    row = {
        "round_id": round_id,
        "position": 1,
        "scale": "relevance",
        "criterion": "AUT_OCC3",
        "instrument": "aut",
        "version": "0.1.0",
        "text": "Autonomia sul lavoro",
    }
    return _add(connection, RatingQuestion, row | values)


def create_clarity(connection: Connection, round_id: int, **values: Any) -> int:
    """The clarity of the easy wording of an item."""
    wording = {
        "scale": "clarity",
        "form": "P",
        "variant": "easy",
        "text": "Sai che cosa fare?",
        "position": 2,
    }
    return create_relevance(connection, round_id, **wording | values)


def create_rater(connection: Connection, round_id: int, **values: Any) -> tuple[int, str]:
    """A link; its id and its token."""
    token = secrets.token_urlsafe(32)
    row = {
        "round_id": round_id,
        "code": f"E{next(_NUMBERS)}",
        "audience": "CM",
        "token_sha256": token_sha256(token),
        "expires_at": datetime.now(UTC) + timedelta(days=30),
    }
    return _add(connection, Rater, row | values), token


def _add(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    return int(connection.execute(insert(table).values(row).returning(table.id)).scalar_one())
