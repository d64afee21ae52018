"""Covariances and correlations of items from the answers each pair of items has in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.arrays import Floats

TINY = 1e-12
"""Below this part of its own scale a variance counts as none."""

ROWS_AT_ONCE = 4_000
"""So many people at a time are copied: memory stays small, and the copies in the processor's cache."""


def shifted(answers: Floats) -> tuple[Floats, Floats]:
    """Return answers less their item's least (0 where missing) and 1.0 where there is an answer.

    The shift changes no covariance and makes a constant item exactly 0.
    """
    return _shifted_by(_least(answers), answers)


def covariances(answers: Floats) -> Floats:
    """Return items x items covariances, pair by pair, as R's `cov(use = "pairwise")`.

    NaN where fewer than two persons answered both items.
    """
    n, sums, products = _summed(answers, _pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _joint(sums, products, n) / (n - 1)


def correlations(answers: Floats) -> Floats:
    """Return items x items correlations, pair by pair, as R's `cor(use = "pairwise")`.

    Means and variances are those of the persons who answered both items; NaN where one of the
    two does not vary among them.
    """
    n, sums, products, squares = _summed(answers, _pairs_and_squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = squares - sums * sums / n
        spread = np.where(spread > TINY * squares, spread, np.nan)
        return _joint(sums, products, n) / np.sqrt(spread * spread.T)


def alpha_of(trace: Floats | float, total: Floats | float, items: int) -> Floats:
    """Return k/(k-1) * (1 - trace/total), NaN where the sum of the items does not vary (Cronbach 1951)."""
    trace, total = np.asarray(trace, dtype=float), np.asarray(total, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = items / (items - 1) * (1 - trace / total)
    return np.where(total > TINY * trace, alpha, np.nan)


def _joint(sums: Floats, products: Floats, n: Floats) -> Floats:
    """Return the sums of products about both means."""
    return products - sums * sums.T / n


def _least(answers: Floats) -> Floats:
    least: Floats = np.fmin.reduce(answers, axis=0, initial=np.inf)
    return least


def _shifted_by(least: Floats, answers: Floats) -> tuple[Floats, Floats]:
    there = ~np.isnan(answers)
    return np.where(there, answers - least, 0.0), there.astype(float)


def _summed(answers: Floats, of: Callable[[Floats, Floats], Floats]) -> list[Floats]:
    """Return sums over all people of what `of` makes of some people's shifted answers."""
    least = _least(answers)
    starts = range(0, max(1, len(answers)), ROWS_AT_ONCE)
    parts = (of(*_shifted_by(least, answers[start : start + ROWS_AT_ONCE])) for start in starts)
    return list(np.asarray(sum(parts), dtype=float))


def _pairs(values: Floats, there: Floats) -> Floats:
    """Return how many answered both of two items, the sums of the first among them, and of their products."""
    return np.stack([there.T @ there, values.T @ there, values.T @ values])


def _pairs_and_squares(values: Floats, there: Floats) -> Floats:
    """Return the same and the sums of the squares of the first item."""
    return np.stack([*_pairs(values, there), np.square(values).T @ there])
