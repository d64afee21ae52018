"""Saving one answer so that a double send adds nothing and an older page never overwrites a newer answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy import Connection

from surveyapp.collection import safeguarding
from surveyapp.collection.response import Current, Response
from surveyapp.instruments.answers import Answer
from surveyapp.storage import answering


class Saved(Enum):
    """What became of an answer that was given."""

    ADDED = auto()
    KNOWN = auto()  # the same answer is current already
    STALE = auto()  # another answer came after the page was shown: the person chooses
    CLOSED = auto()  # the response was sent, or consent is missing


@dataclass(frozen=True)
class Given:
    """An answer as a page sends it: `key` was made with the page, `seen` is the answer row it showed.

    With `anew` it is added even where the same one is current: given in another way, or in another variant.
    `waited` is how long it stood on the device, given without a line.
    """

    item: str
    answer: Answer
    key: str
    seen: int | None
    mode: str = "self"
    anew: bool = False
    waited: timedelta = timedelta(0)


def save(connection: Connection, response: Response, given: Given, now: datetime) -> Saved:
    """Append the answer unless it is known or stale, and raise the alerts that it raises.

    `response` must have been loaded with `lock` in the same transaction, so that what it holds is the latest.
    Raises KeyError for an item that the questionnaire does not ask.
    """
    current = response.current.get(given.item)
    if not response.is_open:
        return Saved.CLOSED
    if given.item not in response.questionnaire.asked_by_id:
        raise KeyError(given.item)
    if current and current.answer == given.answer and not given.anew:
        return Saved.KNOWN
    if current and _is_stale(current, given):
        return Saved.STALE
    revision = current.revision + 1 if current else 1
    answering.add_answer(
        connection,
        administration_id=response.administration_id,
        item=given.item,
        revision=revision,
        value=given.answer.value,
        text=given.answer.text,
        reason=given.answer.reason,
        variant=response.questionnaire.variant,
        mode=given.mode,
        reading=response.reading.words,
        key=given.key,
        answered_at=now - given.waited,
    )
    safeguarding.after_saving(connection, response, given.item, given.answer, revision, now)
    return Saved.ADDED


def _is_stale(current: Current, given: Given) -> bool:
    # An answer of the very same page is no surprise to who sends the page again with another choice.
    return current.id != given.seen and current.key != given.key
