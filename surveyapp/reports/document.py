"""A report as one object: what it says, in chapters, and from what it was made."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from jinja2 import Environment, PackageLoader, StrictUndefined

from surveyapp.reports.italian import day
from surveyapp.reports.plots import Drawing
from surveyapp.reports.tables import Part, Section, Sentence, Table

# At the foot of the page: where its numbers are, and what it keeps to itself.
FOOT = (
    "I numeri di questa pagina sono anche nel file results.csv, uno per riga, con 12 cifre. Le persone sono "
    "indicate solo da un codice."
)
DEMONSTRATION = "Dimostrazione: persone e risposte inventate"
# How much of the digest a person copies or compares by eye.
SHORT = 12

SOFTWARE = f"surveyapp {version('surveyapp')}"

_ENVIRONMENT = Environment(
    loader=PackageLoader("surveyapp.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Stamp:
    """When and from what a report was made: every page carries it. `digest` is the sha256 of the data."""

    day: date
    digest: str

    def __str__(self) -> str:
        return f"Dati letti il {day(self.day)} · impronta dei dati {self.digest[:SHORT]} · {SOFTWARE}"


@dataclass(frozen=True)
class Document:
    """What the template writes out. `reading` names the template that explains the numbers, at the end.

    `audience` says in a sentence for whom it is, where that matters; `layout` names the template of the page;
    `foot` is the sentence at its end.
    """

    title: str
    subtitle: str
    brief: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    stamp: Stamp
    demonstration: bool
    reading: str = "_reading.html"
    audience: str = ""
    mark: str = DEMONSTRATION
    layout: str = "report.html"
    foot: str = FOOT

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every chapter."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the page."""
        return tuple(table for part in self.parts for table in part.tables)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Every drawing, in the order of the page."""
        return tuple(part.drawing for part in self.parts if part.drawing)


def html(document: Document) -> str:
    """One self-contained page: no script, nothing from elsewhere."""
    return _ENVIRONMENT.get_template(document.layout).render(page=document)


def svg(drawing: Drawing) -> str:
    """A drawing as a file of its own."""
    return _ENVIRONMENT.get_template("figure.svg").render(plot=drawing).strip() + "\n"
