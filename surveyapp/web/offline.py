"""For who answers without a line: the questions that come next, and what static/coda.js must know."""

import json
from collections.abc import Iterator
from functools import cache

from flask import abort, jsonify, render_template, request, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from werkzeug.wrappers import Response as Reply

from surveyapp.collection.response import Response
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import certain
from surveyapp.storage.engine import reading
from surveyapp.web import questions
from surveyapp.web.access import opened
from surveyapp.web.languages import language, later
from surveyapp.web.services import services
from surveyapp.web.voice import PAIRS

MOST_PAGES = 20
# Names of sentences in web.voice.
SAID = (
    "sending", "no_line", "busy", "kept_one", "kept_many", "not_kept", "all_saved", "waiting", "waiting_why",
    "waiting_page", "going", "going_why", "to_see", "lost", "lost_why", "forget", "finish_waits",
    "finish_loses",
)  # fmt: skip
# Words that stand in templates too; a story compares what the script shows with what the server shows.
SAID_TO_ALL = {
    "error": later("Errore: "),
    "missing": later("Manca qualcosa"),
    "to_check": later("C'è qualcosa da controllare"),
    "back": later("Torna indietro"),
    "skipped": later("Domanda saltata"),
}


@questions.blueprint.get("/seguito")
def following(key: str) -> Reply:
    """The pages of the questions that come after one whatever is answered, without anybody's words."""
    with reading(services().engine) as connection:
        response = opened(connection, key)
    after = request.args.get("dopo", "")
    if not response.is_open or after not in response.questionnaire.asked_by_id:
        abort(404)
    ahead = list(_ahead(response, after))
    return jsonify(pages=[_page(response, item) for item in ahead[:MOST_PAGES]], more=len(ahead) > MOST_PAGES)


@questions.blueprint.after_request
def address_for_the_script(reply: Reply) -> Reply:
    """A redirect as JSON for the script, which sees where to go and lets the browser go there."""
    if reply.status_code == 303 and _is_scripts():
        return jsonify(go=reply.headers["Location"])
    return reply


def offline_script(to_participant: bool, posted: bool) -> Markup:
    """The element that brings the script, with its words, and whether the page answers a form."""
    return _script(to_participant, posted, language())


@cache
def _script(to_participant: bool, posted: bool, _language: str) -> Markup:
    """Made once for each language."""
    said = {name: PAIRS[name][0 if to_participant else 1] for name in SAID} | SAID_TO_ALL
    words = {name: str(sentence) for name, sentence in said.items()}
    as_json = htmlsafe_json_dumps(words, dumps=json.dumps, ensure_ascii=False, separators=(",", ":"))
    element = render_template("offline.html", words=as_json, posted=posted)
    return Markup(element)  # nosec B704  # noqa: S704 - made by an autoescaped template


def _is_scripts() -> bool:
    """Whether the script asks. What browsers ask for is long to parse, and names no JSON."""
    named = "json" in request.headers.get("Accept", "")
    return named and request.accept_mimetypes.best == "application/json"


def _ahead(response: Response, after: str) -> Iterator[Item]:
    """What is certain and unanswered, up to the first question that repeats somebody's own words.

    Such words may still change, and they are not left in a browser.
    """
    for item in certain(response.questionnaire, response.answers, response.carried, after=after):
        if item.carries or item.recalls:
            return
        if item.id not in response.answers:
            yield item


def _page(response: Response, item: Item) -> dict[str, str]:
    return {
        "item": item.id,
        "url": url_for("questions.question", key=response.key, item_id=item.id),
        "html": questions.question_alone(response, item),
    }
