"""Statements of the short codes and of the tries that failed, which count for every process together."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, case, delete, func, insert, select

from surveyapp.storage.code_tables import ShortCode, WrongCode
from surveyapp.storage.tables import Administration

# Any number will do: it names the lock under which tries are counted, on PostgreSQL.
_COUNTING = 4_907_214


class Failures(NamedTuple):
    """How many tries failed, and when the first of those counted was: from one source, and from all."""

    from_here: int
    first_here: datetime | None
    from_all: int
    first_of_all: datetime | None


def add_code(connection: Connection, **values: Any) -> None:
    """Keep a fresh code, of which only the HMAC is known here."""
    connection.execute(insert(ShortCode), values)


def by_code(connection: Connection, code_hmac: str, now: datetime) -> Row[Any] | None:
    """What a code opens today: id, administration_id, purpose, expires_at.

    None for one that is unknown, expired or revoked, and for a tablet's once the answers were sent.
    """
    columns: tuple[Any, ...] = (
        ShortCode.id,
        ShortCode.administration_id,
        ShortCode.purpose,
        ShortCode.expires_at,
    )
    query = select(*columns).join(Administration, Administration.id == ShortCode.administration_id)
    mine = query.where(ShortCode.code_hmac == code_hmac, *live(now))
    unsent = (ShortCode.purpose != "tablet") | (Administration.state != "submitted")
    return connection.execute(mine.where(unsent)).one_or_none()


def live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on a code that opens something today."""
    return ShortCode.revoked_at.is_(None), ShortCode.expires_at > now


def count_alone(connection: Connection) -> None:
    """Let one transaction at a time count and add tries (SQLite locks the whole file already)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_COUNTING)))


def forget_failures(connection: Connection, until: datetime) -> None:
    """Delete the tries that count no more."""
    connection.execute(delete(WrongCode).where(WrongCode.tried_at <= until))


def failures(connection: Connection, source_hmac: str, since: datetime) -> Failures:
    """The tries that failed: from one source since a moment, and from everywhere as long as they are kept."""
    here = (WrongCode.source_hmac == source_hmac) & (WrongCode.tried_at > since)
    mine = case((here, WrongCode.tried_at))
    counted = select(func.count(mine), func.min(mine), func.count(WrongCode.id), func.min(WrongCode.tried_at))
    return Failures(*connection.execute(counted).one())


def add_failure(connection: Connection, source_hmac: str, now: datetime) -> None:
    """Note a try that failed."""
    connection.execute(insert(WrongCode), {"source_hmac": source_hmac, "tried_at": now})
