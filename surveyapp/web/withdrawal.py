"""Taking part no longer: what it means, the decision, and the way back."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import consent
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.invitation import consent_of, shown_to, where_to_go_on
from surveyapp.web.pages import gaps
from surveyapp.web.respondent import page
from surveyapp.web.services import now, services

blueprint = Blueprint("withdrawal", __name__, url_prefix="/q/<key>")
blueprint.before_request(refuse_other_origins)


@blueprint.get("/ritiro")
def ask(key: str) -> str | Reply:
    """What a withdrawal means, before it is recorded; after it, that it was."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if response.state == "withdrawn":
        return page("withdrawn.html", response, gaps=gaps())
    if not consent.may_withdraw(response):
        return redirect(where_to_go_on(response), 303)
    back = where_to_go_on(response) if response.state == "submitted" else url_for("invitation.start", key=key)
    return page("withdrawal.html", response, gaps=gaps(), back=back)


@blueprint.post("/ritiro")
def withdraw(key: str) -> Reply:
    """Record the withdrawal."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        consent.withdraw(connection, response, consent_of(response), shown_to(response), now())
    return redirect(url_for(".ask", key=key), 303)
