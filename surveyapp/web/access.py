"""Who may answer: a personal link is exchanged for a cookie, and the address becomes a clean one."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, after_this_request, g, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Response, load
from surveyapp.collection.shared_tablet import is_shared
from surveyapp.settings import TABLET_IDLE
from surveyapp.storage.engine import reading
from surveyapp.web import languages
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services
from surveyapp.web.tablet_lock import hold

blueprint = Blueprint("access", __name__)

COOKIE_SECONDS = 24 * 3600
LONGEST_TOKEN = 64
MOST_QUESTIONNAIRES = 30  # kept open at once in one browser


class NoCookieError(Exception):
    """The browser was given the cookie a moment ago and has not sent it back."""


@blueprint.get("/r/<token>")
def enter(token: str) -> Reply:
    """Exchange the token of a personal link for a cookie of this questionnaire alone."""
    with reading(services().engine) as connection:
        response = opened_by(connection, token)
    return let_in(response, token)


def let_in(response: Response, token: str) -> Reply:
    """Give the cookie, and lead to the address without the token.

    On a tablet that several people use it ends with the browser, and those of the people before go.
    """
    shared = is_shared(response.opening)
    reply = redirect(url_for("invitation.go_on", key=response.key, primo=1), 303)
    _give(reply, response.key, token, None if shared else COOKIE_SECONDS)
    others = [name for name in _ours() if name != _cookie_name(response.key)]
    if response.is_participants and languages.cookie_name() in request.cookies:
        _take(reply, [languages.cookie_name()])
    # Old cookies would also grow past what servers accept in a request.
    if shared or len(others) >= MOST_QUESTIONNAIRES:
        _take(reply, others)
    return reply


def opened(connection: Connection, key: str, *, lock: bool = False) -> Response:
    """The response that the cookie of this questionnaire opens; the same 404 page for every other case.

    Raises NoCookieError for a browser that does not keep cookies, LockedError for a tablet left alone.
    """
    token = request.cookies.get(_cookie_name(key), "")
    if not token and request.args.get("primo") == "1":
        raise NoCookieError
    response = opened_by(connection, token, lock=lock)
    if response.key != key:
        abort(404)
    return response


def opened_by(connection: Connection, token: str, *, lock: bool = False) -> Response:
    """The response that a token opens; the 404 page for none. Raises LockedError for a tablet left alone."""
    response = None
    if 0 < len(token) <= LONGEST_TOKEN:
        response = load(connection, services().catalogue, token, now(), lock=lock)
    if response is None:
        abort(404)
    g.demonstration = response.demonstration
    languages.speak_to(participants=response.is_participants)
    hold(response)
    g.reading = response.reading
    if is_shared(response.opening) and response.state == "submitted":
        _keep_for_minutes(response.key, token)
    return response


def is_here(key: str) -> bool:
    """Whether this browser holds the cookie of a questionnaire."""
    return _cookie_name(key) in request.cookies


def questionnaire_here() -> str:
    """Where the only questionnaire that this browser opened goes on; empty where there are more, or none."""
    keys = [name.removeprefix(_cookie_name("")) for name in _ours()]
    return url_for("invitation.go_on", key=keys[0]) if len(keys) == 1 else ""


def tokens_here() -> list[str]:
    """What the cookies of this browser hold."""
    return [token for name in _ours() if 0 < len(token := request.cookies[name]) <= LONGEST_TOKEN]


def forget_everything(reply: Reply, *more: str) -> None:
    """Take from this browser the cookies of all questionnaires, and others by their name."""
    _take(reply, [*_ours(), *more])


def refuse_other_origins() -> None:
    """Stop a form sent from another site's page: the cookie alone must not save an answer.

    `Sec-Fetch-Site` decides; without it `Origin` against our own host; without both (old browsers) it passes.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = (
        site not in ("same-origin", "none") if site else origin and urlsplit(origin).netloc != request.host
    )
    if foreign:
        abort(403)


@blueprint.app_errorhandler(NoCookieError)
def no_cookie(_error: NoCookieError) -> tuple[str, int]:
    """What to do where the browser keeps no cookies; the token is in no address from here on."""
    code_page = f"{services().settings.base_url}{url_for('code.ask')}"
    return render_template("no_cookie.html", gaps=gaps(), code_page=code_page), 400


def _ours() -> list[str]:
    return [name for name in request.cookies if name.startswith(_cookie_name(""))]


def _give(reply: Reply, key: str, token: str, seconds: int | None) -> None:
    secure = services().settings.secure
    reply.set_cookie(_cookie_name(key), token, max_age=seconds, secure=secure, httponly=True, samesite="Lax")


def _take(reply: Reply, names: list[str]) -> None:
    for name in names:
        reply.delete_cookie(name, secure=services().settings.secure, httponly=True, samesite="Lax")


def _keep_for_minutes(key: str, token: str) -> None:
    """The answers were sent from a shared tablet: even where nobody presses «Finisci», the cookie goes."""

    @after_this_request
    def shorten(reply: Reply) -> Reply:
        _give(reply, key, token, int(TABLET_IDLE.total_seconds()))
        return reply


def _cookie_name(key: str) -> str:
    return f"{'__Host-' if services().settings.secure else ''}q_{key}"
