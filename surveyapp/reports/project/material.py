"""What the report is made from, read once: register, answers, counts that somebody entered, network."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection

from analysis.network import Network
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.plan import Parameter
from surveyapp.reports.frames import PARTICIPANT, Study, digest_of
from surveyapp.reports.project.entered import Entered, read_counts
from surveyapp.reports.project.maintained import Adapted, adapted
from surveyapp.reports.project.network_files import read_network
from surveyapp.reports.project.observed import Observed, Reliability, observed, reliability_of
from surveyapp.reports.project.placed_after import Ended, ended_people
from surveyapp.reports.project.registered import registered
from surveyapp.reports.reading import load
from surveyapp.storage import register_rows
from surveyapp.storage.register_rows import Register
from surveyapp.study.subjects import PATH_ENDS

# The instruments that the outcomes need, and the form that answers them.
FORMS: Mapping[str, str] = {"aut": PARTICIPANT, "oss": "O", "fu6": "O", "acc": "C"}
# What holds where no plan says it: the choices until the project confirms others.
CHOICES: Mapping[str, str] = {
    "D0": "end_of_accompaniment",
    "D1": "declare_improvement",
    "D3": "any_increase",
    "D4": "placed",
    "D5": "ended_paths",
    "D6": "interviewed",
    "D7": "after_accompaniment",
    "D8": "more_than_30",
    "D11": "everybody",
    "D12": "both",
}


@dataclass(frozen=True)
class Sources:
    """The files beside the database: counts, and nodes and ties of the network at two dates."""

    counts: Path | None = None
    nodes: tuple[Path, Path] | None = None
    ties: tuple[Path, Path] | None = None


@dataclass(frozen=True)
class Material:
    """Everything that the numbers are made from. `networks` are those at the two dates."""

    today: date
    register: Register
    studies: Mapping[str, Study]
    parameters: Mapping[str, Parameter]
    entered: Mapping[str, Entered]
    networks: tuple[Network, Network] | None

    def choice(self, code: str) -> str:
        """The value of a parameter of the study plan."""
        return self.parameters[code].value if code in self.parameters else CHOICES[code]

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """What the register counts, by indicator."""
        return registered(self.register, self.today)

    @cached_property
    def ended(self) -> list[Ended]:
        """The people whose path has ended."""
        ends = PATH_ENDS[self.choice("D0")](self.register)
        return ended_people(self.register, ends, self.studies.get("fu6"), self.today)

    @cached_property
    def observed(self) -> list[Observed]:
        """The people with two observation sheets."""
        return observed(self.studies["oss"]) if "oss" in self.studies else []

    @cached_property
    def reliability(self) -> Reliability | None:
        """The reliability of the observation sheets at the start."""
        return reliability_of(self.studies["oss"]) if "oss" in self.studies else None

    @cached_property
    def adapted(self) -> list[Adapted]:
        """The organisations accompanied."""
        return adapted(self.register, self.studies.get("acc"), self.today, self.choice("D7"))

    @property
    def demonstration(self) -> bool:
        """Whether anybody or anything in it is invented."""
        people = any(path.demonstration for path in self.register.paths)
        return people or any(one.demonstration for one in self.register.organisations)

    def version(self, instrument: str) -> str:
        """The versions of an instrument that were answered, one beside the other; empty without it."""
        study = self.studies.get(instrument)
        return " + ".join(sorted({one.version for one in study.responses})) if study else ""

    @cached_property
    def digest(self) -> str:
        """The sha256 of everything that was read."""
        return digest_of(self._lines())

    def _lines(self) -> Iterator[str]:
        for rows in vars(self.register).values():
            yield from map(repr, rows)
        yield from (f"{name} {study.digest}" for name, study in self.studies.items())
        yield from map(repr, self.entered.values())
        yield repr(
            [(sorted(map(repr, one.nodes)), sorted(map(repr, one.ties))) for one in self.networks or ()]
        )


def read_material(
    connection: Connection,
    catalogue: Catalogue,
    sources: Sources,
    today: date,
    tell: Callable[[int, str], None],
) -> Material:
    """Read everything; raises ImportRefusedError for files with problems, CatalogueError, OSError."""
    entered = read_counts(sources.counts.read_bytes(), today) if sources.counts else {}
    networks = _networks(sources)
    register = register_rows.load(connection)
    studies = {}
    there = {instrument for instrument, _ in catalogue.instruments}
    for place, (instrument, form) in enumerate(FORMS.items()):
        tell(10 + 10 * place, "Leggo le risposte.")
        if instrument in there:
            studies[instrument] = load(connection, catalogue, instrument, form)
    parameters = catalogue.plan().parameters if catalogue.plans else {}
    return Material(today, register, studies, parameters, entered, networks)


def _networks(sources: Sources) -> tuple[Network, Network] | None:
    if not sources.nodes or not sources.ties:
        return None
    first, second = zip(sources.nodes, sources.ties, strict=True)
    return read_network(*first), read_network(*second)
