"""Two shares compared: of different persons (Newcombe, Fisher) or of the same (McNemar)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from analysis.arrays import Floats
from analysis.estimate import Estimate
from analysis.inputs import proper_level, successes_of, whole_counts
from analysis.intervals import wilson_limits

TIE = 1e-7
"""Tables whose chance exceeds the observed one by less than this part count as equally likely (as in R)."""


@dataclass(frozen=True)
class TwoShares:
    """Shares of two groups of different persons; `p_exact` is Fisher's, two-sided."""

    first: float | None
    second: float | None
    difference: Estimate
    p_exact: float | None


def compare_shares(
    successes_first: int, n_first: int, successes_second: int, n_second: int, *, level: float = 0.95
) -> TwoShares:
    """Compare the shares of two independent groups; the difference is first less second.

    Limits by Newcombe (1998, method 10, from both Wilson intervals), p by Fisher's exact test (1935)
    as R's `fisher.test`. `n` of the difference is that of both groups. No difference, with a reason,
    where a group is empty. Raises ValueError for counts that are not whole or do not fit together.
    """
    proper_level(level)
    (a, m), (b, n) = successes_of(successes_first, n_first), successes_of(successes_second, n_second)
    first, second = (a / m if m else None), (b / n if n else None)
    if first is None or second is None:
        reason = "in uno dei due gruppi non c'è nessuno"
        nothing = Estimate(None, None, None, m + n, "difference_of_shares", "valid", "newcombe", reason)
        return TwoShares(first, second, nothing, None)
    low, high = _newcombe((a, m), (b, n), level)
    difference = Estimate(first - second, low, high, m + n, "difference_of_shares", "valid", "newcombe", None)
    return TwoShares(first, second, difference, fisher_exact(a, m, b, n))


def fisher_exact(successes_first: int, n_first: int, successes_second: int, n_second: int) -> float:
    """Return the two-sided p of Fisher's exact test: all tables as likely as this one, or less."""
    total, successes = n_first + n_second, successes_first + successes_second
    possible = np.arange(max(0, successes - n_second), min(successes, n_first) + 1, dtype=float)
    logarithms = _log_choose(n_first, possible) + _log_choose(n_second, successes - possible)
    chances = np.exp(logarithms - float(_log_choose(total, np.asarray(float(successes)))))
    observed = chances[successes_first - int(possible[0])]
    return min(1.0, float(chances[chances <= observed * (1 + TIE)].sum()))


def mcnemar_exact(only_before: int, only_after: int) -> float | None:
    """Return the exact two-sided p that as many gained as lost (McNemar 1947), from the changed alone.

    `only_before` and `only_after` count the persons who succeeded at one occasion only; None when
    nobody changed. Raises ValueError for counts that are not whole.
    """
    lost, gained = whole_counts(only_before=only_before, only_after=only_after)
    if lost + gained == 0:
        return None
    return min(1.0, 2 * float(special.bdtr(min(lost, gained), lost + gained, 0.5)))


def _newcombe(first: tuple[int, int], second: tuple[int, int], level: float) -> tuple[float, float]:
    p, q = first[0] / first[1], second[0] / second[1]
    (low_p, high_p), (low_q, high_q) = (wilson_limits(*counts, level) for counts in (first, second))
    down = sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    return p - q - down, p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2)


def _log_choose(n: int, k: Floats) -> Floats:
    chosen: Floats = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return chosen
