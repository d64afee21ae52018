"""Case sheets: asked for on the page of a questionnaire, made by the worker, read by who asked, for a day."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import case_jobs, jobs
from surveyapp.storage.case_jobs import YES
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint, found
from surveyapp.web.staff.reports import STATES, report_policy, said_by_worker
from surveyapp.web.staff.roles import may
from surveyapp.web.staff.shown import moment

PAGE, PRINTED = "case.html", "case.pdf"
# What is about one person: a path or a placement.
ABOUT_A_PERSON = ("path", "placement")


@dataclass(frozen=True)
class Shown:
    """A sheet that was asked for, as a line of the table."""

    id: int
    person: str
    with_host: bool
    asked_at: str
    words: str
    mark: str
    message: str
    is_alive: bool
    files: tuple[str, ...]


@blueprint.get("/schede")
def cases() -> str:
    """The sheets that this account asked for in the last day, newest first."""
    account = signed_in()
    with reading(services().engine) as connection:
        rows = case_jobs.listed(account.scope, connection, account.email, now())
        names = jobs.file_names(connection, [row.id for row in rows])
    lines = [_shown(row, tuple(names.get(row.id, ()))) for row in rows]
    return render_template("staff/cases.html", lines=lines, waiting=any(line.is_alive for line in lines))


@blueprint.post("/somministrazioni/<key>/scheda")
def request_case(key: str) -> Reply:
    """Ask for the sheet of the person that a questionnaire is about."""
    account, with_host = signed_in(), request.form.get("with_host") == YES
    with writing(services().engine) as connection:
        row = found(connection, key)
        if row.subject.partition(":")[0] not in ABOUT_A_PERSON:
            abort(404)
        case_jobs.request(connection, row.code, account.email, now(), alerts=_may_know(), with_host=with_host)
    flash(_("Scheda chiesta. Di solito è pronta in pochi secondi."))
    return redirect(url_for(".cases"), 303)


@blueprint.get("/schede/<int:sheet>/<file>")
def case_file(sheet: int, file: str) -> Response:
    """A sheet to read, or to print as PDF."""
    if file not in (PAGE, PRINTED):
        abort(404)
    account = signed_in()
    with reading(services().engine) as connection:
        kept = case_jobs.file(
            account.scope, connection, sheet, file, account.email, now(), alerts=_may_know()
        )
    if kept is None:
        abort(404)
    response = Response(kept.content, content_type=kept.media_type)
    if file == PAGE:
        response.headers["Content-Security-Policy"] = report_policy(kept.content)
    else:
        response.headers["Content-Disposition"] = f"attachment; filename=scheda-{sheet}.pdf"
    return response


def _may_know() -> bool:
    """Whether this account may know that there is an alert."""
    return may(signed_in().scope.role, "staff.alerts")


def _shown(row: Row[Any], files: tuple[str, ...]) -> Shown:
    asked = json.loads(row.arguments)
    words, mark = STATES[row.state]
    return Shown(
        id=row.id,
        person=asked["person"],
        with_host=asked["with_host"] == YES,
        asked_at=moment(row.requested_at, services().settings.time_zone),
        words=words,
        mark=mark,
        message=_message(row, files),
        is_alive=row.state in ("queued", "running"),
        files=files,
    )


def _message(row: Row[Any], files: tuple[str, ...]) -> str:
    if row.state == "done":
        return "" if files else _("Non si conserva più: preparane una nuova.")
    return said_by_worker(row.message) if row.state == "failed" and row.message else ""
