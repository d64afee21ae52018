"""Published versions in the database, and what the answers there pin."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from surveyapp.storage.tables import Administration, Consent, ConsentText
from surveyapp.storage.version_tables import InstrumentVersion

Key = tuple[str, str, str]  # kind, id, version
Values = Mapping[str, Any]

START_LOCK = 7_210_362  # any number, the same for every server
# What only this database knows, where a version was published or retired on the site.
HERE = ("file", "record", "changed_at")


def lock(connection: Connection) -> None:
    """Let servers that start together write one after the other (SQLite's transactions do so anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(START_LOCK)))


def kept(connection: Connection) -> dict[Key, Values]:
    """Every version as its file has it, without its document, by kind, id and version."""
    left_out = {"document", *HERE}
    columns = [column for column in InstrumentVersion.__table__.columns if column.name not in left_out]
    rows = connection.execute(select(*columns)).mappings()
    return {(row["kind"], row["id"], row["version"]): dict(row) for row in rows}


def document(connection: Connection, key: Key) -> str | None:
    """The canonical JSON of a version; None where it is not there."""
    kind, found_id, version = key
    table = InstrumentVersion
    wanted = (table.kind == kind, table.id == found_id, table.version == version)
    return connection.execute(select(table.document).where(*wanted)).scalar_one_or_none()


def add(connection: Connection, rows: Iterable[Values]) -> None:
    """Keep versions that are not there yet."""
    if found := [dict(row) for row in rows]:
        connection.execute(insert(InstrumentVersion), found)


def change(connection: Connection, rows: Iterable[Values]) -> None:
    """Keep versions as they are now."""
    table = InstrumentVersion
    for row in rows:
        wanted = (table.kind == row["kind"], table.id == row["id"], table.version == row["version"])
        connection.execute(update(table).where(*wanted).values(dict(row)))


def put_here(connection: Connection, row: Values, now: datetime) -> None:
    """Keep a version that the site published, or what is known now of one that it retired."""
    key = (row["kind"], row["id"], row["version"])
    values = {**row, "changed_at": now}
    if key not in kept(connection):
        add(connection, [values])
        return
    # The text of a version that was published here before stays.
    change(connection, [{name: value for name, value in values.items() if name != "file"}])


def changed_here(connection: Connection) -> list[Row[Any]]:
    """The versions that were published or retired on the site: kind, id, version, file, record."""
    table = InstrumentVersion
    query = select(table.kind, table.id, table.version, table.file, table.record)
    return list(connection.execute(query.where(table.record != "").order_by(table.changed_at)))


def last_change(connection: Connection) -> datetime | None:
    """When a version was last published or retired on the site; None for never."""
    return connection.scalar(select(func.max(InstrumentVersion.changed_at)))


def pins(connection: Connection) -> set[tuple[str, str, str]]:
    """What administrations pin: instrument, version, digest (of the whole, modules included)."""
    columns = (Administration.instrument, Administration.version, Administration.digest)
    return {(row[0], row[1], row[2]) for row in connection.execute(select(*columns).distinct())}


def shown_consents(connection: Connection) -> set[tuple[str, str]]:
    """The consent texts that somebody has decided about: id and version."""
    query = (
        select(ConsentText.consent, ConsentText.version)
        .join(Consent, Consent.text_digest == ConsentText.digest)
        .distinct()
    )
    return {(row[0], row[1]) for row in connection.execute(query)}
