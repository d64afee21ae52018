"""Votes of a nominal group: five points a participant over the criteria, and the ranking they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.notes import BETWEEN, criteria_of, meant
from surveyapp.focus_groups.votes import POINTS_EACH, ranking
from surveyapp.storage import excerpts, focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import services
from surveyapp.web.staff.focus_groups import found_meeting, typed_text
from surveyapp.web.staff.pages import blueprint

# Nobody can vote for more criteria than there are points.
LINES = range(1, POINTS_EACH + 1)
TOO_MANY = later("In tutto i punti sono al massimo %(n)s: adesso sono di più.", n=POINTS_EACH)
ERRORS: Mapping[str, str] = {
    "unknown": later("Questo criterio non si trova: sceglilo dall'elenco."),
    "twice": later("Questo criterio c'è già in un'altra riga."),
    "no_points": later("Scegli i punti di questo criterio."),
}


@dataclass(frozen=True)
class Line:
    """One line of the form: a criterion and its points, as they were typed."""

    number: int
    criterion: str = ""
    points: str = ""


@blueprint.get("/focus-group/<int:meeting>/voti")
def focus_votes(meeting: int) -> str:
    """The ranking, and who has voted."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        votes = focus_groups.votes(connection, meeting)
        people = focus_groups.participants(connection, meeting)
        criteria = _criteria(connection)
    ranked = ranking((str(person), criterion, points) for person, criterion, points in votes)
    given = {one.id: sum(points for person, _name, points in votes if person == one.id) for one in people}
    return render_template(
        "staff/focus_votes.html",
        row=row,
        ranked=ranked,
        people=people,
        given=given,
        criteria=criteria,
        each=POINTS_EACH,
    )


@blueprint.get("/focus-group/<int:meeting>/voti/<int:participant>")
def participant_votes(meeting: int, participant: int) -> str:
    """The points of one participant, to be written down or changed."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        one = focus_groups.participant(connection, meeting, participant) or abort(404)
        return _page(connection, row, one, _known(connection, meeting, participant), {})


@blueprint.post("/focus-group/<int:meeting>/voti/<int:participant>")
def keep_votes(meeting: int, participant: int) -> Reply | tuple[str, int]:
    """Keep the points of one participant; or show the form again and say why not."""
    lines = [
        Line(number, typed_text(f"criterion-{number}"), typed_text(f"points-{number}")) for number in LINES
    ]
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        one = focus_groups.participant(connection, meeting, participant) or abort(404)
        points, wrong = _read(lines, _criteria(connection))
        if wrong:
            return _page(connection, row, one, lines, wrong), 422
        focus_groups.set_votes(connection, meeting, participant, points)
    flash(_("Punti di %(code)s salvati: %(points)s.", code=one.code, points=sum(points.values())))
    return redirect(url_for(".focus_votes", meeting=meeting), 303)


def _criteria(connection: Connection) -> dict[str, str]:
    return criteria_of(services().catalogue, excerpts.new_criteria(connection))


def _known(connection: Connection, meeting: int, participant: int) -> list[Line]:
    votes = [vote for vote in focus_groups.votes(connection, meeting) if vote[0] == participant]
    titles = _criteria(connection)
    written = [
        (f"{name}{BETWEEN}{titles[name]}" if name in titles else name, str(points))
        for _p, name, points in votes
    ]
    empty = [("", "")] * (POINTS_EACH - len(written))
    return [Line(number, *line) for number, line in zip(LINES, written + empty, strict=True)]


def _read(lines: list[Line], criteria: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The points by criterion, and what is wrong by field."""
    points: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for line in lines:
        if not line.criterion:
            continue
        found = meant(line.criterion, criteria)
        if found is None or found in points:
            wrong[f"criterion-{line.number}"] = str(ERRORS["twice" if found else "unknown"])
        elif line.points not in map(str, LINES):
            wrong[f"points-{line.number}"] = str(ERRORS["no_points"])
        else:
            points[found] = int(line.points)
    if sum(points.values()) > POINTS_EACH:
        wrong["points-1"] = str(TOO_MANY)
    return points, wrong


def _page(
    connection: Connection, row: Row[Any], one: Row[Any], lines: list[Line], errors: Mapping[str, str]
) -> str:
    return render_template(
        "staff/focus_participant_votes.html",
        row=row,
        one=one,
        lines=lines,
        errors=errors,
        criteria=_criteria(connection),
        between=BETWEEN,
        points=LINES,
    )
