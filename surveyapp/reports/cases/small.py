"""Counts before several bodies: what is small is hidden, and what would give it away.

Two marks, because a mark tells something too: FEW stands where a hidden count can only be small, NOT_SHOWN
where some of the hidden ones are not.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.disclosure import MINIMUM, suppress_with_totals
from surveyapp.reports.numbers import Figure, count

FEW, NOT_SHOWN = f"<{MINIMUM}", "n.m."
SMALL = f"meno di {MINIMUM}"
PROTECTED = f"meno di {MINIMUM}, o da questo numero se ne ricaverebbe uno sotto {MINIMUM}"
PEOPLE = ("in_charge", "new", "concluded")
TOTAL = "all"


def figure(statistic: str, value: int, n: int) -> Figure:
    """A count that stands alone: hidden where it is small."""
    return count(statistic, value, n) if value >= MINIMUM else hidden(statistic, FEW, SMALL)


def among(statistic: str, value: int, n: int) -> Figure:
    """A count of people among others whose number is known: the others too must be enough."""
    if min(value, n - value) < MINIMUM:
        return hidden(statistic, NOT_SHOWN, PROTECTED)
    return count(statistic, value, n)


def hidden(statistic: str, mark: str, reason: str) -> Figure:
    """A count that is not shown; how many people it rests on is not told either."""
    return Figure(statistic, None, 0, label=mark, reason=reason)


def people_figures(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[list[Figure], list[Figure]]:
    """People in charge, new and concluded, in a half year and in the one before.

    Who is in charge now was in charge before and had not concluded, or is new: where one of the two, new
    now and concluded before, is not shown, the whole half year before is hidden: nothing is left to reckon
    with.
    """
    shown, earlier = _flow(now), _flow(before)
    if None in (shown["new"].value, earlier["concluded"].value):
        earlier = {name: hidden(name, NOT_SHOWN, PROTECTED) for name in PEOPLE}
    return [shown[name] for name in PEOPLE], [earlier[name] for name in PEOPLE]


def _flow(counts: Mapping[str, int]) -> Mapping[str, Figure]:
    """The people of one half year; of new and concluded ones the others must be enough too."""
    there = counts["in_charge"]
    parts = {name: among(name, counts[name], there) for name in ("new", "concluded")}
    return {"in_charge": figure("in_charge", there, there), **parts}


def published(table: pd.DataFrame) -> pd.DataFrame:
    """The table with totals, everything hidden that must be."""
    return suppress_with_totals(table, name=TOTAL)


def cell(statistic: str, value: object) -> Figure:
    """A cell of a table with totals: which of the hidden ones are small is not told."""
    if pd.isna(value):  # type: ignore[call-overload]  # a cell is a number or <NA>
        return hidden(statistic, NOT_SHOWN, PROTECTED)
    return count(statistic, int(value), int(value))  # type: ignore[call-overload]  # the same
