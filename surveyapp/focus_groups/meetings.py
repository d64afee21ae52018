"""A focus group as it is typed in: what is wrong with the fields, and what is kept. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveyapp.storage.focus_tables import AUDIENCES
from surveyapp.study.cells import CellError, day

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,19}")
LONGEST_GUIDE = 20_000
LONGEST_MINUTES = 600
# How long each text may be: the columns of the tables.
LONGEST: Mapping[str, int] = {"title": 200, "place": 120, "moderator": 120, "observer": 120}
LONGEST_OF_PARTICIPANT: Mapping[str, int] = {"role": 80, "organisation": 40}


@dataclass(frozen=True)
class Typed:
    """The fields of a meeting as they were typed; `versions` are `instrument@version`."""

    code: str = ""
    audience: str = ""
    title: str = ""
    planned_for: str = ""
    held_on: str = ""
    place: str = ""
    moderator: str = ""
    observer: str = ""
    minutes: str = ""
    recorded: bool = False
    guide: str = ""
    versions: tuple[str, ...] = ()

    @property
    def texts(self) -> str:
        """What was typed freely, to look for names in it."""
        return "\n".join((self.title, self.place, self.moderator, self.observer, self.guide))


@dataclass(frozen=True)
class TypedParticipant:
    """The fields of a participant as they were typed."""

    code: str = ""
    role: str = ""
    organisation: str = ""
    quotable: bool = False
    recordable: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """What is kept, once there are no problems."""
        return dict(vars(self))


def problems(typed: Typed, today: date) -> dict[str, str]:
    """What is wrong, by field: the name of the message."""
    return dict(_problems(typed, today))


def participant_problems(typed: TypedParticipant) -> dict[str, str]:
    """What is wrong with a participant, by field: the name of the message."""
    found = {
        field: "too_long" for field, most in LONGEST_OF_PARTICIPANT.items() if len(vars(typed)[field]) > most
    }
    if not typed.role:
        found["role"] = "no_role"
    if not CODE.fullmatch(typed.code):
        found["code"] = "bad_code" if typed.code else "no_code"
    return found


def values(typed: Typed) -> dict[str, Any]:
    """What is kept of a meeting without problems; its versions stand apart."""
    kept = {name: value for name, value in vars(typed).items() if name != "versions"}
    minutes = int(typed.minutes) if typed.minutes else None
    dates = {"planned_for": _date(typed.planned_for), "held_on": _date(typed.held_on)}
    return kept | {"minutes": minutes} | dates


def _problems(typed: Typed, today: date) -> Iterator[tuple[str, str]]:
    for field, most in LONGEST.items():
        if len(vars(typed)[field]) > most:
            yield field, "too_long"
    if len(typed.guide) > LONGEST_GUIDE:
        yield "guide", "long_guide"
    if not CODE.fullmatch(typed.code):
        yield "code", "bad_code" if typed.code else "no_code"
    if typed.audience not in AUDIENCES:
        yield "audience", "no_audience"
    if not typed.title:
        yield "title", "no_title"
    yield from _problems_of_days(typed, today)
    if typed.minutes and not _is_length(typed.minutes):
        yield "minutes", "bad_minutes"


def _problems_of_days(typed: Typed, today: date) -> Iterator[tuple[str, str]]:
    if _date(typed.planned_for) is None:
        yield "planned_for", "bad_day" if typed.planned_for else "no_day"
    held = _date(typed.held_on)
    if typed.held_on and held is None:
        yield "held_on", "bad_day"
    elif held is not None and held > today:
        yield "held_on", "future"


def _is_length(minutes: str) -> bool:
    return minutes.isascii() and minutes.isdigit() and 1 <= int(minutes[:6]) <= LONGEST_MINUTES


def _date(typed: str) -> date | None:
    try:
        return day(typed)
    except CellError:
        return None
