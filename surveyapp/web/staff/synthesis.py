"""The synthesis of a focus group: asked for on its page, made by the worker, read among the reports."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.storage import jobs
from surveyapp.storage.engine import writing
from surveyapp.storage.scope import REPORT
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.focus_groups import found_meeting
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.report_choices import synthesis_of


@blueprint.post("/focus-group/<int:meeting>/sintesi")
def request_synthesis(meeting: int) -> Reply:
    """Ask for the synthesis of a meeting; one that is being made already is not asked for twice."""
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting)
        asked = synthesis_of(meeting) | {"code": row.code}
        jobs.request(connection, REPORT, asked, signed_in().email, now())
    flash(_("Sintesi chiesta. Di solito è pronta in pochi secondi."))
    return redirect(url_for(".reports"), 303)
