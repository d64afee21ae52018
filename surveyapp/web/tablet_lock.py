"""A tablet that several people use: ten minutes without a page, and it asks for the code again."""

from functools import partial

from flask import after_this_request, g, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import shared_tablet
from surveyapp.collection.response import Opening, Response
from surveyapp.storage.engine import writing
from surveyapp.web.services import now, services

# Chromium keeps whole pages for Back for a few minutes, `no-store` or not.
FORGET_PAGES = {"Clear-Site-Data": '"cache"'}


class LockedError(Exception):
    """Nobody has used the tablet for a while: the page stays closed until the code is given again."""


def hold(response: Response) -> None:
    """Note that a shared tablet is in use. Raises LockedError where it was left alone.

    Whoever thinks for a long time loses nothing: an answer that is sent late is saved all the same, and only
    then does the tablet ask for the code. Other devices pass without a statement.
    """
    if not shared_tablet.is_shared(response.opening):
        return
    if not shared_tablet.is_idle(response.opening, now()):
        if shared_tablet.is_to_note(response.opening, now()):
            after_this_request(partial(_note_use, response.opening))
    elif request.endpoint == "questions.answer":
        after_this_request(_close)
    else:
        raise LockedError


def locked(_error: LockedError) -> tuple[str, int, dict[str, str]]:
    """The closed page: the code opens it again, or somebody else begins."""
    g.pop("reading", None)  # how the person reads is changed once the page is open again
    key = (request.view_args or {}).get("key", "")
    return render_template("tablet/locked.html", key=key), 403, FORGET_PAGES


def _close(reply: Reply) -> Reply:
    """What follows a late answer is closed; so is the page that would show another answer beside it."""
    here = request.view_args or {}
    return redirect(url_for("invitation.go_on", key=here["key"]), 303) if reply.status_code == 409 else reply


def _note_use(opening: Opening, reply: Reply) -> Reply:
    try:
        with writing(services().engine) as connection:
            shared_tablet.note_use(connection, opening, now())
    except (OperationalError, TimeoutError):
        pass  # the page is ready; the next one notes it
    return reply
