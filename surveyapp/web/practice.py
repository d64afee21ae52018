"""Practice before the first question (C8): the same page as a question, clearly said not to count."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import practice
from surveyapp.collection.practice import ALONE, WITH_HELP, Tried
from surveyapp.collection.response import Response
from surveyapp.instruments.answers import SCORABLE, Answer
from surveyapp.instruments.model import Item
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.forms import SKIP, as_sent, sent_now
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.question_page import practice_items, question_page
from surveyapp.web.reading import RefusedError, Sent, read
from surveyapp.web.respondent import page
from surveyapp.web.services import now, services
from surveyapp.web.voice import voice

blueprint = Blueprint("practice", __name__, url_prefix="/q/<key>/prova")
blueprint.before_request(refuse_other_origins)


@dataclass(frozen=True)
class Shown:
    """What a practice page shows: what was sent, and an error; `missing` when nothing was sent."""

    sent: Sent
    error: str = ""
    missing: bool = False


@blueprint.get("/")
def go_on(key: str) -> Reply:
    """To the first practice question without an answer, or past them."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
        done = _tried(connection, response)
    return redirect(_where_to_go_on(response, done), 303)


@blueprint.get("/<int:place>", defaults={"attempt": ALONE})
@blueprint.get("/ancora/<int:place>", defaults={"attempt": WITH_HELP})
def question(key: str, place: int, attempt: int) -> str | Reply:
    """One practice question, with what was answered to it before."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
        done = _tried(connection, response)
    if not _is_reached(response, done, (attempt, place)):
        return redirect(_where_to_go_on(response, done), 303)
    return _page(response, attempt, place, _as_it_stands(response, done.get((attempt, place)), place))


@blueprint.post("/<int:place>", defaults={"attempt": ALONE})
@blueprint.post("/ancora/<int:place>", defaults={"attempt": WITH_HELP})
def answer(key: str, place: int, attempt: int) -> str | Reply | tuple[str, int]:
    """Keep what was tried, apart from the answers, and go on."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        done = _tried(connection, response)
        if not _is_reached(response, done, (attempt, place)):
            return redirect(_where_to_go_on(response, done), 303)
        given, shown = _read(response, place)
        found = practice.keep(connection, response, (attempt, place), given, now()) if given else None
    if shown.error:
        return _page(response, attempt, place, shown), 422
    if given is None:
        return redirect(_address(response, attempt, place, manca=1), 303)
    if found:
        return redirect(_after(response, found), 303)
    return redirect(_following(response, (attempt, place)), 303)


@blueprint.get("/ancora")
def again(key: str) -> str | Reply:
    """A kind page: the same questions once more, together with somebody."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
        done = _tried(connection, response)
    if not _is_reached(response, done, (WITH_HELP, 1)):
        return redirect(_where_to_go_on(response, done), 303)
    back = _address(response, ALONE, len(practice.questions(response)))
    return page("practice_again.html", response, first=_address(response, WITH_HELP, 1), back=back)


@blueprint.post("/ancora")
def stop(key: str) -> Reply:
    """Go to the questions without trying once more."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        done = _tried(connection, response)
        if _is_reached(response, done, (WITH_HELP, 1)):
            practice.end(connection, response, practice.NOT_PASSED)
    return redirect(url_for("invitation.go_on", key=key), 303)


@blueprint.get("/insieme")
def together(key: str) -> str | Reply:
    """It may be easier with somebody: said once, and nobody is stopped."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if not response.is_open or response.answering.practice != practice.NOT_PASSED or response.current:
        return redirect(where_to_go_on(response), 303)
    return page("practice_together.html", response)


def _item(response: Response, place: int) -> Item:
    items = practice_items(response.questionnaire)
    return [item for item in items if response.questionnaire.wording(item).format.kind in SCORABLE][place - 1]


def _tried(connection: Connection, response: Response) -> Tried:
    return practice.tried(connection, response) if practice.is_due(response) else {}


def _is_reached(response: Response, done: Tried, question: tuple[int, int]) -> bool:
    """Whether this question is the next one, or comes before it. 404: there is no such question."""
    count = len(practice.questions(response))
    if not 1 <= question[1] <= count:
        abort(404)
    following = practice.next_question(count, done)
    return practice.is_due(response) and following is not None and question <= following


def _where_to_go_on(response: Response, done: Tried) -> str:
    if not practice.is_due(response):
        return where_to_go_on(response)
    attempt, place = practice.next_question(len(practice.questions(response)), done) or (WITH_HELP, 1)
    if (attempt, place) == (WITH_HELP, 1):
        return url_for(".again", key=response.key)
    return _address(response, attempt, place)


def _following(response: Response, question: tuple[int, int]) -> str:
    """The page after a question that does not end the practice."""
    attempt, place = question
    if place < len(practice.questions(response)):
        return _address(response, attempt, place + 1)
    return url_for(".again", key=response.key)


def _after(response: Response, found: str) -> str:
    if found == practice.NOT_PASSED:
        return url_for(".together", key=response.key)
    return url_for("invitation.go_on", key=response.key)


def _as_it_stands(response: Response, given: Answer | None, place: int) -> Shown:
    item = _item(response, place)
    sent = as_sent(response.questionnaire.wording(item).format, given) if given else Sent()
    if "manca" in request.args and given is None:
        return Shown(sent, voice(response.form.respondent)["empty_chosen"], missing=True)
    return Shown(sent)


def _read(response: Response, place: int) -> tuple[Answer | None, Shown]:
    """What was sent; a second page without a choice skips, as everywhere."""
    declared = response.questionnaire.wording(_item(response, place)).format
    sent = sent_now(declared)
    if "salta" in request.form:
        return SKIP, Shown(sent)
    try:
        found = read(declared, sent)
    except RefusedError as refused:
        words = voice(response.form.respondent)[refused.words].format(**refused.details)
        return None, Shown(sent, words)
    return found or (SKIP if "again" in request.form else None), Shown(sent)


def _page(response: Response, attempt: int, place: int, shown: Shown) -> str:
    count = len(practice.questions(response))
    asked = question_page(response.questionnaire, _item(response, place))
    return page(
        "practice.html",
        response,
        page=asked,
        guide=asked.guide({}),
        shown=shown,
        here=_address(response, attempt, place),
        back=_back(response, attempt, place),
        place=f"Prova {place} di {count}" + (", ancora una volta" if attempt == WITH_HELP else ""),
    )


def _back(response: Response, attempt: int, place: int) -> str:
    if place > 1:
        return _address(response, attempt, place - 1)
    if attempt == WITH_HELP:
        return url_for(".again", key=response.key)
    return url_for("invitation.start", key=response.key)


def _address(response: Response, attempt: int, place: int, **more: Any) -> str:
    return url_for(".question", key=response.key, place=place, attempt=attempt, **more)
