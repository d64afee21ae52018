"""The counts that the register knows: people, placements, hosts."""

from collections.abc import Callable, Mapping
from datetime import date

from surveyapp.reports.numbers import OF_THINGS, Figure, Place
from surveyapp.reports.project.indicators import THINGS, Indicator
from surveyapp.storage.register_rows import PlacementRow, Register

VALUE = "value"
# How the outcome of a DULD begins where it is a job ("occupazione", "occupata").
EMPLOYED = "occupa"

Count = Callable[[Register, date], int]


def registered(register: Register, today: date) -> dict[str, int]:
    """What the register counts, by indicator; empty where nothing was registered that could be counted."""
    return {code: count(register, today) for code, count in COUNTS.items() if KNOWN[code](register)}


def place_of(code: str) -> Place:
    """Where a count stands among the numbers."""
    return Place(version="", scale=code)


def figure_of(indicator: Indicator, value: int) -> Figure:
    """A count of the register or entered by somebody."""
    if indicator.unit == THINGS:
        return Figure(VALUE, value, value, estimator=OF_THINGS)
    return Figure(VALUE, value, value)


def _begun(register: Register, today: date) -> list[PlacementRow]:
    return [one for one in register.placements if one.started_on <= today]


def _people(register: Register, today: date) -> int:
    return len({path.person_code for path in register.paths if path.started_on <= today})


def _placements(kind: str) -> Count:
    return lambda register, today: sum(one.type == kind for one in _begun(register, today))


def _people_in(*kinds: str) -> Count:
    return lambda register, today: len(
        {one.person_code for one in _begun(register, today) if one.type in kinds}
    )


def _duld(register: Register, today: date) -> int:
    return sum(bool(one.duld) for one in _begun(register, today))


def _duld_employed(register: Register, today: date) -> int:
    return sum(
        bool(one.duld and (one.duld_outcome or "").casefold().startswith(EMPLOYED))
        for one in _begun(register, today)
    )


def accompanied(register: Register, today: date) -> set[int]:
    """The organisations whose accompaniment has begun."""
    return {one.organisation_id for one in register.accompaniments if one.started_on <= today}


def _hosts(register: Register, today: date) -> int:
    """Hosts with a placement and an accompaniment whose first sheet (T0) was filled in."""
    answered = {
        one.accompaniment_id
        for one in register.administrations
        if one.instrument == "acc" and one.occasion == "T0" and one.state == "submitted"
    }
    seen = {one.organisation_id for one in register.accompaniments if one.id in answered}
    hosts = {one.host_id for one in _begun(register, today) if one.host_id}
    return len(hosts & seen & accompanied(register, today))


COUNTS: Mapping[str, Count] = {
    "I1": _duld,
    "I1B": _duld_employed,
    "I2": _people,
    "I3": _placements("TIS"),
    "I4": _placements("TIR"),
    "I5": _hosts,
    "I8": _people_in("ACA"),
    "A2": _people_in("A14"),
    "A8": lambda register, today: len(accompanied(register, today)),
}


def _any_placement(register: Register) -> bool:
    return bool(register.placements)


# Whether there is anything to count: without a placement nobody knows whether none began or none was written.
KNOWN: Mapping[str, Callable[[Register], bool]] = dict.fromkeys(COUNTS, _any_placement) | {
    "I2": lambda register: bool(register.paths),
    "A8": lambda register: bool(register.accompaniments),
}
