"""Statements of the register: people, paths, administrations, links. Nothing here commits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase

from surveyapp.storage.tables import Administration, Answer, Consent, ConsentText, Link, Path, Person

Values = Mapping[str, Any]


def holds_real_people(connection: Connection) -> bool:
    """Whether anybody in the database is not invented."""
    return connection.execute(select(Person.id).where(~Person.demonstration).limit(1)).first() is not None


def holds_demonstration(connection: Connection) -> bool:
    """Whether anybody in the database is invented."""
    return connection.execute(select(Person.id).where(Person.demonstration).limit(1)).first() is not None


def people(connection: Connection) -> list[Row[Any]]:
    """Everybody with each of their paths, older paths first.

    Columns: code, province, ambito, path_id, started_on, ended_on, end_reason.
    """
    query = (
        select(
            Person.code,
            Person.province,
            Person.ambito,
            Path.id.label("path_id"),
            Path.started_on,
            Path.ended_on,
            Path.end_reason,
        )
        .join(Path, Path.person_id == Person.id)
        .order_by(Person.id, Path.number)
    )
    return list(connection.execute(query))


def planned(connection: Connection, instrument: str, form: str) -> list[Row[Any]]:
    """What is there already of a form, oldest first. Columns: path_id, version, digest, occasion."""
    query = (
        select(Administration.path_id, Administration.version, Administration.digest, Administration.occasion)
        .where(Administration.instrument == instrument, Administration.form == form)
        .order_by(Administration.id)
    )
    return list(connection.execute(query))


def open_administrations(
    connection: Connection, instrument: str, occasions: Collection[str], today: date
) -> list[Row[Any]]:
    """Administrations still to be answered whose window has begun, in the order of codes.

    Columns: id, code, province, ambito, occasion.
    """
    query = (
        select(Administration.id, Person.code, Person.province, Person.ambito, Administration.occasion)
        .join(Path, Path.id == Administration.path_id)
        .join(Person, Person.id == Path.person_id)
        .where(
            Administration.instrument == instrument,
            Administration.occasion.in_(occasions),
            Administration.state == "open",
            Administration.due_from <= today,
        )
        .order_by(Person.code, Administration.id)
    )
    return list(connection.execute(query))


def add_people(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Add people; their ids, in the order of the rows."""
    return _add(connection, Person, rows)


def add_paths(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Add paths; their ids, in the order of the rows."""
    return _add(connection, Path, rows)


def add_administrations(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Add administrations; their ids, in the order of the rows."""
    return _add(connection, Administration, rows)


def add_links(connection: Connection, rows: Sequence[Values]) -> None:
    """Add links, of whose tokens only the sha256 is kept."""
    if rows:
        connection.execute(insert(Link), rows)


def add_consents(connection: Connection, rows: Sequence[Values]) -> None:
    """Append decisions about taking part."""
    if rows:
        connection.execute(insert(Consent), rows)


def add_answers(connection: Connection, rows: Sequence[Values]) -> None:
    """Append answers."""
    if rows:
        connection.execute(insert(Answer), rows)


def end_path(connection: Connection, path_id: int, ended_on: date | None, end_reason: str | None) -> None:
    """Write down when a path ended and why."""
    connection.execute(
        update(Path).where(Path.id == path_id), {"ended_on": ended_on, "end_reason": end_reason}
    )


def revoke_links(connection: Connection, code: str, now: datetime) -> int:
    """Make every live link of a person useless; how many there were."""
    theirs = (
        select(Administration.id)
        .join(Path, Path.id == Administration.path_id)
        .join(Person, Person.id == Path.person_id)
        .where(Person.code == code)
    )
    live = update(Link).where(Link.administration_id.in_(theirs), Link.revoked_at.is_(None))
    return connection.execute(live, {"revoked_at": now}).rowcount


def is_known(connection: Connection, code: str) -> bool:
    """Whether somebody has this code."""
    return connection.execute(select(Person.id).where(Person.code == code)).first() is not None


def delete_demonstration(connection: Connection) -> int:
    """Delete the invented people with everything about them; how many they were."""
    invented = select(Person.id).where(Person.demonstration)
    paths = select(Path.id).where(Path.person_id.in_(invented))
    administrations = select(Administration.id).where(Administration.path_id.in_(paths))
    for table in (Answer, Consent, Link):
        connection.execute(delete(table).where(table.administration_id.in_(administrations)))
    connection.execute(delete(Administration).where(Administration.path_id.in_(paths)))
    connection.execute(delete(Path).where(Path.person_id.in_(invented)))
    connection.execute(delete(ConsentText).where(ConsentText.digest.not_in(select(Consent.text_digest))))
    return connection.execute(delete(Person).where(Person.demonstration)).rowcount


def _add(connection: Connection, table: type[DeclarativeBase], rows: Sequence[Values]) -> list[int]:
    if not rows:
        return []
    key = table.__table__.c.id
    statement = insert(table).returning(key, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())
