"""Experts judge criteria and wordings by a personal link, one a page; they stop and go on with the same link.

Always in Italian: what they judge is.
"""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Reply

from surveyapp.focus_groups.names import now_told, untold
from surveyapp.focus_groups.rounds import CLARITY, LONGEST_COMMENT, RELEVANCE, Said, Visit, judge, possible
from surveyapp.focus_groups.rounds import send as send_all
from surveyapp.focus_groups.rounds import visit as opened_by
from surveyapp.storage.engine import reading, writing
from surveyapp.web import languages
from surveyapp.web.access import COOKIE_SECONDS, LONGEST_TOKEN, NoCookieError, refuse_other_origins
from surveyapp.web.pages import gaps
from surveyapp.web.services import now, services
from surveyapp.web.wordings import whole_wording

blueprint = Blueprint("experts", __name__)
blueprint.before_request(refuse_other_origins)

# The value that says «Non so rispondere»: kept without a number, outside the index.
UNKNOWN = "unknown"
OPTIONS = {
    RELEVANCE: {
        "1": "Per niente rilevante",
        "2": "Poco rilevante",
        "3": "Abbastanza rilevante",
        "4": "Molto rilevante",
    },
    CLARITY: {"1": "Per niente chiara", "2": "Poco chiara", "3": "Abbastanza chiara", "4": "Molto chiara"},
}
CANNOT_SAY = "Non so rispondere"
ASKED = {
    RELEVANCE: "Quanto è rilevante questo criterio: «{}»?",
    CLARITY: "Quanto è chiara questa domanda: «{}»?",
}
# What is said, and the field it is about.
ERRORS = {
    Said.NOTHING_CHOSEN: ("Scegli una risposta. Se non sai rispondere, scegli «Non so rispondere».", "v1"),
    Said.TOO_LONG: (f"Il commento è troppo lungo: al massimo {LONGEST_COMMENT} caratteri.", "comment"),
}


@blueprint.before_request
def in_italian() -> None:
    """The pages are in Italian, whoever used the browser before."""
    languages.speak_to(participants=True)


@blueprint.get("/v/<token>")
def enter(token: str) -> Reply:
    """Exchange the token of a link for a cookie of this link alone."""
    with reading(services().engine) as connection:
        here = _opened_with(connection, token)
    reply = redirect(url_for(".start", rater=here.rater.id, primo=1), 303)
    safe: dict[str, Any] = {"secure": services().settings.secure, "httponly": True, "samesite": "Lax"}
    reply.set_cookie(_cookie_name(here.rater.id), token, max_age=COOKIE_SECONDS, **safe)
    return reply


@blueprint.get("/valuta/<int:rater>/")
def start(rater: int) -> str | Reply:
    """What it is about, how long it is, who reads what is said; who has sent everything is thanked."""
    with reading(services().engine) as connection:
        here = _opened(connection, rater)
    if here.is_sent:
        return redirect(url_for(".thanks", rater=rater), 303)
    scales = {one.scale for one in here.questions}
    return render_template("experts/start.html", here=here, next=_next(here), scales=scales, gaps=gaps())


@blueprint.get("/valuta/<int:rater>/domanda/<int:place>")
def question(rater: int, place: int) -> str | Reply:
    """One thing to judge, with what was said of it before."""
    with reading(services().engine) as connection:
        here = _opened(connection, rater)
    if here.is_sent:
        return redirect(url_for(".thanks", rater=rater), 303)
    asked = _asked(here, place)
    before = here.given.get(asked.id)
    value = (str(before.value) if before.value else UNKNOWN) if before else ""
    return _page(here, place, value, before.comment if before else "", ("", ""))


@blueprint.post("/valuta/<int:rater>/domanda/<int:place>")
def answer(rater: int, place: int) -> Reply | tuple[str, int]:
    """Keep a judgement and go on; a comment without a judgement, or with a name, is asked about, not lost."""
    value, comment = request.form.get("value", ""), _written("comment")
    with writing(services().engine) as connection:
        here = _opened(connection, rater, lock=True)
        asked, number = _asked(here, place), possible(value)
        chosen = number is not None or value == UNKNOWN
        if chosen and (named := _to_check(here, asked.id, comment)):
            return _page(here, place, value, comment, ("", ""), named), 422
        said = judge(connection, here, asked.id, number, comment, now()) if chosen else Said.NOTHING_CHOSEN
    if said in ERRORS:
        return _page(here, place, value, comment, ERRORS[said]), 422
    if said is not Said.KEPT:
        return render_template("experts/closed.html", here=here, comment=comment), 409
    return redirect(_after(here, place), 303)


