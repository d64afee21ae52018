"""The voice of the questions: what is read aloud, which recordings there are; one is added, one deleted."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.instruments.model import Instrument
from surveyapp.sheets.aloud import Spoken, forms_read, texts
from surveyapp.storage import recordings as stored
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.recording_tables import MAX_BYTES
from surveyapp.storage.recordings import VOICE, NewRecording
from surveyapp.study.recordings import place_of
from surveyapp.study.sound import Sound, sound_of
from surveyapp.web.aloud import known, sound
from surveyapp.web.languages import gettext as _
from surveyapp.web.languages import later
from surveyapp.web.services import now, services
from surveyapp.web.staff import recordings_shown
from surveyapp.web.staff.guard import signed_in
from surveyapp.web.staff.instruments_known import family
from surveyapp.web.staff.pages import blueprint, today_here
from surveyapp.web.staff.recordings_shown import FormPicked, form_picked

NO_FILE = later("Scegli un file da caricare.")
TOO_BIG = later(
    "Il file è troppo grande: può avere al massimo 2 MB. Mezzo minuto di voce in mp3 ne occupa meno di uno."
)
NOT_A_SOUND = later(
    "Questo file non va bene: servono file mp3, oppure ogg (Opus o Vorbis). Un altro tipo di registrazione va"
    " prima convertito: cambiare il nome del file non basta."
)


class _RefusedError(Exception):
    """The file cannot be kept; the message says why, `status` is that of the reply."""

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


@blueprint.get("/strumenti/<instrument>/<version>/voce")
def recordings(instrument: str, version: str) -> str:
    """The texts of a form that are read aloud, each with its recordings."""
    shown = _instrument(instrument, version)
    return _page(shown, form_picked(shown, request.args) if forms_read(shown) else None)


@blueprint.post("/strumenti/<instrument>/<version>/voce")
def upload_recording(instrument: str, version: str) -> Reply | tuple[str, int]:
    """Keep a recording of one text; or show the page again and say why not."""
    shown = _instrument(instrument, version)
    if not forms_read(shown):
        abort(404)
    picked = form_picked(shown, request.form)
    text = _text(shown, picked)
    try:
        content, found = _sent()
    except _RefusedError as refused:
        return _page(shown, picked, error=str(refused), wrong=text), refused.status
    place = place_of(shown.id, picked.form, picked.variant, text)
    new = NewRecording(place, VOICE, found.media_type, content, found.seconds)
    with writing(services().engine) as connection:
        stored.keep(connection, [new], signed_in().email, now())
    known().forget()
    flash(_("Registrazione caricata: %(item)s.", item=text.item))
    return redirect(_address(shown, picked.form, picked.variant, text), 303)


@blueprint.get("/strumenti/<instrument>/<version>/voce/<int:recording>")
def recording_sound(instrument: str, version: str, recording: int) -> Reply:
    """One recording, to be heard."""
    with reading(services().engine) as connection:
        found = stored.sound(connection, _instrument(instrument, version).id, recording)
    return sound(found or abort(404))


@blueprint.post("/strumenti/<instrument>/<version>/voce/<int:recording>/elimina")
def delete_recording(instrument: str, version: str, recording: int) -> Reply:
    """Delete one recording."""
    shown = _instrument(instrument, version)
    with writing(services().engine) as connection:
        found = stored.sound(connection, shown.id, recording) or abort(404)
        stored.remove(connection, recording)
    known().forget()
    flash(_("Registrazione eliminata: %(item)s.", item=found.item))
    return redirect(_address(shown, found.form, found.variant), 303)


def _instrument(instrument: str, version: str) -> Instrument:
    """The version; 404 for a module, whose questions are recorded where they are asked."""
    found = family(services().catalogue, instrument, today_here())
    if found is None or found.is_module:
        abort(404)
    return found.readable.get(version) or abort(404)


def _text(shown: Instrument, picked: FormPicked) -> Spoken:
    """The text that the form of the page names; 404 where the version has no such text to record."""
    wanted = (request.form.get("item"), request.form.get("testo"))
    found = (text for text in texts(shown, picked.form, picked.variant) if not text.repeats)
    return next((text for text in found if (text.item, text.sha256) == wanted), None) or abort(404)


def _sent() -> tuple[bytes, Sound]:
    """The file that was sent, read no further than it may be long. Raises _RefusedError."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise _RefusedError(NO_FILE)
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _RefusedError(TOO_BIG, 413)
    found = sound_of(content)
    if found is None:
        raise _RefusedError(NOT_A_SOUND)
    return content, found


def _page(shown: Instrument, picked: FormPicked | None, error: str = "", wrong: Spoken | None = None) -> str:
    where = recordings_shown.anchor(wrong) if wrong else ""
    values: dict[str, Any] = {"instrument": shown, "picked": picked, "error": error, "wrong": where}
    if picked:
        with reading(services().engine) as connection:
            rows = stored.listed(connection, shown.id, picked.form, picked.variant)
        zone = services().settings.time_zone
        values["found"] = recordings_shown.found(services().catalogue, shown, picked, rows, zone)
    return render_template("staff/recordings.html", **values)


def _address(shown: Instrument, form: str, variant: str, text: Spoken | None = None) -> str:
    """The page, at the text that was worked on."""
    where: dict[str, Any] = {"scheda": form, "variante": variant}
    if text:
        where["_anchor"] = recordings_shown.anchor(text)
    return url_for(".recordings", instrument=shown.id, version=shown.version, **where)
