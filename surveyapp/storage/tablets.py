"""Statements about links held by a tablet that several people use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from surveyapp.storage.tables import Link

TABLET = "tablet"


def note_use(connection: Connection, link_id: int, now: datetime) -> None:
    """Write down when a tablet's link was last used."""
    connection.execute(update(Link).where(Link.id == link_id), {"seen_at": now})


def end(connection: Connection, token_sha256s: Sequence[str], now: datetime) -> None:
    """Make these links useless, those of a tablet; a personal link in the same browser stays."""
    theirs = update(Link).where(Link.token_sha256.in_(token_sha256s), Link.purpose == TABLET)
    connection.execute(theirs.where(Link.revoked_at.is_(None)), {"revoked_at": now})


def expire(connection: Connection, link_id: int, moment: datetime) -> None:
    """Let a link end at a moment, if it does not before."""
    connection.execute(
        update(Link).where(Link.id == link_id, Link.expires_at > moment), {"expires_at": moment}
    )