@blueprint.get("/valuta/<int:rater>/riepilogo")
def review(rater: int) -> str | Reply:
    """Everything said, to be changed or sent."""
    with reading(services().engine) as connection:
        here = _opened(connection, rater)
    if here.is_sent:
        return redirect(url_for(".thanks", rater=rater), 303)
    return render_template("experts/review.html", here=here, lines=_lines(here), last=len(here.questions))


@blueprint.post("/valuta/<int:rater>/riepilogo")
def send(rater: int) -> Reply | tuple[str, int]:
    """Send everything; sent twice it is sent once."""
    with writing(services().engine) as connection:
        here = _opened(connection, rater, lock=True)
        said = send_all(connection, here, now())
    if said is Said.CLOSED:
        return render_template("experts/closed.html", here=here, comment=""), 409
    if said is Said.NOTHING_CHOSEN:
        return redirect(url_for(".review", rater=rater), 303)
    return redirect(url_for(".thanks", rater=rater), 303)


@blueprint.get("/valuta/<int:rater>/grazie")
def thanks(rater: int) -> str | Reply:
    """Thanks, and what was sent."""
    with reading(services().engine) as connection:
        here = _opened(connection, rater)
    if not here.is_sent:
        return redirect(url_for(".start", rater=rater), 303)
    return render_template("experts/thanks.html", here=here, lines=_lines(here), gaps=gaps())


def _opened(connection: Connection, rater: int, *, lock: bool = False) -> Visit:
    """What the cookie of this link opens; the same 404 page for every other case."""
    token = request.cookies.get(_cookie_name(rater), "")
    if not token and request.args.get("primo") == "1":
        raise NoCookieError
    here = _opened_with(connection, token, lock=lock)
    if here.rater.id != rater:
        abort(404)
    return here


def _opened_with(connection: Connection, token: str, *, lock: bool = False) -> Visit:
    known = 0 < len(token) <= LONGEST_TOKEN
    return (opened_by(connection, token, now(), lock=lock) if known else None) or abort(404)


def _asked(here: Visit, place: int) -> Any:
    if not 1 <= place <= len(here.questions):
        abort(404)
    return here.questions[place - 1]


def _to_check(here: Visit, question: int, comment: str) -> tuple[str, ...]:
    """What in a comment looks like a name, where it would be kept and was not told of yet."""
    before = here.given.get(question)
    same = before is not None and before.comment == comment
    if same or here.is_sent or here.is_closed or len(comment) > LONGEST_COMMENT:
        return ()
    return untold(comment, _written("told"))


def _page(
    here: Visit, place: int, value: str, comment: str, error: tuple[str, str], named: tuple[str, ...] = ()
) -> str:
    one = here.questions[place - 1]
    places = (one.instrument, one.version, one.criterion, one.form, one.variant)
    return render_template(
        "experts/question.html",
        here=here,
        place=place,
        total=len(here.questions),
        text=ASKED[one.scale].format(one.text),
        options=OPTIONS[one.scale],
        unknown=(UNKNOWN, CANNOT_SAY),
        wording=whole_wording(services().catalogue, *places) if one.scale == CLARITY else None,
        value=value,
        comment=comment,
        error=error[0],
        about=error[1],
        named=", ".join(named),
        told=now_told(_written("told"), named),
        from_review="riepilogo" if request.args.get("da") == "riepilogo" else None,
    )


def _lines(here: Visit) -> list[tuple[int, str, str, str]]:
    """Place, question, what was said in words, comment."""
    found = []
    for place, one in enumerate(here.questions, 1):
        given = here.given.get(one.id)
        said = OPTIONS[one.scale].get(str(given.value), CANNOT_SAY) if given else ""
        found.append((place, ASKED[one.scale].format(one.text), said, given.comment if given else ""))
    return found


def _next(here: Visit) -> str:
    """Where who comes back goes on: the first thing without a judgement, or the review."""
    if here.left:
        return url_for(".question", rater=here.rater.id, place=here.left[0])
    return url_for(".review", rater=here.rater.id)


def _after(here: Visit, place: int) -> str:
    if place < len(here.questions) and request.args.get("da") != "riepilogo":
        return url_for(".question", rater=here.rater.id, place=place + 1)
    return url_for(".review", rater=here.rater.id)


def _written(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def _cookie_name(rater: int) -> str:
    return f"{'__Host-' if services().settings.secure else ''}v_{rater}"
