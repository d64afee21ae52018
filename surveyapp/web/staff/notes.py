"""Notes of a focus group: typed while people speak, coded to criteria, coded by a second person too."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups import notes as core
from surveyapp.focus_groups.notes import BETWEEN, LONGEST_NOTE, LONGEST_TITLE, Coded
from surveyapp.storage import excerpts as stored
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import dates, later
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.focus_groups import forget_syntheses, found_meeting, typed_text
from surveyapp.web.staff.focus_words import KINDS, warn_of_names
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.pages import blueprint

SECOND = "seconda"
LONGEST_MINUTE = 600
NO_TEXT = later("Scrivi la nota.")
TOO_LONG = later("La nota è troppo lunga: al massimo %(n)s caratteri. Dividila in due.", n=LONGEST_NOTE)
NO_MINUTE = later("Scrivi il minuto con un numero da 0 a 600, oppure lascia in bianco.")
CLOSED = later("Le note di questo incontro sono chiuse: riaprile dalla sua pagina.")
NO_KIND = later("Scegli il tipo.")
NO_CRITERION = later("Scrivi il criterio.")
LONG_CRITERION = later("Il criterio è troppo lungo: al massimo %(n)s caratteri.", n=LONGEST_TITLE)
DECIDED = later("Su questa nota si basa una decisione: resta com'è.")
# What each form of the page is called in the summary of errors: the field to go to.
FIELDS = {
    "text": "testo",
    "minute": "minuto",
    "criterion": "criterio",
    "kind": "tipo",
    "correction": "corretta",
}


@dataclass(frozen=True)
class Shown:
    """What a page shows beside what is stored: the note that is open, what was typed, what is wrong."""

    open: int | None
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    second: bool = False


@blueprint.get("/focus-group/<int:meeting>/note")
def notes(meeting: int) -> str:
    """The notes, one of them open to be coded: the one that the address names, else the last."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        return _page(connection, row, Shown(_asked_for(), {}, {}, _is_second()))


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
    second = _is_second()
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        if stored.found(connection, meeting, excerpt) is None:
            abort(404)
        criterion, wrong = _criterion(connection, meeting, typed)
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
    return _back(meeting, excerpt, second=_is_second())


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


def _is_second() -> bool:
    return request.values.get("come") == SECOND


def _asked_for() -> int | None:
    asked = request.args.get("nota", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


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


def _criterion(
    connection: Connection, meeting: int, typed: Mapping[str, str]
) -> tuple[str | None, dict[str, str]]:
    """The criterion that was typed, made when it is new; or what is wrong, by field."""
    wrong = {} if typed["kind"] in KINDS else {"kind": str(NO_KIND)}
    words, new = typed["criterion"], stored.new_criteria(connection)
    criteria = core.criteria_of(services().catalogue, new)
    found = core.meant(words, criteria)
    if found or wrong:
        return found, wrong
    if not words or len(words) > LONGEST_TITLE:
        return None, {"criterion": str(LONG_CRITERION if words else NO_CRITERION)}
    if typed["kind"] != "new_criterion":
        return None, {"criterion": _not_found(words, criteria)}
    code = core.next_code(new)
    stored.add_criterion(connection, code, words, meeting, now())
    return code, {}


def _not_found(words: str, criteria: Mapping[str, str]) -> str:
    near = core.near(words, criteria)
    if near:
        return _("Quale criterio? Forse: %(near)s.", near="; ".join(near))
    return _("Nessun criterio si chiama così. Se è nuovo, scegli il tipo «Criterio nuovo».")


def _page(connection: Connection, row: Row[Any], page: Shown) -> str:
    lines, rows = stored.listed(connection, row.id), stored.codes(connection, row.id)
    codes = [Coded(one.excerpt_id, one.coder, one.criterion) for one in rows]
    left = _left(lines, codes)
    listed = left if page.second else lines
    return render_template(
        "staff/focus_notes.html",
        row=row,
        lines=listed,
        opened=_opened(listed, lines, page),
        criteria=core.criteria_of(services().catalogue, stored.new_criteria(connection)),
        between=BETWEEN,
        kinds=KINDS,
        participants=focus_groups.participants(connection, row.id),
        left=len(left),
        key=page.typed.get("key") or secrets.token_hex(16),
        page=page,
        fields=FIELDS,
        **_codes_shown(lines, rows, codes),
        **_agreement(lines, codes),
    )


def _left(lines: list[Row[Any]], codes: list[Coded]) -> list[Row[Any]]:
    """The notes drawn for a second person that this one has not coded yet."""
    mine = {code.excerpt for code in codes if code.coder == signed_in().email}
    drawn = core.drawn({line.id: line.key for line in lines})
    return [line for line in lines if line.id in drawn - mine]


def _codes_shown(lines: list[Row[Any]], rows: list[Row[Any]], codes: list[Coded]) -> dict[str, Any]:
    """The codes that this person may see, by note; and which notes hold others."""
    seen = {code.excerpt for code in core.may_see(codes, signed_in().email)}
    shown = {
        line.id: [one for one in rows if one.excerpt_id == line.id and line.id in seen] for line in lines
    }
    return {
        "codes": shown,
        "hidden": {code.excerpt for code in codes} - seen,
        "viewer": signed_in().email,
    }


def _agreement(lines: list[Row[Any]], codes: list[Coded]) -> dict[str, Any]:
    twice = core.coded_twice(codes, {line.id: line.key for line in lines})
    kappa = twice.agreement.kappa
    words = None if kappa is None else format_decimal(kappa, "0.00", locale=dates())
    return {"twice": twice, "kappa": words}


def _opened(listed: list[Row[Any]], lines: list[Row[Any]], page: Shown) -> Row[Any] | None:
    """The note to be coded: the one asked for; else the last, or the first that a second coder has left."""
    asked = next((line for line in lines if line.id == page.open), None)
    if asked or not listed:
        return asked
    return listed[0] if page.second else listed[-1]
