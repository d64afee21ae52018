"""Reports: asked for here, made by the worker, read here when they are ready."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from markupsafe import escape
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import jobs
from surveyapp.storage import scope as scoped
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian, later
from surveyapp.web.services import now, services
from surveyapp.web.staff import report_choices
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.report_choices import PAGE
from surveyapp.web.staff.shown import moment

# State, its words and the mark of the stylesheet.
STATES: Mapping[str, tuple[str, str]] = {
    "queued": (later("In attesa"), "due"),
    "running": (later("In preparazione"), "open"),
    "done": (later("Pronto"), "done"),
    "failed": (later("Non riuscito"), "late"),
    "cancelled": (later("Annullato"), "lost"),
}
# What the worker says of one that is being made, or that failed.
WORKER = (
    later("Inizio."),
    later("Leggo le risposte."),
    later("Leggo le note."),
    later("Calcolo."),
    later("Scrivo."),
    later("Si ferma tra un momento."),
    later("Si è interrotto: riparte da capo."),
    later("Si è interrotto 3 volte e non riparte da solo. Avvisa chi gestisce il sito."),
    later("Non è andato a buon fine"),
    later("Non è andato a buon fine. Riprova; se succede ancora, dai questo codice a chi gestisce il sito"),
)
# A report brings its own stylesheet and nothing else: no script, no form, nothing loaded, no cookie read.
REPORT_POLICY = (
    "default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox"
)
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A report that was asked for, as a line of the table."""

    id: int
    title: str
    instrument: str
    asked_at: str
    asked_by: str
    words: str
    mark: str
    progress: int | None
    message: str
    is_alive: bool
    is_ready: bool
    has_page: bool
    files: tuple[tuple[str, str], ...]


@blueprint.get("/rapporti")
def reports() -> str:
    """The reports asked for, newest first."""
    with reading(services().engine) as connection:
        rows = scoped.reports(signed_in().scope, connection)
        names = jobs.file_names(connection, [row.id for row in rows])
    lines = [_shown(row, names.get(row.id, [])) for row in rows]
    return render_template(
        "staff/reports.html",
        lines=lines,
        waiting=any(line.is_alive for line in lines),
        kinds=report_choices.KINDS,
        instruments=report_choices.titles(services().catalogue),
    )


@blueprint.post("/rapporti")
def request_report() -> Reply:
    """Ask for a report; one that is being made already is not asked for twice."""
    asked = report_choices.arguments(request.form, services().catalogue)
    if asked is None:
        abort(400)
    with writing(services().engine) as connection:
        jobs.request(connection, scoped.REPORT, asked, signed_in().email, now())
    flash(_("Rapporto chiesto. Di solito è pronto in pochi minuti."))
    return redirect(url_for(".reports"), 303)


@blueprint.post("/rapporti/<int:report>/annulla")
def cancel_report(report: int) -> Reply:
    """Stop a report that is not needed any more."""
    with writing(services().engine) as connection:
        stopped = scoped.cancel_report(signed_in().scope, connection, report, now())
    if stopped is None:
        abort(404)
    flash(_("Annullato.") if stopped else _("Il rapporto era già finito."))
    return redirect(url_for(".reports"), 303)


@blueprint.get("/rapporti/<int:report>/<name>")
def report_file(report: int, name: str) -> Response:
    """A finished report to read, or one of its files to download."""
    if name != PAGE and name not in report_choices.FILES:
        abort(404)
    with reading(services().engine) as connection:
        file = scoped.report_file(signed_in().scope, connection, report, name)
    if file is None:
        abort(404)
    response = Response(file.content, content_type=_content_type(file.media_type))
    if name == PAGE:
        response.headers["Content-Security-Policy"] = report_policy(file.content)
    else:
        response.headers["Content-Disposition"] = f"attachment; filename=rapporto-{report}-{name}"
    return response


def report_policy(content: bytes) -> str:
    """The policy that allows the stylesheet of this very page, by its sha256, and nothing else."""
    styles = [base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(content)]
    return REPORT_POLICY.format(styles=" ".join(f"'sha256-{style}'" for style in styles) or "'none'")


def _content_type(media_type: str) -> str:
    plain = "charset" in media_type or not media_type.startswith("text/")
    return media_type if plain else f"{media_type}; charset=utf-8"


def _shown(row: Row[Any], names: list[str]) -> Shown:
    words, mark = STATES[row.state]
    kept, asked = row.state == "done" and bool(names), json.loads(row.arguments)
    return Shown(
        id=row.id,
        title=report_choices.words(asked),
        instrument=report_choices.about(asked, services().catalogue),
        asked_at=moment(row.requested_at, services().settings.time_zone),
        asked_by=row.requested_by,
        words=words,
        mark=mark,
        progress=row.progress if row.state == "running" else None,
        message=_message(row, kept),
        is_alive=row.state in ("queued", "running"),
        is_ready=kept,
        has_page=PAGE in names,
        files=tuple((name, said) for name, (said, _type) in report_choices.FILES.items() if name in names),
    )


def _message(row: Row[Any], kept: bool) -> str:
    if row.state == "done":
        return "" if kept else _("Non si conserva più: preparane uno nuovo.")
    return said_by_worker(row.message) if row.state in ("running", "failed") and row.message else ""


def said_by_worker(message: str) -> str:
    """What the worker wrote, in the language of this page; what comes after a colon is its own."""
    if (words := _(message)) != message:
        return words
    beginning, colon, rest = message.partition(": ")
    if (words := _(beginning)) != beginning:
        return escape(words) + colon + italian(rest)
    return italian(message)
