"""One question a page: show, save, go on; then review, send, thanks."""

import secrets
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import helping, resting
from surveyapp.collection.response import Current, Response
from surveyapp.collection.saving import Given, Saved, save
from surveyapp.collection.submitting import submit
from surveyapp.instruments.answers import Answer, ResponseFormat
from surveyapp.instruments.model import Item
from surveyapp.sheets.answers import in_words
from surveyapp.storage.answering import closed_at
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.addresses import page_url
from surveyapp.web.aloud import heard, listening
from surveyapp.web.days import day_in_words
from surveyapp.web.forms import SKIP, as_sent, sent_now, waited
from surveyapp.web.helped_words import helped_words
from surveyapp.web.helping import before_review
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.pages import gaps
from surveyapp.web.parts import parts_of
from surveyapp.web.place import place
from surveyapp.web.question_page import question_page
from surveyapp.web.reading import WRITTEN, RefusedError, Sent, read
from surveyapp.web.respondent import page
from surveyapp.web.review import reviewed
from surveyapp.web.section_page import back_from
from surveyapp.web.services import now, services
from surveyapp.web.voice import voice

blueprint = Blueprint("questions", __name__, url_prefix="/q/<key>")
blueprint.before_request(refuse_other_origins)

LONGEST_KEY = 40


@dataclass(frozen=True)
class Shown:
    """What a question page shows beside the question: what was sent, an error, and what it has seen.

    `missing` is true when the error is that nothing was sent.
    """

    sent: Sent
    seen: int | str
    error: str = ""
    again: bool = False
    missing: bool = False


@blueprint.get("/domanda/<item_id>")
def question(key: str, item_id: str) -> str | Reply:
    """The page of one question, with the answer given before."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    item = _item(response, item_id)
    if not response.is_open or _is_ahead(response, item):
        return redirect(where_to_go_on(response), 303)
    return _question_page(response, item, _as_it_stands(response, item))


@blueprint.post("/domanda/<item_id>")
def answer(key: str, item_id: str) -> str | Reply | tuple[str, int]:
    """Save the answer and go to the next question, or show the question again and say why."""
    request.get_data()  # kept before the form is parsed: forms.readable looks at the bytes
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        item = _item(response, item_id)
        given, shown, status = _read(response, item)
        saved = _save(connection, response, item, given) if given else None
    if given is None and not shown.error:
        again = _same_address(response, item, manca=str(_answer_id(response, item)), **heard())
        return redirect(again, 303)
    if given is None:
        return _question_page(response, item, shown), status
    if saved is Saved.CLOSED:
        words = in_words(response.questionnaire, item, given) if given != SKIP else ()
        return page("closed.html", response, words=words, gaps=gaps()), 409
    if saved is Saved.STALE:
        return _choose_page(response, item, given), 409
    return redirect(_next_address(response, item, given), 303)


@blueprint.get("/pausa")
def pause(key: str) -> str:
    """The answers are kept: how to come back."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return page("pause.html", response)


@blueprint.get("/riepilogo")
def review(key: str) -> str | Reply:
    """Every question with its answer, before sending."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if not response.is_open or response.next_item or helping.is_someone_elses(response):
        return redirect(where_to_go_on(response), 303)
    back, helped = _back_from_review(response), helped_words(response)
    return page("review.html", response, sections=reviewed(response), back=back, helped=helped)


@blueprint.post("/invia")
def send(key: str) -> Reply:
    """Send the answers; with something still open, go there."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        sent = submit(connection, response, now())
    return redirect(url_for(".thanks", key=key) if sent else where_to_go_on(response), 303)


@blueprint.get("/grazie")
def thanks(key: str) -> str | Reply:
    """The answers were sent: what happens now."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if response.state != "submitted":
        return redirect(where_to_go_on(response), 303)
    return page("thanks.html", response, gaps=gaps())


@blueprint.get("/risposte")
def sent_answers(key: str) -> str | Reply:
    """The answers that were sent, to be read only."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
        sent = closed_at(connection, response.administration_id)
    if response.state != "submitted":
        return redirect(where_to_go_on(response), 303)
    return page("sent.html", response, sections=reviewed(response), day=day_in_words(sent))


def _item(response: Response, item_id: str) -> Item:
    return response.questionnaire.asked_by_id.get(item_id) or abort(404)


def _format(response: Response, item: Item) -> ResponseFormat:
    return response.questionnaire.wording(item).format


def _say(response: Response, words: str) -> str:
    return voice(response.form.respondent)[words]


def _answer_id(response: Response, item: Item) -> int:
    return response.current[item.id].id if item.id in response.current else 0


