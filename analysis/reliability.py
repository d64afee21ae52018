"""Internal consistency of a scale: Cronbach's alpha with its interval, and what each item adds to it.

`omega_total` and `icc`, from modules of their own, are offered here too.

Items are respondents x items frames, already reversed, NaN where missing. `missing="pairwise"` takes
each covariance from the persons who answered both items (R psych's default); "listwise" takes only
persons who answered everything. Nothing is ever imputed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.arrays import Floats, Integers
from analysis.covariance import alpha_of, correlations, covariances
from analysis.estimate import Estimate
from analysis.icc import icc
from analysis.inputs import answers_of, group_codes, one_of, proper_level
from analysis.intervals import feldt_limits
from analysis.omega import omega_total
from analysis.resampling import bootstrap_alphas, with_percentiles

__all__ = [
    "InterItem",
    "alpha_if_dropped",
    "cronbach_alpha",
    "icc",
    "inter_item_correlation",
    "item_rest_correlation",
    "omega_total",
]

Missing = Literal["pairwise", "listwise"]
Interval = Literal["feldt", "bootstrap"]

ESTIMATORS = {False: "cronbach_alpha", True: "standardized_alpha"}


@dataclass(frozen=True)
class InterItem:
    """Mean and median of the correlations between different items, without interval."""

    mean: Estimate
    median: Estimate


def cronbach_alpha(
    items: pd.DataFrame,
    *,
    missing: Missing = "pairwise",
    standardized: bool = False,
    interval: Interval = "feldt",
    groups: pd.Series[Any] | None = None,
    level: float = 0.95,
    seed: int = 0,
    draws: int = 1000,
) -> Estimate:
    """Return coefficient alpha (Cronbach 1951), raw from covariances or standardized from correlations.

    The value is psych's; it may be negative and is never cut off. `n` is the number of persons who
    answered every item, under both rules for missing answers, and the Feldt (1965) interval uses it
    (for a pairwise or a standardized alpha that interval is an approximation). "bootstrap" is the
    percentile interval of `draws` resamples of persons or, with `groups` (a Series with the index
    of `items`), of whole groups; resamples without variance are left out. No value, with a reason:
    fewer than two items, no pair of persons, nothing varies. Raises ValueError for wrong input.
    """
    one_of("interval", interval, ("feldt", "bootstrap"))
    proper_level(level)
    answers, units = _answers(items, missing, groups)
    if draws < 1 or (groups is not None and interval == "feldt"):
        raise ValueError("draws must be at least 1, and groups need interval='bootstrap'.")
    code = interval if groups is None else "bootstrap_groups"
    complete = int((~np.isnan(answers).any(axis=1)).sum())
    base = Estimate(None, None, None, complete, ESTIMATORS[standardized], missing, code, None)
    matrix, reason = _matrix(answers, standardized)
    if reason is not None:
        return replace(base, reason=reason)
    base = replace(base, value=_alpha(matrix))
    if interval == "feldt":
        return _with_feldt(base, answers.shape[1], level)
    if not units.any():
        return replace(base, reason="intervallo non calcolabile: c'è un solo gruppo")
    drawn = bootstrap_alphas(answers, units, standardized=standardized, draws=draws, seed=seed)
    return with_percentiles(base, drawn, level)


def alpha_if_dropped(items: pd.DataFrame, *, missing: Missing = "pairwise") -> pd.Series[float]:
    """Return the raw alpha of the other items, one value an item (psych's `alpha.drop`).

    "listwise" keeps the persons who answered every item, the dropped one included. NaN where the
    others have no alpha: only one is left, nothing varies, a pair has no persons in common.
    Raises ValueError for wrong input.
    """
    answers, _ = _answers(items, missing, None)
    matrix = covariances(answers)
    own, rows = np.diag(matrix), matrix.sum(axis=1)
    left = len(own) - 1
    dropped = np.full(len(own), np.nan)
    if left >= 2:
        dropped = alpha_of(own.sum() - own, matrix.sum() - 2 * rows + own, left)
    return pd.Series(dropped, index=items.columns, name="alpha_if_dropped")


def item_rest_correlation(items: pd.DataFrame, *, missing: Missing = "pairwise") -> pd.Series[float]:
    """Return the correlation of each item with the sum of the others (psych's `r.drop`).

    Corrected item-total correlation (Nunnally 1978), from covariances: with complete rows it is the
    plain correlation of two columns. NaN where the item or the sum of the others does not vary.
    Raises ValueError for wrong input.
    """
    answers, _ = _answers(items, missing, None)
    matrix = covariances(answers)
    own, rows = np.diag(matrix), matrix.sum(axis=1)
    rest = matrix.sum() - 2 * rows + own
    scale = own * np.where(rest > 1e-12 * own.sum(), rest, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = (rows - own) / np.sqrt(scale)
    return pd.Series(r, index=items.columns, name="item_rest_correlation")


def inter_item_correlation(items: pd.DataFrame, *, missing: Missing = "pairwise") -> InterItem:
    """Return mean and median of the correlations between items (psych's `average_r`, `median_r`).

    `n` is the number of persons who answered every item. No value, with a reason, where
    the correlation of some pair does not exist. Raises ValueError for wrong input.
    """
    answers, _ = _answers(items, missing, None)
    complete = int((~np.isnan(answers).any(axis=1)).sum())
    base = Estimate(None, None, None, complete, "mean_inter_item_r", missing, "none", None)
    middle = replace(base, estimator="median_inter_item_r")
    matrix, reason = _matrix(answers, standardized=True)
    if reason is not None:
        return InterItem(replace(base, reason=reason), replace(middle, reason=reason))
    r = matrix[np.triu_indices(answers.shape[1], 1)]
    return InterItem(replace(base, value=float(r.mean())), replace(middle, value=float(np.median(r))))


def _answers(items: pd.DataFrame, missing: str, groups: pd.Series[Any] | None) -> tuple[Floats, Integers]:
    """Return the answers that the rule for missing ones keeps, and the unit each person belongs to."""
    one_of("missing", missing, ("pairwise", "listwise"))
    answers = answers_of(items, rows=2)
    units = np.arange(len(answers)) if groups is None else group_codes(groups, items.index, "items")
    if missing == "pairwise":
        return answers, units
    complete = ~np.isnan(answers).any(axis=1)
    return answers[complete], np.unique(units[complete], return_inverse=True)[1]


def _alpha(matrix: Floats) -> float:
    return float(alpha_of(float(np.trace(matrix)), float(matrix.sum()), len(matrix)))


def _matrix(answers: Floats, standardized: bool) -> tuple[Floats, str | None]:
    """Return covariances, or correlations when standardized, and why no alpha comes of them."""
    spread = covariances(answers)
    matrix = correlations(answers) if standardized else spread
    return matrix, _why_not(answers, spread, matrix)


def _why_not(answers: Floats, spread: Floats, matrix: Floats) -> str | None:
    """Return why there is no alpha of that matrix, or None when there is one."""
    if answers.shape[1] < 2:
        return "serve più di una domanda"
    if len(answers) < 2:
        return "meno di due persone hanno risposto a tutte le domande"
    if np.isnan(spread).any():
        return "alcune domande non hanno abbastanza risposte in comune"
    if not np.diag(spread).any():
        return "tutti i valori sono uguali"
    if np.isnan(matrix).any():
        return "a una o più domande tutti hanno risposto allo stesso modo"
    return "la somma delle domande non varia" if np.isnan(_alpha(matrix)) else None


def _with_feldt(alpha: Estimate, items: int, level: float) -> Estimate:
    """Add the Feldt interval, or say why there is none."""
    if alpha.value is None or alpha.n < 2:
        return replace(alpha, reason="intervallo non calcolabile: meno di due persone hanno risposto a tutto")
    low, high = feldt_limits(alpha.value, alpha.n, items, level)
    return replace(alpha, low=low, high=high)
