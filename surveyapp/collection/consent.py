"""Taking part or not: every decision is kept with the text as it was read."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection.response import Response
from surveyapp.instruments.consents import Consent
from surveyapp.storage import answering, jobs

ASKABLE = ("open", "refused", "withdrawn")  # a no may become a yes; what was sent is over


def accept(
    connection: Connection,
    response: Response,
    consent: Consent,
    shown: str,
    optional: Collection[str],
    now: datetime,
) -> None:
    """Record that the person takes part, also after a no or a withdrawal; the variant is kept from now on."""
    if response.is_open or response.state not in ASKABLE:
        return
    variant = response.questionnaire.variant
    _decide(connection, response, consent, shown, "accepted", ",".join(sorted(optional)), now)
    answering.change_administration(
        connection, response.administration_id, state="open", closed_at=None, variant=variant, opened_at=now
    )
    if len(response.form.variants) > 1:
        answering.keep_variant(connection, response.path_id, variant)


def refuse(connection: Connection, response: Response, consent: Consent, shown: str, now: datetime) -> None:
    """Record a no; it closes the administration and counts in coverage. What was sent stays sent."""
    if response.state != "open":
        return
    _decide(connection, response, consent, shown, "refused", "", now)
    answering.change_administration(connection, response.administration_id, state="refused", closed_at=now)
    forget_case(connection, response, now)


def may_withdraw(response: Response) -> bool:
    """Whether there is something to withdraw from: answers that are being given, or were sent."""
    return response.is_open or response.state == "submitted"


def withdraw(connection: Connection, response: Response, consent: Consent, shown: str, now: datetime) -> None:
    """Record that the person takes part no longer: from now on no report and no export holds the answers.

    They are kept, so that the person can come back; reports and exports made before are deleted, for they
    hold copies.
    """
    if not may_withdraw(response):
        return
    _decide(connection, response, consent, shown, "withdrawn", "", now)
    answering.change_administration(connection, response.administration_id, state="withdrawn", closed_at=now)
    jobs.forget_copies(connection)
    forget_case(connection, response, now)


def forget_case(connection: Connection, response: Response, now: datetime) -> None:
    """After a no the sheets of this person, made or being made, say more than they may."""
    jobs.revoke(connection, jobs.CASE, {"person": response.subject.code}, now)


def ask_to_talk(
    connection: Connection, response: Response, consent: Consent, shown: str, now: datetime
) -> None:
    """Record that the person wants to talk with somebody first; nothing is decided yet."""
    _decide(connection, response, consent, shown, "talk", "", now)


def choose_variant(connection: Connection, response: Response, variant: str) -> None:
    """Keep the variant picked before the first question; later, or where the path keeps one, nothing changes.

    Raises KeyError for a variant that the form does not have.
    """
    if response.consented or response.variant_is_kept:
        return
    answering.change_administration(
        connection, response.administration_id, variant=response.form.variants[variant].code
    )


def _decide(
    connection: Connection,
    response: Response,
    consent: Consent,
    shown: str,
    decision: str,
    optional: str,
    now: datetime,
) -> None:
    answering.add_consent(
        connection,
        administration_id=response.administration_id,
        text_digest=keep_text(connection, response, consent, shown),
        decision=decision,
        optional=optional,
        mode=response.mode,
        decided_at=now,
    )


def keep_text(connection: Connection, response: Response, consent: Consent, shown: str) -> str:
    """Keep a text as it was read, once; its digest."""
    digest = hashlib.sha256(shown.encode()).hexdigest()
    answering.keep_consent_text(
        connection,
        digest=digest,
        consent=consent.id,
        version=consent.version,
        variant=response.questionnaire.variant,
        text=shown,
    )
    return digest
