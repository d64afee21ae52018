"""What the page shows as plain objects: tables, drawings and words that the template writes out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import PARTICIPANT, Study
from surveyapp.reports.italian import percent, whole
from surveyapp.reports.numbers import EVERYWHERE, Figure, Numbers, Place
from surveyapp.reports.plots import Forest, Histogram

CEILING = 0.15
NOTES = "Note"
OUTSIDE_SCALES = "Domande fuori dalle scale"


@dataclass(frozen=True)
class Line:
    """One row of a table: its header and the cells after it."""

    head: str
    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """Rows that belong together, under a title where there is one."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A data table. The first column is the row header; `words` are the columns that hold words."""

    id: str
    caption: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    words: tuple[int, ...] = ()
    note: str = ""

    @property
    def lean(self) -> "Table":
        """The table without its last column, the notes, where no row has any."""
        lines = [line for block in self.blocks for line in block.lines]
        if self.columns[-1] != NOTES or any(line.cells[-1] for line in lines):
            return self
        blocks = tuple(
            replace(block, lines=tuple(replace(line, cells=line.cells[:-1]) for line in block.lines))
            for block in self.blocks
        )
        return replace(self, columns=self.columns[:-1], blocks=blocks)


@dataclass(frozen=True)
class Part:
    """A part of a section: a title, then sentences, then a drawing and the tables with its numbers."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    forest: Forest | None = None
    histogram: Histogram | None = None
    seen: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Section:
    """A chapter of the page."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Names:
    """Italian names of what the numbers are about, from the newest version of the instrument; questions
    from the version, occasion and variant that were answered."""

    instrument: Instrument
    asked: Mapping[tuple[str, str, str], Questionnaire]

    def item(self, place: Place) -> Item:
        """The question that a number is about."""
        return self._questionnaire(place).instrument.items[place.item]

    def format(self, place: Place) -> ResponseFormat:
        """How the question was answered there."""
        return self._questionnaire(place).wording(self.item(place)).format

    def _questionnaire(self, place: Place) -> Questionnaire:
        return self.asked[place.version, place.occasion, place.variant]

    def scale(self, scale_id: str) -> str:
        """The title of a scale; its id where the newest version no longer has it."""
        titles = {"": OUTSIDE_SCALES} | {scale.id: scale.title for scale in self.instrument.scales}
        return titles.get(scale_id, scale_id)

    def occasion(self, code: str) -> str:
        """The title of an occasion; its code where the newest version no longer has it."""
        found = self.instrument.occasions.get(code)
        return found.title if found else code

    def transition(self, code: str) -> str:
        """Two occasions in words."""
        before, _, after = code.partition("-")
        return f"{self.occasion(before)} → {self.occasion(after)}"

    def variant(self, code: str) -> str:
        """The title of a variant."""
        return self.instrument.forms[PARTICIPANT].variants[code].title

    def version(self, place: Place) -> str:
        """The instrument with the version that a number comes from."""
        return f"{self.instrument.id} {place.version}"

    def about(self, place: Place) -> str:
        """Variant and version of a number."""
        return f"{self.variant(place.variant)}, strumento {self.version(place)}"


def anchor(*parts: str) -> str:
    """An id for the page from what it is about."""
    return "-".join(part.replace(".", "_").replace(":", "-").lower() for part in parts if part)


def everywhere(places: Iterable[Place]) -> list[Place]:
    """The places that hold all territories."""
    return [place for place in places if place.territory == EVERYWHERE]


def alike(places: Iterable[Place]) -> dict[Place, list[Place]]:
    """Places by what tables never mix: version, occasion and variant."""
    found: dict[Place, list[Place]] = {}
    for place in places:
        key = Place(version=place.version, occasion=place.occasion, variant=place.variant)
        found.setdefault(key, []).append(place)
    return found


def by_scale(names: Names, places: Iterable[Place]) -> list[tuple[str, list[Place]]]:
    """Places by scale, titled."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.scale, []).append(place)
    return [(names.scale(scale), inside) for scale, inside in found.items()]


def names_of(study: Study) -> Names:
    """The names for a study's numbers."""
    return Names(
        study.instrument,
        {
            (response.version, response.questionnaire.occasion, response.variant): response.questionnaire
            for response in study.responses
        },
    )


def notes(figures: Iterable[Figure | None]) -> str:
    """Labels and reasons of a row's figures, each once."""
    found = dict.fromkeys(
        note for figure in figures if figure for note in (figure.label, figure.reason) if note
    )
    return "; ".join(found)


def share_of(numbers: Numbers, place: Place, counted: str, share: str) -> str:
    """A count with its share where enough people allow it: "18 (60 %)"."""
    amount = whole(numbers.value(place, counted))
    found = numbers.value(place, share)
    return amount if found is None else f"{amount} ({percent(found)})"
