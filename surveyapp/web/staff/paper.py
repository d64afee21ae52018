"""Typing a questionnaire that was filled in on paper: its first page and its sections."""

import secrets

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import paper
from surveyapp.collection import paper_check as check
from surveyapp.collection.paper import FIRST, SECOND, Typed
from surveyapp.sheets.paper_entry import EntryPage, entry_pages
from surveyapp.storage import paper as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff import paper_page as shown_page
from surveyapp.web.staff import paper_start as first_page
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.paper_opened import OnPaper, opened
from surveyapp.web.staff.paper_words import REFUSED

LONGEST_KEY = 40
LONGEST_SEEN = 18


@blueprint.get("/somministrazioni/<key>/carta")
def paper_start(key: str) -> str | Reply:
    """The first page of a sheet."""
    with reading(services().engine) as connection:
        on_paper = opened(connection, key)
        if on_paper.enterable:
            return first_page.shown(connection, on_paper, first_page.proposed(connection, on_paper), {})
    return redirect(on_paper.elsewhere(), 303)


@blueprint.post("/somministrazioni/<key>/carta")
def paper_begin(key: str) -> str | Reply | tuple[str, int]:
    """Keep the first page, and go on to the answers; a no that is ticked ends there."""
    with writing(services().engine) as connection:
        on_paper = opened(connection, key, lock=True)
        if not on_paper.enterable:
            return redirect(on_paper.elsewhere(), 303)
        response, start = on_paper.response, first_page.sent(on_paper.response)
        fixed = first_page.variant_is_fixed(connection, response)
        wrong = first_page.errors(start, response, variant_is_fixed=fixed)
        if wrong:
            return first_page.shown(connection, on_paper, start, wrong), 422
        declared, agreed = first_page.declared(start), first_page.agreed(start, response)
        if start.decision == REFUSED:
            paper.refuse(connection, response, declared, agreed)
            flash(_("Il rifiuto è registrato, con la data del foglio."))
            return redirect(url_for(".administration", key=key), 303)
        paper.begin(connection, response, declared, agreed, signed_in().email, now())
        return redirect(opened(connection, key).goes_on(connection, FIRST), 303)


@blueprint.get("/somministrazioni/<key>/carta/<int:entry>/<page>")
def paper_page(key: str, entry: int, page: str) -> str | Reply:
    """The questions of one section, with what was typed before."""
    with reading(services().engine) as connection:
        on_paper = opened(connection, key)
        if not _may_type(on_paper, entry):
            return redirect(on_paper.elsewhere(), 303)
        there = _page(on_paper, page)
        read = stored.readings(connection, on_paper.row.id, entry)
        return shown_page.shown(connection, on_paper, entry, there, shown_page.as_read(on_paper, there, read))


@blueprint.post("/somministrazioni/<key>/carta/<int:entry>/<page>")
def paper_save(key: str, entry: int, page: str) -> str | Reply | tuple[str, int]:
    """Keep a page and go to the next one, or show it again and say what is wrong."""
    with writing(services().engine) as connection:
        on_paper = opened(connection, key, lock=True)
        if not _may_type(on_paper, entry):
            return redirect(on_paper.elsewhere(), 303)
        there = _page(on_paper, page)
        typed, read, wrong = shown_page.sent(on_paper, there)
        if wrong:
            return shown_page.shown(connection, on_paper, entry, there, typed, wrong), 422
        newer = paper.keep(connection, on_paper.response, entry, Typed(read, *_came_with()), now())
        if newer:
            again = dict.fromkeys(newer, str(shown_page.NEWER))
            return shown_page.shown(connection, on_paper, entry, there, typed, again), 409
        if entry == SECOND:
            check.settle_if_equal(connection, on_paper.response, now())
        return redirect(opened(connection, key).goes_on(connection, entry), 303)


def _may_type(on_paper: OnPaper, entry: int) -> bool:
    return on_paper.begun and (entry == FIRST or (entry == SECOND and on_paper.second_is_open))


def _page(on_paper: OnPaper, page_id: str) -> EntryPage:
    pages = {page.id: page for page in entry_pages(on_paper.response.questionnaire)}
    return pages.get(page_id) or abort(404)


def _came_with() -> tuple[str, int]:
    """The key of the page that was sent, and the newest answer when it was shown."""
    key = request.form.get("key", "").replace("\0", "")[:LONGEST_KEY] or secrets.token_hex(8)
    seen = request.form.get("seen", "")
    return key, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= LONGEST_SEEN else 0
