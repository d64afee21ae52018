"""Case sheets that were asked for: each is for who asked alone, within what that account may still see."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from surveyapp.storage import jobs
from surveyapp.storage.job_tables import Job
from surveyapp.storage.scope import Scope
from surveyapp.storage.tables import Administration, Person

YES, NO = "yes", "no"
# More than anybody prepares for one day of meetings.
MOST = 50


def request(
    connection: Connection, person: str, asked_by: str, now: datetime, *, alerts: bool, with_host: bool
) -> int:
    """Ask for the sheet of a person; the id of the job. Who asks is part of it: nobody gets another one's.

    `alerts` is whether who asks may know of an alert, `with_host` whether the host sits at the table too.
    """
    asked = {"person": person, "asked_by": asked_by}
    asked |= {"alerts": YES if alerts else NO, "with_host": YES if with_host else NO}
    return jobs.request(connection, jobs.CASE, asked, asked_by, now)


def listed(scope: Scope, connection: Connection, asked_by: str, now: datetime) -> list[Row[Any]]:
    """The sheets that an account asked for in the last day, newest first, of people it still may see.

    Columns: those of jobs.listed without files.
    """
    since = now - jobs.LIVES[jobs.CASE]
    columns = (Job.id, Job.arguments, Job.state, Job.progress, Job.message, Job.requested_at, Job.finished_at)
    query = select(*columns).where(
        Job.kind == jobs.CASE, Job.requested_by == asked_by, Job.requested_at > since
    )
    rows: list[Row[Any]] = list(connection.execute(query.order_by(Job.id.desc()).limit(MOST)))
    return [row for row in rows if _may(scope, connection, _asked(row))]


def file(
    scope: Scope,
    connection: Connection,
    sheet: int,
    name: str,
    asked_by: str,
    now: datetime,
    *,
    alerts: bool,
) -> Row[str, bytes] | None:
    """A file of a sheet, with media_type and content; None when it is not there, or not for this account now.

    One that tells of an alert is only for who may know of it today.
    """
    found = {row.id: row for row in listed(scope, connection, asked_by, now)}
    if sheet not in found or (_asked(found[sheet])["alerts"] == YES and not alerts):
        return None
    return jobs.file(connection, sheet, name)


def _asked(row: Row[Any]) -> Mapping[str, str]:
    asked: Mapping[str, str] = json.loads(row.arguments)
    return asked


def _may(scope: Scope, connection: Connection, asked: Mapping[str, str]) -> bool:
    query = scope.select(Administration.id).where(Person.code == asked["person"]).limit(1)
    return connection.execute(query).first() is not None
