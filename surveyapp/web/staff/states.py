"""When there will be no answers: nobody can give them, or who answers has withdrawn."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from markupsafe import escape
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import states
from surveyapp.collection.response import PARTICIPANT, Response, on_paper
from surveyapp.storage import scope as scoped
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian, later
from surveyapp.web.services import now, services
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.in_italian import in_italian
from surveyapp.web.staff.pages import blueprint, found, line_of
from surveyapp.web.staff.paper_opened import consent_of, printed_text

# Why nobody can fill it in: of what is known to offices, never of anybody's health.
REASONS: Mapping[str, str] = {
    "unreachable": later("Non si riesce a contattare chi deve rispondere"),
    "absent": later("Chi deve rispondere è assente per tutto il periodo"),
    "not_even_helped": later("Non riesce a rispondere nemmeno con un aiuto"),
    "not_observed": later("Non c'è stata occasione di vedere quello che si chiede"),
    "interrupted": later("Il percorso o l'inserimento si è interrotto"),
    "nobody": later("Non c'è più nessuno che possa rispondere"),
    "other": later("Un altro motivo, scritto nella nota"),
}
OTHER = "other"
LONGEST_NOTE = 120
# Who may withdraw, in the words of the button and of the page.
WITHDRAWN: Mapping[bool, str] = {
    True: later("La persona si è ritirata"),
    False: later("Chi risponde si è ritirato"),
}
NOT_NOW = later("Lo stato di questo questionario è cambiato: non c'è niente da segnare.")


@blueprint.get("/somministrazioni/<key>/non-compilabile")
def cannot_answer(key: str) -> str | Reply:
    """Say why nobody can fill in a questionnaire."""
    with reading(services().engine) as connection:
        row = found(connection, key)
    if row.state != "open":
        return _nothing_to_do(key)
    return render_template("staff/cannot_answer.html", line=line_of(row), **_asked("", "", {}))


@blueprint.post("/somministrazioni/<key>/non-compilabile")
def keep_cannot_answer(key: str) -> str | Reply | tuple[str, int]:
    """Close it with its reason; its links end."""
    reason = request.form.get("reason", "")
    note = " ".join(request.form.get("note", "").replace("\0", "").split())
    with writing(services().engine) as connection:
        row = found(connection, key)
        wrong = _problems(reason, note)
        if wrong:
            asked = _asked(reason, note, wrong)
            return render_template("staff/cannot_answer.html", line=line_of(row), **asked), 422
        if not states.cannot_answer(connection, _response(connection, row.id), _kept(reason, note), now()):
            return _nothing_to_do(key)
        scoped.revoke_links(signed_in().scope, connection, key, now())
    return _done(key, _("Il questionario risulta non compilabile. I link non valgono più."))


@blueprint.post("/somministrazioni/<key>/riapri")
def reopen(key: str) -> Reply:
    """Open again what could not be filled in: nothing was lost."""
    with writing(services().engine) as connection:
        row = found(connection, key)
        if not states.reopen(connection, _response(connection, row.id)):
            return _nothing_to_do(key)
    return _done(key, _("Il questionario è di nuovo aperto. Per rispondere sul sito serve un link nuovo."))


@blueprint.get("/somministrazioni/<key>/ritiro")
def withdrawal(key: str) -> str | Reply:
    """What it means that somebody has withdrawn, before it is recorded."""
    with reading(services().engine) as connection:
        row = found(connection, key)
        response = _response(connection, row.id, lock=False)
    if row.state not in states.WITHDRAWABLE:
        return _nothing_to_do(key)
    words = withdrawn_words(response.form.respondent)
    return render_template("staff/withdrawal.html", line=line_of(row), row=row, words=words)


@blueprint.post("/somministrazioni/<key>/ritiro")
def withdraw(key: str) -> Reply:
    """Record it; its links end, its answers count nowhere any more."""
    with writing(services().engine) as connection:
        row = found(connection, key)
        response = _response(connection, row.id)
        shown = printed_text(response)
        if not states.withdraw(connection, response, consent_of(response), shown, now()):
            return _nothing_to_do(key)
        scoped.revoke_links(signed_in().scope, connection, key, now())
    return _done(key, _("Il ritiro è registrato. I link non valgono più."))


def withdrawn_words(respondent: str) -> str:
    """Who has withdrawn, in words."""
    return WITHDRAWN[respondent == PARTICIPANT]


def reason_words(kept: str) -> str:
    """Why nobody can fill it in, as it is kept, in the language of this page; notes stay as they are."""
    beginning, colon, note = kept.partition(": ")
    with in_italian():
        codes = {str(words): code for code, words in REASONS.items() if code != OTHER}
    if beginning not in codes:
        return italian(kept)
    return escape(str(REASONS[codes[beginning]])) + colon + italian(note)


def _kept(reason: str, note: str) -> str:
    """In the language of the study, whoever writes it."""
    with in_italian():
        return ": ".join(filter(None, (str(REASONS[reason]) if reason != OTHER else "", note)))


def _response(connection: Connection, administration_id: int, *, lock: bool = True) -> Response:
    return on_paper(connection, services().catalogue, administration_id, lock=lock)


def _problems(reason: str, note: str) -> dict[str, str]:
    wrong = {}
    if reason not in REASONS:
        wrong["reason"] = _("Scegli il motivo.")
    if reason == OTHER and not note:
        wrong["note"] = _("Scrivi il motivo nella nota, in poche parole.")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("La nota può avere al massimo %(n)s caratteri: accorciala.", n=LONGEST_NOTE)
    return wrong


def _asked(reason: str, note: str, wrong: Mapping[str, str]) -> dict[str, object]:
    return {"reasons": REASONS, "reason": reason, "note": note, "errors": wrong, "longest": LONGEST_NOTE}


def _nothing_to_do(key: str) -> Reply:
    return _done(key, NOT_NOW)


def _done(key: str, words: str) -> Reply:
    flash(str(words))
    return redirect(url_for(".administration", key=key), 303)
