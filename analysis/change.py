"""Change of the same persons between two occasions: how much, how sure, how many.

Differences are after less before, rounded to 1e-9 before anything else, so that float subtraction
breaks no ties; higher is better (the caller reverses scales where it is not). Only persons with both
values count; how many were lost, and why, stands beside. Nothing is imputed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.arrays import Floats
from analysis.estimate import Estimate
from analysis.inputs import aligned, proper_level
from analysis.intervals import hedges_j, noncentral_t_limits, share, student_limits
from analysis.reliable import ReliableChange, reliable_change
from analysis.signed_rank import SignedRank, hodges_lehmann, signed_rank

__all__ = ["PairedChange", "Pairs", "ReliableChange", "paired_change", "pairs_of", "reliable_change"]

MISSING = "complete_pairs"
TOO_LARGE = "intervallo non calcolabile: le differenze sono quasi tutte uguali"


@dataclass(frozen=True)
class Pairs:
    """How many persons have both values, and what the others lack."""

    n: int
    only_before: int
    only_after: int
    neither: int


@dataclass(frozen=True)
class Moments:
    """Means and SDs (n - 1) of the pairs, in the units of the scale, and their correlation.

    `reason` (Italian, for the screen) says why what divides by `sd_difference` is None.
    """

    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    sd_difference: float | None
    correlation: float | None
    mean_difference: Estimate
    reason: str | None


@dataclass(frozen=True)
class Significance:
    """Two-sided p of no change: Student's t, Wilcoxon's signed ranks, signs.

    `wilcoxon_method` is "exact", "normal" for more than 500 changes, None without any change.
    """

    t: float | None
    p_t: float | None
    p_wilcoxon: float | None
    wilcoxon_method: str | None
    p_sign: float | None


@dataclass(frozen=True)
class Effects:
    """Sizes of the change; `hodges_lehmann` in the units of the scale, the others without units.

    `dz` = mean / SD of the differences, the standardized response mean, and `dz_interval` the same
    with its limits; `gz` = J * dz; `d_av` divides the mean difference by the mean of both SDs,
    `glass` by the SD before; `d_rm` = dz * sqrt(2 (1 - r)); `rank_biserial` from -1 to 1.
    """

    hodges_lehmann: float | None
    dz: float | None
    dz_interval: Estimate
    gz: Estimate
    d_av: float | None
    glass: float | None
    d_rm: float | None
    rank_biserial: float | None


@dataclass(frozen=True)
class Counts:
    """How many went up, stayed, went down.

    `share_by_chance` is the share that would improve if each change were as likely down as up:
    (improved + worsened) / (2 n), the null hypothesis of the sign test given the ties. It stands
    next to `share_improved`.
    """

    improved: int
    unchanged: int
    worsened: int
    share_improved: Estimate
    share_by_chance: float | None


@dataclass(frozen=True)
class PairedChange(Counts, Effects, Significance, Moments, Pairs):
    """Everything about the change of `n` pairs, all parts in one; None where there is no number.

    (A dataclass lists the fields of its last base first.)
    """


def paired_change(before: pd.Series[Any], after: pd.Series[Any], *, level: float = 0.95) -> PairedChange:
    """Compare two aligned Series (same index, NaN where missing), pair by pair.

    Student's t (1908) with its interval of the mean; Wilcoxon's signed-rank test, exact with ties,
    zeros dropped; the exact sign test; Hodges and Lehmann's estimate (1963); dz and gz with
    noncentral-t limits (Steiger and Fouladi 1997), J exact (Hedges 1981); d_rm (Morris and DeShon
    2002); Glass (1976); matched rank-biserial (Kerby 2014); Wilson limits of the share improved.
    With fewer than two pairs, or when all differences are equal, what divides by their SD (and the
    mean difference with it) has no value and a reason. Raises ValueError for wrong input: no
    Series, not numeric, index not the same, fewer than two rows, level not between 0 and 1.
    """
    proper_level(level)
    x, y = aligned(before, after)
    both = ~np.isnan(x) & ~np.isnan(y)
    pairs = pairs_of(x, y)
    x, y = x[both], y[both]
    differences = np.round(y - x, 9)
    moments = _moments(x, y, differences, level)
    dz, ranks = _ratio(_mean(differences), moments.sd_difference), signed_rank(differences)
    return PairedChange(
        **vars(pairs),
        **vars(moments),
        **vars(_tests(differences, ranks, dz)),
        **vars(_effects(differences, ranks, moments, level)),
        **vars(_counts(differences, level)),
    )


def pairs_of(x: Floats, y: Floats) -> Pairs:
    """Count the rows by which of two values they have, NaN where missing."""
    there_x, there_y = ~np.isnan(x), ~np.isnan(y)
    kinds = (there_x & there_y, there_x & ~there_y, ~there_x & there_y, ~there_x & ~there_y)
    return Pairs(*(int(kind.sum()) for kind in kinds))


def _moments(x: Floats, y: Floats, differences: Floats, level: float) -> Moments:
    mean, sd = _mean(differences), _sd(differences)
    return Moments(
        mean_before=_mean(x),
        mean_after=_mean(y),
        sd_before=_sd(x),
        sd_after=_sd(y),
        sd_difference=sd,
        correlation=_correlation(x, y),
        mean_difference=_mean_difference(mean, sd, len(differences), level),
        reason=_reason(sd),
    )


def _tests(differences: Floats, ranks: SignedRank | None, dz: float | None) -> Significance:
    n = len(differences)
    t = None if dz is None else dz * sqrt(n)
    return Significance(
        t=t,
        p_t=None if t is None else 2 * float(special.stdtr(n - 1, -abs(t))),
        p_wilcoxon=ranks.two_sided if ranks else None,
        wilcoxon_method=ranks.method if ranks else None,
        p_sign=_sign_test(differences),
    )


def _effects(differences: Floats, ranks: SignedRank | None, moments: Moments, level: float) -> Effects:
    n, mean, r = len(differences), _mean(differences), moments.correlation
    dz = _ratio(mean, moments.sd_difference)
    dz_interval = _standardized(dz, n, level, moments.reason)
    both_sd = None
    if moments.sd_before is not None and moments.sd_after is not None:
        both_sd = (moments.sd_before + moments.sd_after) / 2
    return Effects(
        hodges_lehmann=hodges_lehmann(differences) if n else None,
        dz=dz,
        dz_interval=dz_interval,
        gz=_without_bias(dz_interval),
        d_av=_ratio(mean, both_sd),
        glass=_ratio(mean, moments.sd_before),
        d_rm=None if dz is None or r is None else dz * sqrt(2 * (1 - r)),
        rank_biserial=ranks.rank_biserial if ranks else None,
    )


def _counts(differences: Floats, level: float) -> Counts:
    n, up, down = len(differences), int((differences > 0).sum()), int((differences < 0).sum())
    return Counts(
        improved=up,
        unchanged=n - up - down,
        worsened=down,
        share_improved=share(up, n, level, estimator="share_improved", missing=MISSING),
        share_by_chance=(up + down) / (2 * n) if n else None,
    )


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None


def _sd(values: Floats) -> float | None:
    """Return the SD, exactly 0 when all values are equal, None for fewer than two."""
    if len(values) < 2:
        return None
    return 0.0 if values.min() == values.max() else float(values.std(ddof=1))


def _correlation(x: Floats, y: Floats) -> float | None:
    """Return Pearson's r, None where one side does not vary."""
    if not _sd(x) or not _sd(y):
        return None
    return min(1.0, float(np.corrcoef(x, y)[0, 1]))


