"""Notes of a focus group: typed while people speak, coded to criteria, coded by a second person too."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.notes import LONGEST_NOTE
from surveyapp.storage import excerpts as stored
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff.coding import SECOND, Shown, asked_for, coding_parts, criterion_of, is_second
from surveyapp.web.staff.focus_groups import forget_syntheses, found_meeting, typed_text
from surveyapp.web.staff.focus_words import warn_of_names
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.proposals import to_propose

LONGEST_MINUTE = 600
NO_TEXT = later("Scrivi la nota.")
TOO_LONG = later("La nota è troppo lunga: al massimo %(n)s caratteri. Dividila in due.", n=LONGEST_NOTE)
NO_MINUTE = later("Scrivi il minuto con un numero da 0 a 600, oppure lascia in bianco.")
CLOSED = later("Le note di questo incontro sono chiuse: riaprile dalla sua pagina.")
DECIDED = later("Su questa nota si basa una decisione: resta com'è.")


@blueprint.get("/focus-group/<int:meeting>/note")
def notes(meeting: int) -> str:
    """The notes, one of them open to be coded: the one that the address names, else the last."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        return _page(connection, row, Shown(asked_for("nota"), {}, {}, is_second()))


@blueprint.post("/focus-group/<int:meeting>/note")
def add_note(meeting: int) -> Reply | tuple[str, int]:
    """Keep a note; one that is sent twice is kept once."""
    typed = {name: typed_text(name) for name in ("text", "minute", "speaker")}
    typed["key"] = typed_text("key")[:40] or secrets.token_hex(16)
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        known = stored.known(connection, [typed["key"]])
        wrong = {} if known else _wrong_note(row, typed)
        if wrong:
            return _page(connection, row, Shown(None, typed, wrong)), 422
        if not known:
            stored.add(connection, [_new(connection, meeting, typed)])
            known = stored.known(connection, [typed["key"]])
            flash(_("Nota aggiunta."))
            warn_of_names([typed["text"]])
    return _back(meeting, known.get(typed["key"]), second=False)


@blueprint.post("/focus-group/<int:meeting>/note/<int:excerpt>/codici")
def add_note_code(meeting: int, excerpt: int) -> Reply | tuple[str, int]:
    """Say what a note is about; a criterion that nobody knows is kept as a new one where it is said to be."""
    typed = {name: typed_text(name) for name in ("criterion", "kind")}
    second = is_second()
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        if stored.found(connection, meeting, excerpt) is None:
            abort(404)
        criterion, wrong = criterion_of(connection, meeting, typed)
        if wrong or criterion is None:
            return _page(connection, row, Shown(excerpt, typed, wrong, second)), 422
        added = stored.code(connection, excerpt, signed_in().email, criterion, typed["kind"], now())
    flash(_("Codice aggiunto: %(code)s.", code=criterion) if added else _("Questo codice c'era già."))
    return _back(meeting, excerpt, second=second)


@blueprint.post("/focus-group/<int:meeting>/note/<int:excerpt>/codici/<int:code>/togli")
def remove_note_code(meeting: int, excerpt: int, code: int) -> Reply:
    """Take back a code that one gave."""
    with writing(services().engine) as connection:
        found_meeting(connection, meeting)
        if stored.found(connection, meeting, excerpt) is None:
            abort(404)
        removed = stored.remove_code(connection, excerpt, signed_in().email, code)
    flash(_("Codice tolto.") if removed else _("Un codice lo toglie solo chi l'ha dato."))
    return _back(meeting, excerpt, second=is_second())


@blueprint.post("/focus-group/<int:meeting>/note/<int:excerpt>/correggi")
def correct_note(meeting: int, excerpt: int) -> Reply | tuple[str, int]:
    """Correct a note, or delete it; one on which a decision rests stays as it is."""
    text = typed_text("correction")
    deleting = "delete" in request.form
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        if stored.found(connection, meeting, excerpt) is None:
            abort(404)
        wrong = _wrong_correction(connection, excerpt, text, deleting)
        if wrong:
            return _page(connection, row, Shown(excerpt, {"correction": text}, {"correction": wrong})), 422
        if deleting:
            stored.remove(connection, excerpt)
        else:
            stored.change(connection, excerpt, {"text": text})
        forget_syntheses(connection, meeting)
    flash(_("Nota eliminata.") if deleting else _("Nota corretta."))
    warn_of_names([] if deleting else [text])
    return _back(meeting, None if deleting else excerpt, second=False)


def _back(meeting: int, excerpt: int | None, *, second: bool) -> Reply:
    where: dict[str, Any] = {"nota": excerpt} if excerpt else {}
    if second:
        where["come"] = SECOND
    return redirect(url_for(".notes", meeting=meeting, **where, _anchor="codifica"), 303)


def _wrong_note(row: Row[Any], typed: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if row.closed_at:
        found["text"] = str(CLOSED)
    elif not 1 <= len(typed["text"]) <= LONGEST_NOTE:
        found["text"] = str(TOO_LONG if typed["text"] else NO_TEXT)
    if typed["minute"] and not _is_minute(typed["minute"]):
        found["minute"] = str(NO_MINUTE)
    return found


def _is_minute(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and int(typed[:6]) <= LONGEST_MINUTE


def _wrong_correction(connection: Connection, excerpt: int, text: str, deleting: bool) -> str:
    if stored.rests_on(connection, excerpt):
        return str(DECIDED)
    if deleting or 1 <= len(text) <= LONGEST_NOTE:
        return ""
    return str(TOO_LONG if text else NO_TEXT)


def _new(connection: Connection, meeting: int, typed: Mapping[str, str]) -> dict[str, Any]:
    speaker = focus_groups.participant_with(connection, meeting, typed["speaker"])
    return {
        "key": typed["key"],
        "focus_group_id": meeting,
        "position": stored.next_position(connection, meeting),
        "text": typed["text"],
        "speaker_id": speaker,
        "minute": int(typed["minute"]) if typed["minute"] else None,
        "source": "live",
        "written_by": signed_in().email,
        "written_at": now(),
    }


def _page(connection: Connection, row: Row[Any], page: Shown) -> str:
    lines = stored.listed(connection, row.id)
    given = [(one.excerpt_id, one) for one in stored.codes(connection, row.id)]
    return render_template(
        "staff/focus_notes.html",
        row=row,
        participants=focus_groups.participants(connection, row.id),
        key=page.typed.get("key") or secrets.token_hex(16),
        to_propose=lambda line, about: to_propose(about, row.id, excerpt=[line]),
        to_code=lambda line: url_for(".add_note_code", meeting=row.id, excerpt=line),
        to_take_back=lambda line, code: url_for(".remove_note_code", meeting=row.id, excerpt=line, code=code),
        **coding_parts(connection, lines, given, page),
    )
