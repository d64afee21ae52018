"""The Wilcoxon signed-rank test, exact with ties, and what else comes from signed ranks."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from analysis.arrays import Floats, Integers

EXACT_UP_TO = 500
"""Differences other than zero up to which the null distribution is counted out (about .1 s)."""

GRAIN = 1e-9
"""Differences are rounded to this, so that float subtraction does not break ties."""

LARGEST = 1e9
"""Largest difference that can be counted in grains without overflow."""


@dataclass(frozen=True)
class SignedRank:
    """Sum of the ranks of positive differences and what it says.

    `v` is that sum, `less` and `greater` are one-sided p, `two_sided` twice the smaller;
    `rank_biserial` runs from -1 to 1; `method` is "exact" or "normal" (above `EXACT_UP_TO`).
    """

    v: float
    less: float
    greater: float
    two_sided: float
    rank_biserial: float
    method: str


def signed_rank(differences: Floats) -> SignedRank | None:
    """Test that differences without NaN are symmetric about 0; None when all of them are 0.

    Zeros are dropped (Wilcoxon 1945), tied differences share their mean rank and the distribution
    is that of the observed ranks under random signs, as in exactRankTests: shift algorithm of
    Streitberg and Roehmel (1986). The matched rank-biserial is (V+ - V-) / (V+ + V-) (Kerby 2014).
    """
    kept = _grains(differences)
    if len(kept) == 0:
        return None
    ranks = doubled_ranks(np.abs(kept))
    positive, total = int(ranks[kept > 0].sum()), int(ranks.sum())
    method = "exact" if len(kept) <= EXACT_UP_TO else "normal"
    less, greater = TAILS[method](ranks, positive)
    two_sided = min(1.0, 2 * min(less, greater))
    return SignedRank(positive / 2, less, greater, two_sided, (2 * positive - total) / total, method)


def hodges_lehmann(differences: Floats) -> float:
    """Return the median of the Walsh averages of the differences other than 0, in their units.

    Hodges and Lehmann (1963). Zeros are dropped, as R's `wilcox.test` does; 0.0 when nothing is
    left. Found by bisection on counts, exact to `GRAIN`, without holding n * n averages: the time goes
    with how many different values there are, and its logarithm.
    """
    kept = _grains(differences)
    if len(kept) == 0:
        return 0.0
    values, times = np.unique(kept, return_counts=True)
    sums = len(kept) * (len(kept) + 1) // 2
    lower, upper = (_smallest_sum(values, times, place) for place in ((sums + 1) // 2, sums // 2 + 1))
    return (lower + upper) / 4 * GRAIN


def _grains(differences: Floats) -> Integers:
    """Return the differences other than 0 as whole numbers of grains; ValueError when too large."""
    if bool(np.any(np.abs(differences) > LARGEST)):
        raise ValueError(f"differences must not exceed {LARGEST:.0f}.")
    grains = np.rint(differences / GRAIN).astype(np.int64)
    changed: Integers = grains[grains != 0]
    return changed


def doubled_ranks(sizes: Integers) -> Integers:
    """Return twice the mean rank of each size: whole numbers, also with ties."""
    _, group, count = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    doubled: Integers = (2 * last - count + 1)[group]
    return doubled


def _exact_tails(ranks: Integers, positive: int) -> tuple[float, float]:
    """Return P(V <= v) and P(V >= v): each rank is added to the sum or not, with even odds.

    V is symmetric, so only the sums up to the smaller of both sides are counted.
    """
    negative = int(ranks.sum()) - positive
    chance = np.zeros(min(positive, negative) + 1)
    chance[0] = 1.0
    for rank in ranks.tolist():
        added = chance[:-rank] / 2 if rank < len(chance) else chance[:0]
        chance /= 2
        chance[len(chance) - len(added) :] += added
    smaller, larger = float(chance.sum()), 1.0 - float(chance[:-1].sum())
    return (smaller, larger) if positive <= negative else (larger, smaller)


def _normal_tails(ranks: Integers, positive: int) -> tuple[float, float]:
    """Return the same from the normal distribution, whose variance is right with ties."""
    scale = sqrt(float(np.square(ranks.astype(float)).sum())) / 2
    z = (positive - float(ranks.sum()) / 2) / scale
    return float(special.ndtr(z)), float(special.ndtr(-z))


TAILS = {"exact": _exact_tails, "normal": _normal_tails}


def _smallest_sum(values: Integers, times: Integers, position: int) -> int:
    """Return the sum at `position` (from 1) among d[i] + d[j], i <= j, of whole numbers.

    They are given as the different `values` in order and how many `times` each is there.
    """
    upto = np.concatenate(([0], np.cumsum(times)))
    low, high = 2 * int(values[0]), 2 * int(values[-1])
    while low < high:
        middle = (low + high) // 2
        both_ways = int(times @ upto[np.searchsorted(values, middle - values, side="right")])
        own = int(upto[np.searchsorted(2 * values, middle, side="right")])
        low, high = (low, middle) if (both_ways + own) // 2 >= position else (middle + 1, high)
    return low
