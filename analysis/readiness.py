"""Is there enough to say something, and how much more is needed: before the data, or half way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from analysis.inputs import one_of, proper_level, successes_of, whole_counts
from analysis.intervals import feldt_limits
from analysis.targets import COMPARE, SIGNIFICANT, Operator

MOST_PEOPLE = 10_000
"""More than any study here will ever have: where a search for n gives up."""

STEADY = 50
"""Numbers of people for which a power must hold, since that of exact tests goes up and down."""

FAR, LARGEST_SHIFT = 8.0, 50.0
"""Noncentralities from which the other tail is nothing, and from which power is as good as certain."""

POWER = 0.8
UPWARD = (">", ">=")


@dataclass(frozen=True)
class StillNeeded:
    """How many of those still `awaited` must succeed: 0 when it is certain, None when it is impossible.

    `to_reach` for the observed share against the target, `to_demonstrate` for the exact one-sided
    test at .05, both on everybody planned.
    """

    awaited: int
    to_reach: int | None
    to_demonstrate: int | None


def still_needed(
    successes: int, answered: int, planned: int, target: float, *, operator: Operator = ">"
) -> StillNeeded:
    """Return how many more successes a target (a share between 0 and 1) takes by `planned` people.

    Raises ValueError for counts that do not fit together, for a target outside 0 to 1 and for an
    operator that does not point upward.
    """
    one_of("operator", operator, UPWARD)
    successes, answered = successes_of(successes, answered)
    (planned,) = whole_counts(planned=planned)
    if planned < max(answered, 1):
        raise ValueError(f"planned ({planned}) must be at least 1, and answered ({answered}).")
    shown = least_to_demonstrate(planned, target)
    reached = _first(0, planned, lambda count: COMPARE[operator](count / planned, target))
    awaited = planned - answered
    return StillNeeded(awaited, *(_more(least, successes, awaited) for least in (reached, shown)))


def least_to_demonstrate(n: int, target: float) -> int | None:
    """Return the fewest successes of `n` with an exact one-sided p < .05 against a share; None if none.

    The exact binomial test of `targets.proportion`. Raises ValueError for a wrong n or target.
    """
    (n,) = whole_counts(n=n)
    _proper_share("target", target)
    return _first(0, n, lambda count: float(special.bdtrc(count - 1, n, target)) < SIGNIFICANT)


def people_for_share(expected: float, target: float, *, power: float = POWER) -> int | None:
    """Return the fewest people that demonstrate a target with this power if the true share is `expected`.

    Exact one-sided binomial test at .05; as its power goes up and down with n, the n from which on
    it holds 50 times in a row. None where more than 10000 would be needed. Raises ValueError unless
    target < expected and all lie between 0 and 1.
    """
    for name, share in (("expected", expected), ("target", target), ("power", power)):
        _proper_share(name, share)
    if target >= expected:
        raise ValueError(f"target ({target}) must be below expected ({expected}).")
    steady = 0
    for n in range(1, MOST_PEOPLE + 1):
        least = least_to_demonstrate(n, target)
        enough = least is not None and float(special.bdtrc(least - 1, n, expected)) >= power
        steady = steady + 1 if enough else 0
        if steady == STEADY:
            return n - STEADY + 1
    return None


def people_for_change(dz: float, *, power: float = POWER, level: float = 0.95) -> int | None:
    """Return the fewest pairs that show a standardized mean change dz in a two-sided paired t test.

    From the noncentral t distribution (Cohen 1988). None where more than 10000 would be needed.
    Raises ValueError for a dz of 0, a level or a power outside 0 to 1.
    """
    proper_level(level)
    _proper_share("power", power)
    if dz == 0:
        raise ValueError("dz must not be 0.")
    return _first(2, MOST_PEOPLE, lambda n: _power_of_t(abs(dz), n, level) >= power)


def width_of_alpha(alpha: float, n: int, items: int, *, level: float = 0.95) -> float:
    """Return how wide the Feldt (1965) interval will be if alpha comes out as expected.

    Raises ValueError unless alpha < 1, with at least two people and two items.
    """
    low, high = _alpha_limits(alpha, n, items, level)
    return high - low


def people_for_alpha(alpha: float, items: int, *, at_least: float, level: float = 0.95) -> int | None:
    """Return the fewest people with whom an alpha as expected lies above `at_least`, interval and all.

    By the lower Feldt (1965) limit. None where more than 10000 would be needed. Raises ValueError
    unless at_least < alpha < 1, with at least two items.
    """
    if at_least >= alpha:
        raise ValueError(f"at_least ({at_least}) must be below alpha ({alpha}).")
    return _first(2, MOST_PEOPLE, lambda n: _alpha_limits(alpha, n, items, level)[0] >= at_least)


def _proper_share(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"{name} must be a share between 0 and 1, not {share!r}.")


def _first(least: int, most: int, enough: Callable[[int], bool]) -> int | None:
    """Return the first whole number that is enough, when all after it are too; None when `most` is not."""
    if not enough(most):
        return None
    while least < most:
        middle = (least + most) // 2
        least, most = (least, middle) if enough(middle) else (middle + 1, most)
    return least


def _more(least: int | None, successes: int, awaited: int) -> int | None:
    """Return how many successes are missing to the least, None where too few people are awaited."""
    if least is None or least - successes > awaited:
        return None
    return max(0, least - successes)


def _alpha_limits(alpha: float, n: int, items: int, level: float) -> tuple[float, float]:
    proper_level(level)
    people, questions = whole_counts(n=n, items=items)
    if not alpha < 1 or people < 2 or questions < 2:
        raise ValueError("alpha must be below 1, n and items at least 2.")
    return feldt_limits(alpha, people, questions, level)


def _power_of_t(dz: float, n: int, level: float) -> float:
    """Return the chance that |t| is beyond its critical value.

    Some tails that are next to nothing come out of scipy as NaN: they are nothing.
    """
    critical = float(special.stdtrit(n - 1, (1 + level) / 2))
    shift = min(dz * sqrt(n), LARGEST_SHIFT)
    below = float(np.nan_to_num(special.nctdtr(n - 1, shift, critical)))
    return 1 - below + (float(special.nctdtr(n - 1, shift, -critical)) if shift < FAR else 0.0)
