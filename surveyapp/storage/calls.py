"""Statements of telephone calls, within what an account may see."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from surveyapp.storage.call_tables import Call
from surveyapp.storage.scope import Scope
from surveyapp.storage.tables import Administration


def calls(scope: Scope, connection: Connection, key: str) -> list[Row[Any]]:
    """The calls about an administration, the latest first. Columns: called_at, outcome, note, email."""
    query = select(Call.called_at, Call.outcome, Call.note, Call.email)
    ordered = query.where(Call.administration_id.in_(_of(scope, key))).order_by(Call.id.desc())
    return list(connection.execute(ordered))


def add_call(
    scope: Scope, connection: Connection, key: str, page_key: str, values: Mapping[str, Any]
) -> bool:
    """Append a call to an administration: called_at, outcome, note, email.

    False when the same page added it already. Raises NoResultFound for an administration that is not there or
    not of this scope.
    """
    administration_id = connection.execute(_of(scope, key)).scalar_one()
    known = select(Call.id).where(Call.administration_id == administration_id, Call.key == page_key)
    if connection.execute(known).first():
        return False
    row = {"administration_id": administration_id, "key": page_key, **values}
    connection.execute(insert(Call), row)
    return True


def _of(scope: Scope, key: str) -> Select[Any]:
    return scope.select(Administration.id).where(Administration.key == key)
