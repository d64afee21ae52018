"""Practice questions (blueprint 3.5): which comes next, how it went. They never count and stop nobody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection.response import Response
from surveyapp.instruments import model
from surveyapp.instruments.answers import SCORABLE, SKIPPED, Answer
from surveyapp.storage import answering
from surveyapp.storage import practice as stored

ALONE, WITH_HELP = 1, 2  # the rounds: once, and once more with some help
PASSED = {ALONE: "passed", WITH_HELP: "with_help"}
NOT_PASSED = "not_passed"
NEVER_TRIED = "skipped"
DIFFERENT_ANSWERS = 2

# What was answered, by round and place.
Tried = Mapping[tuple[int, int], Answer]


def questions(response: Response) -> tuple[model.Practice, ...]:
    """The practice questions of this form and variant, for who answers about herself or himself.

    What is chosen is practised; a question to write would stay on paper.
    """
    if not response.is_participants:
        return ()
    declared = response.form.practice.get(response.questionnaire.variant, ())
    return tuple(one for one in declared if one.format.kind in SCORABLE)


def is_due(response: Response) -> bool:
    """Whether practice comes next: once for each response, before its first answer."""
    untouched = response.answering.practice is None and not response.current
    return untouched and response.is_open and bool(questions(response))


def tried(connection: Connection, response: Response) -> Tried:
    """What was answered so far, the newest of each round and place."""
    rows = stored.answers(connection, response.administration_id)
    return {(row.round, row.place): Answer(value=row.value, reason=row.reason) for row in rows}


def next_question(count: int, done: Tried) -> tuple[int, int] | None:
    """The round and place of the first of `count` questions that has no answer; None after the last."""
    every = ((attempt, place) for attempt in PASSED for place in range(1, count + 1))
    return next((one for one in every if one not in done), None)


def outcome(count: int, done: Tried) -> str | None:
    """How it went: passed, with_help, not_passed or skipped; None while there is something left to try.

    It is passed with two different answers ("Non lo so" is one). Who skips every question does not want to
    try, which says nothing about how hard they are.
    """
    for attempt in PASSED:
        given = [done.get((attempt, place)) for place in range(1, count + 1)]
        chosen = {answer for answer in given if answer and answer.reason != SKIPPED}
        if None in given:
            return None
        if len(chosen) >= min(DIFFERENT_ANSWERS, count):
            return PASSED[attempt]
        if not chosen and attempt == ALONE:
            return NEVER_TRIED
    return NOT_PASSED


def keep(
    connection: Connection, response: Response, question: tuple[int, int], answer: Answer, now: datetime
) -> str | None:
    """Keep an answer, and the outcome once it is known; the same answer sent twice is kept once.

    `question` is its round and place. `response` must have been loaded with `lock`.
    """
    done = tried(connection, response)
    if done.get(question) != answer:
        attempt, place = question
        stored.add(
            connection,
            administration_id=response.administration_id,
            round=attempt,
            place=place,
            value=answer.value,
            reason=answer.reason,
            mode=response.mode,
            answered_at=now,
        )
    found = outcome(len(questions(response)), {**done, question: answer})
    if found:
        end(connection, response, found)
    return found


def end(connection: Connection, response: Response, found: str) -> None:
    """Keep how it went: from then on the questions come."""
    answering.change_administration(connection, response.administration_id, practice=found)
