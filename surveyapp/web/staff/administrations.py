"""One administration: how it stands, a fresh personal link, the end of the links given before."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import scope as scoped
from surveyapp.storage.engine import reading, writing
from surveyapp.study import links
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.pages import found as _found
from surveyapp.web.staff.pages import line_of as _line
from surveyapp.web.staff.paper_told import told


@blueprint.get("/somministrazioni/<key>")
def administration(key: str) -> str:
    """What is known of an administration, never its answers; its links."""
    with reading(services().engine) as connection:
        row = _found(connection, key)
        live = scoped.live_links(signed_in().scope, connection, key, now())
        on_paper = told(connection, row)
    zone = services().settings.time_zone
    return render_template(
        "staff/administration.html",
        line=_line(row),
        row=row,
        live=live,
        told=on_paper,
        opened=shown.moment(row.opened_at, zone),
        closed=shown.moment(row.closed_at, zone),
    )


@blueprint.post("/somministrazioni/<key>/link")
def new_link(key: str) -> str | Reply:
    """Make a fresh link and show it: here, once, and nowhere else."""
    days = services().settings.link_days
    with writing(services().engine) as connection:
        line = _line(_found(connection, key))
        if not line.answerable:
            flash("Per questo questionario non serve un link: non è il suo momento, o è già chiuso.")
            return redirect(url_for(".administration", key=key), 303)
        earlier = scoped.live_links(signed_in().scope, connection, key, now())
        token = links.new_link(connection, _found(connection, key).id, now(), days)
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
        _found(connection, key)
        ended = scoped.revoke_links(signed_in().scope, connection, key, now())
    flash(_ended_words(ended))
    return redirect(url_for(".administration", key=key), 303)


def _ended_words(ended: int) -> str:
    if ended == 0:
        return "Non c'erano link da annullare."
    return "Il link non vale più." if ended == 1 else f"I {ended} link non valgono più."
