"""Two groups of different persons: how far their means are apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.estimate import Estimate
from analysis.inputs import proper_level, values_of
from analysis.intervals import hedges_j, noncentral_t_limits
from analysis.rank_sum import rank_sum


@dataclass(frozen=True)
class GroupDifference:
    """The first group beside the second, in the units of the values; None where there is no number.

    `hedges_g` is positive when the first is higher; `p` is Mann-Whitney's, two-sided, by `method`
    ("exact" or "normal").
    """

    n_first: int
    n_second: int
    mean_first: float | None
    mean_second: float | None
    hedges_g: Estimate
    p: float | None
    method: str | None


def compare_groups(first: pd.Series[Any], second: pd.Series[Any], *, level: float = 0.95) -> GroupDifference:
    """Compare the values of two independent groups, NaN left out.

    Hedges' g (1981): J (m1 - m2) / pooled SD with noncentral-t limits (Steiger and Fouladi 1997), as
    R's `effectsize::hedges_g`; the exact rank-sum test. No g, with a reason, where a group has fewer
    than two values or nothing varies inside both. Raises ValueError for wrong input.
    """
    proper_level(level)
    x, y = (_valid(values, name) for values, name in ((first, "first"), (second, "second")))
    ranks = rank_sum(x, y)
    return GroupDifference(
        n_first=len(x),
        n_second=len(y),
        mean_first=float(x.mean()) if len(x) else None,
        mean_second=float(y.mean()) if len(y) else None,
        hedges_g=_hedges_g(x, y, level),
        p=ranks.two_sided if ranks else None,
        method=ranks.method if ranks else None,
    )


def _valid(values: pd.Series[Any], name: str) -> Floats:
    found = values_of(values, name)
    valid: Floats = found[~np.isnan(found)]
    return valid


def _hedges_g(x: Floats, y: Floats, level: float) -> Estimate:
    n, df = len(x) + len(y), len(x) + len(y) - 2
    base = Estimate(None, None, None, n, "hedges_g", "valid", "noncentral_t", None)
    if min(len(x), len(y)) < 2:
        return replace(base, reason="in uno dei due gruppi ci sono meno di due persone")
    if all(group.min() == group.max() for group in (x, y)):
        return replace(base, reason="all'interno dei due gruppi tutti i valori sono uguali")
    pooled = sqrt(float(sum(((group - group.mean()) ** 2).sum() for group in (x, y))) / df)
    j, scale = hedges_j(df), sqrt(1 / len(x) + 1 / len(y))
    d = float(x.mean() - y.mean()) / pooled
    limits = noncentral_t_limits(d / scale, df, level)
    if limits is None:
        return replace(base, value=j * d, reason="intervallo non calcolabile: i due gruppi non si toccano")
    return replace(base, value=j * d, low=j * scale * limits[0], high=j * scale * limits[1])
