"""The Wilcoxon-Mann-Whitney rank-sum test of two groups, exact with ties where they are small."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt

import numpy as np
from scipy import special

from analysis.arrays import Floats, Integers
from analysis.signed_rank import GRAIN, doubled_ranks

EXACT_UP_TO = 100
"""Persons of both groups together up to which every division of the ranks is counted (about .1 s)."""


@dataclass(frozen=True)
class RankSum:
    """How the ranks of two groups differ.

    `u` counts the pairs in which the first group's value is greater (ties count half: R's W),
    `two_sided` is twice the smaller tail, `rank_biserial` = 2 u / (n1 n2) - 1 (Cliff's delta), from
    -1 to 1; `method` is "exact" or, above `EXACT_UP_TO`, "normal" with continuity correction.
    """

    u: float
    two_sided: float
    rank_biserial: float
    method: str


def rank_sum(first: Floats, second: Floats) -> RankSum | None:
    """Test that two groups without NaN come from one distribution; None where one of them is empty.

    Mann and Whitney (1947); tied values share their mean rank and the exact distribution is that of
    the observed ranks (shift algorithm, Streitberg and Roehmel 1986). The normal one is that of R's
    `wilcox.test(exact = FALSE)`.
    """
    m, n = len(first), len(second)
    if m == 0 or n == 0:
        return None
    ranks = doubled_ranks(np.rint(np.concatenate([first, second]) / GRAIN).astype(np.int64))
    own = int(ranks[:m].sum())
    u = own / 2 - m * (m + 1) / 2
    method = "exact" if m + n <= EXACT_UP_TO else "normal"
    return RankSum(u, TAILS[method](ranks, m, own), 2 * u / (m * n) - 1, method)


def _exact(ranks: Integers, m: int, own: int) -> float:
    """Count how many of all choices of m ranks have a sum as extreme as the one observed."""
    ways = np.zeros((m + 1, int(ranks.sum()) + 1))
    ways[0, 0] = 1.0
    for rank in ranks.tolist():
        ways[1:, rank:] += ways[:-1, :-rank]
    chances = ways[m] / ways[m].sum()
    return min(1.0, 2 * float(min(chances[: own + 1].sum(), chances[own:].sum())))


def _normal(ranks: Integers, m: int, own: int) -> float:
    """Return the two-sided normal p, whose variance is right with ties; 1 where all values are tied."""
    count = len(ranks)
    spread = float(np.square(ranks - ranks.mean()).sum()) / 4
    variance = m * (count - m) / (count * (count - 1)) * spread
    distance = (own - m * float(ranks.mean())) / 2
    if variance == 0:
        return 1.0
    z = (distance - copysign(0.5, distance) * (distance != 0)) / sqrt(variance)
    return min(1.0, 2 * float(special.ndtr(-abs(z))))


TAILS = {"exact": _exact, "normal": _normal}
