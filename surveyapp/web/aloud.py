"""«Ascolta»: the recording of a question, and what its page needs to know to have it read aloud.

The page asks the database nothing more: which texts have a recording is known to each process, and read anew
at most once a minute. Whoever uploads a recording meets it at once where the same process answers, within a
minute anywhere else; one that was deleted meanwhile gives 404, and the browser's voice reads instead.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Flask, abort, current_app, request, send_file, url_for
from sqlalchemy import Engine
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Response
from surveyapp.instruments.model import Item
from surveyapp.sheets.aloud import Spoken, spoken
from surveyapp.storage import recordings
from surveyapp.storage.answering import AnyRow
from surveyapp.storage.engine import reading
from surveyapp.storage.recordings import Place
from surveyapp.web.access import opened
from surveyapp.web.question_page import Key, page_key
from surveyapp.web.services import services

blueprint = Blueprint("aloud", __name__, url_prefix="/q/<key>")

SECONDS_KNOWN = 60
# The address has the start of the digest of the sound: a new sound has a new address.
KEPT = "private, max-age=86400"
IN_ADDRESS = 12

# Published versions never change: what is read of an item in its context is put together once.
_SPOKEN: dict[Key, Spoken] = {}


@dataclass(frozen=True)
class Listening:
    """What a page needs to be read aloud. `repeats`: the person's own words stand in it.

    `address` is that of the recording; empty where there is none.
    """

    repeats: bool
    address: str = ""
    media_type: str = ""


class Known:
    """Which texts have a recording, as this process knows it."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._engine = engine
        self._found: Mapping[Place, AnyRow] = {}
        self._read_at: float | None = None

    def find(self, place: Place) -> AnyRow | None:
        """The recording of a text, without its content."""
        if self._read_at is None or self.clock() - self._read_at >= SECONDS_KNOWN:
            self._read_at = self.clock()  # before reading: who comes meanwhile uses what was known
            with reading(self._engine) as connection:
                self._found = recordings.best_of_all(connection)
        return self._found.get(place)

    def forget(self) -> None:
        """Read anew at the next question: a recording was added or deleted here."""
        self._read_at = None


def add_to(app: Flask) -> None:
    """Add the recordings to the application."""
    app.extensions["surveyapp.recordings"] = Known(app.extensions["surveyapp"].engine)
    app.register_blueprint(blueprint)


def known() -> Known:
    """The recordings that this application knows of."""
    found: Known = current_app.extensions["surveyapp.recordings"]
    return found


@blueprint.get("/audio/<item_id>")
def recording(key: str, item_id: str) -> Reply:
    """The recording of a question, for who may answer it; by parts, as telephones ask for it."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
        item = response.questionnaire.asked_by_id.get(item_id) or abort(404)
        found = recordings.best(connection, _place(response, item))
    return sound(found or abort(404))


def sound(found: AnyRow) -> Reply:
    """The reply with a sound: media_type, content, digest."""
    reply = send_file(
        BytesIO(found.content), mimetype=found.media_type, etag=found.digest, conditional=True, max_age=0
    )
    reply.headers["Cache-Control"] = KEPT  # only where web.headers lets it
    return reply


def listening(response: Response, item: Item) -> Listening | None:
    """How the page of a question may be read aloud; None where nobody asked for it."""
    if not response.is_participants or response.reading.aloud != "on":
        return None
    if _spoken(response, item).repeats:
        return Listening(repeats=True)
    found = known().find(_place(response, item))
    if found is None:
        return Listening(repeats=False)
    version = found.digest[:IN_ADDRESS]
    address = url_for("aloud.recording", key=response.key, item_id=item.id, v=version)
    return Listening(False, address, found.media_type)


def heard() -> Mapping[str, str]:
    """The field that says that the question was read aloud, where the request has it: it is sent on."""
    sent = request.form if request.method == "POST" else request.args
    return {"aloud": "1"} if sent.get("aloud") == "1" else {}


def _spoken(response: Response, item: Item) -> Spoken:
    key = page_key(response.questionnaire, item)
    if key not in _SPOKEN:
        _SPOKEN[key] = spoken(response.questionnaire, item)
    return _SPOKEN[key]


def _place(response: Response, item: Item) -> Place:
    asked, text = response.questionnaire, _spoken(response, item)
    return Place(asked.instrument.id, text.item, asked.form, asked.variant, text.sha256)
