"""Before every staff page: who is it, may they, does the form come from us; and what is said if not."""

from typing import Any, cast

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from sqlalchemy.exc import DataError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Reply
from wtforms import ValidationError

from surveyapp.web.access import refuse_other_origins
from surveyapp.web.discard import discard_body
from surveyapp.web.errors import RETRY_SECONDS, TOO_BIG
from surveyapp.web.languages import later
from surveyapp.web.staff.places import role_words
from surveyapp.web.staff.roles import may
from surveyapp.web.staff.sessions import SignedIn, StaffSession
from surveyapp.web.staff.sign_in import SignInForm

# Never shown again, nor sent back to be sent again.
SECRET_FIELDS = ("csrf_token", "password")
OUT_OF_DATE = later(
    "La pagina era rimasta aperta e nel frattempo l'accesso è cambiato. Scrivi di nuovo la password."
)


def guard(blueprint: Blueprint) -> None:
    """Let only signed-in accounts whose role may open the page into a blueprint."""
    blueprint.before_request(_check_request)
    blueprint.before_request(_check_account)
    blueprint.before_request(_check_form)
    _words_of(blueprint)


def guard_sign_in(blueprint: Blueprint) -> None:
    """The same for the pages of sign-in and sign-out, which open to everybody."""
    blueprint.before_request(_check_request)
    blueprint.before_request(_check_form)
    _words_of(blueprint)


def signed_in() -> SignedIn:
    """Who asks for this page; the guard has let them in."""
    account = current_session().signed_in
    if account is None:
        abort(403)
    return account


def current_session() -> StaffSession:
    """The session of this request."""
    return cast(StaffSession, session._get_current_object())  # type: ignore[attr-defined] # a proxy


def _words_of(blueprint: Blueprint) -> None:
    blueprint.context_processor(_everywhere)
    blueprint.register_error_handler(CSRFError, not_from_here)
    blueprint.register_error_handler(OperationalError, unavailable)
    blueprint.register_error_handler(TimeoutError, unavailable)
    blueprint.register_error_handler(DataError, impossible)
    blueprint.register_error_handler(OverflowError, impossible)  # SQLite's word for a number too long
    blueprint.register_error_handler(Exception, broken)
    blueprint.register_error_handler(HTTPException, refused)


def _everywhere() -> dict[str, Any]:
    account = current_session().signed_in
    return {
        "account": account,
        "role_words": role_words(account.granted) if account else "",
        "may_open": lambda endpoint: account is not None and may(account.granted.role, endpoint),
        "csrf_token": generate_csrf,
        "seconds_left": lambda: current_session().seconds_left,
    }


def _check_request() -> None:
    refuse_other_origins()
    failure = current_session().unread
    if failure is not None:
        raise failure


def _check_account() -> Reply | tuple[str, int] | None:
    account = current_session().signed_in
    if account is None:
        if typed := _sent():
            return render_template("staff/signed_out.html", sent=typed), 401
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=back), 303)
    if not may(account.granted.role, request.endpoint or ""):
        abort(403)
    return None


def _check_form() -> None:
    if request.method != "POST":
        return
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError as error:
        raise CSRFError(str(error)) from error


def not_from_here(_error: CSRFError) -> tuple[str, int]:
    """A form whose token is not the session's: nothing typed is lost, it can be sent again from here."""
    if request.endpoint == "security.login":
        form = SignInForm(formdata=request.form)
        form.form_errors.append(str(OUT_OF_DATE))
        return render_template("security/login_user.html", login_user_form=form), 400
    return render_template("staff/again.html", sent=_sent()), 400


def unavailable(error: OperationalError | TimeoutError) -> tuple[str, int, dict[str, str]]:
    """The database does not answer: the page keeps what was typed, ready to be sent again."""
    current_app.logger.error("database unavailable in %s: %s", request.endpoint, type(error).__name__)
    return render_template("staff/failed.html", sent=_sent()), 503, {"Retry-After": str(RETRY_SECONDS)}


def impossible(_error: DataError | OverflowError) -> tuple[str, int]:
    """A value that no column can hold: nothing of ours has that address, or sends that."""
    code = 404 if request.method in ("GET", "HEAD") else 422
    return render_template("staff/refused.html", code=code), code


def broken(error: Exception) -> tuple[str, int]:
    """Anything unforeseen: logged without what was typed, told without details."""
    current_app.logger.error("error in %s %s", request.method, request.endpoint, exc_info=error)
    return render_template("staff/failed.html", sent=_sent()), 500


def _sent() -> list[tuple[str, str]]:
    """What a form of the staff had in it; nothing of the sign-in page: a password is never sent back."""
    if request.method != "POST" or request.blueprint == "security":
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in SECRET_FIELDS]


def refused(error: HTTPException) -> tuple[str, int] | HTTPException:
    """A page that is not there, or not for this role."""
    code = error.code or 500
    if code < 400:  # a redirect that was raised
        return error
    if code == TOO_BIG:
        discard_body()
    g.failed = True
    return render_template("staff/refused.html", code=code), code
