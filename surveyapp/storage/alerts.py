"""Alerts as answers and staff raise them; what the staff reads of them is in storage.staff_alerts."""

from typing import Any

from sqlalchemy import Connection, insert, select

from surveyapp.storage.alert_tables import Alert

# The job that tells who must know; its argument is the alert's id.
NOTICE = "notice"


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
