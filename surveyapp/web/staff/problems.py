"""Problems that people reported with «Segnala un problema»: read, answered elsewhere, noted here."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import problem_reports as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.problem_tables import LONGEST_TEXT
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.problems import DAYS, PAGES
from surveyapp.web.services import now, services
from surveyapp.web.staff import shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, today_here

STATES = {
    "open": (later("Senza risposta"), "due"),
    "late": (later("In ritardo"), "late"),
    "answered": (later("Risposta data"), "done"),
}
NO_ANSWER = later("Scrivi in poche parole che cosa è stato risposto, o che cosa è stato fatto.")
TOO_LONG = later("Il testo è troppo lungo: al massimo %(n)s caratteri.", n=LONGEST_TEXT)
BEGINNING = 80


@dataclass(frozen=True)
class Line:
    """A report as a line of the list; `until` is empty once it is answered."""

    id: int
    received: str
    page: str
    beginning: str
    wants_answer: bool
    until: str
    words: str
    mark: str


@blueprint.get("/problemi")
def problems() -> str:
    """The reports, those without an answer first."""
    with writing(services().engine) as connection:
        stored.forget(connection, now())
        rows = stored.listed(connection)
    return render_template("staff/problems.html", lines=[_line(row) for row in rows], days=DAYS)


@blueprint.get("/problemi/<int:problem>")
def problem(problem: int) -> str:
    """One report, and the answer that was given or is to be noted."""
    with reading(services().engine) as connection:
        row = stored.found(connection, problem) or abort(404)
    return _page(row, "", "")


@blueprint.post("/problemi/<int:problem>/risposta")
def answer_problem(problem: int) -> Reply | tuple[str, int]:
    """Note the answer that was given."""
    answer = request.form.get("reply", "").replace("\0", "").replace("\r\n", "\n").strip()
    error = TOO_LONG if len(answer) > LONGEST_TEXT else "" if answer else NO_ANSWER
    with writing(services().engine) as connection:
        row = stored.found(connection, problem) or abort(404)
        if error:
            return _page(row, answer, error), 422
        noted = stored.note_answer(connection, row.id, answer, signed_in().email, now())
    flash(_("Risposta segnata.") if noted else _("C'era già una risposta: è rimasta quella."))
    return redirect(url_for(".problem", problem=problem), 303)


def _page(row: Row[Any], written: str, error: str) -> str:
    return render_template(
        "staff/problem.html",
        row=row,
        line=_line(row),
        written=written,
        error=error,
        answered=shown.moment(row.answered_at, services().settings.time_zone),
    )


def _line(row: Row[Any]) -> Line:
    zone = services().settings.time_zone
    last = row.received_at.astimezone(zone).date() + timedelta(DAYS)
    state = "answered" if row.answered_at else "late" if last < today_here() else "open"
    words, mark = STATES[state]
    first = row.text.splitlines()[0]
    return Line(
        id=row.id,
        received=shown.moment(row.received_at, zone),
        page=PAGES.get(row.page, ""),
        beginning=first if len(first) <= BEGINNING else f"{first[:BEGINNING].rstrip()}…",
        wants_answer=bool(row.email or row.telephone),
        until="" if row.answered_at else shown.day(last, today_here()),
        words=words,
        mark=mark,
    )
