"""Hierarchical omega: how much of a scale's variance one general factor explains, above group factors."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.covariance import correlations, shifted
from analysis.estimate import Estimate
from analysis.inputs import answers_of
from analysis.omega import CONSTANT, IMPROPER, REDUNDANT, SINGULAR
from analysis.search import least

LEAST_UNIQUENESS = 0.005
"""As R's psych has it: a residual variance at this bound is none."""

FLAT, MOST_TURNS, LEAST_STEP = 1e-7, 2000, 1e-9
"""Where the rotation stops: a slope, a number of turns, a step."""

FEW_PAIRS = "alcune domande non hanno abbastanza risposte in comune"


@dataclass(frozen=True)
class HierarchicalOmega:
    """Shares of a sum's variance: by the general factor, and by all common factors.

    `general` are the items' loadings on the general factor; None where there is no value.
    """

    omega_h: Estimate
    omega_total: Estimate
    general: pd.Series[float] | None


@dataclass(frozen=True)
class SchmidLeiman:
    """General loadings and residual variances of items of variance 1."""

    general: Floats
    uniquenesses: Floats

    @property
    def proper(self) -> bool:
        """Whether every residual variance is above its bound."""
        return bool((self.uniquenesses > LEAST_UNIQUENESS * 1.01).all())


def omega_hierarchical(items: pd.DataFrame, factors: int = 3) -> HierarchicalOmega:
    """Return omega_h and omega_total of `factors` group factors under a general one.

    Zinbarg and others (2005), as R's `psych::omega`: minres factors of the pairwise correlations,
    oblimin rotation, one factor of their correlations (Schmid and Leiman 1957). Fewer than three
    group factors do not tell a general one apart. Items are respondents x items, already reversed;
    `n` is the number of persons who answered all. No interval is computed. No value, with a reason:
    pairs without answers in common, a constant or redundant item, a residual variance that is not
    positive. Raises ValueError for wrong input, and unless there are two items a factor.
    """
    answers = answers_of(items, rows=2)
    if factors < 3 or answers.shape[1] < 2 * factors:
        raise ValueError("factors must be at least 3, with two items each.")
    n = int((~np.isnan(answers).any(axis=1)).sum())
    base = Estimate(None, None, None, n, f"omega_h({factors})", "pairwise", "none", None)
    matrix = correlations(answers)
    reason = _why_not(answers, matrix)
    if reason is None:
        found = schmid_leiman(matrix, factors)
        if found.proper:
            return _explained(base, matrix, found, items.columns)
    base = replace(base, reason=reason or IMPROPER)
    return HierarchicalOmega(base, replace(base, estimator=f"omega_total({factors})"), None)


def schmid_leiman(matrix: Floats, factors: int) -> SchmidLeiman:
    """Return the general factor of a regular correlation matrix, above `factors` oblique ones."""
    loadings = minres(matrix, factors)
    pattern, between = oblimin(loadings)
    general = pattern @ minres(between, 1)[:, 0]
    sign = 1.0 if general.sum() >= 0 else -1.0
    return SchmidLeiman(sign * general, 1 - np.square(loadings).sum(axis=1))


def minres(matrix: Floats, factors: int) -> Floats:
    """Return items x factors loadings with the least residual correlations (Harman and Jones 1966)."""
    start = 0.5 / np.diag(np.linalg.inv(matrix))
    bounds = (LEAST_UNIQUENESS, 1.0)
    return _loadings(least(lambda tried: _misfit(tried, matrix, factors), start, bounds), matrix, factors)


def oblimin(loadings: Floats) -> tuple[Floats, Floats]:
    """Rotate loadings obliquely to simple structure: pattern, and correlations of the factors.

    Direct quartimin (Jennrich and Sampson 1966) by projected gradients (Jennrich 2002), as R's
    GPArotation does it.
    """
    turn, step, turns = np.eye(loadings.shape[1]), 1.0, 0
    value, slope = _quartimin(loadings, turn)
    flat = _projected(slope, turn)
    while float(np.linalg.norm(flat)) > FLAT and turns < MOST_TURNS:
        turn, step = _line_search(loadings, turn, flat, value, 2 * step)
        value, slope = _quartimin(loadings, turn)
        flat, turns = _projected(slope, turn), turns + 1
    return loadings @ np.linalg.inv(turn).T, turn.T @ turn


def _explained(base: Estimate, matrix: Floats, found: SchmidLeiman, names: pd.Index) -> HierarchicalOmega:
    whole = float(matrix.sum())
    total = replace(base, estimator=base.estimator.replace("omega_h", "omega_total"))
    return HierarchicalOmega(
        omega_h=replace(base, value=float(found.general.sum()) ** 2 / whole),
        omega_total=replace(total, value=1 - float(found.uniquenesses.sum()) / whole),
        general=pd.Series(found.general, index=names, name="general"),
    )


def _why_not(answers: Floats, matrix: Floats) -> str | None:
    values, _ = shifted(answers)
    if not values.any(axis=0).all():
        return CONSTANT
    if np.isnan(matrix).any():
        return FEW_PAIRS
    return REDUNDANT if float(np.linalg.eigvalsh(matrix)[0]) < SINGULAR else None


def _loadings(uniquenesses: Floats, matrix: Floats, factors: int) -> Floats:
    values, vectors = np.linalg.eigh(matrix - np.diag(uniquenesses))
    loadings: Floats = vectors[:, -factors:] * np.sqrt(np.maximum(values[-factors:], 0.0))
    return loadings[:, ::-1]


def _misfit(uniquenesses: Floats, matrix: Floats, factors: int) -> tuple[float, Floats]:
    """Return half the squared residuals of the reduced matrix, and the slope in the uniquenesses."""
    loadings = _loadings(uniquenesses, matrix, factors)
    residual = matrix - np.diag(uniquenesses) - loadings @ loadings.T
    return float(np.square(residual).sum()) / 2, -np.diag(residual)


def _quartimin(loadings: Floats, turn: Floats) -> tuple[float, Floats]:
    """Return the complexity of the rotated loadings, and its slope in the turn."""
    inverse = np.linalg.inv(turn)
    pattern = loadings @ inverse.T
    squares = np.square(pattern)
    others = squares.sum(axis=1, keepdims=True) - squares
    return float((squares * others).sum()) / 4, -(pattern.T @ (pattern * others) @ inverse).T


def _projected(slope: Floats, turn: Floats) -> Floats:
    """Return the part of the slope along which the columns of the turn keep their length."""
    flat: Floats = slope - turn * (turn * slope).sum(axis=0)
    return flat


def _line_search(
    loadings: Floats, turn: Floats, flat: Floats, value: float, step: float
) -> tuple[Floats, float]:
    """Return the next turn and the step to it, halved until it goes down far enough (Armijo 1966)."""
    enough = 0.5 * float(np.square(flat).sum())
    tried = _normed(turn - step * flat)
    while value - _quartimin(loadings, tried)[0] <= enough * step and step > LEAST_STEP:
        step /= 2
        tried = _normed(turn - step * flat)
    return tried, step


def _normed(turn: Floats) -> Floats:
    normed: Floats = turn / np.sqrt(np.square(turn).sum(axis=0))
    return normed
