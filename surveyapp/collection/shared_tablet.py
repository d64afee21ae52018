"""A tablet that several people use one after the other: in use, left alone, done."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from surveyapp.collection.response import Opening
from surveyapp.settings import TABLET_IDLE
from surveyapp.storage import tablets
from surveyapp.storage.tokens import token_sha256

PURPOSE = tablets.TABLET
# "Last used" is written at most this often: pages do not queue behind the saving of answers.
TOUCH = timedelta(minutes=1)


def is_shared(opening: Opening) -> bool:
    """Whether a tablet that several people use holds the link."""
    return opening.purpose == PURPOSE


def is_idle(opening: Opening, now: datetime) -> bool:
    """Whether nobody has asked for a page for too long. A link that was never used waits for its person."""
    return opening.seen_at is not None and now - opening.seen_at > TABLET_IDLE


def is_to_note(opening: Opening, now: datetime) -> bool:
    """Whether it is time to write down again that the tablet is in use."""
    return opening.seen_at is None or now - opening.seen_at > TOUCH


def note_use(connection: Connection, opening: Opening, now: datetime) -> None:
    """Write down that the tablet is in use."""
    tablets.note_use(connection, opening.link_id, now)


def end(connection: Connection, tokens: Iterable[str], now: datetime) -> None:
    """Whoever used the tablet is done: what it holds opens nothing any more."""
    tablets.end(connection, [token_sha256(token) for token in tokens], now)


def end_soon(connection: Connection, opening: Opening, now: datetime) -> None:
    """The answers were sent: the tablet shows them for a few minutes more."""
    if is_shared(opening):
        tablets.expire(connection, opening.link_id, now + TABLET_IDLE)
