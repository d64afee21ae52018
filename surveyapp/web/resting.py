"""A pause is offered between two questions of the easy version; nothing waits and nothing runs out."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import resting
from surveyapp.collection.response import Response
from surveyapp.storage.engine import reading
from surveyapp.web.access import opened
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.respondent import page
from surveyapp.web.services import now, services

blueprint = Blueprint("resting", __name__, url_prefix="/q/<key>")


@blueprint.get("/riposo")
def offer(key: str) -> str | Reply:
    """So many questions are done: would a pause be good?"""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    done = resting.offered_after(response, now())
    if not done:
        return redirect(where_to_go_on(response), 303)
    return page("rest.html", response, done=done, back=_last_question(response))


def _last_question(response: Response) -> str:
    following = response.next_item
    before = response.before(following.id) if following else None
    if before is None:
        return url_for("invitation.start", key=response.key)
    return url_for("questions.question", key=response.key, item_id=before.id)
