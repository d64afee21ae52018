"""Notes that were typed in a spreadsheet: a CSV file comes in whole, or every line that is wrong is told."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.imports import NotesSummary, import_notes
from surveyapp.instruments.source import Problem
from surveyapp.storage.engine import reading, writing
from surveyapp.study.csv_file import MAX_BYTES
from surveyapp.study.errors import ImportRefusedError, RefusedError
from surveyapp.web.languages import gettext as _
from surveyapp.web.services import now, services
from surveyapp.web.staff.focus_groups import found_meeting
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.notes import CLOSED
from surveyapp.web.staff.pages import blueprint
from surveyapp.web.staff.transcript import MOST_SENT, NO_FILE

# More lines than these are corrected in several turns.
MOST_TOLD = 30


@blueprint.url_value_preprocessor
def room_for_notes(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file of notes may be longer than any other form; said before anything reads the form."""
    if endpoint == "staff.read_notes_file":
        request.max_content_length = MOST_SENT


@blueprint.get("/focus-group/<int:meeting>/note-da-file")
def notes_file(meeting: int) -> str:
    """The form for a file."""
    with reading(services().engine) as connection:
        return _page(found_meeting(connection, meeting))


@blueprint.post("/focus-group/<int:meeting>/note-da-file")
def read_notes_file(meeting: int) -> Reply | tuple[str, int]:
    """Keep the notes of a file, or none of them and say why."""
    with reading(services().engine) as connection:
        row = found_meeting(connection, meeting)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(row, str(NO_FILE)), 422
    data = file.read(MAX_BYTES + 1)
    try:
        with writing(services().engine) as connection:
            by = signed_in().email
            done = import_notes(connection, services().catalogue, row.code, data, by, now())
    except ImportRefusedError as refused:
        return _page(row, _("Il file non è stato letto: correggi le righe qui sotto."), refused.problems), 422
    except RefusedError:  # the meeting is there: its notes are closed
        return _page(row, str(CLOSED)), 422
    _tell(done)
    return redirect(url_for(".notes", meeting=meeting), 303)


def _tell(done: NotesSummary) -> None:
    flash(_("Note nuove: %(added)s. C'erano già: %(known)s.", added=done.added, known=done.unchanged))
    if done.named:
        lines = ", ".join(map(str, done.named))
        flash(_("Controlla le righe %(lines)s del file: forse c'è un nome.", lines=lines))


def _page(row: Row[Any], error: str = "", problems: Sequence[Problem] = ()) -> str:
    return render_template(
        "staff/focus_notes_file.html",
        row=row,
        error=error,
        problems=problems[:MOST_TOLD],
        more=max(0, len(problems) - MOST_TOLD),
    )