def _as_it_stands(response: Response, item: Item) -> Shown:
    """The answer stored, if any. `manca` in the address: nothing was sent while this was the answer.

    The error of an empty answer has an address of its own, so that the browser's back button never meets a
    page that was posted (it would show a warning instead of the question).
    """
    answer_id, declared = _answer_id(response, item), _format(response, item)
    shown = Shown(as_sent(declared, response.answers[item.id]), answer_id) if answer_id else Shown(Sent(), "")
    if request.args.get("manca") != str(answer_id):
        return shown
    kind = declared.kind if declared.kind in WRITTEN else "chosen"
    return replace(shown, error=_say(response, f"empty_{kind}"), again=True, missing=True)


def _is_ahead(response: Response, item: Item) -> bool:
    ids = [asked.id for asked in response.path]
    if item.id not in ids:
        return True
    return response.next_item is not None and ids.index(item.id) > ids.index(response.next_item.id)


def _read(response: Response, item: Item) -> tuple[Answer | None, Shown, int]:
    """The answer that was sent; or none, with what to show again and its status.

    Without an answer and without an error nothing was sent at all.
    """
    declared, again = _format(response, item), "again" in request.form
    sent = sent_now(declared)
    shown = Shown(sent, request.form.get("seen", ""))
    if "salta" in request.form:
        if sent.values and declared.kind in WRITTEN and not again:
            return None, replace(shown, error=_say(response, "typed"), again=True), 200
        return SKIP, shown, 200
    try:
        found = read(declared, sent)
    except RefusedError as refused:
        return None, replace(shown, error=_say(response, refused.words).format(**refused.details)), 422
    return found or (SKIP if again else None), shown, 200


def _save(connection: Connection, response: Response, item: Item, given: Answer) -> Saved:
    written = request.form.get("seen", "")
    seen = int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else None
    key = request.form.get("key", "").replace("\0", "")[:LONGEST_KEY] or secrets.token_hex(8)
    sent = Given(item.id, given, key, seen, _mode(response), waited=waited())
    return save(connection, response, sent, now())


def _mode(response: Response) -> str:
    """How this answer was given: the script that reads aloud says so (static/leggi.js)."""
    aloud = response.mode == "self" and request.form.get("aloud") == "1"
    return "read_aloud" if aloud else response.mode


def _next_address(before: Response, item: Item, given: Answer) -> str:
    response = replace(before, current={**before.current, item.id: Current(0, 0, "", given)})
    from_review = _from_review()
    following = response.next_item if from_review else response.after(item.id)
    key = request.form.get("key", "")
    if following and not from_review and resting.is_time(before, item.id, given, key, now()):
        return url_for("resting.offer", key=response.key)
    address = _address(response, following, salvata="1", **from_review)
    # Who fills in many forms by keyboard starts at the question, not at the links above it.
    return address if following is None or response.is_participants else f"{address}#domanda"


def _address(response: Response, item: Item | None, **more: str) -> str:
    """The address of a question; without one, of what comes after the last."""
    if item is None:
        return url_for(".review", key=response.key) if _from_review() else where_to_go_on(response)
    return page_url("questions.question", response.key, item.id, **more)


def _same_address(response: Response, item: Item, **more: str) -> str:
    return _address(response, item, **_from_review(), **more)


def _from_review() -> dict[str, str]:
    return {"da": "riepilogo"} if request.args.get("da") == "riepilogo" else {}


def question_alone(response: Response, item: Item) -> str:
    """Title and main part of a question's page, without what stands around."""
    return _question_page(response, item, _as_it_stands(response, item), layout="alone.html")


def _question_page(response: Response, item: Item, shown: Shown, **more: str) -> str:
    asked = question_page(response.questionnaire, item)
    return page(
        "question.html",
        response,
        page=asked,
        listening=listening(response, item),
        heard=heard(),
        text=asked.worded(response.texts),
        guide=asked.guide(response.texts),
        shown=shown,
        checked=shown.sent.reasons if asked.field else shown.sent.values + shown.sent.reasons,
        page_key=secrets.token_hex(8),
        here=_same_address(response, item),
        back=_back(response, item),
        place=place(response, item),
        **more,
    )


def _choose_page(response: Response, item: Item, given: Answer) -> str:
    """Another answer came from elsewhere: both are shown, the person chooses."""
    stored = response.current[item.id]
    following = response.after(item.id)
    return page(
        "choose.html",
        response,
        text=question_page(response.questionnaire, item).worded(response.texts),
        stored=in_words(response.questionnaire, item, stored.answer),
        mine=in_words(response.questionnaire, item, given),
        mine_sent=as_sent(_format(response, item), given),
        heard=heard(),
        seen=stored.id,
        page_key=secrets.token_hex(8),
        here=_same_address(response, item),
        go_on=_address(response, following),
        place=place(response, item),
    )


def _back_from_review(response: Response) -> str:
    return before_review(response) if response.is_participants else back_from(parts_of(response), None)


def _back(response: Response, item: Item) -> str:
    if _from_review():
        return url_for(".review", key=response.key)
    before = response.before(item.id)
    if before is None:
        return url_for("invitation.start", key=response.key)
    return page_url("questions.question", response.key, before.id)
