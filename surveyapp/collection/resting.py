"""When to offer a pause: after so many questions of the easy version in one sitting (blueprint 3.5)."""

from datetime import datetime

from surveyapp.collection.response import Response
from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.scoring.sittings import LONGEST_SILENCE, sittings

QUESTIONS_BEFORE_A_PAUSE = 12
EASY = "easy"


def answered_now(response: Response, now: datetime) -> frozenset[str]:
    """The questions answered in the sitting that is going on; those that were skipped do not tire."""
    times = {
        item: current.answered_at
        for item, current in response.current.items()
        if current.answered_at and current.answer.reason != SKIPPED
    }
    last = sittings(times.values())[-1:]
    if not last or now - last[0][-1] > LONGEST_SILENCE:
        return frozenset()
    return frozenset(item for item, moment in times.items() if moment >= last[0][0])


def is_time(before: Response, item: str, answer: Answer, key: str, now: datetime) -> bool:
    """Whether this answer is the twelfth of its sitting, or the twenty-fourth; `before` does not hold it yet.

    Also when the same page (`key`) is sent twice, but not when an answer is changed: a pause is offered once.
    """
    if not before.is_participants or before.questionnaire.variant != EASY or answer.reason == SKIPPED:
        return False
    done, current = answered_now(before, now), before.current.get(item)
    is_change = item in done and not (current and current.key == key)
    return not is_change and len(done | {item}) % QUESTIONS_BEFORE_A_PAUSE == 0


def offered_after(response: Response, now: datetime) -> int:
    """How many questions were answered when a pause is to be offered; 0 when it is not its moment."""
    number = len(answered_now(response, now))
    is_moment = response.is_open and response.next_item and number % QUESTIONS_BEFORE_A_PAUSE == 0
    return number if is_moment else 0
