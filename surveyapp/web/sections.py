"""Who answers for an office or a company: a page for each section, saved question by question."""

import secrets
from collections.abc import Iterator, Sequence

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Response
from surveyapp.instruments.model import Item
from surveyapp.sheets.answers import in_words
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.pages import gaps
from surveyapp.web.parts import Part, Parts, parts_of
from surveyapp.web.question_page import question_page
from surveyapp.web.respondent import page
from surveyapp.web.section_form import (
    MISSING,
    STALE,
    Confirmation,
    Taken,
    confirm,
    is_changing,
    is_foreign,
    read_one,
    take,
)
from surveyapp.web.section_page import (
    CONFIRM,
    START,
    Look,
    address,
    asked_on,
    back_from,
    facts_on,
    is_settled,
)
from surveyapp.web.services import services

blueprint = Blueprint("sections", __name__, url_prefix="/q/<key>")
blueprint.before_request(refuse_other_origins)


@blueprint.get("/parte/<name>")
def part(key: str, name: str) -> str | Reply:
    """The page of a section or record, with the answers given before."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if response.is_participants:  # one question a page
        return redirect(where_to_go_on(response), 303)
    parts = parts_of(response)
    found = _found(parts, name)
    if not response.is_open or parts.is_ahead(found):
        return redirect(where_to_go_on(response), 303)
    return _page(parts, found, _look(response, found))


@blueprint.post("/parte/<name>")
def answer(key: str, name: str) -> str | Reply | tuple[str, int]:
    """Save what was sent, then go on; or show the page again, with what came up or could not be saved."""
    request.get_data()  # kept before the form is parsed: forms.readable looks at the bytes
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        if response.is_participants:
            abort(404)
        found = _found(parts_of(response), name)
        if is_foreign(found):
            abort(422)
        if not response.is_open:
            return _closed(response, found), 409
        taken = take(connection, response, found)
        confirmed = confirm(connection, response, found)
        response = opened(connection, key)
    return _next_step(parts_of(response), name, taken, confirmed)


def _found(parts: Parts, name: str) -> Part:
    return parts.named(name) or abort(404)


def _next_step(
    parts: Parts, name: str, taken: Sequence[Taken], confirmed: Confirmation
) -> str | Reply | tuple[str, int]:
    found = _found(parts, name)
    asked = {item.id for item in (*parts.asked(found), *found.facts)}
    # What an answer beside it took off the path is no problem any more.
    problems = {one.item.id: one for one in taken if one.problem and one.item.id in asked}
    kinds = {one.problem for one in problems.values()}
    if kinds - {MISSING}:
        look = Look(problems, changing=is_changing(found), confirm_missing=confirmed.missing)
        return _page(parts, found, look), 409 if STALE in kinds else 422
    return redirect(_where_next(parts, found, list(problems), confirmed), 303)


def _where_next(parts: Parts, found: Part, missing: list[str], confirmed: Confirmation) -> str:
    if "pausa" in request.form:
        return url_for("questions.pause", key=parts.response.key)
    if confirmed.said == "no":
        return address(parts, found, cambia=1)
    came_up = {"ancora": 1} if [one for one in parts.open(found) if one.id not in missing] else {}
    if missing or confirmed.missing:
        shown = [CONFIRM] * confirmed.missing + [_shown(parts.response, item) for item in missing]
        return address(parts, found, manca=shown, **came_up)
    if came_up:
        # Whoever corrected what was known comes back to the questions that were on the page before.
        return address(parts, found, salvata=1, **({} if is_changing(found) else came_up))
    return address(parts, parts.after(found), salvata=1)


def _look(response: Response, found: Part) -> Look:
    """What the address says beside the answers. `manca` names what was sent empty while this was its answer.

    As for single questions, it has an address of its own: the browser's back button never meets a page that
    was posted.
    """
    wanted = set(request.args.getlist("manca"))
    missing = {item for item in found.ids if _shown(response, item) in wanted}
    return Look(
        {},
        frozenset(missing),
        extra="ancora" in request.args,
        changing=bool(found.facts) and "cambia" in request.args,
        confirm_missing=CONFIRM in wanted,
        saved="salvata" in request.args,
    )


def _shown(response: Response, item: str) -> str:
    current = response.current.get(item)
    return f"{item}:{current.id if current else 0}"


def _page(parts: Parts, found: Part, look: Look) -> str:
    response, asked = parts.response, asked_on(parts, found, look)
    settled = is_settled(parts, found)
    return page(
        "section.html",
        response,
        name=found.name,
        heading=parts.heading(found),
        place=parts.words(found),
        asked=asked,
        look=look,
        problems=[one for one in asked if one.error],
        only_missing=all(one.again and not one.stored for one in asked if one.error),
        facts=[] if look.changing else facts_on(parts, found),
        settled=settled,
        confirm_missing=look.confirm_missing and not settled,
        page_key=secrets.token_hex(6),
        here=url_for(".part", key=response.key, name=found.name),
        back=back_from(parts, found),
        form_id=START,
        confirm_id=CONFIRM,
        interviewing=response.mode == "interview",
    )


def _closed(response: Response, found: Part) -> str:
    """Nothing can be saved any more: what was sent is shown, so that it is not lost without a word."""
    sent = [read_one(response, item) for item in (*found.facts, *found.items)]
    return page("section_closed.html", response, sent=list(_in_words(response, sent)), gaps=gaps())


def _in_words(response: Response, sent: Sequence[Taken]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in sent:
        text = _text(response, one.item)
        if one.problem != MISSING and one.mine:
            yield text, in_words(response.questionnaire, one.item, one.mine)
        elif one.sent.values:
            yield text, one.sent.values


def _text(response: Response, item: Item) -> str:
    return question_page(response.questionnaire, item).worded(response.texts)
