"""Drafts of the next versions: the text after each save, who writes, why each place changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from surveyapp.storage.revision_tables import Decision, Draft, DraftReason, DraftRevision

LIVING = ("draft", "in_review", "approved")
DRAFT, PUBLISHED = "draft", "published"
ACCEPTED = "accepted"


def add(connection: Connection, now: datetime, **values: Any) -> int:
    """Keep a new draft with its first text; raises IntegrityError where a living one is there."""
    row = {**values, "revision": 1, "status": DRAFT, "held_by": "", "approver": "", "note": ""}
    statement = insert(Draft).values(**row, opened_at=now, changed_at=now).returning(Draft.id)
    draft_id = int(connection.execute(statement).scalar_one())
    _keep_text(connection, draft_id, 1, str(values["document"]), str(values["author"]), now)
    return draft_id


def found(connection: Connection, draft_id: int, *, to_change: bool = False) -> Row[Any] | None:
    """A draft; `to_change` lets nobody else change it before the transaction ends."""
    query = select(Draft.__table__).where(Draft.id == draft_id)
    return connection.execute(query.with_for_update() if to_change else query).one_or_none()


def living(connection: Connection, kind: str, instrument: str) -> int | None:
    """The draft of an instrument that is neither published nor discarded."""
    wanted = (Draft.kind == kind, Draft.instrument == instrument, Draft.status.in_(LIVING))
    return connection.scalar(select(Draft.id).where(*wanted))


def listed(connection: Connection) -> list[Row[Any]]:
    """Every draft without its text, the living ones first, the last changed first."""
    table = Draft.__table__
    columns = [column for column in table.columns if column.name != "document"]
    order = (Draft.closed_at.is_not(None), Draft.changed_at.desc(), Draft.id.desc())
    return list(connection.execute(select(*columns).order_by(*order)))


def save(
    connection: Connection, row: Row[Any], document: str, by: str, now: datetime, until: datetime
) -> None:
    """The next text of a draft, which its writer holds from now until then."""
    revision = row.revision + 1
    values = {"document": document, "revision": revision, "changed_at": now}
    _change(connection, row.id, **values, held_by=by, held_until=until)
    _keep_text(connection, row.id, revision, document, by, now)


def hold(connection: Connection, draft_id: int, by: str, until: datetime | None) -> None:
    """Who writes a draft, until when; nobody with "" and None."""
    _change(connection, draft_id, held_by=by, held_until=until)


def note_version(connection: Connection, draft_id: int, version: str) -> None:
    """The version that the text of a draft has."""
    _change(connection, draft_id, version=version)


def note_base(connection: Connection, draft_id: int, version: str, digest: str) -> None:
    """The version that a draft is compared with."""
    _change(connection, draft_id, based_on=version, based_on_digest=digest)


def note_status(connection: Connection, draft_id: int, status: str, author: str, approver: str) -> None:
    """How a living draft stands, who signs it, who approved it; nobody writes it any more, or yet."""
    values = {"status": status, "author": author, "approver": approver}
    _change(connection, draft_id, **values, held_by="", held_until=None)


def close(connection: Connection, draft_id: int, status: str, now: datetime) -> None:
    """End a draft; its texts stay."""
    _change(connection, draft_id, status=status, closed_at=now, held_by="", held_until=None)


def publish(connection: Connection, draft_id: int, note: str, now: datetime) -> None:
    """End an approved draft: it is a version now, with what was said of it."""
    _change(connection, draft_id, note=note)
    close(connection, draft_id, PUBLISHED, now)


def text_at(connection: Connection, draft_id: int, revision: int) -> str | None:
    """The text of a draft after a save."""
    wanted = (DraftRevision.draft_id == draft_id, DraftRevision.revision == revision)
    return connection.scalar(select(DraftRevision.document).where(*wanted))


def reasons(connection: Connection, draft_id: int) -> dict[str, Row[Any]]:
    """Why places of a draft changed, by place: the code of the decision, its id, the kind of a text."""
    columns = (DraftReason.place, DraftReason.kind, Decision.code, DraftReason.decision_id)
    query = select(*columns).join(Decision, Decision.id == DraftReason.decision_id)
    rows: list[Row[Any]] = list(connection.execute(query.where(DraftReason.draft_id == draft_id)))
    return {row.place: row for row in rows}


def put_reason(connection: Connection, draft_id: int, place: str, decision_id: int, kind: str) -> None:
    """Note why a place changed, in place of what was noted before."""
    connection.execute(
        delete(DraftReason).where(DraftReason.draft_id == draft_id, DraftReason.place == place)
    )
    row = {"draft_id": draft_id, "place": place, "decision_id": decision_id, "kind": kind}
    connection.execute(insert(DraftReason), [row])


def accepted(connection: Connection, instrument: str) -> list[Row[Any]]:
    """The accepted decisions on an instrument: id, code, proposal; the newest first."""
    query = select(Decision.id, Decision.code, Decision.proposal, Decision.object_id)
    wanted = (Decision.instrument == instrument, Decision.outcome == ACCEPTED)
    return list(connection.execute(query.where(*wanted).order_by(Decision.id.desc())))


def _change(connection: Connection, draft_id: int, **values: Any) -> None:
    connection.execute(update(Draft).where(Draft.id == draft_id).values(**values))


def _keep_text(
    connection: Connection, draft_id: int, revision: int, document: str, by: str, now: datetime
) -> None:
    row = {"draft_id": draft_id, "revision": revision, "document": document}
    connection.execute(insert(DraftRevision), [row | {"written_by": by, "written_at": now}])
