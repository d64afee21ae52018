"""Indicator I13: who is placed, and who has a job, six months after the end of the path (D4, D5, D10)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.linked import Sum
from surveyapp.instruments.rule import PLACEMENT_TYPES
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.numbers import Figure, Place, Row, count, placed
from surveyapp.reports.project.indicators import OUTCOMES
from surveyapp.reports.project.judged import FAILURES, SUCCESSES, Judged, N, added_up, judged_rows, parts_of
from surveyapp.storage.register_rows import PathRow, PlacementRow, Register
from surveyapp.study.territory import territory

FOLLOW_UP = "FU6"
CONTACT = "FU6_02"
PLACED, EMPLOYED = "placed", "employed"
FACTS = {PLACED: "FU6_INSERITO", EMPLOYED: "FU6_OCCUPATO"}
HEARD, DEAD = (1, 2), 5
RULE = "not_reached=not_placed"
MONTHS = 6
TARGET = OUTCOMES["I13"][2]
# The people over whom the share is computed; the first two are the readings of D5.
ENDED, PLACED_AT_END, REACHED = "ended_paths", "placed_at_end", "reached"
NO_PLACEMENT = "NONE"
# Always all of them: that a kind is there at all would say that somebody is in it.
TYPES = (*PLACEMENT_TYPES, NO_PLACEMENT)


@dataclass(frozen=True)
class Ended:
    """A person whose path has ended. `type` is that of the last placement; `contact` how the search went.

    `facts` say whether they are placed and employed; None where that is not known.
    """

    person: str
    territory: str
    ended_on: date
    type: str = NO_PLACEMENT
    at_end: bool = False
    contact: int | None = None
    facts: Mapping[str, bool | None] | None = None

    @property
    def dead(self) -> bool:
        """Whether they died: then they are in no count of the indicator."""
        return self.contact == DEAD

    @property
    def reached(self) -> bool:
        """Whether they were heard, or a document tells how they are."""
        return self.contact in HEARD

    def matured(self, today: date) -> bool:
        """Whether six months have passed."""
        return months_later(self.ended_on, MONTHS) <= today

    def says(self, reading: str) -> bool | None:
        """Placed, or employed; None where it is not known."""
        return (self.facts or {}).get(reading)


BASES: Mapping[str, Callable[[Ended], bool]] = {
    ENDED: lambda _person: True,
    PLACED_AT_END: lambda person: person.at_end,
    REACHED: lambda person: person.reached,
}


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise ValueError("a month has at least 28 days")


def ended_people(
    register: Register, ends: Mapping[int, date | None], study: Study | None, today: date
) -> list[Ended]:
    """The people with a path that has ended, one entry a person: the first with a sheet, else the first.

    `ends` are the ends of paths by their id (D0).
    """
    sheets = _sheets(study)
    placements: dict[int, list[PlacementRow]] = {}
    for one in register.placements:
        placements.setdefault(one.path_id, []).append(one)
    found: dict[str, Ended] = {}
    for path in sorted(register.paths, key=lambda path: (path.id not in sheets, path.number)):
        end = ends.get(path.id)
        if end and end <= today:
            person = _ended(path, end, placements.get(path.id, []), sheets.get(path.id))
            found.setdefault(path.person_code, person)
    return sorted(found.values(), key=lambda person: person.person)


def follow_up_rows(people: Sequence[Ended], today: date, version: str) -> list[Row]:
    """Every number of the indicator, over those whose six months have passed and who are alive."""
    alive = [person for person in people if person.matured(today) and not person.dead]
    rows: list[Row] = []
    for base, belongs in BASES.items():
        theirs = [person for person in alive if belongs(person)]
        rows += [row for reading in FACTS for row in _rows(_place(version, reading, base), theirs, reading)]
    rows += placed(_whole(version), _flow(people, alive, today))
    rows += _by_type(alive, version)
    for name in sorted({person.territory for person in alive}):
        theirs = [person for person in alive if person.territory == name]
        for reading in FACTS:
            rows += _rows(replace(_place(version, reading, ENDED), territory=name), theirs, reading)
    return rows


def follow_up_sums(version: str) -> list[Sum]:
    """How the counts over the whole project add up; those of territories stay inside."""
    whole = _whole(version)
    first, second = (_place(version, reading, ENDED) for reading in FACTS)
    sums = [Sum((whole, "ended"), ((whole, "matured"), (whole, "not_matured")), whole=True)]
    # Who died is the rest, and is told to nobody.
    sums.append(Sum((whole, "matured"), ((first, N),)))
    for base in BASES:
        for reading in FACTS:
            sums += parts_of(_place(version, reading, base))
        sums += _of_base(version, base)
    sums.append(Sum((first, FAILURES), ((first, "unknown"),)))
    sums.append(Sum((first, "unknown"), ((second, "unknown"),), whole=True))
    for reading, place in zip(FACTS, (first, second), strict=True):
        sums += added_up(place, [_of_type(version, reading, kind) for kind in TYPES])
        sums += [one for kind in TYPES for one in parts_of(_of_type(version, reading, kind))]
    sums += [
        Sum(
            (_of_type(version, PLACED, kind), statistic),
            ((_of_type(version, EMPLOYED, kind), statistic),),
            whole,
        )
        for kind in TYPES
        for statistic, whole in ((N, True), (SUCCESSES, False))
    ]
    return sums


def _of_base(version: str, base: str) -> list[Sum]:
    """Both readings have the same people; the employed are among the placed; a base is among the ended."""
    inside, employed = (_place(version, reading, base) for reading in FACTS)
    sums = [
        Sum((inside, N), ((employed, N),), whole=True),
        Sum((inside, SUCCESSES), ((employed, SUCCESSES),)),
    ]
    if base != ENDED:
        for reading in FACTS:
            whole, part = _place(version, reading, ENDED), _place(version, reading, base)
            sums += [Sum((whole, name), ((part, name),)) for name in (N, SUCCESSES, FAILURES)]
    return sums


def _rows(place: Place, people: Sequence[Ended], reading: str) -> list[Row]:
    yes = sum(person.says(reading) is True for person in people)
    unknown = sum(person.says(reading) is None for person in people)
    return judged_rows(place, Judged(yes, len(people), unknown, counted=True), TARGET, RULE)


def _flow(people: Sequence[Ended], alive: Sequence[Ended], today: date) -> list[Figure]:
    matured = sum(person.matured(today) for person in people)
    without = sum(person.contact is None for person in alive)
    return [
        count("ended", len(people), len(people)),
        count("matured", matured, len(people)),
        count("not_matured", len(people) - matured, len(people)),
        count("deaths", matured - len(alive), matured),
        count("without_sheet", without, len(alive)),
        count("looked_for_in_vain", sum(not person.reached for person in alive) - without, len(alive)),
    ]


def _by_type(alive: Sequence[Ended], version: str) -> list[Row]:
    rows: list[Row] = []
    for kind in TYPES:
        theirs = [person for person in alive if person.type == kind]
        rows += [row for reading in FACTS for row in _rows(_of_type(version, reading, kind), theirs, reading)]
    return rows


def _place(version: str, reading: str, base: str) -> Place:
    return replace(_whole(version), subset=f"{reading}:{base}")


def _of_type(version: str, reading: str, kind: str) -> Place:
    return replace(_whole(version), subset=f"{reading}:type:{kind}")


def _whole(version: str) -> Place:
    return Place(version=version, scale="I13", occasion=FOLLOW_UP, form="O")


def _sheets(study: Study | None) -> dict[int, Response]:
    """The first sheet of each path."""
    found: dict[int, Response] = {}
    for one in sorted(study.responses if study else (), key=lambda one: one.administration.turn):
        if one.administration.path_id is not None:
            found.setdefault(one.administration.path_id, one)
    return found


def _ended(path: PathRow, end: date, placements: Sequence[PlacementRow], sheet: Response | None) -> Ended:
    last = max(placements, key=lambda one: (one.started_on, one.id), default=None)
    return Ended(
        person=path.person_code,
        territory=territory(path.province, path.ambito),
        ended_on=end,
        type=last.type if last else NO_PLACEMENT,
        at_end=any(one.started_on <= end and (not one.ended_on or one.ended_on >= end) for one in placements),
        contact=sheet.raw(CONTACT) if sheet else None,
        facts={reading: _known(sheet, fact) for reading, fact in FACTS.items()} if sheet else None,
    )


def _known(sheet: Response, fact: str) -> bool | None:
    found = sheet.facts.get(fact)
    return found if isinstance(found, bool) else None
