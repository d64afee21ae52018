"""Reaching companies by telephone: the interview in this browser, and a note of each call."""

import secrets
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import calls as stored
from surveyapp.storage.call_tables import LONGEST_NOTE, OUTCOMES
from surveyapp.storage.engine import writing
from surveyapp.study import links
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff.administrations import TEMPLATE, known_of
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, found, line_of
from surveyapp.web.staff.phone import Typed, answers_for_company

INTERVIEW_LIFE = timedelta(days=1)  # it is used at once, in this browser
LONGEST_KEY = 40
NO_OUTCOME = later("Scegli com'è andata la chiamata.")
TOO_LONG = later("La nota è troppo lunga: può avere al massimo {} caratteri, adesso ne ha {}.")
NO_INTERVIEW = later(
    "L'intervista al telefono non si può avviare: il questionario non è aperto, o non è di un'azienda."
)


@blueprint.post("/somministrazioni/<key>/intervista")
def start_interview(key: str) -> Reply:
    """Open the questionnaire in this browser, to be read to a company on the telephone."""
    with writing(services().engine) as connection:
        row = found(connection, key)
        if not (line_of(row).answerable and answers_for_company(services().catalogue, row)):
            flash(str(NO_INTERVIEW))
            return redirect(url_for(".administration", key=key), 303)
        token = links.new_link(connection, row.id, now(), INTERVIEW_LIFE, "interview")
    return redirect(url_for("access.enter", token=token), 303)


@blueprint.post("/somministrazioni/<key>/chiamate")
def add_call(key: str) -> Reply | tuple[str, int]:
    """Note a call and how it went; it changes nothing else."""
    typed = _typed()
    with writing(services().engine) as connection:
        row = found(connection, key)
        values = known_of(connection, row, typed)
        added = not typed.error and _add(connection, key, typed)
    if typed.error:
        return render_template(TEMPLATE, **values), 422
    flash(_("Chiamata segnata.") if added else _("Questa chiamata era già segnata."))
    return redirect(url_for(".administration", key=key), 303)


def _add(connection: Connection, key: str, typed: Typed) -> bool:
    account = signed_in()
    page_key = request.form.get("key", "").replace("\0", "")[:LONGEST_KEY] or secrets.token_hex(8)
    values = {
        "called_at": now(),
        "outcome": typed.outcome,
        "note": typed.note,
        "email": account.email,
    }
    return stored.add_call(account.scope, connection, key, page_key, values)


def _typed() -> Typed:
    outcome = request.form.get("outcome", "")
    note = " ".join(request.form.get("note", "").replace("\0", "").split())
    if outcome not in OUTCOMES:
        return Typed("", note, NO_OUTCOME, "outcome")
    if len(note) > LONGEST_NOTE:
        return Typed(outcome, note, TOO_LONG.format(LONGEST_NOTE, len(note)), "note")
    return Typed(outcome, note)
