"""The files of the register come in all together or not at all, each after those that it refers to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.source import Problem
from surveyapp.storage import register as stored
from surveyapp.storage import register_rows
from surveyapp.study import register as people_register
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.study.plan import carry_out
from surveyapp.study.register import DEMONSTRATION_PRESENT, ImportSummary
from surveyapp.study.register_cells import AnyLine, PlacementLine
from surveyapp.study.register_checks import beside, changes, path_at, problems
from surveyapp.study.register_files import RegisterFile

Values = dict[str, Any]

# What comes before what refers to it; people come between agreements and placements.
BEFORE_PEOPLE, AFTER_PEOPLE = ("organisations", "agreements"), ("placements", "accompaniments")
# The column of a reference, and the kind that it refers to.
_IDS: Mapping[str, tuple[str, str]] = {
    "executing_body": ("executing_body_id", "organisations"),
    "client_firm": ("client_firm_id", "organisations"),
    "host": ("host_id", "organisations"),
    "organisation": ("organisation_id", "organisations"),
    "agreement": ("agreement_id", "agreements"),
}
# The table of each kind.
_TABLES: Mapping[str, str] = {
    "organisations": "organisation",
    "agreements": "agreement",
    "placements": "placement",
    "accompaniments": "accompaniment",
}


@dataclass(frozen=True)
class KindSummary:
    """What an import changed of one kind."""

    added: int
    completed: int
    unchanged: int


@dataclass(frozen=True)
class RegisterSummary:
    """What an import changed: of people where there was a file of people, and of the other kinds given.

    `administrations` is how many the plan has made for it.
    """

    people: ImportSummary | None
    others: Mapping[str, KindSummary] = field(default_factory=dict)
    administrations: int = 0


def import_files(
    connection: Connection, catalogue: Catalogue, files: Sequence[RegisterFile], now: datetime
) -> RegisterSummary:
    """Add what is new, complete what was not known, leave what is known already.

    Raises ImportRefusedError, before anything is written, with every row that contradicts the register or the
    other files, each with its file; RefusedError for a database of the demonstration; CatalogueError where a
    pinned version is not here unchanged.
    """
    if stored.holds_demonstration(connection):
        raise RefusedError(DEMONSTRATION_PRESENT)
    register = register_rows.load(connection, with_administrations=False)
    wrong = problems(files, beside(register, files, now.date())) + _people_problems(connection, files)
    if wrong:
        raise ImportRefusedError(wrong)
    given = {kind: [row for file in files if file.kind == kind for row in file.rows] for kind in _TABLES}
    kinds = {file.kind for file in files}
    others = {kind: _store(connection, kind, given[kind], now) for kind in BEFORE_PEOPLE if kind in kinds}
    people = [person for file in files for person in file.people]
    summary = people_register.store_people(connection, people, now) if people else None
    others |= {kind: _store(connection, kind, given[kind], now) for kind in AFTER_PEOPLE if kind in kinds}
    return RegisterSummary(summary, others, carry_out(connection, catalogue, now.date()).made)


def _people_problems(connection: Connection, files: Sequence[RegisterFile]) -> list[Problem]:
    known = people_register.known_people(connection)
    return [
        replace(problem, file=file.name)
        for file in files
        for problem in people_register.conflicts(file.people, known)
    ]


@dataclass(frozen=True)
class _There:
    """The rows that are there, to be completed and referred to."""

    rows: Mapping[str, Any]
    ids: Mapping[str, Mapping[str, int]]
    paths: Mapping[str, Sequence[register_rows.PathRow]]

    def values(self, said: Mapping[str, Any]) -> Values:
        """What a file says, with ids in the place of codes."""
        values = {name: value for name, value in said.items() if name not in _IDS and name != "person_code"}
        for name, (column, kind) in _IDS.items():
            if said.get(name) is not None:
                values[column] = self.ids[kind][said[name]]
        return values


def _store(connection: Connection, kind: str, lines: Sequence[AnyLine], now: datetime) -> KindSummary:
    there = _there(connection, kind)
    new = [line for line in lines if line.code not in there.rows]
    known = [(there.rows[line.code], line) for line in lines if line.code in there.rows]
    said = [(row.id, changes(line, row)) for row, line in known]
    completed = [(row_id, changed) for row_id, changed in said if changed]
    for row_id, changed in completed:
        stored.complete(connection, _TABLES[kind], row_id, there.values(changed))
    stored.add_to_register(connection, _TABLES[kind], [_new(kind, line, there, now) for line in new])
    return KindSummary(len(new), len(completed), len(known) - len(completed))


def _there(connection: Connection, kind: str) -> _There:
    register = register_rows.load(connection, with_administrations=False)
    paths: dict[str, list[register_rows.PathRow]] = {}
    for path in register.paths:
        paths.setdefault(path.person_code, []).append(path)
    ids = {
        "organisations": {row.code: row.id for row in register.organisations},
        "agreements": {row.code: row.id for row in register.agreements},
    }
    return _There({row.code: row for row in getattr(register, kind)}, ids, paths)


def _new(kind: str, line: AnyLine, there: _There, now: datetime) -> Values:
    names = [field.name for field in fields(line) if field.name not in ("line", "told")]
    values = there.values({name: getattr(line, name) for name in names})
    if isinstance(line, PlacementLine):
        path = path_at(there.paths[line.person_code], line.started_on)
        # The checks have found the path.
        return {"host_id": None, "agreement_id": None, **values, "path_id": path.id if path else None}
    since = {"created_at": now} if kind == "organisations" else {}
    return {**values, **since, "demonstration": False}
