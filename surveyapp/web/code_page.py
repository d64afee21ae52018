"""The short code, an alternative to the link: one field; what opens nothing always looks the same."""

import math

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.code_entry import try_code
from surveyapp.storage.code_letters import LONGEST_TYPED
from surveyapp.storage.engine import writing
from surveyapp.web.access import let_in, opened_by, refuse_other_origins
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services

blueprint = Blueprint("code", __name__)
blueprint.before_request(refuse_other_origins)


@blueprint.get("/codice")
def ask() -> str:
    """Where the code is written."""
    return render_template("code.html", done=request.args.get("finito") == "1")


@blueprint.post("/codice")
def enter() -> Reply | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Open what the code opens, exactly as its link would."""
    typed = request.form.get("code", "")
    if not typed.strip():
        return render_template("code.html", missing=True), 422
    with writing(services().engine) as connection:
        tried = try_code(connection, services().settings.secret_key, typed, request.remote_addr or "", now())
        response = opened_by(connection, tried.token) if tried.token else None
    if response:
        return let_in(response, tried.token)
    if tried.wait:
        seconds = math.ceil(tried.wait.total_seconds())
        page = render_template("code_wait.html", minutes=math.ceil(seconds / 60), gaps=gaps())
        return page, 429, {"Retry-After": str(seconds)}
    return render_template("code.html", wrong=True, typed=typed.replace("\0", "")[:LONGEST_TYPED]), 422
