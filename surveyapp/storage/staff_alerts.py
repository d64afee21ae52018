"""Alerts and texts as the staff reads them: every statement in the scope of who asks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, func, select, update
from sqlalchemy.orm import aliased

from surveyapp.storage.alert_tables import BY_STAFF, Alert
from surveyapp.storage.register_tables import Placement
from surveyapp.storage.scope import Scope
from surveyapp.storage.subjects import subject_columns
from surveyapp.storage.tables import Administration, Answer

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


def mark_read(scope: Scope, connection: Connection, alert_id: int, by: str, now: datetime) -> None:
    """Keep who read an alert first, and when."""
    unread_one = update(Alert).where(*_one(scope, alert_id), Alert.read_at.is_(None))
    connection.execute(unread_one.values(read_at=now, read_by=by))


def close(scope: Scope, connection: Connection, alert_id: int, by: str, now: datetime, **values: Any) -> bool:
    """End an open alert that was read, with its outcome and reason; False where there is none."""
    is_open = (*_one(scope, alert_id), Alert.closed_at.is_(None), Alert.read_at.is_not(None))
    changed = update(Alert).where(*is_open).values(closed_at=now, closed_by=by, **values)
    return connection.execute(changed).rowcount == 1


def answers(
    scope: Scope, connection: Connection, alert_id: int, items: Collection[str]
) -> Mapping[str, list[Row[Any]]]:
    """Every answer to these items in the questionnaire of an alert, oldest first, by item.

    Columns: item, revision, value, text, reason.
    """
    query = (
        select(Answer.item, Answer.revision, Answer.value, Answer.text, Answer.reason)
        .join(Alert, Alert.administration_id == Answer.administration_id)
        .where(*_one(scope, alert_id), Answer.item.in_(items))
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


def texts(scope: Scope, connection: Connection, key: str) -> list[Row[Any]]:
    """The current answers of a submitted administration that hold a text.

    Columns: item, revision, text, and the id of the alert that the staff raised on it, as `alert`.
    """
    reported = (
        select(Alert.id)
        .where(
            Alert.administration_id == Answer.administration_id,
            Alert.item == Answer.item,
            Alert.code == BY_STAFF,
        )
        .scalar_subquery()
        .label("alert")
    )
    last = _last_revision(Answer.administration_id, Answer.item)
    query = scope.select(Answer.item, Answer.revision, Answer.text, reported)
    theirs = query.join(Answer, Answer.administration_id == Administration.id).where(
        Administration.key == key, Administration.state == "submitted", Answer.text.is_not(None)
    )
    return list(connection.execute(theirs.where(Answer.revision == last).order_by(Answer.id)))


def _described(scope: Scope) -> Select[Any]:
    names = set(Alert.__table__.columns.keys()) - {"administration_id", "code"}
    own = [column for column in Alert.__table__.columns if column.name in names]
    last = _last_revision(Alert.administration_id, Alert.item).label("last_revision")
    query = scope.select(*own, Alert.code.label("alert_code"), *_ABOUT, last)
    return query.join(Alert, Alert.administration_id == Administration.id)


def _one(scope: Scope, alert_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on one alert of the scope."""
    return Alert.id == alert_id, Alert.administration_id.in_(scope.select(Administration.id))


def _last_revision(administration_id: Any, item: Any) -> ScalarSelect[Any]:
    newer = aliased(Answer)
    same = (newer.administration_id == administration_id, newer.item == item)
    return select(func.max(newer.revision)).where(*same).scalar_subquery()
