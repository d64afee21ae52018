"""A session that goes on while somebody writes: asked by static/accesso.js before it would end."""

from surveyapp.web.staff.guard import current_session
from surveyapp.web.staff.pages import blueprint


@blueprint.get("/resta")
def stay() -> tuple[str, int, dict[str, str]]:
    """How many seconds the session lasts from now; asking counts as using it."""
    return f"{current_session().seconds_left}\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
