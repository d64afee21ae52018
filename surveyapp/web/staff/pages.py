"""The blueprint of the staff pages, and what their views share."""

from datetime import date

from flask import Blueprint

from surveyapp.web.services import now, services
from surveyapp.web.staff.guard import guard
from surveyapp.web.staff.sessions import PREFIX

blueprint = Blueprint("staff", __name__, url_prefix=PREFIX)
guard(blueprint)


def today_here() -> date:
    """Which day it is where the study is."""
    return now().astimezone(services().settings.time_zone).date()
