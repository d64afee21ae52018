"""Answers of earlier occasions that a later one looks at: whose they are, and which is the latest."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.path import Questionnaire


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that was sent about the same subject, with the administration that it belongs to."""

    item: str
    form: str
    occasion: str
    number: int
    rater: int
    answer: Answer


def carried(
    questionnaire: Questionnaire, number: int, rater: int, given: Iterable[Earlier]
) -> dict[str, Answer]:
    """The latest answer to each item, of those given before the administration with this number and rater.

    Those of the same form and rater; of an item that this form never asks (a person's goal in the operator's
    form) those of the form that does. What a retest repeats is not carried to it, nor anything from it.
    """
    order = _order(questionnaire)
    now = order[questionnaire.asked_as], number
    found = {
        (order[one.occasion], one.number, position): one
        for position, one in enumerate(given)
        if one.occasion in order
        and (order[one.occasion], one.number) < now
        and _counts(one, questionnaire.instrument, questionnaire.form, rater)
    }
    return {found[place].item: found[place].answer for place in sorted(found)}


def may_carry(questionnaire: Questionnaire, number: int) -> bool:
    """Whether anything given earlier could matter: not at the first of all occasions."""
    is_first = (_order(questionnaire)[questionnaire.asked_as], number) <= (0, 1)
    return bool(questionnaire.carried_items) and not is_first


def _order(questionnaire: Questionnaire) -> dict[str, int]:
    occasions = questionnaire.instrument.occasions.values()
    return {one.code: place for place, one in enumerate(occasions) if one.repeats is None}


def _counts(one: Earlier, instrument: Instrument, form: str, rater: int) -> bool:
    item = instrument.items.get(one.item)
    if item is not None and any(asking == form for asking, _ in item.wordings):
        return one.form == form and one.rater == rater
    return True
