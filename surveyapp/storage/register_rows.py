"""The whole register as frozen rows, one query each: what the study plan is turned over."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, select
from sqlalchemy.orm import aliased

from surveyapp.storage.register_tables import Accompaniment, Agreement, Organisation, Placement
from surveyapp.storage.tables import Administration, Path, Person

T = TypeVar("T")


@dataclass(frozen=True)
class PathRow:
    """A path with its person and territory."""

    id: int
    person_code: str
    number: int
    province: str
    ambito: str
    demonstration: bool
    started_on: date
    activity_started_on: date | None
    ended_on: date | None
    end_reason: str | None
    variant: str | None


@dataclass(frozen=True)
class OrganisationRow:
    """A company, a cooperative or another body."""

    id: int
    code: str
    kind: str
    province: str
    ambito: str
    size_class: str | None
    sector: str | None
    demonstration: bool


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with the codes and kinds of its two parties."""

    id: int
    code: str
    province: str
    ambito: str
    executing_body_id: int
    executing_body: str
    executing_body_kind: str
    client_firm_id: int
    client_firm: str
    signed_on: date
    expires_on: date
    ended_on: date | None
    demonstration: bool


@dataclass(frozen=True)
class PlacementRow:
    """A placement with its person, territory, host and the parties of its agreement, where it has them."""

    id: int
    code: str
    path_id: int
    person_code: str
    province: str
    ambito: str
    demonstration: bool
    type: str
    host_id: int | None
    host: str | None
    host_kind: str | None
    agreement_id: int | None
    agreement: str | None
    executing_body_id: int | None
    executing_body: str | None
    client_firm: str | None
    started_on: date
    ended_on: date | None
    end_reason: str | None
    minutes_a_week: int | None
    paid: bool | None
    duld: bool | None
    duld_outcome: str | None


@dataclass(frozen=True)
class AccompanimentRow:
    """An accompaniment with its organisation and territory."""

    id: int
    code: str
    organisation_id: int
    organisation: str
    organisation_kind: str
    province: str
    ambito: str
    demonstration: bool
    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class AdministrationRow:
    """An administration that is there already."""

    id: int
    key: str
    subject: str
    path_id: int | None
    placement_id: int | None
    agreement_id: int | None
    accompaniment_id: int | None
    respondent: str
    instrument: str
    version: str
    digest: str
    form: str
    occasion: str
    number: int
    rater: int
    length: str
    context: str
    modules: str
    retest_of: int | None
    variant: str | None
    source: str
    state: str
    due_from: date | None
    due_to: date | None
    late_to: date | None
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Register:
    """Everything, each kind in the order in which it was added."""

    paths: tuple[PathRow, ...]
    organisations: tuple[OrganisationRow, ...]
    agreements: tuple[AgreementRow, ...]
    placements: tuple[PlacementRow, ...]
    accompaniments: tuple[AccompanimentRow, ...]
    administrations: tuple[AdministrationRow, ...]


_HOST, _EXECUTING, _CLIENT = (aliased(Organisation, name=name) for name in ("host", "executing", "client"))
_OF_PERSON = {
    "person_code": Person.code,
    "province": Person.province,
    "ambito": Person.ambito,
    "demonstration": Person.demonstration,
}
_PARTIES = {
    "executing_body": _EXECUTING.code,
    "executing_body_kind": _EXECUTING.kind,
    "client_firm": _CLIENT.code,
}


def load(connection: Connection, *, with_administrations: bool = True) -> Register:
    """The whole register, with the administrations that are there already unless they are not wanted."""
    return Register(
        tuple(paths(connection)),
        tuple(organisations(connection)),
        tuple(agreements(connection)),
        tuple(placements(connection)),
        tuple(accompaniments(connection)),
        tuple(administrations(connection) if with_administrations else ()),
    )


def of_path(connection: Connection, path_id: int) -> Register:
    """What the register has of one path: itself, its placements, its administrations, and all agreements."""
    return Register(
        tuple(paths(connection, Path.id == path_id)),
        (),
        tuple(agreements(connection)),
        tuple(placements(connection, Placement.path_id == path_id)),
        (),
        tuple(administrations(connection, Administration.path_id == path_id)),
    )


def paths(connection: Connection, *where: ColumnElement[bool]) -> list[PathRow]:
    """Every path (of which `where` holds), a person's older ones first."""
    query = _selected(PathRow, Path, _OF_PERSON).join(Person, Person.id == Path.person_id).where(*where)
    return _rows(connection, PathRow, query.order_by(None).order_by(Person.id, Path.number))


def organisations(connection: Connection) -> list[OrganisationRow]:
    """Every organisation."""
    return _rows(connection, OrganisationRow, _selected(OrganisationRow, Organisation, {}))


def agreements(connection: Connection) -> list[AgreementRow]:
    """Every agreement."""
    query = (
        _selected(AgreementRow, Agreement, _PARTIES)
        .join(_EXECUTING, _EXECUTING.id == Agreement.executing_body_id)
        .join(_CLIENT, _CLIENT.id == Agreement.client_firm_id)
    )
    return _rows(connection, AgreementRow, query)


def placements(connection: Connection, *where: ColumnElement[bool]) -> list[PlacementRow]:
    """Every placement (of which `where` holds)."""
    elsewhere = {
        **_OF_PERSON,
        **_PARTIES,
        "host": _HOST.code,
        "host_kind": _HOST.kind,
        "agreement": Agreement.code,
        "executing_body_id": Agreement.executing_body_id,
    }
    query = (
        _selected(PlacementRow, Placement, elsewhere)
        .join(Path, Path.id == Placement.path_id)
        .join(Person, Person.id == Path.person_id)
        .outerjoin(_HOST, _HOST.id == Placement.host_id)
        .outerjoin(Agreement, Agreement.id == Placement.agreement_id)
        .outerjoin(_EXECUTING, _EXECUTING.id == Agreement.executing_body_id)
        .outerjoin(_CLIENT, _CLIENT.id == Agreement.client_firm_id)
    )
    return _rows(connection, PlacementRow, query.where(*where))


def accompaniments(connection: Connection) -> list[AccompanimentRow]:
    """Every accompaniment."""
    elsewhere = {
        "organisation": Organisation.code,
        "organisation_kind": Organisation.kind,
        "province": Organisation.province,
        "ambito": Organisation.ambito,
    }
    query = _selected(AccompanimentRow, Accompaniment, elsewhere)
    joined = query.join(Organisation, Organisation.id == Accompaniment.organisation_id)
    return _rows(connection, AccompanimentRow, joined)


def administrations(connection: Connection, *where: ColumnElement[bool]) -> list[AdministrationRow]:
    """Every administration (of which `where` holds)."""
    query = _selected(AdministrationRow, Administration, {}).where(*where)
    return _rows(connection, AdministrationRow, query)


def _selected(row: type[Any], table: Any, elsewhere: dict[str, Any]) -> Select[Any]:
    """The columns that a row has, from its table unless they are found elsewhere, oldest first."""
    names = [field.name for field in fields(row)]
    columns = {name: elsewhere[name] if name in elsewhere else getattr(table, name) for name in names}
    named = [column.label(name) for name, column in columns.items()]
    return select(*named).select_from(table).order_by(table.id)


def _rows(connection: Connection, row: type[T], query: Select[Any]) -> list[T]:
    return [row(*found) for found in connection.execute(query)]
