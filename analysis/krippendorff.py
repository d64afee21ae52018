"""Krippendorff's alpha: agreement of any number of raters, with missing ratings, on any kind of scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.covariance import TINY
from analysis.estimate import Estimate
from analysis.inputs import answers_of, one_of, proper_level
from analysis.resampling import unit_weights, with_percentiles

LARGEST_BLOCK = 2_000_000
"""Numbers of a stack of coincidence matrices that are held at once (16 MB)."""

Level = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Coincidences:
    """Pairs of ratings within the same unit: units x values x values, and the values in order."""

    units: Floats
    values: Floats


def krippendorff_alpha(
    ratings: pd.DataFrame,
    level: Level = "ordinal",
    *,
    confidence: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> Estimate:
    """Return alpha = 1 - observed / expected disagreement of units x raters, NaN where missing.

    Krippendorff (2011), from the coincidence matrix; `level` is that of measurement ("ordinal"
    measures distances in ranks). Units with fewer than two ratings say nothing and are left out,
    `n` counts the others. Limits are percentiles of `draws` resamples of units (the coefficient of
    each is computed anew, ranks included). No value, with a reason: fewer than two such units, all
    ratings equal. Raises ValueError for wrong input.
    """
    one_of("level", level, DISAGREEMENT)
    proper_level(confidence)
    if draws < 1:
        raise ValueError("draws must be at least 1.")
    answers = answers_of(ratings, rows=2, name="ratings")
    pairable = answers[(~np.isnan(answers)).sum(axis=1) >= 2]
    code = f"krippendorff_alpha({level})"
    base = Estimate(None, None, None, len(pairable), code, "pairable_units", "bootstrap", None)
    if len(pairable) < 2:
        return replace(base, reason="meno di due casi hanno almeno due valutazioni")
    found = _coincidences(pairable)
    alpha = float(_alphas(found, np.ones((1, len(pairable))), level)[0])
    if np.isnan(alpha):
        return replace(base, reason="tutti i valori sono uguali")
    weights = unit_weights(len(pairable), draws, seed)
    blocks = np.array_split(weights, 1 + weights.shape[0] * len(found.values) ** 2 // LARGEST_BLOCK)
    drawn = np.concatenate([_alphas(found, block, level) for block in blocks])
    return with_percentiles(replace(base, value=alpha), drawn, confidence)


def _coincidences(ratings: Floats) -> Coincidences:
    """Count, in each unit of m ratings, every ordered pair of different raters as 1 / (m - 1)."""
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, np.newaxis] == values).sum(axis=1).astype(float)
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    own = np.arange(len(values))
    pairs[:, own, own] -= counts
    return Coincidences(pairs / (counts.sum(axis=1) - 1)[:, np.newaxis, np.newaxis], values)


def _alphas(found: Coincidences, weights: Floats, level: str) -> Floats:
    """Return alpha of each row of weights (draws x units), NaN where all its ratings are equal."""
    size = len(found.values)
    matrices = (weights @ found.units.reshape(len(found.units), -1)).reshape(-1, size, size)
    totals = matrices.sum(axis=2)
    expected = totals[:, :, np.newaxis] * totals[:, np.newaxis, :]
    n = totals.sum(axis=1)
    distances = DISAGREEMENT[level](found.values, totals)
    observed, by_chance = ((part * distances).sum(axis=(1, 2)) for part in (matrices, expected))
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas = 1 - (n - 1) * observed / by_chance
    return np.where(by_chance > TINY, alphas, np.nan)


def _nominal(values: Floats, totals: Floats) -> Floats:
    return np.not_equal.outer(values, values).astype(float)[np.newaxis]


def _ordinal(values: Floats, totals: Floats) -> Floats:
    """Return squared differences of mean ranks: the ratings between two values and half their own."""
    ranks = totals.cumsum(axis=1) - totals / 2
    apart: Floats = ranks[:, :, np.newaxis] - ranks[:, np.newaxis, :]
    return apart * apart


def _interval(values: Floats, totals: Floats) -> Floats:
    return np.square(np.subtract.outer(values, values))[np.newaxis]


def _ratio(values: Floats, totals: Floats) -> Floats:
    sums = np.add.outer(values, values)
    return _interval(values, totals) / np.where(sums == 0, 1.0, sums**2)


DISAGREEMENT: dict[str, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
