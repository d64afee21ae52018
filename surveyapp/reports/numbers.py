"""One number of the report, what it is about, and whether few people allow it to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.estimate import Estimate
from analysis.linked import Sum
from analysis.targets import Target

EVERYWHERE = "Tutti i territori"
ALL_VARIANTS = "all"

# Below the first nothing but counts is shown; below the second a number is labelled (rulings S11).
SHOWN_FROM = 10
SOLID_FROM = 30
EXPLORATORY = "esplorativo"
TOO_FEW = f"meno di {SHOWN_FROM}: si mostrano solo i conteggi"

COUNT = "count"
# A count of things, about nobody: however small, it says nothing of anybody.
OF_THINGS = "count_of_things"


@dataclass(frozen=True)
class Place:
    """What a number is about. Empty fields do not apply; `subset` names the people or pairs it rests on.

    `length` is empty for the full form. Numbers of different forms, lengths or variants are never pooled.
    """

    version: str
    scale: str = ""
    item: str = ""
    territory: str = EVERYWHERE
    occasion: str = ""
    variant: str = ALL_VARIANTS
    subset: str = ""
    form: str = ""
    length: str = ""


@dataclass(frozen=True)
class Figure:
    """One statistic with everything that a reader needs to trust it, or the reason why it is not there."""

    statistic: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    estimator: str = COUNT
    missing_rule: str = ""
    interval: str = ""
    label: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """A figure in its place: a row of results.csv."""

    place: Place
    figure: Figure


@dataclass(frozen=True)
class Numbers:
    """Every number of the report, in order; the tables of the page and results.csv read the same rows.

    `sums` say which counts of people add up, by their place and statistic: what leaves the team is chosen by
    them (see audiences).
    """

    rows: tuple[Row, ...]
    sums: tuple[Sum, ...] = ()

    @cached_property
    def _by_place(self) -> Mapping[Place, Mapping[str, Figure]]:
        found: dict[Place, dict[str, Figure]] = {}
        for row in self.rows:
            found.setdefault(row.place, {})[row.figure.statistic] = row.figure
        return found

    def figure(self, place: Place, statistic: str) -> Figure | None:
        """The figure of a place, or None when it was not asked for there."""
        return self.figures(place).get(statistic)

    def figures(self, place: Place) -> Mapping[str, Figure]:
        """Every figure of a place, by statistic."""
        return self._by_place.get(place, {})

    def places(self, statistic: str) -> list[Place]:
        """Where a statistic was computed, in order."""
        return list(self._by_statistic.get(statistic, ()))

    @cached_property
    def _by_statistic(self) -> Mapping[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for row in self.rows:
            found.setdefault(row.figure.statistic, []).append(row.place)
        return found

    def value(self, place: Place, statistic: str) -> float | None:
        """The value of a figure; None where it is hidden, missing or not asked for."""
        found = self.figure(place, statistic)
        return found.value if found else None

    def count(self, place: Place, statistic: str) -> int:
        """The value of a count; 0 where it was not asked for."""
        return int(self.value(place, statistic) or 0)


def count(statistic: str, value: int, n: int) -> Figure:
    """A count: it is shown however few the people."""
    return Figure(statistic, value, n)


def estimated(statistic: str, estimate: Estimate) -> Figure:
    """A figure from an estimate of the analysis, hidden or labelled by its n."""
    return guarded(
        Figure(
            statistic,
            estimate.value,
            estimate.n,
            estimate.low,
            estimate.high,
            estimate.estimator,
            estimate.missing,
            estimate.interval,
            reason=estimate.reason or "",
        )
    )


def targeted(statistic: str, target: Target, estimator: str, missing_rule: str) -> Figure:
    """A figure from the observed value of a target, hidden or labelled by its n."""
    return guarded(
        Figure(
            statistic,
            target.value,
            target.n,
            target.low,
            target.high,
            estimator,
            missing_rule,
            target.interval,
            reason=target.reason or "",
        )
    )


def guarded(figure: Figure) -> Figure:
    """The figure without its value when it rests on too few, labelled when it rests on few."""
    if figure.n < SHOWN_FROM:
        return replace(figure, value=None, low=None, high=None, reason=TOO_FEW)
    return labelled(figure, EXPLORATORY) if figure.n < SOLID_FROM else figure


def labelled(figure: Figure, label: str) -> Figure:
    """The figure with one more label."""
    return replace(figure, label="; ".join(filter(None, (figure.label, label))))


def placed(place: Place, figures: Iterable[Figure]) -> list[Row]:
    """The figures as rows of one place."""
    return [Row(place, figure) for figure in figures]
