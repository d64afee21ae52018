"""Statements of the register: people and paths, where they work, what is due. Nothing here commits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update
from sqlalchemy.orm import DeclarativeBase

from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.call_tables import Call
from surveyapp.storage.code_tables import ShortCode
from surveyapp.storage.excerpts import forget_answers
from surveyapp.storage.paper_tables import PaperReading, PaperSheet
from surveyapp.storage.practice_tables import PracticeAnswer
from surveyapp.storage.register_tables import Accompaniment, Agreement, Organisation, Placement
from surveyapp.storage.subjects import subject_code, subject_columns, with_subjects
from surveyapp.storage.tables import Administration, Answer, Consent, ConsentText, Link, Path, Person

Values = Mapping[str, Any]

REGISTER: Mapping[str, type[Any]] = {
    "organisation": Organisation,
    "agreement": Agreement,
    "placement": Placement,
    "accompaniment": Accompaniment,
}


def holds_real_people(connection: Connection) -> bool:
    """Whether any person or organisation in the database is not invented."""
    return _holds(connection, demonstration=False)


def holds_demonstration(connection: Connection) -> bool:
    """Whether any person or organisation in the database is invented."""
    return _holds(connection, demonstration=True)


def people(connection: Connection) -> list[Row[Any]]:
    """Everybody with each of their paths, older paths first.

    Columns: code, province, ambito, sex, path_id, started_on, activity_started_on, ended_on, end_reason.
    """
    query = (
        select(
            Person.code,
            Person.province,
            Person.ambito,
            Person.sex,
            Path.id.label("path_id"),
            Path.started_on,
            Path.activity_started_on,
            Path.ended_on,
            Path.end_reason,
        )
        .join(Path, Path.person_id == Person.id)
        .order_by(Person.id, Path.number)
    )
    return list(connection.execute(query))


def open_administrations(
    connection: Connection, today: date, *, instrument: str | None, form: str | None, occasion: str | None
) -> list[Row[Any]]:
    """Administrations still to be answered whose window has begun, in the order of codes; None takes all.

    Columns: id, code (of the person, agreement or organisation), province, ambito, respondent, instrument,
    form, occasion, number.
    """
    query = with_subjects(
        select(
            Administration.id,
            *subject_columns,
            Administration.respondent,
            Administration.instrument,
            Administration.form,
            Administration.occasion,
            Administration.number,
        )
    ).where(Administration.state == "open", Administration.due_from <= today)
    wanted = {
        Administration.instrument: instrument,
        Administration.form: form,
        Administration.occasion: occasion,
    }
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    return list(connection.execute(query.order_by(subject_code, Administration.id)))


def add_people(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Add people; their ids, in the order of the rows."""
    return _add(connection, Person, rows)


def add_paths(connection: Connection, rows: Sequence[Values]) -> list[int]:
    """Add paths; their ids, in the order of the rows."""
    return _add(connection, Path, rows)


def add_to_register(connection: Connection, kind: str, rows: Sequence[Values]) -> list[int]:
    """Add rows of a kind (a key of REGISTER); their ids, in the order of the rows."""
    return _add(connection, REGISTER[kind], rows)


def complete(connection: Connection, kind: str, row_id: int, values: Values) -> None:
    """Write down what was not known yet of an organisation, agreement, placement or accompaniment."""
    table = REGISTER[kind]
    connection.execute(update(table).where(table.id == row_id), values)


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


def begin_activity(connection: Connection, path_id: int, day: date) -> None:
    """Write down when the first activity of a path began."""
    connection.execute(update(Path).where(Path.id == path_id), {"activity_started_on": day})


def complete_sex(connection: Connection, code: str, sex: str) -> None:
    """Write down the sex of a person."""
    connection.execute(update(Person).where(Person.code == code), {"sex": sex})


def revoke_links(connection: Connection, code: str, now: datetime) -> int:
    """Make every live link and code of a person, agreement or organisation useless; the number of links."""
    theirs = with_subjects(select(Administration.id)).where(subject_code == code)
    codes = update(ShortCode).where(ShortCode.administration_id.in_(theirs), ShortCode.revoked_at.is_(None))
    connection.execute(codes, {"revoked_at": now})
    live = update(Link).where(Link.administration_id.in_(theirs), Link.revoked_at.is_(None))
    return connection.execute(live, {"revoked_at": now}).rowcount


def count_answers(connection: Connection) -> int:
    """How many answers there are."""
    return connection.execute(select(func.count()).select_from(Answer)).scalar_one()


def is_known(connection: Connection, code: str) -> bool:
    """Whether a person, an agreement or an organisation has this code."""
    found = (select(table.id).where(table.code == code) for table in (Person, Agreement, Organisation))
    return any(connection.execute(query).first() for query in found)


def delete_demonstration(connection: Connection) -> int:
    """Delete the invented people and organisations with everything about them; how many people they were."""
    paths = select(Path.id).join(Person, Person.id == Path.person_id).where(Person.demonstration)
    invented = or_(
        Administration.path_id.in_(paths),
        Administration.agreement_id.in_(select(Agreement.id).where(Agreement.demonstration)),
        Administration.accompaniment_id.in_(select(Accompaniment.id).where(Accompaniment.demonstration)),
    )
    forget_answers(connection, select(Administration.id).where(invented))
    # Alerts refer to answers, links to the codes that made them.
    kept_about = (Alert, Answer, PracticeAnswer, Call, Consent, Link, ShortCode, PaperReading, PaperSheet)
    for table in kept_about:
        theirs = select(Administration.id).where(invented)
        connection.execute(delete(table).where(table.administration_id.in_(theirs)))
    connection.execute(delete(Administration).where(invented))
    connection.execute(delete(Placement).where(Placement.path_id.in_(paths)))
    connection.execute(delete(Path).where(Path.id.in_(paths)))
    for invented_table in (Agreement, Accompaniment, Organisation):
        connection.execute(delete(invented_table).where(invented_table.demonstration))
    connection.execute(delete(ConsentText).where(ConsentText.digest.not_in(select(Consent.text_digest))))
    return connection.execute(delete(Person).where(Person.demonstration)).rowcount


def _holds(connection: Connection, *, demonstration: bool) -> bool:
    found = (
        select(table.id).where(table.demonstration == demonstration).limit(1)
        for table in (Person, Organisation)
    )
    return any(connection.execute(query).first() for query in found)


def _add(connection: Connection, table: type[DeclarativeBase], rows: Sequence[Values]) -> list[int]:
    if not rows:
        return []
    key = table.__table__.c.id
    statement = insert(table).returning(key, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())
