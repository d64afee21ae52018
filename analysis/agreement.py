"""Agreement of two raters on categories: weighted kappa and the share of equal ratings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.arrays import Floats
from analysis.covariance import TINY
from analysis.estimate import Estimate
from analysis.inputs import aligned, one_of, proper_level
from analysis.intervals import share
from analysis.krippendorff import krippendorff_alpha

__all__ = ["krippendorff_alpha", "share_agreement", "weighted_kappa"]

Weights = Literal["quadratic", "linear", "none"]

MISSING = "complete_pairs"
DISAGREEMENT: dict[str, Callable[[Floats], Floats]] = {
    "quadratic": np.square,
    "linear": np.abs,
    "none": lambda steps: (steps != 0).astype(float),
}
"""How much two categories disagree that stand some steps apart in the declared list."""


def weighted_kappa(
    first: pd.Series[Any],
    second: pd.Series[Any],
    categories: Sequence[float],
    weights: Weights = "quadratic",
    *,
    level: float = 0.95,
) -> Estimate:
    """Return kappa of two raters, Series with the same index, NaN where missing.

    Cohen (1960, 1968); disagreement grows with the steps between two categories of the declared
    list, squared (`quadratic`, as R's psych), counted (`linear`) or not at all (`none`). Limits are
    normal, with the standard error of Fleiss, Cohen and Everitt (1969), and never leave -1 to 1.
    `n` is the number of complete pairs. No value, with a reason: fewer than two pairs, or both
    raters used one and the same category. Raises ValueError for wrong input, an undeclared category
    included.
    """
    one_of("weights", weights, DISAGREEMENT)
    proper_level(level)
    table = _table(first, second, categories)
    n = int(table.sum())
    code = f"{'weighted_kappa' if weights != 'none' else 'kappa'}({weights})"
    base = Estimate(None, None, None, n, code, MISSING, "normal", None)
    if n < 2:
        return replace(base, reason="meno di due coppie di valutazioni")
    steps = np.subtract.outer(np.arange(len(table)), np.arange(len(table))).astype(float)
    distance = DISAGREEMENT[weights](steps)
    agreement, shares = 1 - distance / distance.max(), table / n
    by_chance = float((agreement * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum())
    if 1 - by_chance <= TINY:
        return replace(base, reason="tutte le valutazioni sono uguali")
    kappa = (float((agreement * shares).sum()) - by_chance) / (1 - by_chance)
    return _with_limits(replace(base, value=kappa), _variance(kappa, by_chance, agreement, shares) / n, level)


def share_agreement(
    first: pd.Series[Any], second: pd.Series[Any], categories: Sequence[float], *, level: float = 0.95
) -> Estimate:
    """Return the share (0 to 1, Wilson limits) of pairs to which both raters gave the same category.

    Series and categories as for `weighted_kappa`, and the same ValueErrors.
    """
    proper_level(level)
    table = _table(first, second, categories)
    equal, n = int(np.trace(table)), int(table.sum())
    return share(equal, n, level, estimator="share_agreement", missing=MISSING)


def _table(first: pd.Series[Any], second: pd.Series[Any], categories: Sequence[float]) -> Floats:
    """Count the complete pairs, categories of the first x categories of the second."""
    declared = np.asarray(list(categories), dtype=float)
    if len(declared) < 2 or len(set(declared.tolist())) < len(declared):
        raise ValueError("categories must be at least two, each declared once.")
    x, y = aligned(first, second, ("first", "second"))
    both = ~np.isnan(x) & ~np.isnan(y)
    for name, values in (("first", x), ("second", y)):
        if not bool(np.isin(values[~np.isnan(values)], declared).all()):
            raise ValueError(f"{name} must hold declared categories only.")
    table = np.zeros((len(declared), len(declared)))
    order = np.argsort(declared)
    places = [order[np.searchsorted(declared, values[both], sorter=order)] for values in (x, y)]
    np.add.at(table, (places[0], places[1]), 1.0)
    return table


def _variance(kappa: float, by_chance: float, agreement: Floats, shares: Floats) -> float:
    """Return n times the squared standard error of kappa."""
    of_first = agreement @ shares.sum(axis=0)
    of_second = agreement @ shares.sum(axis=1)
    spread = agreement - np.add.outer(of_first, of_second) * (1 - kappa)
    mean = kappa - by_chance * (1 - kappa)
    return (float((shares * spread * spread).sum()) - mean * mean) / (1 - by_chance) ** 2


def _with_limits(kappa: Estimate, variance: float, level: float) -> Estimate:
    """Add the limits, or say why there are none; without spread they would claim to be certain."""
    if kappa.value is None or variance <= TINY:
        reason = "intervallo non calcolabile: le valutazioni non variano abbastanza"
        return replace(kappa, reason=reason)
    half = float(special.ndtri((1 + level) / 2)) * sqrt(variance)
    return replace(kappa, low=max(-1.0, kappa.value - half), high=min(1.0, kappa.value + half))
