"""Alerts: raised where answers are saved, read and closed by the staff, in their scope."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, update
from sqlalchemy.orm import aliased

from surveyapp.storage.alert_tables import Alert
from surveyapp.storage.register_tables import Placement
from surveyapp.storage.scope import Scope
from surveyapp.storage.subjects import subject_columns
from surveyapp.storage.tables import Administration, Answer

# The code of an alert that somebody of the staff raised on a text.
BY_STAFF = "by_staff"
# The job that tells who must know; its argument is the alert's id.
NOTICE = "notice"

_ABOUT = (
    Administration.id.label("administration_id"),
    Administration.key,
    Administration.subject,
    *subject_columns,
    Placement.code.label("placement_code"),
    Administration.instrument,
    Administration.version,
    Administration.digest,
    Administration.form,
    Administration.occasion,
    Administration.variant,
    Administration.context,
    Administration.length,
    Administration.state,
)


def known(connection: Connection, administration_id: int) -> set[tuple[str, str]]:
    """Code and item of each alert that an administration has already."""
    query = select(Alert.code, Alert.item).where(Alert.administration_id == administration_id)
    return {(code, item) for code, item in connection.execute(query)}


def add(connection: Connection, **values: Any) -> int:
    """Keep a new alert; its id. Raises IntegrityError for one that is there already."""
    return int(connection.execute(insert(Alert).returning(Alert.id), values).scalar_one())


def is_read(connection: Connection, alert_id: int) -> bool:
    """Whether somebody has read an alert, so that nobody needs to be told of it any more."""
    return connection.scalar(select(Alert.read_at).where(Alert.id == alert_id)) is not None


def listed(scope: Scope, connection: Connection) -> list[Row[Any]]:
    """The alerts of the scope: those still to be read first, then the open ones, then the closed ones.

    Columns: those of the alert (its code as `alert_code`), those of its administration and what it is about,
    and `last_revision` of the answer.
    """
    newest = Alert.raised_at.desc()
    order = (Alert.closed_at.is_not(None), Alert.read_at.is_not(None), newest, Alert.id.desc())
    return list(connection.execute(_described(scope).order_by(*order)))


def found(scope: Scope, connection: Connection, alert_id: int) -> Row[Any] | None:
    """One alert with the columns of `listed`; None when it is not there or not of this scope."""
    return connection.execute(_described(scope).where(Alert.id == alert_id)).one_or_none()


def unread(scope: Scope, connection: Connection) -> int:
    """How many alerts of the scope nobody has read yet."""
    query = scope.select(func.count()).join(Alert, Alert.administration_id == Administration.id)
    return int(connection.execute(query.where(Alert.read_at.is_(None))).scalar_one())


def mark_read(connection: Connection, alert_id: int, by: str, now: datetime) -> None:
    """Keep who read an alert first, and when."""
    unread_one = update(Alert).where(Alert.id == alert_id, Alert.read_at.is_(None))
    connection.execute(unread_one.values(read_at=now, read_by=by))


def close(connection: Connection, alert_id: int, by: str, now: datetime, **values: Any) -> bool:
    """End an open alert that was read, with its outcome and reason; False where there is none."""
    is_open = (Alert.id == alert_id, Alert.closed_at.is_(None), Alert.read_at.is_not(None))
    changed = update(Alert).where(*is_open).values(closed_at=now, closed_by=by, **values)
    return connection.execute(changed).rowcount == 1


def answers(connection: Connection, administration_id: int, items: set[str]) -> Mapping[str, list[Row[Any]]]:
    """Every revision of the answers to these items, oldest first: item, revision, value, text, reason."""
    query = (
        select(Answer.item, Answer.revision, Answer.value, Answer.text, Answer.reason)
        .where(Answer.administration_id == administration_id, Answer.item.in_(items))
        .order_by(Answer.revision)
    )
    by_item: dict[str, list[Row[Any]]] = {}
    found: list[Row[Any]] = list(connection.execute(query))
    for row in found:
        by_item.setdefault(row.item, []).append(row)
    return by_item


def submitted(scope: Scope, connection: Connection, key: str) -> Row[Any] | None:
    """A submitted administration of the scope, with the columns that `listed` gives about it."""
    sent = (Administration.key == key, Administration.state == "submitted")
    return connection.execute(scope.select(*_ABOUT).where(*sent)).one_or_none()


def texts(connection: Connection, administration_id: int) -> list[Row[Any]]:
    """The current answers of an administration that hold a text: item, revision, text."""
    newer = aliased(Answer)
    last = (
        select(func.max(newer.revision))
        .where(and_(newer.administration_id == Answer.administration_id, newer.item == Answer.item))
        .scalar_subquery()
    )
    query = select(Answer.item, Answer.revision, Answer.text).where(
        Answer.administration_id == administration_id, Answer.revision == last, Answer.text.is_not(None)
    )
    return list(connection.execute(query.order_by(Answer.id)))


def _described(scope: Scope) -> Select[Any]:
    newer = aliased(Answer)
    last = (
        select(func.max(newer.revision))
        .where(newer.administration_id == Alert.administration_id, newer.item == Alert.item)
        .scalar_subquery()
        .label("last_revision")
    )
    names = set(Alert.__table__.columns.keys()) - {"administration_id", "code"}
    own = [column for column in Alert.__table__.columns if column.name in names]
    query = scope.select(*own, Alert.code.label("alert_code"), *_ABOUT, last)
    return query.join(Alert, Alert.administration_id == Administration.id)
