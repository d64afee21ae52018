"""One question a page: show, save, go on; then review, send, thanks."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Current, Response
from surveyapp.collection.saving import Given, Saved, save
from surveyapp.collection.submitting import submit
from surveyapp.instruments.model import Answer, Item
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.forms import EMPTY, EMPTY_TEXT, SKIP, TYPED, AnswerForm, answer_form, answer_of, as_sent
from surveyapp.web.invitation import where_to_go_on
from surveyapp.web.pages import gaps
from surveyapp.web.question_page import QuestionPage, question_page
from surveyapp.web.review import reviewed
from surveyapp.web.services import now, services

blueprint = Blueprint("questions", __name__, url_prefix="/q/<key>")
blueprint.before_request(refuse_other_origins)

LONGEST_KEY = 40


@dataclass(frozen=True)
class Shown:
    """What a question page shows beside the question: value, error, and what it has seen."""

    value: str
    seen: int | str
    error: str = ""
    again: bool = False


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
        form = answer_form(response.questionnaire, item)(request.form)
        given, shown, status = _read(form, response, item)
        saved = _save(connection, response, item, given) if given else None
    if given is None and not shown.error:
        return redirect(_same_address(response, item, manca=_answer_id(response, item)), 303)
    if given is None:
        return _question_page(response, item, shown), status
    if saved is Saved.CLOSED:
        return render_template("closed.html", response=response, typed=shown.value, gaps=gaps()), 409
    if saved is Saved.STALE:
        return _choose_page(response, item, given), 409
    return redirect(_next_address(_with_answer(response, item, given), item), 303)


@blueprint.get("/pausa")
def pause(key: str) -> str:
    """The answers are kept: how to come back."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return render_template("pause.html", response=response)


@blueprint.get("/riepilogo")
def review(key: str) -> str | Reply:
    """Every question with its answer, before sending."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if not response.is_open or response.next_item:
        return redirect(where_to_go_on(response), 303)
    return render_template("review.html", response=response, sections=reviewed(response))


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
    return render_template("thanks.html", response=response, gaps=gaps())


@blueprint.get("/risposte")
def sent_answers(key: str) -> str | Reply:
    """The answers that were sent, to be read only."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if response.state != "submitted":
        return redirect(where_to_go_on(response), 303)
    return render_template("sent.html", response=response, sections=reviewed(response))


def _item(response: Response, item_id: str) -> Item:
    return response.questionnaire.asked_by_id.get(item_id) or abort(404)


def _answer_id(response: Response, item: Item) -> int:
    return response.current[item.id].id if item.id in response.current else 0


def _as_it_stands(response: Response, item: Item) -> Shown:
    """The answer stored, if any. `manca` in the address: nothing was sent while this was the answer.

    The error of an empty answer has an address of its own, so that the browser's back button never meets a
    page that was posted (it would show a warning instead of the question).
    """
    answer_id = _answer_id(response, item)
    shown = Shown(as_sent(response.answers[item.id]), answer_id) if answer_id else Shown("", "")
    if request.args.get("manca") != str(answer_id):
        return shown
    kind = response.questionnaire.wording(item).format.kind
    return replace(shown, error=EMPTY_TEXT if kind == "text" else EMPTY, again=True)


def _is_ahead(response: Response, item: Item) -> bool:
    ids = [asked.id for asked in response.path]
    if item.id not in ids:
        return True
    return response.next_item is not None and ids.index(item.id) > ids.index(response.next_item.id)


def _read(form: AnswerForm, response: Response, item: Item) -> tuple[Answer | None, Shown, int]:
    """The answer that was sent; or none, with what to show again and its status.

    Without an answer and without an error nothing was sent at all.
    """
    kind = response.questionnaire.wording(item).format.kind
    sent = (form.answer.data or "").strip()
    shown = Shown(sent, request.form.get("seen", ""))
    if "salta" in request.form:
        typed = kind == "text" and sent and "again" not in request.form
        return (None, replace(shown, error=TYPED, again=True), 200) if typed else (SKIP, shown, 200)
    if not form.validate():
        message = str(form.answer.errors[0]) if form.answer.errors else EMPTY
        return None, replace(shown, value=form.answer.data or "", error=message), 422
    if not sent and "again" not in request.form:
        return None, shown, 303
    return answer_of(form, kind) if sent else SKIP, shown, 200


def _save(connection: Connection, response: Response, item: Item, given: Answer) -> Saved:
    seen = request.form.get("seen", "")
    return save(
        connection,
        response,
        Given(
            item=item.id,
            answer=given,
            key=request.form.get("key", "").replace("\0", "")[:LONGEST_KEY] or secrets.token_hex(8),
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
        ),
        now(),
    )


def _with_answer(response: Response, item: Item, given: Answer) -> Response:
    return replace(response, current={**response.current, item.id: Current(0, 0, "", given)})


def _next_address(response: Response, item: Item) -> str:
    from_review = _from_review()
    following = response.next_item if from_review else response.after(item.id)
    if following is None:
        return url_for(".review", key=response.key)
    return url_for(".question", key=response.key, item_id=following.id, salvata=1, **from_review)


def _same_address(response: Response, item: Item, **more: Any) -> str:
    return url_for(".question", key=response.key, item_id=item.id, **_from_review(), **more)


def _from_review() -> dict[str, Any]:
    return {"da": "riepilogo"} if request.args.get("da") == "riepilogo" else {}


def _question_page(response: Response, item: Item, shown: Shown) -> str:
    page = question_page(response.questionnaire, item)
    return render_template(
        "question.html",
        response=response,
        page=page,
        text=page.worded(dict(response.carried)),
        shown=shown,
        page_key=secrets.token_hex(8),
        here=_same_address(response, item),
        back=_back(response, item),
        **_position(response, item),
    )


def _choose_page(response: Response, item: Item, given: Answer) -> str:
    """Another answer came from elsewhere: both are shown, the person chooses."""
    page = question_page(response.questionnaire, item)
    stored = response.current[item.id]
    following = response.after(item.id)
    return render_template(
        "choose.html",
        response=response,
        text=page.worded(dict(response.carried)),
        stored=_words(page, stored.answer),
        mine=_words(page, given),
        mine_sent=as_sent(given),
        seen=stored.id,
        page_key=secrets.token_hex(8),
        here=_same_address(response, item),
        go_on=url_for(".question", key=response.key, item_id=following.id)
        if following
        else url_for(".review", key=response.key),
        **_position(response, item),
    )


def _words(page: QuestionPage, given: Answer) -> str:
    return page.label_of(as_sent(given)) if as_sent(given) else "Domanda saltata"


def _position(response: Response, item: Item) -> dict[str, int]:
    ids = [asked.id for asked in response.longest]
    return {"n": ids.index(item.id) + 1 if item.id in ids else 1, "total": len(ids)}


def _back(response: Response, item: Item) -> str:
    if _from_review():
        return url_for(".review", key=response.key)
    before = response.before(item.id)
    if before is None:
        return url_for("invitation.start", key=response.key)
    return url_for(".question", key=response.key, item_id=before.id)
