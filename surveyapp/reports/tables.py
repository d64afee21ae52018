"""What the page shows as plain objects: tables, drawings and words that the template writes out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import PARTICIPANT, Study
from surveyapp.reports.italian import percent, whole
from surveyapp.reports.numbers import EVERYWHERE, Figure, Numbers, Place
from surveyapp.reports.plots import Drawing
from surveyapp.scoring.scores import SHORT_SUFFIX

CEILING = 0.15
LENGTHS = {"short": "versione breve", "mini": "versione brevissima"}
# Version, form, occasion and variant of a question.
Asked = tuple[str, str, str, str]
NOTES = "Note"
OUTSIDE_SCALES = "Domande fuori dalle scale"


@dataclass(frozen=True)
class Line:
    """One row of a table: its header and the cells after it; `id` where a sentence refers to it."""

    head: str
    cells: tuple[str, ...]
    strong: bool = False
    id: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence made from the numbers of a row of a table, the id of that row and the words of the link."""

    words: str
    row: str
    link: str


Sentence = str | Told


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
    """A part of a section: a title, then sentences, then a drawing and the tables with its numbers.

    `seen` says in a sentence what the drawing shows: no drawing without it.
    """

    id: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    drawing: Drawing | None = None
    seen: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Section:
    """A chapter of the page."""

    id: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Names:
    """Italian names of what the numbers are about, from the newest version of the instrument; questions
    from the version, occasion and variant that were answered."""

    instrument: Instrument
    asked: Mapping[Asked, Questionnaire]

    def item(self, place: Place) -> Item:
        """The question that a number is about."""
        return self._questionnaire(place).instrument.items[place.item]

    def format(self, place: Place) -> ResponseFormat:
        """How the question was answered there."""
        return self._questionnaire(place).wording(self.item(place)).format

    def text(self, place: Place) -> str:
        """The words of the question there, with the gaps that the context fills."""
        return self._questionnaire(place).wording(self.item(place)).text

    def _questionnaire(self, place: Place) -> Questionnaire:
        return self.asked[place.version, place.form, place.occasion, place.variant]

    def scale(self, scale_id: str) -> str:
        """The title of a scale; its id where the newest version no longer has it."""
        titles = {"": OUTSIDE_SCALES} | {scale.id: scale.title for scale in self.instrument.scales}
        titles |= {index.id: index.title for index in self.instrument.indices}
        short = titles.get(scale_id.removesuffix(SHORT_SUFFIX), scale_id)
        return f"{short} (breve)" if scale_id.endswith(SHORT_SUFFIX) else titles.get(scale_id, scale_id)

    def occasion(self, code: str) -> str:
        """The title of an occasion; its code where the newest version no longer has it."""
        found = self.instrument.occasions.get(code)
        return found.title if found else code

    def transition(self, code: str) -> str:
        """Two occasions in words."""
        before, _, after = code.partition("-")
        return f"{self.occasion(before)} → {self.occasion(after)}"

    def variant(self, code: str, form: str = PARTICIPANT) -> str:
        """The title of a variant."""
        return self.instrument.forms[form].variants[code].title

    def form(self, code: str) -> str:
        """The title of a form; its code where the newest version no longer has it."""
        found = self.instrument.forms.get(code)
        return found.title if found else code

    def version(self, place: Place) -> str:
        """The instrument with the version that a number comes from."""
        return f"{self.instrument.id} {place.version}"

    @property
    def answered(self) -> str:
        """The instrument with every version that was answered."""
        versions = dict.fromkeys(version for version, *_ in self.asked)
        return " ".join([self.instrument.id, " + ".join(sorted(versions))]).strip()

    def about(self, place: Place) -> str:
        """Form (save that of participants), variant where there are several, length and version."""
        code = place.form or PARTICIPANT
        form = self.instrument.forms[code]
        said = [] if code == PARTICIPANT else [form.title.lower()]
        said += [self.variant(place.variant, code)] if code == PARTICIPANT or len(form.variants) > 1 else []
        said += [LENGTHS[place.length]] if place.length else []
        return ", ".join([*said, f"strumento {self.version(place)}"])


def anchor(*parts: str) -> str:
    """An id for the page from what it is about."""
    return "-".join(part.replace(".", "_").replace(":", "-").lower() for part in parts if part)


def named(prefix: str, key: Place) -> str:
    """An id for the page for the tables and drawings of one version, form, variant and occasion."""
    form = "" if key.form == PARTICIPANT else key.form
    return anchor(prefix, key.occasion, key.variant, key.version, form, key.length)


def everywhere(places: Iterable[Place]) -> list[Place]:
    """The places that hold all territories."""
    return [place for place in places if place.territory == EVERYWHERE]


def alike(places: Iterable[Place]) -> dict[Place, list[Place]]:
    """Places by what tables never mix: version, form, length, occasion and variant."""
    found: dict[Place, list[Place]] = {}
    for place in places:
        key = replace(place, scale="", item="", territory=EVERYWHERE, subset="")
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
            (one.version, one.questionnaire.form, one.questionnaire.occasion, one.variant): one.questionnaire
            for one in study.responses
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
