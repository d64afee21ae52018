"""When something goes wrong: plain words, what to do, nothing typed is lost."""

from typing import Any

from flask import Flask, current_app, g, render_template, request
from sqlalchemy.exc import DataError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, SecurityError

from surveyapp.web.discard import discard_body
from surveyapp.web.languages import gettext as _
from surveyapp.web.pages import gaps

TEMPLATES = {403: "errors/403.html", 404: "errors/404.html", 413: "errors/413.html"}
TOO_BIG = 413
RETRY_SECONDS = 20
# On a page with several questions each field ends in the id of its item.
ANSWER_FIELDS = ("answer", "reason", "key", "seen", "again", "salta", "aloud", "help", "choose", "keep")
EXPERT_FIELDS = ("value", "comment")
SECTION_FIELDS = ("confirm", "confirm_asked", "confirm_again", "pausa")
WITH_ANSWERS = ("questions", "practice", "helping", "sections", "experts")  # the parts whose pages send them


def add_to(app: Flask) -> None:
    """Register a page for each kind of failure."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(TimeoutError, unavailable)
    app.register_error_handler(DataError, impossible)
    app.register_error_handler(OverflowError, impossible)  # SQLite's word for a number too long
    app.register_error_handler(Exception, broken)


def refused(error: HTTPException) -> tuple[str, int]:
    """A request that cannot be served: one page for every kind of bad link."""
    code = error.code or 500
    if isinstance(error, SecurityError):
        return _("Questo indirizzo non è di questo sito.") + "\n", code  # no address of ours can be written
    if code == TOO_BIG:
        discard_body()
    g.failed = True
    return _page(TEMPLATES.get(code, "errors/other.html")), code


def unavailable(error: OperationalError | TimeoutError) -> tuple[str, int, dict[str, str]]:
    """The database does not answer: the page keeps what was sent, ready to be sent again."""
    reason = getattr(error, "orig", error)
    current_app.logger.error("database unavailable in %s: %s", request.endpoint, reason)
    page = _page("errors/503.html", sent=_sent_answer())
    return page, 503, {"Retry-After": str(RETRY_SECONDS)}


def impossible(error: DataError | OverflowError) -> tuple[str, int]:
    """A value that no column can hold: nothing of ours has that address, or sends that."""
    current_app.logger.warning("%s in %s %s", type(error).__name__, request.method, request.endpoint)
    code = 404 if request.method in ("GET", "HEAD") else 422
    return _page(TEMPLATES.get(code, "errors/other.html")), code


def broken(error: Exception) -> tuple[str, int]:
    """Anything unforeseen: logged without answers, told without details."""
    current_app.logger.error("error in %s %s", request.method, request.endpoint, exc_info=error)
    return _page("errors/500.html", sent=_sent_answer()), 500


def _page(template: str, **values: Any) -> str:
    """Every page of this kind says whom to call."""
    return render_template(template, gaps=gaps(), **values)


def _sent_answer() -> list[tuple[str, str]]:
    """What a question page sent, so that it can be sent again. Never anything else (a password, say)."""
    if request.method != "POST" or request.blueprint not in WITH_ANSWERS:
        return []
    sent = request.form.items(multi=True)
    known = (*ANSWER_FIELDS, *SECTION_FIELDS, *EXPERT_FIELDS)
    return [(name, value) for name, value in sent if name.partition(".")[0] in known]
