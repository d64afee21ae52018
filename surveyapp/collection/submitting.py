"""Sending the answers: from then on they are read-only."""

from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection import helping, safeguarding, shared_tablet
from surveyapp.collection.response import Response
from surveyapp.scoring.quality import flags, joined
from surveyapp.storage import answering
from surveyapp.storage.answering import AnyRow

PAPER = "paper"  # typed in later: the moments say nothing of who answered


def submit(connection: Connection, response: Response, now: datetime) -> bool:
    """Close the response, with how it was answered and its quality flags. True when it is (or was already)
    submitted.

    False while an item on the path has neither an answer nor a skip, consent is missing, or the person said
    that somebody else answered. `response` must have been loaded with `lock`.
    """
    if response.state == "submitted":
        return True
    if not response.is_open or response.next_item is not None or helping.is_someone_elses(response):
        return False
    safeguarding.before_sending(connection, response, now)
    given = answering.moments(connection, response.administration_id)
    answering.change_administration(
        connection,
        response.administration_id,
        state="submitted",
        closed_at=now,
        reading=response.reading.words,
        mode=helping.mode_when_sent(response, {row.mode for row in given}),
        flags=_flags(response, given),
    )
    shared_tablet.end_soon(connection, response.opening, now)
    return True


def _flags(response: Response, given: list[AnyRow]) -> str | None:
    """The flags to keep; None for operators, offices and companies, whom the thresholds are not made for."""
    if not response.is_participants:
        return None
    moments = [row.answered_at for row in given if row.mode != PAPER]
    found = flags(response.questionnaire, response.answers, moments, response.carried)
    return joined([*found, *helping.said_flags(response)])
