"""Who may answer: a personal link is exchanged for a cookie, and the address becomes a clean one."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, g, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Response, load
from surveyapp.storage.engine import reading
from surveyapp.web.services import now, services

blueprint = Blueprint("access", __name__)

COOKIE_SECONDS = 24 * 3600
LONGEST_TOKEN = 64
MOST_QUESTIONNAIRES = 30  # kept open at once in one browser


@blueprint.get("/r/<token>")
def enter(token: str) -> Reply:
    """Exchange the token of a personal link for a cookie of this questionnaire alone."""
    with reading(services().engine) as connection:
        response = _load(connection, token)
    reply = redirect(url_for("invitation.go_on", key=response.key), 303)
    reply.set_cookie(
        _cookie_name(response.key),
        token,
        max_age=COOKIE_SECONDS,
        secure=services().settings.secure,
        httponly=True,
        samesite="Lax",
    )
    _forget_others(reply, response.key)
    return reply


def opened(connection: Connection, key: str, *, lock: bool = False) -> Response:
    """The response that the cookie of this questionnaire opens; the same 404 page for every other case."""
    response = _load(connection, request.cookies.get(_cookie_name(key), ""), lock=lock)
    if response.key != key:
        abort(404)
    return response


def questionnaire_here() -> str:
    """Where the only questionnaire that this browser opened goes on; empty where there are more, or none."""
    keys = [
        name.removeprefix(_cookie_name("")) for name in request.cookies if name.startswith(_cookie_name(""))
    ]
    return url_for("invitation.go_on", key=keys[0]) if len(keys) == 1 else ""


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


def _load(connection: Connection, token: str, *, lock: bool = False) -> Response:
    response = None
    if 0 < len(token) <= LONGEST_TOKEN:
        response = load(connection, services().catalogue, token, now(), lock=lock)
    if response is None:
        abort(404)
    g.demonstration = response.demonstration
    g.reading = response.reading
    return response


def _forget_others(reply: Reply, key: str) -> None:
    """On a tablet that many people use, old cookies would grow past what servers accept in a request."""
    others = [
        name for name in request.cookies if name.startswith(_cookie_name("")) and name != _cookie_name(key)
    ]
    if len(others) >= MOST_QUESTIONNAIRES:
        for name in others:
            reply.delete_cookie(name, secure=services().settings.secure, httponly=True, samesite="Lax")


def _cookie_name(key: str) -> str:
    return f"{'__Host-' if services().settings.secure else ''}q_{key}"