def _reason(sd: float | None) -> str | None:
    if sd is None:
        return "meno di due coppie complete"
    return None if sd else "tutte le differenze sono uguali"


def _ratio(part: float | None, whole: float | None) -> float | None:
    """Divide; None where a part is missing or the whole is 0."""
    return part / whole if part is not None and whole else None


def _mean_difference(mean: float | None, sd: float | None, n: int, level: float) -> Estimate:
    if mean is None or not sd:
        return Estimate(None, None, None, n, "mean_difference", MISSING, "t", _reason(sd))
    low, high = student_limits(mean, sd, n, level)
    return Estimate(mean, low, high, n, "mean_difference", MISSING, "t", None)


def _standardized(dz: float | None, n: int, level: float, reason: str | None) -> Estimate:
    """Return dz with the limits of its noncentrality divided by sqrt(n)."""
    if dz is None:
        return Estimate(None, None, None, n, "dz", MISSING, "noncentral_t", reason)
    limits = noncentral_t_limits(dz * sqrt(n), n - 1, level)
    if limits is None:
        return Estimate(dz, None, None, n, "dz", MISSING, "noncentral_t", TOO_LARGE)
    low, high = (limit / sqrt(n) for limit in limits)
    return Estimate(dz, low, high, n, "dz", MISSING, "noncentral_t", None)


def _without_bias(dz: Estimate) -> Estimate:
    """Return gz: dz and its limits times the exact J of Hedges (1981), which needs two df."""
    gz = replace(dz, estimator="gz")
    if dz.value is None:
        return gz
    if dz.n < 3:
        return replace(gz, value=None, low=None, high=None, reason="servono almeno tre coppie complete")
    j = hedges_j(dz.n - 1)
    low, high = (None if limit is None else j * limit for limit in (dz.low, dz.high))
    return replace(gz, value=j * dz.value, low=low, high=high)


def _sign_test(differences: Floats) -> float | None:
    """Return the exact two-sided p of as many ups as downs, ties left out (Arbuthnot 1710)."""
    up, down = int((differences > 0).sum()), int((differences < 0).sum())
    if up + down == 0:
        return None
    return min(1.0, 2 * float(special.bdtr(min(up, down), up + down, 0.5)))
