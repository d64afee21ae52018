"""One administration: how it stands, a fresh personal link, the end of the links given before."""

import secrets
from datetime import timedelta
from typing import Any

from flask import flash, get_template_attribute, redirect, render_template, url_for
from markupsafe import Markup
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import PARTICIPANT
from surveyapp.storage import scope as scoped
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services
from surveyapp.web.staff import answering_notes, shown
from surveyapp.web.staff.cases import ABOUT_A_PERSON
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.handing_over import HandedOver, hand_over
from surveyapp.web.staff.in_italian import in_italian
from surveyapp.web.staff.pages import blueprint, found, line_of, today_here
from surveyapp.web.staff.paper_told import told
from surveyapp.web.staff.phone import NOTHING_TYPED, Typed, phone
from surveyapp.web.staff.states import reason_words
from surveyapp.web.voice import voice

TEMPLATE = "staff/administration.html"
TWO_VIEWS = ("C", "E")  # who hosts and who executes an agreement: two people where it is one organisation


@blueprint.get("/somministrazioni/<key>")
def administration(key: str) -> str:
    """What is known of an administration, never its answers; its links."""
    with reading(services().engine) as connection:
        values = known_of(connection, found(connection, key))
    return render_template(TEMPLATE, **values)


@blueprint.post("/somministrazioni/<key>/link")
def new_link(key: str) -> str | Reply:
    """Make a fresh link and show it: here, once, and nowhere else."""
    life = timedelta(services().settings.link_days)
    with writing(services().engine) as connection:
        row = found(connection, key)
        line = line_of(row)
        if not line.answerable:
            flash(_("Per questo questionario non serve un link: non è il suo momento, o è già chiuso."))
            return redirect(url_for(".administration", key=key), 303)
        earlier = scoped.live_links(signed_in().scope, connection, key, now())
        given = hand_over(connection, row.id, life)
    return render_template(
        "staff/link.html",
        line=line,
        given=given,
        earlier=earlier.links,
        last_day=_day_after(life),
        letter=_letter(row, given, life),
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
        "reason": reason_words(row.state_reason or ""),
        "is_participants": is_participants(row),
        "told": told(connection, row),
        "one_body": row.form in TWO_VIEWS and scoped.is_host_the_executing_body(scope, connection, row.key),
        "opened": shown.moment(row.opened_at, zone),
        "closed": shown.moment(row.closed_at, zone),
        "answering": answering_notes.notes(services().catalogue, row),
        "phone": phone(scope, connection, services().catalogue, row, zone, today_here(), typed),
        "about_a_person": row.subject.partition(":")[0] in ABOUT_A_PERSON,
        "page_key": secrets.token_hex(8),
    }


def respondent_of(row: Row[Any]) -> str:
    """Who answers an administration: participant, operator, company…"""
    form = services().catalogue.newest(row.instrument).forms.get(row.form)
    return form.respondent if form else ""


def is_participants(row: Row[Any]) -> bool:
    """Whether the person answers about herself or himself."""
    return respondent_of(row) == PARTICIPANT


def _day_after(life: timedelta) -> str:
    return shown.day(today_here() + life, today_here())


def _letter(row: Row[Any], given: HandedOver, life: timedelta) -> Markup:
    """What is handed to who answers: Italian, as the questionnaire is."""
    with in_italian():
        letter: Markup = get_template_attribute("staff/_letter.html", "letter")(
            line_of(row), given, _day_after(life), voice(respondent_of(row)), gaps()
        )
    return letter


def _ended_words(ended: scoped.Live) -> str:
    return _("I link e i codici non valgono più.") if any(ended) else _("Non c'erano link da annullare.")
