"""Who helped, asked at the end in easy words (G1, G2); a form that somebody else filled in is not sent."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import helping
from surveyapp.collection.response import Response
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.helped_words import HELPED, QUESTIONS, HelpQuestion, said
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.pages import gaps
from surveyapp.web.respondent import page
from surveyapp.web.services import services
from surveyapp.web.voice import voice

blueprint = Blueprint("helping", __name__, url_prefix="/q/<key>/chi")
blueprint.before_request(refuse_other_origins)

Keep = Callable[[Connection, Response, list[str]], None]


def _keep_helped(connection: Connection, response: Response, chosen: list[str]) -> None:
    keep = helping.say_helped if chosen == [HELPED] else helping.say_alone
    keep(connection, response)


KEEP: Mapping[str, Keep] = {
    "helped": _keep_helped,
    "helper": lambda connection, response, chosen: helping.say_helper(connection, response, chosen[0]),
    "kinds": helping.say_kinds,
}


@blueprint.get("/<address>")
def ask(key: str, address: str) -> str | Reply:
    """One question about help, with what was said before."""
    name = _named(address)
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if not _is_its_turn(response, name):
        return redirect(where_to_go_on(response), 303)
    error = "empty_chosen" if "manca" in request.args else ""
    return _page(response, name, said(response, name), error)


@blueprint.post("/<address>")
def keep(key: str, address: str) -> str | Reply | tuple[str, int]:
    """Keep what was said, and go to the next question about help or to the review."""
    name = _named(address)
    chosen = list(dict.fromkeys(request.form.getlist("help")))
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        if not _is_its_turn(response, name):
            return redirect(where_to_go_on(response), 303)
        if not _are_options(QUESTIONS[name], chosen):
            return _page(response, name, (), "not_an_option"), 422
        if chosen and "salta" not in request.form:
            KEEP[name](connection, response, chosen)
        elif "salta" not in request.form and "again" not in request.form:
            return redirect(_address(response, name, manca=1), 303)
    return redirect(_after(response, name, chosen), 303)


@blueprint.get("/altra-persona")
def another(key: str) -> str | Reply:
    """A kind page before it is noted that somebody else answered, and after."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if not _is_its_turn(response, "helped"):
        return redirect(where_to_go_on(response), 303)
    return page(
        "someone_else.html",
        response,
        noted=helping.is_someone_elses(response),
        first=url_for("questions.question", key=key, item_id=response.path[0].id),
        back=_address(response, "helped"),
        others_may=_has_a_form_of_its_own(response),
        gaps=gaps(),
    )


@blueprint.post("/altra-persona")
def note_another(key: str) -> Reply:
    """Note that somebody else answered: kept, not sent, told to who follows the person."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        if not _is_its_turn(response, "helped"):
            return redirect(where_to_go_on(response), 303)
        helping.say_someone_else(connection, response)
    return redirect(url_for(".another", key=key), 303)


def before_review(response: Response) -> str:
    """The page before the review: who helped, where it is asked; else the last question."""
    if not response.path:
        return url_for("invitation.start", key=response.key)
    if helping.is_asked(response):
        return _address(response, "helped")
    return url_for("questions.question", key=response.key, item_id=response.path[-1].id)


def _named(address: str) -> str:
    return next((name for name, one in QUESTIONS.items() if one.address == address), "") or abort(404)


def _is_its_turn(response: Response, name: str) -> bool:
    """After the last question; who and how, only once it was said that somebody helped."""
    at_the_end = response.is_open and bool(response.path) and response.next_item is None
    known = name == "helped" or response.answering.mode == helping.HELPED
    return at_the_end and helping.is_asked(response) and known


def _are_options(asked: HelpQuestion, chosen: list[str]) -> bool:
    return all(one in asked.options for one in chosen) and (asked.several or len(chosen) < 2)


def _after(response: Response, name: str, chosen: list[str]) -> str:
    """The next page; `response` is as it was before."""
    if name == "helped" and not chosen and helping.is_someone_elses(response):
        return url_for(".another", key=response.key)
    if name == "helped" and chosen == [HELPED]:
        return _address(response, "helper")
    if name == "helper":
        return _address(response, "kinds")
    return url_for("questions.review", key=response.key)


def _page(response: Response, name: str, chosen: tuple[str, ...], error: str) -> str:
    return page(
        "helping.html",
        response,
        asked=QUESTIONS[name],
        may_be_another=name == "helped",
        chosen=chosen,
        error=voice(response.form.respondent)[error] if error else "",
        missing=error == "empty_chosen",
        here=_address(response, name),
        back=_back(response, name),
    )


def _back(response: Response, name: str) -> str:
    before = {"helper": "helped", "kinds": "helper"}.get(name)
    if before:
        return _address(response, before)
    if response.answering.mode:  # they come from the review, to change it
        return url_for("questions.review", key=response.key)
    return url_for("questions.question", key=response.key, item_id=response.path[-1].id)


def _has_a_form_of_its_own(response: Response) -> bool:
    """Whether somebody else is asked about the same things, from their own point of view."""
    asked = response.questionnaire
    forms = asked.instrument.forms.values()
    return any(form.respondent == "operator" and asked.asked_as in form.occasions for form in forms)


def _address(response: Response, name: str, **more: Any) -> str:
    return url_for("helping.ask", key=response.key, address=QUESTIONS[name].address, **more)
