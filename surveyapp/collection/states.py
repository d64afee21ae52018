"""What closes a questionnaire without answers, or after them; no answer is ever deleted."""

from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection import consent as consents
from surveyapp.collection.response import Response
from surveyapp.instruments.consents import Consent
from surveyapp.storage import answering, jobs
from surveyapp.storage import paper as stored

# Told to somebody of the staff, who writes it down.
TOLD = "assisted"
WITHDRAWABLE = ("open", "submitted")


def cannot_answer(connection: Connection, response: Response, reason: str, now: datetime) -> bool:
    """Close an open questionnaire that nobody can fill in; False when it is not open."""
    if response.state != "open":
        return False
    answering.change_administration(
        connection, response.administration_id, state="impossible", state_reason=reason, closed_at=now
    )
    return True


def reopen(connection: Connection, response: Response) -> bool:
    """Open again what could not be filled in; False for every other state: those are somebody's will."""
    if response.state != "impossible":
        return False
    answering.change_administration(
        connection, response.administration_id, state="open", state_reason=None, closed_at=None
    )
    return True


def withdraw(connection: Connection, response: Response, consent: Consent, shown: str, now: datetime) -> bool:
    """Record that who answers has withdrawn, also after sending; False where there is nothing to leave.

    Answers stay where they are and count nowhere; reports and exports made before are deleted. The decision
    refers to the text that was accepted; where none was, to the one that would have been shown.
    """
    if response.state not in WITHDRAWABLE:
        return False
    last = stored.last_consent(connection, response.administration_id)
    answering.add_consent(
        connection,
        administration_id=response.administration_id,
        text_digest=last.text_digest if last else consents.keep_text(connection, response, consent, shown),
        decision="withdrawn",
        mode=TOLD,
        decided_at=now,
    )
    sent = {} if response.state == "submitted" else {"closed_at": now}  # the day of sending stays
    answering.change_administration(connection, response.administration_id, state="withdrawn", **sent)
    jobs.forget_copies(connection)
    consents.forget_case(connection, response, now)
    return True
