"""An approved draft put in use, a version taken out of it: what changes for whom is said before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import draft_review, publishing
from surveyapp.focus_groups import drafts as drafting
from surveyapp.focus_groups.publishing import Moment, Wanted
from surveyapp.instruments.publication import PublicationRefusedError
from surveyapp.storage import drafts as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.study.cells import day
from surveyapp.web.days import day_in_words
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import italian
from surveyapp.web.services import now, services
from surveyapp.web.staff import drafts_shown, publishing_form
from surveyapp.web.staff.drafts import family_of, found
from surveyapp.web.staff.instruments_known import family
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.publishing_effect import effect
from surveyapp.web.staff.publishing_form import Typed


@blueprint.get("/bozze/<int:draft>/pubblica")
def publication(draft: int) -> str:
    """What publishing an approved draft means, and the form of it."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
        typed = Typed(f"{today_here():%d/%m/%Y}", "", {}, {})
        return _page(connection, row, typed, {})


@blueprint.post("/bozze/<int:draft>/pubblica")
def publish(draft: int) -> Reply | tuple[str, int]:
    """Put an approved draft in use; or say everything that is in the way, and keep what was typed."""
    with reading(services().engine) as connection:
        row = found(connection, draft)
        review = _review(connection, row)
        scales = publishing_form.changed(review)
        typed = publishing_form.typed(scales)
        wrong = publishing_form.wrong(typed, scales)
        if wrong or _obstacles(row, review):
            return _page(connection, row, typed, wrong), 422
    try:
        since = _publish(row, typed)
    except PublicationRefusedError as refused:
        with reading(services().engine) as connection:
            return _page(connection, row, typed, {}, refused.problems), 422
    services().shelf.look(now=True)
    flash(_published(f"{row.instrument} {row.version}", since))
    return redirect(url_for(".instrument_versions", instrument=row.instrument), 303)


@blueprint.post("/strumenti/<instrument>/<version>/ritira")
def retire_version(instrument: str, version: str) -> Reply:
    """Take a version out of use; who began with it goes on."""
    one = family(services().catalogue, instrument, today_here()) or abort(404)
    if version not in one.publications:
        abort(404)
    if version not in one.retirable:
        flash(_("Questa versione non si ritira: prima si pubblica quella che la sostituisce."))
        return redirect(url_for(".instrument_versions", instrument=instrument), 303)
    name = (drafting.MODULE if one.is_module else drafting.INSTRUMENT, instrument, version)
    try:
        with writing(services().engine) as connection:
            publishing.retire(connection, services().shelf.library.home, name, _moment())
    except PublicationRefusedError as refused:
        flash(italian(" ".join(_sentences(refused.problems))))
    else:
        services().shelf.look(now=True)
        title = f"{instrument} {version}"
        flash(_("%(version)s è ritirata: chi l'ha già cominciata la finisce.", version=title))
    return redirect(url_for(".instrument_versions", instrument=instrument), 303)


def _publish(row: Row[Any], typed: Typed) -> date:
    """The day from which the version is in use."""
    wanted = Wanted(day(typed.on), typed.note, typed.levels, typed.reasons)
    home = services().shelf.library.home
    with writing(services().engine) as connection:
        known, _plan = publishing.publish(connection, home, row, wanted, _moment())
    return known.since


def _published(title: str, since: date) -> str:
    if since > today_here():
        when = day_in_words(since)
        return _("%(version)s è pubblicata: sarà in uso dal giorno %(day)s.", version=title, day=when)
    return _("%(version)s è pubblicata: è in uso da oggi.", version=title)


def _moment() -> Moment:
    return Moment(now(), today_here())


def _review(connection: Connection, row: Row[Any]) -> drafting.Review:
    return drafting.review(row, family_of(row.instrument), stored.reasons(connection, row.id))


def _obstacles(row: Row[Any], review: drafting.Review) -> list[str]:
    """What is in the way before anything is typed, in words."""
    names = draft_review.obstacles(row, family_of(row.instrument), review)
    return [str(drafts_shown.OBSTACLES[name]) for name in names]


def _page(
    connection: Connection,
    row: Row[Any],
    typed: Typed,
    wrong: Mapping[str, str],
    refused: Sequence[str] = (),
) -> str:
    versions, review = family_of(row.instrument), _review(connection, row)
    return render_template(
        "staff/publication.html",
        draft=drafts_shown.head(row),
        title=versions.newest.title,
        lines=drafts_shown.lines(review),
        kinds=drafts_shown.KIND_CHOICES,
        scales=publishing_form.scales(versions.versions[row.based_on], review, typed),
        equal=publishing_form.equal(review),
        effect=effect(connection, services().catalogue, row, publishing_form.changed(review)),
        obstacles=_obstacles(row, review),
        typed=typed,
        wrong=wrong,
        refused=_sentences(refused),
    )


def _sentences(problems: Sequence[str]) -> list[str]:
    return [f"{words[:1].upper()}{words[1:]}." for words in problems]
