"""Which texts of a form have a recording, of which kind, and which recordings are out of date."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import Spoken, texts
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.recordings import GENERATED, VOICE, Place

# How a text stands. `OWN`: it repeats the person's own words, and is never recorded.
OUT_OF_DATE, NOTHING, OWN = "out of date", "nothing", "own"
STATES = (VOICE, GENERATED, OUT_OF_DATE, NOTHING, OWN)


@dataclass(frozen=True)
class Reading:
    """A text of a form with the recordings that read it, the one to be heard first."""

    text: Spoken
    state: str
    recordings: tuple[AnyRow, ...]


@dataclass(frozen=True)
class Leftover:
    """A recording that reads no text of this version; `used_by` are the versions whose text it reads."""

    recording: AnyRow
    used_by: tuple[str, ...]


def place_of(instrument: str, form: str, variant: str, text: Spoken) -> Place:
    """Where the recording of a text is kept."""
    return Place(instrument, text.item, form, variant, text.sha256)


def readings(spoken: Sequence[Spoken], rows: Sequence[AnyRow]) -> list[Reading]:
    """Each text with its recordings, of all those of its form and variant."""
    shas = {text.sha256 for text in spoken}
    old = {row.item for row in rows if row.text_sha256 not in shas}
    return [_reading(text, rows, old) for text in spoken]


def leftovers(
    catalogue: Catalogue, shown: Instrument, form: str, variant: str, rows: Sequence[AnyRow]
) -> list[Leftover]:
    """Those of the recordings of a form and variant that read no text of the version shown."""
    every = all_texts(catalogue, shown.id, form, variant)
    places = {
        version: {(one.item, one.sha256) for one in every[version]} for version in sorted(every, key=numbers)
    }
    found = [
        Leftover(row, tuple(one for one in places if (row.item, row.text_sha256) in places[one]))
        for row in rows
    ]
    return [one for one in found if shown.version not in one.used_by]


def tally(found: Iterable[Reading]) -> Mapping[str, int]:
    """How many texts stand how, in the order of STATES."""
    counted = Counter(one.state for one in found)
    return {state: counted[state] for state in STATES}


def all_texts(catalogue: Catalogue, instrument: str, form: str, variant: str) -> dict[str, list[Spoken]]:
    """The texts of a form and variant in each version of an instrument, by the number of the version."""
    versions = [one for (found, _), one in catalogue.instruments.items() if found == instrument]
    return {one.version: texts(one, form, variant) for one in versions}


def _reading(text: Spoken, rows: Sequence[AnyRow], old: set[str]) -> Reading:
    mine = tuple(row for row in rows if (row.item, row.text_sha256) == (text.item, text.sha256))
    if text.repeats:
        return Reading(text, OWN, ())
    if mine:
        return Reading(text, mine[0].source, mine)
    return Reading(text, OUT_OF_DATE if text.item in old else NOTHING, ())
