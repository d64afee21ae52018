"""Before the questions: what it is about, taking part or not, which version."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from surveyapp.collection import consent, helping, practice
from surveyapp.collection.response import Response
from surveyapp.instruments.consents import Consent, ConsentText, as_shown, filled
from surveyapp.storage.engine import reading, writing
from surveyapp.web.access import opened, refuse_other_origins
from surveyapp.web.helped_words import QUESTIONS
from surveyapp.web.pages import gaps
from surveyapp.web.respondent import has_records, page
from surveyapp.web.section_page import where_sections_go_on
from surveyapp.web.services import now, services

blueprint = Blueprint("invitation", __name__, url_prefix="/q/<key>")
blueprint.before_request(refuse_other_origins)


@blueprint.route("/", methods=("GET", "POST"))
def go_on(key: str) -> Reply:
    """Where the link leads: the start, the first question without an answer, or the end.

    Pages that stand between two questions send their «Continua» here: nothing is saved by it.
    """
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return redirect(where_to_go_on(response), 303)


@blueprint.get("/inizio")
def start(key: str) -> str:
    """How many questions, how long, who reads the answers; information and consent."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return page(
        "start.html",
        response,
        text=_text(response),
        gaps=gaps(),
        filled=filled,
        minutes=response.questionnaire.minutes,
        total=0 if has_records(response) else len(response.longest),
    )


@blueprint.post("/inizio")
def accept(key: str) -> Reply:
    """Take part, and go to the first question."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        offered = _text(response).optional
        ticked = [code for code in request.form.getlist("optional") if code in offered]
        consent.accept(connection, response, consent_of(response), shown_to(response), ticked, now())
    return redirect(url_for(".go_on", key=key), 303)


@blueprint.get("/no")
def refusal(key: str) -> str:
    """A kind page before a no is recorded."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    return page("refusal.html", response, text=_text(response))


@blueprint.post("/no")
def refuse(key: str) -> Reply:
    """Record the no."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        consent.refuse(connection, response, consent_of(response), shown_to(response), now())
    return redirect(url_for(".go_on", key=key), 303)


@blueprint.get("/parlarne")
def talk(key: str) -> str:
    """Whom to talk with before deciding."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    asked = request.args.get("chiesto") == "1"
    return page("talk.html", response, gaps=gaps(), asked=asked)


@blueprint.post("/parlarne")
def ask_to_talk(key: str) -> Reply:
    """Record that the person wants to be called."""
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        consent.ask_to_talk(connection, response, consent_of(response), shown_to(response), now())
    return redirect(url_for(".talk", key=key, chiesto=1), 303)


@blueprint.get("/versione")
def variants(key: str) -> str | Reply:
    """Easy or standard version, while it can still be chosen."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    if response.consented or response.variant_is_kept or len(response.form.variants) == 1:
        return redirect(url_for(".go_on", key=key), 303)
    return page("variants.html", response)


@blueprint.post("/versione")
def choose_variant(key: str) -> Reply:
    """Keep the version picked and go back to the start."""
    picked = request.form.get("variant", "")
    with writing(services().engine) as connection:
        response = opened(connection, key, lock=True)
        if picked in response.form.variants:
            consent.choose_variant(connection, response, picked)
    return redirect(url_for(".start", key=key), 303)


def where_to_go_on(response: Response) -> str:
    """The address at which this response goes on."""
    if response.state == "submitted":
        return url_for("questions.thanks", key=response.key)
    if not response.is_open:
        return url_for("invitation.start", key=response.key)
    if practice.is_due(response):
        return url_for("practice.go_on", key=response.key)
    if response.next_item is None:
        return _after_the_questions(response)
    if not response.is_participants:
        return where_sections_go_on(response)
    return url_for("questions.question", key=response.key, item_id=response.next_item.id)


def _after_the_questions(response: Response) -> str:
    """Who helped, as far as it was not said yet; then the review."""
    left = helping.next_question(response)
    if left:
        return url_for("helping.ask", key=response.key, address=QUESTIONS[left].address)
    return url_for("questions.review", key=response.key)


def consent_of(response: Response) -> Consent:
    """The consent text that this form asks for."""
    return services().catalogue.consent(response.form.consent)


def _text(response: Response) -> ConsentText:
    return consent_of(response).variants[response.questionnaire.variant]


def shown_to(response: Response) -> str:
    """The consent text as this respondent reads it, gaps filled."""
    return as_shown(_text(response), gaps())
