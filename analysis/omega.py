"""McDonald's omega: the share of a sum's variance that one common factor explains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.covariance import covariances
from analysis.estimate import Estimate
from analysis.inputs import answers_of, complete_rows
from analysis.search import least

LEAST_UNIQUENESS = 1e-4
"""A residual variance (of 1) at this bound is none: the factor would explain more than there is."""

SINGULAR = 1e-9
"""Smallest eigenvalue of a correlation matrix that still counts as more than rounding."""

FEW_ITEMS = "servono almeno tre domande"
FEW_PERSONS = "le persone che hanno risposto a tutto devono essere più delle domande"
CONSTANT = "a una o più domande tutti hanno risposto allo stesso modo"
REDUNDANT = "le domande non si distinguono abbastanza: qualcuna ripete le altre, o le persone sono poche"
IMPROPER = "un solo fattore non descrive queste domande: una varianza residua risulta nulla o negativa"


@dataclass(frozen=True)
class OneFactor:
    """Loadings and residual variances of one factor on items of variance 1."""

    loadings: Floats
    uniquenesses: Floats

    @property
    def proper(self) -> bool:
        """Whether every residual variance is above its bound (no Heywood case)."""
        return bool((self.uniquenesses > LEAST_UNIQUENESS * 1.01).all())


def omega_total(items: pd.DataFrame) -> Estimate:
    """Return omega of one factor: (sum of loadings)^2 over the observed variance of the sum.

    McDonald (1999); loadings by maximum likelihood on the persons who answered every item (`n`).
    Equal to semTools' `compRelSEM` of a lavaan factor model. Items are respondents x items, already
    reversed. No interval is computed. No value, with a reason: fewer than three items, not more
    complete persons than items, a constant or redundant item, a residual variance that is not
    positive. Raises ValueError for wrong input.
    """
    complete = complete_rows(answers_of(items, rows=2))
    base = Estimate(None, None, None, len(complete), "omega_total", "listwise", "none", None)
    if complete.shape[1] < 3:
        return replace(base, reason=FEW_ITEMS)
    if len(complete) <= complete.shape[1]:
        return replace(base, reason=FEW_PERSONS)
    matrix = covariances(complete)
    sd = np.sqrt(np.diag(matrix))
    if not sd.all():
        return replace(base, reason=CONSTANT)
    correlations = matrix / np.outer(sd, sd)
    if float(np.linalg.eigvalsh(correlations)[0]) < SINGULAR:
        return replace(base, reason=REDUNDANT)
    factor = one_factor(correlations)
    if not factor.proper:
        return replace(base, reason=IMPROPER)
    return replace(base, value=float((factor.loadings * sd).sum() ** 2 / matrix.sum()))


def one_factor(correlations: Floats) -> OneFactor:
    """Fit one factor by maximum likelihood to a regular correlation matrix (Joreskog 1967).

    For given uniquenesses the best loadings are known, so that only the uniquenesses are searched.
    """
    start = 0.5 / np.diag(np.linalg.inv(correlations))
    uniquenesses = least(lambda tried: _misfit(tried, correlations), start, (LEAST_UNIQUENESS, 1.0))
    return OneFactor(_loadings(uniquenesses, correlations)[0], uniquenesses)


def _loadings(uniquenesses: Floats, correlations: Floats) -> tuple[Floats, Floats]:
    """Return the best loadings for given uniquenesses, and the other scaled eigenvalues."""
    root = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    return root * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0)), values[:-1]


def _misfit(uniquenesses: Floats, correlations: Floats) -> tuple[float, Floats]:
    """Return the discrepancy that maximum likelihood makes least, and its slope."""
    loadings, others = _loadings(uniquenesses, correlations)
    fitted = loadings**2 + uniquenesses
    value = float((others - np.log(others) - 1).sum())
    return value, (fitted - np.diag(correlations)) / uniquenesses**2
