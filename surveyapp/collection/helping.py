"""Who read and answered, said at the end by the person: alone, with help, or not at all."""

from collections.abc import Collection

from sqlalchemy import Connection

from surveyapp.collection.response import Response
from surveyapp.scoring.quality import SOMEONE_ELSE, joined
from surveyapp.storage import answering

ALONE, HELPED = "self", "assisted"
ALOUD = "read_aloud"
INTERVIEW = "interview"
HELPERS = ("operator", "tutor", "family", "educator", "other")
KINDS = ("read", "explained", "wrote")


def is_asked(response: Response) -> bool:
    """Whether the person is asked: nobody else is, and in an interview it is known."""
    return response.is_participants and response.opening.purpose != INTERVIEW


def next_question(response: Response) -> str | None:
    """What has not been said yet: helped, helper or kinds; None when there is nothing to ask.

    What was skipped is asked again when one comes back: nothing is obligatory, and the review is one step on.
    """
    said = response.answering
    if not is_asked(response):
        return None
    if said.mode is None:
        return "helped"
    if said.mode != HELPED:
        return None
    return "helper" if said.helper is None else None if said.help_kinds else "kinds"


def is_someone_elses(response: Response) -> bool:
    """Whether it was said that another person answered, and nothing else after that: not to be sent."""
    return is_asked(response) and response.answering.mode is None and _was_said(response)


def say_alone(connection: Connection, response: Response) -> None:
    """Nobody helped."""
    _keep(connection, response, mode=ALONE, helper=None, help_kinds="")


def say_helped(connection: Connection, response: Response) -> None:
    """Somebody helped; who and how stays as it was said before."""
    _keep(connection, response, mode=HELPED)


def say_helper(connection: Connection, response: Response, helper: str) -> None:
    """Who helped, one of HELPERS."""
    _keep(connection, response, mode=HELPED, helper=helper)


def say_kinds(connection: Connection, response: Response, kinds: Collection[str]) -> None:
    """How they helped, some of KINDS."""
    _keep(
        connection,
        response,
        mode=HELPED,
        help_kinds=",".join(kind for kind in sorted(KINDS) if kind in kinds),
    )


def say_someone_else(connection: Connection, response: Response) -> None:
    """Another person answered: the answers stay, are marked for good, and are not sent as they are."""
    flags = joined([*(response.answering.flags or "").split(","), SOMEONE_ELSE])
    _keep(connection, response, mode=None, helper=None, help_kinds="", flags=flags)


def said_flags(response: Response) -> list[str]:
    """What was said that stays marked, whatever was said after."""
    return [SOMEONE_ELSE] if _was_said(response) else []


def mode_when_sent(response: Response, modes: Collection[str]) -> str | None:
    """The mode of the whole response; `modes` are those of its answers. None where the person did not say.

    An interview stays one; of somebody who is not asked it is that of the link; alone, with any question read
    aloud, is read aloud.
    """
    said = response.answering.mode
    if not is_asked(response):
        return response.mode if response.mode == INTERVIEW else said or response.mode
    return ALOUD if said == ALONE and ALOUD in modes else said


def _was_said(response: Response) -> bool:
    return SOMEONE_ELSE in (response.answering.flags or "").split(",")


def _keep(connection: Connection, response: Response, **said: str | None) -> None:
    """Keep what was said while the response is open; after it was sent nothing changes."""
    if response.is_open:
        answering.change_administration(connection, response.administration_id, **said)
