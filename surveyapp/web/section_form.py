"""The form of a page with several questions: each is read and saved by itself, so that none loses another.

Fields end in the id of their item: `answer.ACC_Q1`, `reason.ACC_Q1`; `seen.` is the answer that the page
showed, `again.` that it was shown empty once already, `choose.` and `keep.` that two answers were shown.
"""

import secrets
from dataclasses import dataclass, replace

from flask import request
from sqlalchemy import Connection

from surveyapp.collection.response import Response
from surveyapp.collection.saving import Given, Saved, save
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.web.forms import SKIP, sent_now
from surveyapp.web.parts import Part
from surveyapp.web.reading import RefusedError, Sent, read
from surveyapp.web.services import now
from surveyapp.web.voice import voice

FIELDS = ("answer", "reason", "seen", "again", "choose", "keep")
KEY_LENGTH = 12  # with the item's id it fits into the 40 letters of answer.key
# What may be wrong with a question that was sent.
MISSING, REFUSED, STALE = "missing", "refused", "stale"


@dataclass(frozen=True)
class Taken:
    """One question as it was sent, and what is wrong with it, if anything; `mine` is the answer it holds."""

    item: Item
    sent: Sent
    problem: str = ""
    error: str = ""
    mine: Answer | None = None


@dataclass(frozen=True)
class Confirmation:
    """What was said of the facts known from before: "yes", "no", or nothing; `missing` asks once more."""

    said: str = ""
    missing: bool = False


def is_foreign(part: Part) -> bool:
    """Whether the request sends a question that this page does not have: no page of ours does."""
    named = {name.partition(".")[2] for name in request.form if name.partition(".")[0] in FIELDS}
    return not named <= part.ids


def is_changing(part: Part) -> bool:
    """Whether the request corrects what is known of a record."""
    return any(f"seen.{item.id}" in request.form for item in part.facts)


def take(connection: Connection, response: Response, part: Part) -> list[Taken]:
    """Save what was sent, question by question; what could not be saved comes back with its problem.

    `response` must have been loaded with `lock` in the same transaction.
    """
    facts = {item.id for item in part.facts}
    shown = [item for item in (*part.facts, *part.items) if f"seen.{item.id}" in request.form]
    return [_saved(connection, response, read_one(response, item, item.id in facts)) for item in shown]


def read_one(response: Response, item: Item, is_fact: bool = False) -> Taken:
    """What was sent of one question, read as an answer but not saved."""
    declared = response.questionnaire.wording(item).format
    sent = sent_now(declared, item.id)
    try:
        given = read(declared, sent)
    except RefusedError as refused:
        words = voice(response.form.respondent)[refused.words].format(**refused.details)
        return Taken(item, sent, REFUSED, words)
    if given is not None or (f"again.{item.id}" in request.form and not is_fact):
        return _chosen(Taken(item, sent, mine=given or SKIP))
    current = response.answers.get(item.id)
    # An empty field takes nothing back of what is known, and asks no second time about what was skipped.
    return Taken(item, sent, "" if is_fact or current == SKIP else MISSING)


def confirm(connection: Connection, response: Response, part: Part) -> Confirmation:
    """Save the facts of a known record again, as they stand, where this was said of them.

    A page asks about them or shows them to be corrected, never both.
    """
    said = "" if is_changing(part) else request.form.get("confirm", "")
    if said == "yes":
        for item in part.facts:
            answer = response.answers.get(item.id) or response.carried[item.id]
            save(connection, response, _given(response, item, answer), now())
    if said in ("yes", "no") or "confirm_asked" not in request.form:
        return Confirmation(said if said in ("yes", "no") else "")
    return Confirmation(missing="confirm_again" not in request.form)


def _chosen(taken: Taken) -> Taken:
    """Of two answers that were shown, what was chosen; nothing to save where the stored one stays."""
    name = taken.item.id
    kept = request.form.get(f"keep.{name}", "")
    if f"choose.{name}" not in request.form or kept == "mine":
        return taken
    return replace(taken, mine=None) if kept == "saved" else replace(taken, problem=STALE)


def _saved(connection: Connection, response: Response, taken: Taken) -> Taken:
    if taken.problem or taken.mine is None:
        return taken
    found = save(connection, response, _given(response, taken.item, taken.mine), now())
    return replace(taken, problem=STALE) if found is Saved.STALE else taken


def _given(response: Response, item: Item, answer: Answer) -> Given:
    seen = request.form.get(f"seen.{item.id}", "")
    key = request.form.get("key", "").replace("\0", "")[:KEY_LENGTH] or secrets.token_hex(KEY_LENGTH // 2)
    return Given(
        item=item.id,
        answer=answer,
        key=f"{key}/{item.id}",
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None,
        mode=response.mode,
    )
