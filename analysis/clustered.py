"""Mean change with an interval over persons or over the groups they are nested in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimate import Estimate
from analysis.inputs import aligned, group_codes, proper_level
from analysis.resampling import unit_weights, with_percentiles


def mean_change_bootstrap(
    before: pd.Series[Any],
    after: pd.Series[Any],
    *,
    groups: pd.Series[Any] | None = None,
    level: float = 0.95,
    seed: int = 0,
    draws: int = 1000,
) -> Estimate:
    """Return the mean change of the complete pairs with a percentile interval (Efron 1979).

    Beside Student's of `paired_change`: it leans on no normality and, with `groups` (a Series with
    the index of `before`), resamples whole groups, where one operator observed several persons
    (Field and Welsh 2007). No value without a complete pair, no interval with one pair or group,
    each with a reason. Raises ValueError for wrong input.
    """
    proper_level(level)
    x, y = aligned(before, after)
    if draws < 1:
        raise ValueError("draws must be at least 1.")
    units = np.arange(len(x)) if groups is None else group_codes(groups, before.index, "before")
    differences = np.round(y - x, 9)
    both = ~np.isnan(differences)
    kept, units = differences[both], np.unique(units[both], return_inverse=True)[1]
    code = "bootstrap" if groups is None else "bootstrap_groups"
    base = Estimate(None, None, None, len(kept), "mean_difference", "complete_pairs", code, None)
    if len(kept) == 0:
        return replace(base, reason="nessuna coppia completa")
    base = replace(base, value=float(kept.mean()))
    if not units.any():
        return replace(base, reason="intervallo non calcolabile: c'è una sola coppia o un solo gruppo")
    weights = unit_weights(int(units.max()) + 1, draws, seed)[:, units]
    return with_percentiles(base, weights @ kept / weights.sum(axis=1), level)
