"""Mean squares of subjects x raters: what ICC and the standard error of measurement are made of."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.arrays import Floats
from analysis.covariance import TINY


@dataclass(frozen=True)
class MeanSquares:
    """Mean squares of a two-way layout with one rating a cell, in squared units of the ratings.

    `within` joins raters and error, as the one-way layout has it. Exactly 0 where nothing varies.
    """

    n: int
    raters: int
    between_subjects: float
    between_raters: float
    error: float
    within: float


def mean_squares(ratings: Floats) -> MeanSquares:
    """Return the mean squares of complete ratings, at least 2 subjects x 2 raters (Fisher 1925)."""
    n, k = ratings.shape
    values = ratings - ratings.min()
    total = _squares(values - values.mean())
    subjects = k * _squares(values.mean(axis=1) - values.mean())
    raters = n * _squares(values.mean(axis=0) - values.mean())
    error = total - subjects - raters
    subjects, raters, error = (part if part > TINY * total else 0.0 for part in (subjects, raters, error))
    return MeanSquares(
        n=n,
        raters=k,
        between_subjects=subjects / (n - 1),
        between_raters=raters / (k - 1),
        error=error / ((n - 1) * (k - 1)),
        within=(raters + error) / (n * (k - 1)),
    )


def _squares(deviations: Floats) -> float:
    return float((deviations * deviations).sum())
