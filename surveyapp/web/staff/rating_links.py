"""Links for who judges: made and shown once, made anew, stopped, extended."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import rounds
from surveyapp.focus_groups.rounds import MOST_LINKS, OPEN_FOR
from surveyapp.storage import rating_rows as stored
from surveyapp.storage.engine import writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.ratings import OF_PEOPLE, found_round, round_page, typed
from surveyapp.web.staff.shown import moment

LONGEST_ORGANISATION = 40
WRONG = {
    "number": later("Scrivi un numero da 1 a %(n)s.", n=MOST_LINKS),
    "audience": later("Scegli il gruppo."),
    "organisation": later("Il codice dell'ente ha al massimo %(n)s caratteri.", n=LONGEST_ORGANISATION),
}


@blueprint.post("/valutazioni/<int:round>/link")
def make_rating_links(round: int) -> str | Reply | tuple[str, int]:
    """Make links and show them: it is the only time."""
    form = {name: typed(name) for name in WRONG}
    wrong = {name: WRONG[name] for name, is_right in CHECKS.items() if not is_right(form[name])}
    with writing(services().engine) as connection:
        row = found_round(connection, round, lock=True)
        if row.closed_at or not stored.questions(connection, round):
            flash(_("Per fare link la raccolta deve essere aperta e avere almeno una domanda."))
            return redirect(url_for(".rating_round", round=round), 303)
        if wrong:
            return round_page(connection, row, form, wrong), 422
        about = (form["audience"], form["organisation"], now())
        made = rounds.make_links(connection, round, int(form["number"]), *about)
    return _shown_once(row, made)


@blueprint.post("/valutazioni/<int:round>/link/<int:rater>/nuovo")
def renew_rating_link(round: int, rater: int) -> str | Reply:
    """Another link for who lost theirs; the earlier one stops, what was said stays."""
    with writing(services().engine) as connection:
        row, found = _found(connection, round, rater)
        if found.submitted_at or row.closed_at:
            flash(_("Non serve un altro link: i giudizi sono inviati o la raccolta è chiusa."))
            return redirect(url_for(".rating_round", round=round), 303)
        token = rounds.renew(connection, rater, now())
    return _shown_once(row, [(found.code, token)])


@blueprint.post("/valutazioni/<int:round>/link/<int:rater>/annulla")
def revoke_rating_link(round: int, rater: int) -> Reply:
    """Stop a link; what was said with it stays."""
    with writing(services().engine) as connection:
        _row, found = _found(connection, round, rater)
        stored.change_rater(connection, rater, expires_at=now())
    flash(_("Il link di %(code)s non apre più. Quello che ha già detto resta.", code=found.code))
    return redirect(url_for(".rating_round", round=round), 303)


@blueprint.post("/valutazioni/<int:round>/link/<int:rater>/proroga")
def extend_rating_link(round: int, rater: int) -> Reply:
    """Let a link open for another while from today; one that was stopped opens again."""
    until = now() + OPEN_FOR
    with writing(services().engine) as connection:
        _row, found = _found(connection, round, rater)
        stored.change_rater(connection, rater, expires_at=until)
    day = moment(until, services().settings.time_zone)
    flash(_("Il link di %(code)s apre fino al %(day)s.", code=found.code, day=day))
    return redirect(url_for(".rating_round", round=round), 303)


def _found(connection: Connection, round_id: int, rater_id: int) -> tuple[Row[Any], Row[Any]]:
    row, found = found_round(connection, round_id), stored.rater(connection, rater_id, lock=True)
    if found is None or found.round_id != round_id:
        abort(404)
    return row, found


def _shown_once(row: Row[Any], made: list[tuple[str, str]]) -> str:
    base = services().settings.base_url
    links = [(code, base + url_for("experts.enter", token=token)) for code, token in made]
    until = moment(now() + OPEN_FOR, services().settings.time_zone)
    return render_template("staff/rating_links.html", round=row, links=links, until=until)


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) <= len(str(MOST_LINKS))
        and 1 <= int(text) <= MOST_LINKS
    )


CHECKS: dict[str, Callable[[str], bool]] = {
    "number": _is_number,
    "audience": lambda text: text in OF_PEOPLE,
    "organisation": lambda text: len(text) <= LONGEST_ORGANISATION,
}
