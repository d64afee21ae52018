"""A questionnaire that was filled in on paper: its sheet is begun, typed page by page, and closed.

What is read on the sheet is kept as it stands (storage.paper_tables); answers come from the first entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from surveyapp.collection import consent as consents
from surveyapp.collection.response import Response
from surveyapp.collection.saving import Given, save
from surveyapp.collection.submitting import submit
from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.instruments.consents import Consent
from surveyapp.sheets.paper_entry import BLANK, UNCLEAR, entry_pages, first_to_type, wanted
from surveyapp.storage import answering
from surveyapp.storage import paper as stored
from surveyapp.storage.paper import PAPER

FIRST, SECOND = 1, 2
NOON = time(12)  # only the day is known
SKIP = Answer(reason=SKIPPED)


@dataclass(frozen=True)
class Declared:
    """What stands on the first page of a sheet, beside the consent: when, and how it was filled in."""

    filled_at: datetime
    variant: str
    mode: str
    helper: str | None = None
    help_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreed:
    """The consent that was ticked: the text as it was printed, and which optional ones."""

    consent: Consent
    shown: str
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Typed:
    """A page as it was typed: what was read, by item; `key` and `seen`, the newest answer, came with it."""

    read: Mapping[str, Answer]
    key: str
    seen: int


def noon_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment that stands for a day."""
    return datetime.combine(day, NOON, zone)


def in_variant(response: Response, variant: str) -> Response:
    """The response in the variant printed on the sheet, whatever the path keeps."""
    return replace(response, questionnaire=replace(response.questionnaire, variant=variant))


def begin(
    connection: Connection, response: Response, declared: Declared, agreed: Agreed, by: str, now: datetime
) -> None:
    """Keep what the first page of a sheet says; a second time it corrects the first.

    The questionnaire is open from here on, with the day of the sheet; its path keeps the variant.
    """
    response = in_variant(response, declared.variant)
    last = stored.last_consent(connection, response.administration_id)
    told = ("accepted", ",".join(sorted(agreed.optional)), declared.filled_at)
    if last is None or (last.decision, last.optional, last.decided_at) != told:
        _decide(connection, response, "accepted", agreed, declared.filled_at)
    answering.change_administration(
        connection,
        response.administration_id,
        state="open",
        closed_at=None,
        opened_at=declared.filled_at,
        source=PAPER,
        variant=declared.variant,
        mode=declared.mode,
        helper=declared.helper,
        help_kinds=",".join(sorted(declared.help_kinds)),
    )
    if len(response.form.variants) > 1:
        answering.keep_variant(connection, response.path_id, declared.variant)
    _keep_sheet(connection, response.administration_id, declared.filled_at.date(), by, now)


def refuse(connection: Connection, response: Response, declared: Declared, agreed: Agreed) -> None:
    """Record the no that is ticked on a sheet; it closes the administration and counts in coverage."""
    response = in_variant(response, declared.variant)
    _decide(connection, response, "refused", agreed, declared.filled_at)
    answering.change_administration(
        connection,
        response.administration_id,
        state="refused",
        closed_at=declared.filled_at,
        source=PAPER,
        variant=declared.variant,
    )


def keep(
    connection: Connection, response: Response, entry: int, typed: Typed, now: datetime
) -> tuple[str, ...]:
    """Keep a page; the items that got another answer since it was shown, and then nothing was kept.

    The first entry gives the answers; the second is only compared with it. `response` must have been loaded
    with `lock`. Raises KeyError for an item that the questionnaire does not ask.
    """
    if entry == FIRST:
        given = _to_save(connection, response, typed)
        if newer := tuple(one.item for one in given if _is_newer(response, one, typed)):
            return newer
        for one in given:
            save(connection, response, one, now)
    known = stored.readings(connection, response.administration_id, entry)
    changed = {item: read for item, read in typed.read.items() if known.get(item) != read}
    stored.add_readings(connection, response.administration_id, entry, changed, now)
    return ()


def close(connection: Connection, response: Response, sheet: Row[Any], zone: ZoneInfo) -> bool:
    """Close the questionnaire with the day of its sheet; False while something is still to be typed.

    `response` must have been loaded with `lock`.
    """
    read = stored.readings(connection, response.administration_id, FIRST)
    if to_type(response, read) is not None:
        return False
    return submit(connection, response, noon_of(sheet.filled_on, zone))


def to_type(response: Response, read: Mapping[str, Answer]) -> str | None:
    """The first page still to be typed, by its id; None when the sheet is complete."""
    on_path = [item.id for item in response.path]
    page = first_to_type(wanted(entry_pages(response.questionnaire), read, on_path), read)
    return page.id if page else None


def as_answer(read: Answer) -> Answer:
    """What was read on a sheet as an answer: where nothing can be told, the question was skipped."""
    return SKIP if read in (BLANK, UNCLEAR) else read


def _to_save(connection: Connection, response: Response, typed: Typed) -> list[Given]:
    """The answers of a page. A blank leaves what was answered on the site, in the same variant, as it is."""
    elsewhere = stored.given_elsewhere(connection, response.administration_id)
    variant = response.questionnaire.variant
    return [
        Given(item, as_answer(read), typed.key, _current_id(response, item), PAPER, anew=item in elsewhere)
        for item, read in typed.read.items()
        if read != BLANK or elsewhere.get(item) != variant
    ]


def _current_id(response: Response, item: str) -> int | None:
    current = response.current.get(item)
    return current.id if current else None


def _is_newer(response: Response, given: Given, typed: Typed) -> bool:
    current = response.current.get(given.item)
    if current is None or current.answer == given.answer:
        return False
    return current.id > typed.seen and current.key != typed.key


def _keep_sheet(connection: Connection, administration_id: int, day: date, by: str, now: datetime) -> None:
    if stored.sheet(connection, administration_id):
        stored.change_sheet(connection, administration_id, filled_on=day)
    else:
        stored.add_sheet(
            connection, administration_id=administration_id, filled_on=day, first_by=by, first_at=now
        )


def _decide(
    connection: Connection, response: Response, decision: str, agreed: Agreed, filled_at: datetime
) -> None:
    answering.add_consent(
        connection,
        administration_id=response.administration_id,
        text_digest=consents.keep_text(connection, response, agreed.consent, agreed.shown),
        decision=decision,
        optional=",".join(sorted(agreed.optional)) if decision == "accepted" else "",
        mode=PAPER,
        decided_at=filled_at,
    )
