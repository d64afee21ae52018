"""Sending the answers: from then on they are read-only."""

from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection import safeguarding
from surveyapp.collection.response import Response
from surveyapp.storage import answering


def submit(connection: Connection, response: Response, now: datetime) -> bool:
    """Close the response. True when it is (or was already) submitted; False while an item on the path has
    neither an answer nor a skip, or consent is missing. `response` must have been loaded with `lock`."""
    if response.state == "submitted":
        return True
    if not response.is_open or response.next_item is not None:
        return False
    safeguarding.before_sending(connection, response, now)
    answering.change_administration(
        connection,
        response.administration_id,
        state="submitted",
        closed_at=now,
        reading=response.reading.words,
    )
    return True
