"""What a new version does to what is open already: who keeps the old one, who gets the new one. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.instruments.plan import Plan
from surveyapp.study.planning import Made, Register, Subject
from surveyapp.study.versions import SHARED, first_given

IN_FORCE = "in_force"


@dataclass(frozen=True)
class Impact:
    """What becomes of the open paths, placements and accompaniments of one instrument.

    `kept` are those that go on with the version they began with, by version; `renewed` the questionnaires
    that nobody has begun, which take the new one; `crossing` those that will have both versions, because the
    plan gives them the one in force each time.
    """

    rule: str
    kept: Mapping[str, int]
    renewed: int
    crossing: int


def impact(plan: Plan, register: Register, instrument_id: str) -> Impact | None:
    """What a new version does, by the rule of its instrument; None for what the plan never asks."""
    rules = {entry.version for entry in plan.entries if entry.instrument == instrument_id}
    if not rules:
        return None
    (rule,) = rules
    mine = [made for made in register.made if made.instrument == instrument_id]
    going_on = _going_on(rule, register.subjects, mine)
    kept = Counter(version for _place, version in _begun(rule, mine, going_on))
    if rule == IN_FORCE:
        return Impact(rule, {}, 0, sum(kept.values()))
    return Impact(rule, dict(sorted(kept.items())), _renewed(rule, mine), 0)


def _place(rule: str, subject: str, series: str) -> str:
    """What shares a version; where nothing does, each subject stands for itself."""
    return SHARED[rule](subject, series) or subject


def _going_on(rule: str, subjects: Iterable[Subject], mine: Iterable[Made]) -> set[str]:
    """What has not ended, or still has something to answer."""
    there = {_place(rule, one.key, one.series) for one in subjects if not one.anchors.get(f"{one.kind}_end")}
    return there | {_place(rule, one.subject, one.series) for one in mine if one.state == "open"}


def _begun(rule: str, mine: list[Made], going_on: set[str]) -> Iterator[tuple[str, str]]:
    """What has begun and goes on, each with its first version."""
    for (_instrument, place), first in first_given(mine).items():
        own = _place(rule, first.subject, first.series)
        if place == own and place in going_on:
            yield place, first.version


def _renewed(rule: str, mine: list[Made]) -> int:
    begun = {place for _instrument, place in first_given(mine)}
    return sum(
        one.state == "open" and not one.begun and _place(rule, one.subject, one.series) not in begun
        for one in mine
    )
