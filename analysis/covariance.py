"""Covariances and correlations of items from the answers each pair of items has in common."""

from __future__ import annotations

import numpy as np

from analysis.arrays import Floats

TINY = 1e-12
"""Below this part of its own scale a variance counts as none."""


def shifted(answers: Floats) -> tuple[Floats, Floats]:
    """Return answers less their item's least (0 where missing) and 1.0 where there is an answer.

    The shift changes no covariance and makes a constant item exactly 0.
    """
    there = ~np.isnan(answers)
    least = np.fmin.reduce(answers, axis=0, initial=np.inf)
    return np.where(there, answers - least, 0.0), there.astype(float)


def covariances(answers: Floats) -> Floats:
    """Return items x items covariances, pair by pair, as R's `cov(use = "pairwise")`.

    NaN where fewer than two persons answered both items.
    """
    values, there = shifted(answers)
    n = there.T @ there
    sums = values.T @ there
    with np.errstate(divide="ignore", invalid="ignore"):
        return (values.T @ values - sums * sums.T / n) / (n - 1)


def correlations(answers: Floats) -> Floats:
    """Return items x items correlations, pair by pair, as R's `cor(use = "pairwise")`.

    Means and variances are those of the persons who answered both items; NaN where one of the
    two does not vary among them.
    """
    values, there = shifted(answers)
    n = there.T @ there
    sums = values.T @ there
    squares = np.square(values).T @ there
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = squares - sums * sums / n
        spread = np.where(spread > TINY * squares, spread, np.nan)
        return (values.T @ values - sums * sums.T / n) / np.sqrt(spread * spread.T)


def alpha_of(trace: Floats | float, total: Floats | float, items: int) -> Floats:
    """Return k/(k-1) * (1 - trace/total), NaN where the sum of the items does not vary (Cronbach 1951)."""
    trace, total = np.asarray(trace, dtype=float), np.asarray(total, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = items / (items - 1) * (1 - trace / total)
    return np.where(total > TINY * trace, alpha, np.nan)
