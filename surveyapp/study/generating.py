"""Recordings made by a program, for every text that nobody has read aloud yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import Spoken, forms_read, texts
from surveyapp.storage import recordings
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.recordings import GENERATED, NewRecording
from surveyapp.study.recordings import (
    NOTHING,
    OUT_OF_DATE,
    Reading,
    all_texts,
    place_of,
    readings,
)
from surveyapp.study.sound import Sound

BY = "surveyapp audio generate"
TO_DO = (NOTHING, OUT_OF_DATE)

Say = Callable[[Sequence[str]], tuple[bytes, Sound]]


@dataclass(frozen=True)
class FormRead:
    """A form and variant of one version, whose questions are read aloud."""

    instrument: Instrument
    form: str
    variant: str

    @property
    def words(self) -> str:
        """As commands name it."""
        return f"{self.instrument.id} {self.instrument.version}, scheda {self.form}, {self.variant}"


@dataclass(frozen=True)
class Made:
    """What was done for one form and variant: files made, texts that had one, files that were of no use."""

    form: FormRead
    made: int
    there: int
    removed: int


def all_forms(instruments: Sequence[Instrument]) -> list[FormRead]:
    """The forms and variants that are read aloud, of these instruments."""
    return [
        FormRead(instrument, form.code, variant)
        for instrument in instruments
        for form in forms_read(instrument)
        for variant in form.variants
    ]


def generate(
    engine: Engine, catalogue: Catalogue, wanted: Sequence[FormRead], say: Say, now: datetime
) -> Iterator[Made]:
    """Make what is missing, form by form: all of a form is kept, or nothing. Raises RefusedError.

    Nothing is written while a program speaks, so nobody waits for it.
    """
    for form in wanted:
        found = [one for one in _readings(engine, form) if not one.text.repeats]
        missing = [one.text for one in found if one.state in TO_DO]
        made = [_recording(form, text, *say(text.pieces)) for text in missing]
        useful = all_texts(catalogue, form.instrument.id, form.form, form.variant)
        shas = {text.sha256 for known in useful.values() for text in known}
        with writing(engine) as connection:
            recordings.keep(connection, made, BY, now)
            removed = recordings.remove_generated(connection, *_name(form), shas)
        yield Made(form, len(made), len(found) - len(made), removed)


def _readings(engine: Engine, form: FormRead) -> list[Reading]:
    with reading(engine) as connection:
        rows = recordings.listed(connection, *_name(form))
    return readings(texts(form.instrument, form.form, form.variant), rows)


def _recording(form: FormRead, text: Spoken, content: bytes, sound: Sound) -> NewRecording:
    return NewRecording(place_of(*_name(form), text), GENERATED, sound.media_type, content, sound.seconds)


def _name(form: FormRead) -> tuple[str, str, str]:
    return form.instrument.id, form.form, form.variant
