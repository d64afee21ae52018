"""Nominal group votes: five points a person over the list of criteria. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

POINTS_EACH = 5


@dataclass(frozen=True)
class Ranked:
    """A criterion with its points, how many people gave it any, and its place (the same for equal points)."""

    criterion: str
    points: int
    voters: int
    rank: int


def ranking(votes: Iterable[tuple[str, str, int]]) -> list[Ranked]:
    """Criteria by points, from (person, criterion, points); equal points share a rank ("1224").

    Raises ValueError for fewer than one point, and for a person who gives more than five in all.
    """
    points: dict[str, int] = {}
    voters: dict[str, set[str]] = {}
    given: dict[str, int] = {}
    for person, criterion, amount in votes:
        if amount < 1:
            raise ValueError("a vote has at least one point.")
        points[criterion] = points.get(criterion, 0) + amount
        voters.setdefault(criterion, set()).add(person)
        given[person] = given.get(person, 0) + amount
    if beyond := [person for person, amount in given.items() if amount > POINTS_EACH]:
        raise ValueError(f"{beyond[0]} has given more than {POINTS_EACH} points.")
    order = sorted(points, key=lambda criterion: (-points[criterion], criterion))
    return [
        Ranked(
            name, points[name], len(voters[name]), 1 + sum(more > points[name] for more in points.values())
        )
        for name in order
    ]
