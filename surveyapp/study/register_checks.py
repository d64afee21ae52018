"""What the rows of the register's files must be together and beside the register. Pure: no database here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, Protocol, TypeVar

from surveyapp.instruments.source import Problem
from surveyapp.storage.register_rows import Register
from surveyapp.study.people_cells import PersonRow
from surveyapp.study.register_cells import AgreementLine, Line, PlacementLine
from surveyapp.study.register_files import LAYOUTS, TITLES, RegisterFile
from surveyapp.study.register_words import KIND_WORDS, day_shown, shown

FUTURE = timedelta(366)
LIKE = 2  # letters more or less, for a code to be taken for another
LASTING = ("expires_on",)  # an agreement lasts for years
# Who cannot execute an agreement under article 14.
NOT_EXECUTING = ("company", "public_body")
# The columns that name something of another kind, by kind of file.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "people": {},
    "organisations": {},
    "agreements": {"executing_body": "organisations", "client_firm": "organisations"},
    "placements": {"person_code": "people", "host": "organisations", "agreement": "agreements"},
    "accompaniments": {"organisation": "organisations"},
}


class Started(Protocol):
    """Something that began on a day."""

    @property
    def started_on(self) -> date:
        """The day."""


P = TypeVar("P", bound=Started)


@dataclass(frozen=True)
class Span:
    """A path as it will be after the import."""

    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Known:
    """What there will be after the import: the register, and the files beside it.

    `there` are the registered rows by kind and code in small letters, people left out. `paths` of people,
    `organisations` (their kind), `agreements` (their last day) and `placements` of people (their first days)
    are by code as it is written. `ambiti` are spellings, by province and small letters.
    """

    today: date
    there: Mapping[str, Mapping[str, Any]]
    paths: Mapping[str, Sequence[Span]]
    organisations: Mapping[str, str]
    agreements: Mapping[str, date]
    placements: Mapping[str, Sequence[date]]
    ambiti: Mapping[tuple[str, str], str]

    def codes(self, kind: str) -> Iterable[str]:
        """The codes of a kind that others refer to."""
        return {"people": self.paths, "organisations": self.organisations, "agreements": self.agreements}[
            kind
        ]


def beside(register: Register, files: Sequence[RegisterFile], today: date) -> Known:
    """The register with the files beside it."""
    rows = {kind: [row for file in files if file.kind == kind for row in file.rows] for kind in LAYOUTS}
    kinds = [kind for kind in LAYOUTS if kind != "people"]
    return Known(
        today=today,
        there={kind: {row.code.casefold(): row for row in getattr(register, kind)} for kind in kinds},
        paths=_paths(register, rows["people"]),
        organisations={row.code: row.kind for row in (*register.organisations, *rows["organisations"])},
        agreements={
            row.code: row.ended_on or row.expires_on for row in (*register.agreements, *rows["agreements"])
        },
        placements=_first_days((*register.placements, *rows["placements"])),
        ambiti=_spellings((*register.paths, *register.organisations, *register.agreements)),
    )


def problems(files: Sequence[RegisterFile], known: Known) -> list[Problem]:
    """Everything wrong in rows that were found right one by one, each problem with its file."""
    found = [
        replace(problem, file=file.name)
        for file in files
        for row in file.rows
        for problem in _problems(file.kind, row, known)
    ]
    return [*found, *_repeated(files), *_spelled_otherwise(files, known)]


def changes(row: Line, registered: Any) -> dict[str, Any]:
    """What the row says otherwise than the registered one, by column; columns not in the file say nothing."""
    said = [field.name for field in fields(row) if field.name == "code" or field.name in row.told]
    return {name: getattr(row, name) for name in said if getattr(row, name) != getattr(registered, name)}


def unknown_code(code: str, codes: Iterable[str], where: str) -> str:
    """The sentence for a code that is not there, with those that look like it."""
    near = [other for other in codes if abs(len(other) - len(code)) <= LIKE]
    same = [other for other in near if other.casefold() == code.casefold()]
    alike = same or get_close_matches(code, near, n=3, cutoff=0.6)
    advice = f"forse è {' o '.join(alike)}" if alike else "controlla il codice"
    return f"«{code}» non c'è {where}: {advice}"


def path_at(paths: Iterable[P], day: date) -> P | None:
    """The path that had begun last on a day; None where none had begun."""
    return max(
        (path for path in paths if path.started_on <= day), key=lambda path: path.started_on, default=None
    )


def _paths(register: Register, people: Iterable[PersonRow]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for path in register.paths:
        spans.setdefault(path.person_code, []).append(Span(path.started_on, path.ended_on))
    for person in people:
        before = spans.get(person.code, [])
        end = person.path_end or (before[-1].ended_on if before else None)
        spans[person.code] = [*before[:-1], Span(person.path_start, end)]
    return spans


def _first_days(placements: Iterable[Any]) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for placement in placements:
        days.setdefault(placement.person_code, []).append(placement.started_on)
    return days


def _spellings(rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    return {(row.province, row.ambito.casefold()): row.ambito for row in rows}


def _problems(kind: str, row: Any, known: Known) -> Iterator[Problem]:
    yield from _contradictions(kind, row, known)
    yield from _too_far(kind, row, known.today)
    yield from _unknown_codes(kind, row, known)
    for column, sentence in _CHECKS.get(kind, _nothing)(row, known):
        yield _problem(kind, row, column, sentence)


def _problem(kind: str, row: Any, column: str, sentence: str) -> Problem:
    return Problem(row.line, f"{LAYOUTS[kind].title(column)}: {sentence}")


def _contradictions(kind: str, row: Any, known: Known) -> Iterator[Problem]:
    registered = known.there.get(kind, {}).get(row.code.casefold())
    if registered is None:
        return
    for column, written in changes(row, registered).items():
        there = getattr(registered, column)
        if there is not None and not _may_move(column, there, known.today):
            sentence = f"nel registro c'è «{shown(column, there)}», nel file «{shown(column, written)}»"
            yield _problem(kind, row, column, f"{sentence}: correggi il file")


def _may_move(column: str, there: Any, today: date) -> bool:
    """Whether it is an end that was only expected: it may come earlier, later, or be taken away."""
    return column == "ended_on" and isinstance(there, date) and there >= today


def _too_far(kind: str, row: Any, today: date) -> Iterator[Problem]:
    for field in fields(row):
        day = getattr(row, field.name)
        if isinstance(day, date) and field.name not in LASTING and day > today + FUTURE:
            yield _problem(
                kind, row, field.name, f"«{day_shown(day)}» è fra più di un anno: controlla l'anno"
            )


def _unknown_codes(kind: str, row: Any, known: Known) -> Iterator[Problem]:
    for column, named in REFERENCES[kind].items():
        code, codes = getattr(row, column), known.codes(named)
        if code is not None and code not in codes:
            where = f"né nel registro né nei file ({TITLES[named]})"
            yield _problem(kind, row, column, unknown_code(code, codes, where))


Check = Callable[[Any, Known], Iterator[tuple[str, str]]]


def _nothing(_row: Any, _known: Known) -> Iterator[tuple[str, str]]:
    return iter(())


def _person(row: PersonRow, known: Known) -> Iterator[tuple[str, str]]:
    later = [day for day in known.placements.get(row.code, ()) if row.path_end and day > row.path_end]
    if later:
        yield "path_end", f"un inserimento comincia dopo, il {day_shown(max(later))}: controlla le due date"


def _agreement(row: AgreementLine, known: Known) -> Iterator[tuple[str, str]]:
    kind = known.organisations.get(row.executing_body)
    if kind in NOT_EXECUTING:
        yield (
            "executing_body",
            f"«{row.executing_body}» è {KIND_WORDS[kind]}: controlla di non averlo scambiato con committente",
        )


def _placement(row: PlacementLine, known: Known) -> Iterator[tuple[str, str]]:
    paths = known.paths.get(row.person_code, ())
    path = path_at(paths, row.started_on)
    if paths and path is None:
        begin = min(path.started_on for path in paths)
        yield (
            "started_on",
            f"viene prima dell'inizio del percorso ({day_shown(begin)}): controlla le due date",
        )
    if path and path.ended_on and row.started_on > path.ended_on:
        end = day_shown(path.ended_on)
        yield "started_on", f"viene dopo la fine del percorso ({end}): controlla le due date"
    over = known.agreements.get(row.agreement or "")
    if over and row.started_on > over:
        yield "started_on", f"la convenzione finisce prima ({day_shown(over)}): controlla le due date"


_CHECKS: Mapping[str, Check] = {"people": _person, "agreements": _agreement, "placements": _placement}


def _repeated(files: Sequence[RegisterFile]) -> Iterator[Problem]:
    """Codes that two files of one kind have; within a file they were refused already."""
    first: dict[tuple[str, str], tuple[RegisterFile, int]] = {}
    for file in files:
        for row in file.rows:
            there, line = first.setdefault((file.kind, row.code.casefold()), (file, row.line))
            if there is not file:
                sentence = f"codice: è già in {there.name}, riga {line}: lascialo in un file solo"
                yield Problem(row.line, sentence, file.name)


def _spelled_otherwise(files: Sequence[RegisterFile], known: Known) -> Iterator[Problem]:
    """Two spellings of one Ambito would become two territories."""
    spellings = dict(known.ambiti)
    for file in files:
        for row in file.rows:
            if (written := getattr(row, "ambito", "")) and (
                other := spellings.setdefault((row.province, written.casefold()), written)
            ) != written:
                sentence = f"ambito: «{written}» è scritto anche «{other}»: scegline uno"
                yield Problem(row.line, sentence, file.name)
