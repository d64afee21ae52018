"""The same sheet typed a second time: where the two entries differ, and which one is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from surveyapp.collection.paper import FIRST, SECOND, Typed, keep, to_type
from surveyapp.collection.response import Response
from surveyapp.instruments.answers import Answer
from surveyapp.instruments.model import Item
from surveyapp.sheets.paper_entry import BLANK
from surveyapp.storage import paper as stored

Read = Mapping[str, Answer]


@dataclass(frozen=True)
class Difference:
    """A question that the two entries read differently."""

    item: Item
    first: Answer
    second: Answer


def differences(response: Response, first: Read, second: Read) -> list[Difference]:
    """Where two entries differ, in the order of the form; what an entry never came to is blank."""
    found = [
        Difference(item, first.get(item.id, BLANK), second.get(item.id, BLANK))
        for item in response.questionnaire.asked
    ]
    return [one for one in found if not _same(one.first, one.second)]


def begin(connection: Connection, administration_id: int, by: str, now: datetime) -> None:
    """Somebody types the sheet a second time; who had begun that already is kept."""
    sheet = stored.sheet(connection, administration_id)
    if sheet and sheet.second_by is None:
        stored.change_sheet(connection, administration_id, second_by=by, second_at=now)


def resolve(
    connection: Connection, response: Response, chosen: Mapping[str, int], key: str, now: datetime
) -> bool:
    """Keep which entry is right where they differ; False while that is not said of every difference.

    Where it is the second, its answer becomes a new revision. `response` must have been loaded with `lock`.
    """
    first, second = (stored.readings(connection, response.administration_id, one) for one in (FIRST, SECOND))
    found = differences(response, first, second)
    if any(chosen.get(one.item.id) not in (FIRST, SECOND) for one in found):
        return False
    right = {one.item.id: one.second for one in found if chosen[one.item.id] == SECOND}
    newest = max((current.id for current in response.current.values()), default=0)
    keep(connection, response, FIRST, Typed(right, key, newest), now)
    stored.change_sheet(connection, response.administration_id, differences=len(found), compared_at=now)
    return True


def settle_if_equal(connection: Connection, response: Response, now: datetime) -> bool:
    """Keep that a second entry says the same as the first, once it is complete; whether it does.

    `response` must have been loaded with `lock`.
    """
    if to_type(response, stored.readings(connection, response.administration_id, SECOND)) is not None:
        return False
    return resolve(connection, response, {}, "", now)


def _same(one: Answer, other: Answer) -> bool:
    """Whether two readings say the same; capitals and blanks of a text do not matter."""
    if one.text is not None and other.text is not None:
        return one.text.casefold().split() == other.text.casefold().split()
    return one == other
