"""Rounds of judgements: prepared for a focus group, asked by link, closed."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.rounds import MOST_LINKS, RELEVANCE, Wanted, add_questions, as_wanted
from surveyapp.storage import rating_rows as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later, ngettext
from surveyapp.web.services import now, services
from surveyapp.web.staff import rating_choices
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.shown import moment

AUDIENCES: Mapping[str, str] = {
    "CM": later("Collocamenti Mirati"),
    "COOP": later("Cooperative sociali e altri enti"),
    "JOINT": later("Gruppo congiunto"),
    "READERS": later("Lettori con disabilità"),
}
# Of one person: nobody is a joint group.
OF_PEOPLE = {code: words for code, words in AUDIENCES.items() if code != "JOINT"}
LINK_STATES: Mapping[str, tuple[str, str]] = {
    "sent": (later("Inviato"), "done"),
    "ended": (later("Non apre più"), "lost"),
    "started": (later("Iniziato"), "open"),
    "given": (later("Non ancora aperto"), "due"),
}
LONGEST_TITLE = 200
NO_TITLE = later("Scrivi un titolo, al massimo %(n)s caratteri.", n=LONGEST_TITLE)
NO_MEETING = later("Scegli il focus group.")
NOTHING_PICKED = later("Scegli almeno una voce.")


@blueprint.get("/valutazioni")
def ratings() -> str:
    """The rounds, newest first, and a form for another one."""
    return _ratings("", "", {})


@blueprint.post("/valutazioni")
def add_round() -> Reply | tuple[str, int]:
    """Begin a round for a focus group."""
    title, meeting = typed("title"), request.form.get("meeting", "")
    wrong = {} if 0 < len(title) <= LONGEST_TITLE else {"title": NO_TITLE}
    with writing(services().engine) as connection:
        known = {str(row.id): row.id for row in stored.meetings(connection)}
        if meeting not in known:
            wrong["meeting"] = NO_MEETING
        if not wrong:
            about = {"created_by": signed_in().email, "created_at": now()}
            made = stored.add_round(connection, focus_group_id=known[meeting], title=title, **about)
    if wrong:
        return _ratings(title, meeting, wrong), 422
    return redirect(url_for(".rating_round", round=made), 303)


@blueprint.get("/valutazioni/<int:round>")
def rating_round(round: int) -> str:
    """One round: what is asked, of whom, how far it is."""
    with reading(services().engine) as connection:
        return round_page(connection, found_round(connection, round))


@blueprint.get("/valutazioni/<int:round>/domande")
def rating_questions(round: int) -> str:
    """What can be asked, to be ticked."""
    with reading(services().engine) as connection:
        return _questions_page(connection, found_round(connection, round), request.args, "")


@blueprint.post("/valutazioni/<int:round>/domande")
def add_rating_questions(round: int) -> Reply | tuple[str, int]:
    """Ask for what was ticked, each thing once; not once links are out: all are asked the same."""
    ticked = request.form.getlist("item")
    with writing(services().engine) as connection:
        row = found_round(connection, round, lock=True)
        if fixed(connection, row):
            flash(_("L'elenco non si cambia più: ci sono già link."))
            return redirect(url_for(".rating_round", round=round), 303)
        known = _offered(connection, request.form) or abort(400)
        wanted = [known[one] for one in ticked if one in known]
        if not wanted:
            return _questions_page(connection, row, request.form, str(NOTHING_PICKED)), 422
        added = add_questions(connection, round, wanted)
    flash(ngettext("Aggiunta %(num)s domanda.", "Aggiunte %(num)s domande.", added))
    return redirect(url_for(".rating_round", round=round), 303)


@blueprint.post("/valutazioni/<int:round>/domande/<int:question>/togli")
def remove_rating_question(round: int, question: int) -> Reply:
    """Take something out, before links are out."""
    with writing(services().engine) as connection:
        row = found_round(connection, round, lock=True)
        if fixed(connection, row):
            flash(_("L'elenco non si cambia più: ci sono già link."))
        elif not stored.remove_question(connection, round, question):
            abort(404)
    return redirect(url_for(".rating_round", round=round), 303)


@blueprint.post("/valutazioni/<int:round>/chiudi")
def close_rating_round(round: int) -> Reply:
    """Take no more judgements."""
    with writing(services().engine) as connection:
        found_round(connection, round)
        closed = stored.close_round(connection, round, now())
    flash(_("Raccolta chiusa.") if closed else _("La raccolta era già chiusa."))
    return redirect(url_for(".rating_round", round=round), 303)


def found_round(connection: Connection, round_id: int, *, lock: bool = False) -> Row[Any]:
    """The round; 404 for none."""
    return stored.round_of(connection, round_id, lock=lock) or abort(404)


def fixed(connection: Connection, row: Row[Any]) -> bool:
    """Whether what is asked can no longer change."""
    return row.closed_at is not None or bool(stored.raters(connection, row.id))


def round_page(
    connection: Connection,
    row: Row[Any],
    form: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> str:
    """The page of a round, with what was typed for more links where something was wrong."""
    zone, people = services().settings.time_zone, stored.raters(connection, row.id)
    return render_template(
        "staff/rating_round.html",
        round=row,
        questions=stored.questions(connection, row.id),
        kinds=rating_choices.KINDS,
        raters=[(one, *LINK_STATES[_state(one)], moment(one.expires_at, zone)) for one in people],
        audiences=OF_PEOPLE,
        fixed=row.closed_at is not None or bool(people),
        closed=moment(row.closed_at, zone) if row.closed_at else "",
        most=MOST_LINKS,
        form=form or {"number": "", "audience": "CM", "organisation": ""},
        errors=wrong or {},
    )


def typed(name: str) -> str:
    """What was typed in a field, without blanks around it and what no column can hold."""
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def _state(rater: Row[Any]) -> str:
    if rater.submitted_at:
        return "sent"
    if rater.expires_at <= now():
        return "ended"
    return "started" if rater.judged else "given"


def _ratings(title: str, meeting: str, wrong: Mapping[str, str]) -> str:
    with reading(services().engine) as connection:
        rounds, meetings = stored.rounds(connection), stored.meetings(connection)
    return render_template(
        "staff/ratings.html",
        rounds=rounds,
        meetings={str(row.id): f"{row.code}: {row.title}" for row in meetings},
        title=title,
        meeting=meeting,
        errors=wrong,
    )


def _questions_page(connection: Connection, row: Row[Any], asked: Mapping[str, str], error: str) -> str:
    scale = _scale(asked)
    sources = rating_choices.sources(services().catalogue, scale)
    if scale == RELEVANCE and stored.new_criteria(connection):
        sources = {rating_choices.NEW: _("Criteri nuovi, emersi nei focus group"), **sources}
    known = _offered(connection, asked)
    there = {as_wanted(one).known_by for one in stored.questions(connection, row.id)}
    return render_template(
        "staff/rating_questions.html",
        round=row,
        scale=scale,
        kinds=rating_choices.KINDS,
        sources=sources,
        source=asked.get("source", ""),
        items={code: (one.text, one.known_by in there) for code, one in known.items()},
        error=error,
    )


def _offered(connection: Connection, asked: Mapping[str, str]) -> dict[str, Wanted]:
    new, source = stored.new_criteria(connection), asked.get("source", "")
    return rating_choices.offered(services().catalogue, new, _scale(asked), source)


def _scale(asked: Mapping[str, str]) -> str:
    scale = asked.get("scale", "")
    return scale if scale in rating_choices.KINDS else RELEVANCE
