"""A share beside its target, as numbers: both lines, and what those without an answer could change (R5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.linked import Sum
from analysis.targets import Target, proportion
from surveyapp.reports.improvement import VERDICTS
from surveyapp.reports.levels import LEVEL
from surveyapp.reports.numbers import Figure, Place, Row, count, guarded, labelled, placed, targeted

SUCCESSES, FAILURES, N = "successes", "failures", "n"


@dataclass(frozen=True)
class Judged:
    """Of how many, how many succeeded; `unknown` had no answer.

    Where `counted` those without an answer are among the n, as failures (who was not reached is not placed);
    else they are beside the n.
    """

    successes: int
    n: int
    unknown: int = 0
    counted: bool = False

    @property
    def failures(self) -> int:
        """How many of the n did not succeed."""
        return self.n - self.successes

    def target(self, share: float) -> Target:
        """The observed share beside the target, strictly above."""
        beside = 0 if self.counted else self.unknown
        found = proportion(self.successes, self.n, target=share, operator=">", level=LEVEL, missing=beside)
        if not self.counted or not self.n:
            return found
        return replace(found, best=(self.successes + self.unknown) / self.n)


def judged_rows(place: Place, found: Judged, target: float, rule: str) -> list[Row]:
    """Every number about a share: counts, share with interval, both lines, bounds."""
    return placed(place, judged_figures(found, target, rule))


def judged_figures(found: Judged, target: float, rule: str) -> list[Figure]:
    """The figures of a share; below 10 only the counts have a value."""
    seen, n = found.target(target), found.n
    reached = None if seen.reached is None else float(seen.reached)
    verdict = VERDICTS[seen.verdict] if seen.verdict else None
    return [
        count(N, n, n),
        count(SUCCESSES, found.successes, n),
        count(FAILURES, found.failures, n),
        count("unknown", found.unknown, n if found.counted else n + found.unknown),
        targeted("share", seen, "share", rule),
        _about("reached", reached, n, rule),
        _about("verdict", verdict, n, rule, seen.verdict or ""),
        _about("p_exact", seen.p_exact, n, rule),
        _about("p_contrary", seen.p_contrary, n, rule),
        _about("worst", seen.worst, n, rule),
        _about("best", seen.best, n, rule),
    ]


def parts_of(place: Place) -> list[Sum]:
    """That those who succeed and those who do not are all of them."""
    return [Sum((place, N), ((place, SUCCESSES), (place, FAILURES)), whole=True)]


def added_up(whole: Place, parts: Sequence[Place]) -> list[Sum]:
    """That a share is one of groups which do not overlap and leave nobody out."""
    return [
        Sum((whole, statistic), tuple((part, statistic) for part in parts), whole=True)
        for statistic in (N, SUCCESSES, FAILURES)
    ]


def _about(statistic: str, value: float | None, n: int, rule: str, label: str = "") -> Figure:
    figure = guarded(Figure(statistic, value, n, estimator=statistic, missing_rule=rule))
    return labelled(figure, label) if figure.value is not None and label else figure
