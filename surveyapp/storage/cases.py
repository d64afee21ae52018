"""Statements of the case sheet: whose it is, what was decided about taking part, whether an alert is open."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select

from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.register_tables import Accompaniment, Organisation, Placement
from surveyapp.storage.tables import Administration, Consent, ConsentText, Path, Person


def latest_path(connection: Connection, person_code: str) -> int | None:
    """The id of the latest path of a person; None where there is nobody with this code."""
    theirs = select(Path.id).join(Person, Person.id == Path.person_id).where(Person.code == person_code)
    return connection.scalar(theirs.order_by(Path.number.desc()).limit(1))


def decisions(connection: Connection, person_code: str) -> list[Row[Any]]:
    """Everything that a person decided about taking part, on any path, oldest first.

    Columns: administration_id, decision, decided_at, consent, version, variant, text (as it was read). Asking
    to talk is no decision.
    """
    query = (
        select(
            Consent.administration_id,
            Consent.decision,
            Consent.decided_at,
            ConsentText.consent,
            ConsentText.version,
            ConsentText.variant,
            ConsentText.text,
        )
        .join(ConsentText, ConsentText.digest == Consent.text_digest)
        .where(Consent.administration_id.in_(_theirs(person_code)), Consent.decision != "talk")
    )
    return list(connection.execute(query.order_by(Consent.decided_at, Consent.id)))


def asked_of_a_person(connection: Connection, person_code: str) -> list[Row[Any]]:
    """Every administration on any path of a person. Columns: id, instrument, form, state, closed_at."""
    columns = (Administration.id, Administration.instrument, Administration.form)
    query = select(*columns, Administration.state, Administration.closed_at)
    return list(connection.execute(query.where(Administration.id.in_(_theirs(person_code)))))


def has_open_alert(connection: Connection, path_id: int) -> bool:
    """Whether an alert about a path, or about a placement of it, is still open."""
    query = select(Alert.id).join(Administration, Administration.id == Alert.administration_id)
    return (
        connection.scalar(query.where(Administration.path_id == path_id, Alert.closed_at.is_(None)))
        is not None
    )


def accompaniments_of(connection: Connection, hosts: Collection[int]) -> list[Row[Any]]:
    """The accompaniments of some organisations, oldest first, with how many people were ever placed there.

    Columns: id, code and organisation (codes), started_on, ended_on, people.
    """
    people = (
        select(func.count(func.distinct(Path.person_id)))
        .join(Placement, Placement.path_id == Path.id)
        .where(Placement.host_id == Accompaniment.organisation_id)
        .scalar_subquery()
    )
    query = (
        select(
            Accompaniment.id,
            Accompaniment.code,
            Organisation.code.label("organisation"),
            Accompaniment.started_on,
            Accompaniment.ended_on,
            people.label("people"),
        )
        .join(Organisation, Organisation.id == Accompaniment.organisation_id)
        .where(Accompaniment.organisation_id.in_(hosts))
    )
    return list(connection.execute(query.order_by(Accompaniment.started_on, Accompaniment.id)))


def _theirs(person_code: str) -> Any:
    paths = select(Path.id).join(Person, Person.id == Path.person_id).where(Person.code == person_code)
    return select(Administration.id).where(Administration.path_id.in_(paths))
