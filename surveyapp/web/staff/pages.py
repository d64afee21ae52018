"""The blueprint of the staff pages, and what their views share."""

from datetime import date
from typing import Any

from flask import Blueprint, abort
from sqlalchemy import Connection, Row

from surveyapp.storage import scope as scoped
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import guard, signed_in
from surveyapp.web.staff.sessions import PREFIX

blueprint = Blueprint("staff", __name__, url_prefix=PREFIX)
guard(blueprint)


def today_here() -> date:
    """Which day it is where the study is."""
    return now().astimezone(services().settings.time_zone).date()


def found(connection: Connection, key: str) -> Row[Any]:
    """The administration; the same 404 when it does not exist and when it is of another territory."""
    could_be = key.isascii() and key.isalnum()  # PostgreSQL fails on a text with a null byte
    row = scoped.administration(signed_in().scope, connection, key, today_here()) if could_be else None
    if row is None:
        abort(404)
    return row


def line_of(row: Row[Any]) -> shown.Line:
    """An administration as a line of a table."""
    return shown.line(services().catalogue, row, today_here(), services().settings.time_zone)
