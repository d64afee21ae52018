"""Assisted mode: a caseworker opens a person's questionnaire on a tablet that several people use."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.shared_tablet import PURPOSE
from surveyapp.settings import TABLET_LIFE
from surveyapp.storage.engine import writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import services
from surveyapp.web.staff import shown
from surveyapp.web.staff.administrations import is_participants
from surveyapp.web.staff.handing_over import hand_over
from surveyapp.web.staff.pages import blueprint, found, line_of


@blueprint.post("/somministrazioni/<key>/tablet")
def start_tablet(key: str) -> str | Reply:
    """Make what opens a person's questionnaire on a shared tablet for half a day, and show it once."""
    with writing(services().engine) as connection:
        row = found(connection, key)
        line = line_of(row)
        if not is_participants(row):
            abort(404)
        if not line.answerable:
            flash(_("Questo questionario non si può aprire: non è il suo momento, o è già chiuso."))
            return redirect(url_for(".administration", key=key), 303)
        given = hand_over(connection, row.id, TABLET_LIFE, PURPOSE)
    until = shown.moment(given.until, services().settings.time_zone)
    return render_template("staff/tablet.html", line=line, given=given, until=until)
