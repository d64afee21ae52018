"""Import of a transcript into a focus group: read, shown as it would be cut, kept."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.names import looks_like_names
from surveyapp.focus_groups.transcripts import (
    MAX_BYTES,
    MAX_TEXT,
    Piece,
    TranscriptError,
    as_text,
    marked,
    pieces_of,
)
from surveyapp.storage import excerpts as stored
from surveyapp.storage import focus_groups
from surveyapp.storage.engine import reading, writing
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff.focus_groups import found_meeting, typed_text
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.notes import CLOSED
from surveyapp.web.staff.pages import blueprint

# The file and the fields around it: a little more than a file may be, so that it is refused in our words.
MOST_SENT = MAX_BYTES + 1024 * 1024
NO_FILE = later("Scegli un file.")
ERRORS: Mapping[str, str] = {
    "too_big": later(
        "Il file è troppo grande: può avere al massimo 5 MB e dieci ore di parlato. Dividilo in parti."
    ),
    "no_text": later("Questo file non è un testo: servono file .txt, .vtt o .docx."),
    "empty": later("In questo file non c'è nessuna parola."),
    "broken_docx": later("Questo documento non si apre: salvalo di nuovo come .docx, oppure come .txt."),
}
EMPTY = later("Non c'è nessun estratto da tenere.")


@blueprint.url_value_preprocessor
def room_for_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A transcript may be longer than any other form; said before anything reads the form."""
    if endpoint == "staff.read_transcript":
        request.max_content_length = MOST_SENT


@blueprint.get("/focus-group/<int:meeting>/trascrizione")
def transcript(meeting: int) -> str:
    """The form for a file."""
    with reading(services().engine) as connection:
        return _page(found_meeting(connection, meeting), "", "")


@blueprint.post("/focus-group/<int:meeting>/trascrizione")
def read_transcript(meeting: int) -> str | tuple[str, int]:
    """Show how a file would be cut; nothing is kept yet."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
        codes = _codes(connection, meeting)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(row, "", str(NO_FILE)), 422
    try:
        found = pieces_of(file.filename, file.read(MAX_BYTES + 1))
    except TranscriptError as refused:
        status = 413 if str(refused) == "too_big" else 422
        return _page(row, "", str(ERRORS[str(refused)])), status
    return _page(row, as_text(found), "", marked(as_text(found), codes))


@blueprint.post("/focus-group/<int:meeting>/trascrizione/tieni")
def keep_transcript(meeting: int) -> Reply | tuple[str, int]:
    """Keep the excerpts as they are in the field; what is sent twice is kept once."""
    text, key = typed_text("text"), typed_text("key")[:30] or secrets.token_hex(12)
    with writing(services().engine) as connection:
        row = found_meeting(connection, meeting, locked=True)
        pieces = marked(text, _codes(connection, meeting))
        if stored.known(connection, [f"{key}-1"]):
            flash(_("Questi estratti c'erano già."))
            return redirect(url_for(".notes", meeting=meeting), 303)
        if wrong := _wrong(row, text, pieces):
            return _page(row, text, wrong, pieces), 422
        stored.add(connection, _rows(connection, meeting, key, pieces))
    flash(_("Estratti aggiunti: %(number)s.", number=len(pieces)))
    return redirect(url_for(".notes", meeting=meeting), 303)


def _codes(connection: Connection, meeting: int) -> set[str]:
    return {one.code for one in focus_groups.participants(connection, meeting)}


def _wrong(row: Row[Any], text: str, pieces: list[Piece]) -> str:
    if row.closed_at:
        return str(CLOSED)
    if len(text) > 2 * MAX_TEXT:
        return str(ERRORS["too_big"])
    return "" if pieces else str(EMPTY)


def _rows(connection: Connection, meeting: int, key: str, pieces: list[Piece]) -> list[dict[str, Any]]:
    first = stored.next_position(connection, meeting)
    speakers = {one.code: one.id for one in focus_groups.participants(connection, meeting)}
    common = {
        "focus_group_id": meeting,
        "source": "transcript",
        "written_by": signed_in().email,
        "written_at": now(),
    }
    return [
        {
            **common,
            "key": f"{key}-{number + 1}",
            "position": first + number,
            "text": piece.text,
            "speaker_id": speakers.get(piece.speaker),
            "minute": piece.minute,
        }
        for number, piece in enumerate(pieces)
    ]


def _page(row: Row[Any], text: str, error: str, pieces: list[Piece] | None = None) -> str:
    named = [(number, looks_like_names(one.text)) for number, one in enumerate(pieces or [], 1)]
    return render_template(
        "staff/focus_transcript.html",
        row=row,
        text=text,
        error=error,
        pieces=pieces,
        named=[(number, ", ".join(words)) for number, words in named if words],
        key=typed_text("key")[:30] or secrets.token_hex(12),
    )
