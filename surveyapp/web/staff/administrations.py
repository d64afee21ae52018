"""One administration: how it stands, a fresh personal link, the end of the links given before."""

import secrets
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import scope as scoped
from surveyapp.storage.engine import reading, writing
from surveyapp.study import links
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.phone import NOTHING_TYPED, Typed, phone

TEMPLATE = "staff/administration.html"


@blueprint.get("/somministrazioni/<key>")
def administration(key: str) -> str:
    """What is known of an administration, never its answers; its links."""
    with reading(services().engine) as connection:
        values = known_of(connection, found(connection, key))
    return render_template(TEMPLATE, **values)


@blueprint.post("/somministrazioni/<key>/link")
def new_link(key: str) -> str | Reply:
    """Make a fresh link and show it: here, once, and nowhere else."""
    days = services().settings.link_days
    with writing(services().engine) as connection:
        line = line_of(found(connection, key))
        if not line.answerable:
            flash("Per questo questionario non serve un link: non è il suo momento, o è già chiuso.")
            return redirect(url_for(".administration", key=key), 303)
        earlier = scoped.live_links(signed_in().scope, connection, key, now())
        token = links.new_link(connection, found(connection, key).id, now(), days)
    return render_template(
        "staff/link.html",
        line=line,
        link=f"{services().settings.base_url}{url_for('access.enter', token=token)}",
        earlier=earlier,
        last_day=shown.day(today_here() + timedelta(days), today_here()),
    )


@blueprint.post("/somministrazioni/<key>/link/annulla")
def revoke_links(key: str) -> Reply:
    """End every link of an administration."""
    with writing(services().engine) as connection:
        found(connection, key)
        ended = scoped.revoke_links(signed_in().scope, connection, key, now())
    flash(_ended_words(ended))
    return redirect(url_for(".administration", key=key), 303)


def known_of(connection: Connection, row: Row[Any], typed: Typed = NOTHING_TYPED) -> dict[str, Any]:
    """What the page of an administration shows; `typed` is a call that could not be noted."""
    zone, scope = services().settings.time_zone, signed_in().scope
    return {
        "line": line_of(row),
        "row": row,
        "live": scoped.live_links(scope, connection, row.key, now()),
        "opened": shown.moment(row.opened_at, zone),
        "closed": shown.moment(row.closed_at, zone),
        "phone": phone(scope, connection, services().catalogue, row, zone, today_here(), typed),
        "page_key": secrets.token_hex(8),
    }


def found(connection: Connection, key: str) -> Row[Any]:
    """The administration; the same 404 when it does not exist and when it is of another territory."""
    could_be = key.isascii() and key.isalnum()  # PostgreSQL fails on a text with a null byte
    row = scoped.administration(signed_in().scope, connection, key, today_here()) if could_be else None
    if row is None:
        abort(404)
    return row


def line_of(row: Row[Any]) -> shown.Line:
    """An administration as lists and pages show it."""
    return shown.line(services().catalogue, row, today_here(), services().settings.time_zone)


def _ended_words(ended: int) -> str:
    if ended == 0:
        return "Non c'erano link da annullare."
    return "Il link non vale più." if ended == 1 else f"I {ended} link non valgono più."
