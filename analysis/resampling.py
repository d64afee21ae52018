"""Bootstrap over persons, groups of persons or rated units: weights, distribution of alpha, percentiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.arrays import Floats, Integers
from analysis.covariance import TINY, alpha_of, shifted
from analysis.estimate import Estimate

USABLE_DRAWS = 0.95
"""Share of the resamples that must have a value, or the bootstrap gives no interval."""


def bootstrap_alphas(
    answers: Floats, units: Integers, *, standardized: bool, draws: int, seed: int
) -> Floats:
    """Return alpha of each of `draws` resamples of the units (Efron 1979), NaN where not estimable.

    `answers` is persons x items with NaN where missing, `units` gives the unit (0, 1, ...) of each
    person: persons themselves, or the groups they are nested in (Field and Welsh 2007). A draw is
    a row of weights, so that all draws take a few matrix products. Same seed, same result.
    """
    weights = unit_weights(int(units.max()) + 1, draws, seed)[:, units]
    first, second = np.triu_indices(answers.shape[1])
    matrices = _weighted_pairs(answers, weights, first, second, standardized)
    trace = matrices[:, first == second].sum(axis=1)
    return alpha_of(trace, 2 * matrices.sum(axis=1) - trace, answers.shape[1])


def unit_weights(count: int, draws: int, seed: int) -> Floats:
    """Return draws x units: how often each of `count` units was drawn, with replacement."""
    picks = np.random.default_rng(seed).integers(count, size=(draws, count))
    cells = picks + count * np.arange(draws)[:, np.newaxis]
    return np.bincount(cells.ravel(), minlength=draws * count).reshape(draws, count).astype(float)


def with_percentiles(estimate: Estimate, drawn: Floats, level: float) -> Estimate:
    """Add the percentile interval of the values drawn (NaN where there is none), or say why there is none."""
    usable = drawn[~np.isnan(drawn)]
    if len(usable) < USABLE_DRAWS * len(drawn):
        return replace(estimate, reason="intervallo non calcolabile: in troppi ricampionamenti nulla varia")
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    return replace(estimate, low=float(low), high=float(high))


def _weighted_pairs(
    answers: Floats, weights: Floats, first: Integers, second: Integers, standardized: bool
) -> Floats:
    """Return draws x pairs of items: pairwise covariances, or correlations when standardized."""
    values, there = shifted(answers)
    a, b = values[:, first] * there[:, second], values[:, second] * there[:, first]
    n = weights @ (there[:, first] * there[:, second])
    sum_a, sum_b, products = weights @ a, weights @ b, weights @ (a * b)
    with np.errstate(divide="ignore", invalid="ignore"):
        joint = products - sum_a * sum_b / n
        if not standardized:
            return joint / (n - 1)
        return joint / np.sqrt(_spread(weights @ (a * a), sum_a, n) * _spread(weights @ (b * b), sum_b, n))


def _spread(squares: Floats, sums: Floats, n: Floats) -> Floats:
    spread = squares - sums * sums / n
    return np.where(spread > TINY * squares, spread, np.nan)
