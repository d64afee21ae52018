"""«Segnala un problema»: anybody says what does not work, and is told what happens next."""

import re
import secrets
from collections.abc import Callable, Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.problem_reports import Kept, Problem, keep
from surveyapp.storage.engine import writing
from surveyapp.storage.problem_tables import LONGEST_TEXT
from surveyapp.web.access import refuse_other_origins
from surveyapp.web.errors import RETRY_SECONDS
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services
from surveyapp.web.source import source_here

blueprint = Blueprint("problems", __name__)
blueprint.before_request(refuse_other_origins)

# Within how many days there is an answer: the law's time for what makes a site hard to use.
DAYS = 30
# The kinds of page that a report can be about. Never an address: it may lead to a questionnaire.
PAGES: Mapping[str, str] = {
    "": later("Non lo so"),
    "start": later("La pagina di inizio"),
    "question": later("Una domanda"),
    "answers": later("La pagina con le mie risposte"),
    "thanks": later("La pagina «Grazie»"),
    "reading": later("«Come vuoi leggere?»"),
    "information": later("Aiuto o privacy"),
    "staff": later("Le pagine per il personale"),
    "other": later("Un'altra pagina"),
}
_ENDPOINTS: Mapping[str, str] = {
    "pages.home": "start",
    "questions.review": "answers",
    "questions.sent_answers": "answers",
    "questions.thanks": "thanks",
}
_BLUEPRINTS: Mapping[str, str] = {
    "invitation": "start",
    "practice": "question",
    "questions": "question",
    "sections": "question",
    "resting": "question",
    "helping": "question",
    "withdrawal": "start",
    "code": "start",
    "tablet": "start",
    "reading": "reading",
    "pages": "information",
    "staff": "staff",
    "security": "staff",
}
TOO_MANY = later("Abbiamo già ricevuto tanti messaggi. Aspetta un'ora e riprova.")
NOT_NOW = later("In questo momento non riusciamo a salvare. Aspetta un minuto e riprova.")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TELEPHONE = re.compile(r"[+\d][\d ./()-]{4,}")
LONGEST_KEY = 40


@blueprint.get("/segnala")
def report() -> str:
    """The form. `da` is the endpoint of the page it was opened from: what is kept is its kind."""
    page = page_kind(request.args.get("da", ""))
    return _form(Problem(secrets.token_hex(8), page, "", "", ""), {})


@blueprint.post("/segnala")
def send() -> str | Reply | tuple[str, int]:
    """Keep the report, or show it again and say why."""
    problem = _sent()
    errors = {field: error for field, check in CHECKS.items() if (error := check(getattr(problem, field)))}
    if errors:
        return _form(problem, errors), 422
    with writing(services().engine) as connection:
        kept = keep(connection, problem, source_here(), now())
    if kept is Kept.TOO_MANY:
        return _form(problem, {"text": TOO_MANY}), 429
    return redirect(url_for(".sent"), 303)


@blueprint.get("/segnala/inviata")
def sent() -> str:
    """The report is here: what happens next."""
    return render_template("problem_sent.html", gaps=gaps(), days=DAYS)


@blueprint.errorhandler(OperationalError)
@blueprint.errorhandler(TimeoutError)
def unavailable(_error: OperationalError | TimeoutError) -> tuple[str, int, dict[str, str]]:
    """The database does not answer: what was written stays in the form."""
    current_app.logger.error("database unavailable in %s", request.endpoint)
    return _form(_sent(), {"text": NOT_NOW}), 503, {"Retry-After": str(RETRY_SECONDS)}


def page_kind(endpoint: str) -> str:
    """The kind of page that an endpoint shows; empty for what is not one of ours."""
    return _ENDPOINTS.get(endpoint) or _BLUEPRINTS.get(endpoint.partition(".")[0], "")


def _sent() -> Problem:
    page = request.form.get("page", "")
    return Problem(
        key=_readable("key")[:LONGEST_KEY] or secrets.token_hex(8),
        page=page if page in PAGES else "",
        text=_readable("text").replace("\r\n", "\n"),
        email=_readable("email"),
        telephone=_readable("telephone"),
    )


def _readable(field: str) -> str:
    """What was written, without the signs that no column can hold."""
    written = request.form.get(field, "").replace("\0", "")
    return written.encode(errors="ignore").decode().strip()


def _text_error(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        words = _("Il testo è troppo lungo. Puoi scrivere al massimo {} caratteri.")
        return words.format(LONGEST_TEXT)
    return "" if text else _("Scrivi che cosa è successo.")


def _email_error(email: str) -> str:
    if not email or (len(email) <= 254 and _EMAIL.fullmatch(email)):
        return ""
    return _("Controlla l'e-mail. Scrivila così: nome@esempio.it.")


def _telephone_error(telephone: str) -> str:
    if not telephone or (len(telephone) <= 30 and _TELEPHONE.fullmatch(telephone)):
        return ""
    return _("Controlla il telefono. Scrivi solo il numero.")


CHECKS: Mapping[str, Callable[[str], str]] = {
    "text": _text_error,
    "email": _email_error,
    "telephone": _telephone_error,
}


def _form(problem: Problem, errors: Mapping[str, str]) -> str:
    return render_template("problem.html", sent=problem, errors=errors, pages=PAGES, days=DAYS, gaps=gaps())
