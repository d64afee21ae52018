"""Everything that the sheet of one person rests on, read once; what may not be shown is not in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.cases.hidden import PARTICIPANT, Promise, why_hidden
from surveyapp.reports.cases.upcoming import Upcoming, upcoming
from surveyapp.reports.frames import Response, Study, digest_of
from surveyapp.reports.reading import load
from surveyapp.storage import cases as stored
from surveyapp.storage.register_rows import PathRow, PlacementRow, Register, of_path
from surveyapp.study.errors import RefusedError

SELF, QUALITY, OBSERVED, ADAPTED = "aut", "qil", "oss", "acc"


@dataclass(frozen=True)
class Adapting:
    """The accompaniment of a host of this person, with what it told; `alone` is whether nobody else was ever
    placed there."""

    code: str
    organisation: str
    started_on: date
    ended_on: date | None
    alone: bool
    study: Study


@dataclass(frozen=True)
class Case:
    """One person's latest path. `hidden` says why her or his own answers are not here; empty where they are.

    `alert` is whether one is open, for who may know.
    """

    path: PathRow
    placements: tuple[PlacementRow, ...]
    studies: Mapping[str, Study]
    adapting: tuple[Adapting, ...]
    upcoming: tuple[Upcoming, ...]
    hidden: str
    alert: bool
    today: date

    @cached_property
    def digest(self) -> str:
        """The sha256 of what the sheet was made from."""
        studies = [*self.studies.values(), *(one.study for one in self.adapting)]
        return digest_of([*(study.digest for study in studies), repr(self.path), repr(self.placements)])


def case_of(
    connection: Connection,
    catalogue: Catalogue,
    code: str,
    promise: Promise,
    *,
    may_know_of_alerts: bool,
    today: date,
) -> Case:
    """Read one person's latest path.

    Raises RefusedError for an unknown code, CatalogueError for a pinned version that is not here unchanged.
    """
    path_id = stored.latest_path(connection, code)
    if path_id is None:
        raise RefusedError(f"nessuna persona ha il codice «{code}»")
    rows = of_path(connection, path_id)
    path = rows.paths[0]
    hidden = why_hidden(connection, catalogue, path, promise)
    return Case(
        path=path,
        placements=tuple(sorted(rows.placements, key=lambda one: (one.started_on, one.id))),
        studies=_studies(connection, catalogue, rows, hidden),
        adapting=_adapting(connection, catalogue, rows.placements),
        upcoming=tuple(upcoming(connection, catalogue, rows, today)),
        hidden=hidden,
        alert=may_know_of_alerts and not promise.with_host and stored.has_open_alert(connection, path_id),
        today=today,
    )


def _studies(
    connection: Connection, catalogue: Catalogue, rows: Register, hidden: str
) -> Mapping[str, Study]:
    about = [f"path:{rows.paths[0].id}", *(f"placement:{one.id}" for one in rows.placements)]
    read = {
        name: load(connection, catalogue, name, form=None, subjects=about)
        for name in (SELF, QUALITY, OBSERVED)
    }
    return {name: _of_others(study) if hidden else study for name, study in read.items()}


def _of_others(study: Study) -> Study:
    """Without what participants answered about themselves."""
    return replace(study, responses=tuple(one for one in study.responses if not is_own(one)))


def is_own(response: Response) -> bool:
    """Whether the person answered about herself or himself."""
    asked = response.questionnaire
    return asked.instrument.forms[asked.form].respondent == PARTICIPANT


def _adapting(
    connection: Connection, catalogue: Catalogue, placements: Sequence[PlacementRow]
) -> tuple[Adapting, ...]:
    hosts = {one.host_id for one in placements if one.host_id is not None}
    return tuple(_adapted(connection, catalogue, row) for row in stored.accompaniments_of(connection, hosts))


def _adapted(connection: Connection, catalogue: Catalogue, row: Row[Any]) -> Adapting:
    study = load(connection, catalogue, ADAPTED, form=None, subjects=[f"accompaniment:{row.id}"])
    alone = row.people <= 1
    return Adapting(row.code, row.organisation, row.started_on, row.ended_on, alone, study)
