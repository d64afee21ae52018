"""A tablet that several people use: «Finisci o cambia persona» leaves nothing; the page for who helps."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import shared_tablet
from surveyapp.storage.engine import writing
from surveyapp.web.access import forget_everything, is_here, refuse_other_origins, tokens_here
from surveyapp.web.languages import speak_to
from surveyapp.web.reading_page import cookie_name
from surveyapp.web.services import now, services
from surveyapp.web.tablet_lock import LockedError, locked

blueprint = Blueprint("tablet", __name__)
blueprint.before_request(refuse_other_origins)
blueprint.app_errorhandler(LockedError)(locked)

# Whatever the browser keeps of our pages goes. Not "cookies": that would reach those of the whole domain, of
# other sites of the same body and of the caseworker's sign-in; ours are deleted one by one.
FORGET = {"Clear-Site-Data": '"cache", "storage"'}


@blueprint.get("/q/<key>/finisci")
def finish(key: str) -> str | Reply:
    """Ask before ending; also on a tablet that is closed already."""
    if not is_here(key):
        return redirect(url_for("code.ask"), 303)
    speak_to(participants=True)
    return render_template("tablet/finish.html", key=key)


@blueprint.post("/q/<key>/finisci")
def end(key: str) -> Reply:
    """End what this browser holds, here and on the server, and be ready for the next person."""
    with writing(services().engine) as connection:
        shared_tablet.end(connection, tokens_here(), now())
    reply = redirect(url_for("code.ask", finito=1), 303)
    forget_everything(reply, cookie_name())
    reply.headers.extend(FORGET)
    return reply


@blueprint.get("/chi-aiuta")
def helper() -> str:
    """How to help somebody answer without answering in their place."""
    return render_template("tablet/helper.html")
