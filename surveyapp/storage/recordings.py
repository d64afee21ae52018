"""Recordings: kept, listed, given out. A question page asks nothing of these (see web.aloud)."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from surveyapp.storage.answering import AnyRow
from surveyapp.storage.recording_tables import Recording

VOICE, GENERATED = "voice", "generated"


class Place(NamedTuple):
    """Where a recording is heard: an item in a form and variant, as long as the words are these."""

    instrument: str
    item: str
    form: str
    variant: str
    text_sha256: str


@dataclass(frozen=True)
class NewRecording:
    """A sound to keep for a text; `source` is VOICE or GENERATED."""

    place: Place
    source: str
    media_type: str
    content: bytes
    seconds: int | None


_PLACE = tuple(getattr(Recording, name) for name in Place._fields)
_TOLD = (
    Recording.id,
    *_PLACE,
    Recording.source,
    Recording.media_type,
    Recording.digest,
    Recording.seconds,
    Recording.uploaded_by,
    Recording.uploaded_at,
)
_SOUND = (Recording.media_type, Recording.content, Recording.digest)
# A person's voice before a program's.
_BEST_FIRST = Recording.source.desc()


def best_of_all(connection: Connection) -> dict[Place, AnyRow]:
    """For each text that has one, the recording to be heard: its media_type and digest."""
    query = select(*_PLACE, Recording.media_type, Recording.digest).order_by(Recording.source)
    rows: list[AnyRow] = list(connection.execute(query))
    return {Place(*row[:5]): row for row in rows}  # 'generated' comes before 'voice'


def best(connection: Connection, place: Place) -> AnyRow | None:
    """The recording to be heard for a text, with media_type, content and digest; None where there is none."""
    query = select(*_SOUND).where(*_at(place)).order_by(_BEST_FIRST).limit(1)
    found: AnyRow | None = connection.execute(query).one_or_none()
    return found


def listed(connection: Connection, instrument: str, form: str, variant: str) -> list[AnyRow]:
    """The recordings of a form and variant, without their content; a person's voice first.

    Columns: id, those of Place, source, media_type, digest, seconds, uploaded_by, uploaded_at.
    """
    query = select(*_TOLD).where(_in_form(instrument, form, variant))
    return list(connection.execute(query.order_by(Recording.item, _BEST_FIRST, Recording.id)))


def sound(connection: Connection, instrument: str, recording_id: int) -> AnyRow | None:
    """One recording of an instrument: media_type, content, digest, item, form and variant."""
    query = select(*_SOUND, Recording.item, Recording.form, Recording.variant)
    wanted = query.where(Recording.id == recording_id, Recording.instrument == instrument)
    found: AnyRow | None = connection.execute(wanted).one_or_none()
    return found


def keep(connection: Connection, new: Iterable[NewRecording], by: str, now: datetime) -> None:
    """Keep recordings, each in the place of the one of the same source that the text had."""
    for one in new:
        connection.execute(delete(Recording).where(*_at(one.place), Recording.source == one.source))
        row = {
            **one.place._asdict(),
            "source": one.source,
            "media_type": one.media_type,
            "content": one.content,
            "digest": hashlib.sha256(one.content).hexdigest(),
            "seconds": one.seconds,
            "uploaded_by": by,
            "uploaded_at": now,
        }
        connection.execute(insert(Recording), row)


def remove(connection: Connection, recording_id: int) -> None:
    """Delete one recording."""
    connection.execute(delete(Recording).where(Recording.id == recording_id))


def remove_generated(
    connection: Connection, instrument: str, form: str, variant: str, wanted: Collection[str]
) -> int:
    """Delete the generated recordings of a form and variant whose text is none of these; how many."""
    old = (_in_form(instrument, form, variant), Recording.text_sha256.not_in(wanted))
    return connection.execute(delete(Recording).where(*old, Recording.source == GENERATED)).rowcount


def _at(place: Place) -> tuple[ColumnElement[bool], ...]:
    return tuple(column == value for column, value in zip(_PLACE, place, strict=True))


def _in_form(instrument: str, form: str, variant: str) -> ColumnElement[bool]:
    named = (Recording.instrument == instrument) & (Recording.form == form)
    return named & (Recording.variant == variant)
