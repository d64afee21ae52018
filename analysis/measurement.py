"""Measurement error in the units of the scale: SEM, smallest detectable change, limits of agreement.

1.96 is that of the sources, not a quantile of more digits, so that numbers equal the published ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.estimate import Estimate
from analysis.icc import FEW_RATERS, FEW_SUBJECTS
from analysis.inputs import aligned, answers_of, complete_rows, proper_level
from analysis.intervals import student_limits
from analysis.squares import mean_squares

NINETY_FIVE = 1.96


@dataclass(frozen=True)
class MeasurementError:
    """Standard errors of measurement and smallest detectable changes, in the units of the ratings.

    `sdc_*` are for one person, `sdc_group_*` for the mean of the `n` subjects. None, with a
    `reason`, where they cannot be estimated; 0 where all ratings of each subject are equal.
    """

    n: int
    raters: int
    sem_agreement: float | None = None
    sem_consistency: float | None = None
    sdc_agreement: float | None = None
    sdc_consistency: float | None = None
    sdc_group_agreement: float | None = None
    sdc_group_consistency: float | None = None
    missing: str = "listwise"
    reason: str | None = None


@dataclass(frozen=True)
class LimitsOfAgreement:
    """Mean difference second less first, and where 95 % of the differences are expected.

    `bias` has Student's limits; `lower` and `upper` the approximate ones of Bland and Altman (1999).
    """

    n: int
    bias: Estimate
    lower: Estimate
    upper: Estimate


def measurement_error(ratings: pd.DataFrame) -> MeasurementError:
    """Return SEM and SDC of subjects x raters (or occasions), from two-way mean squares.

    SEM agreement = sqrt(variance of raters, at least 0, + error), SEM consistency = sqrt(error)
    (de Vet and others 2006); SDC = 1.96 sqrt(2) SEM, of a group that over sqrt(n). Only subjects
    with every rating count. Raises ValueError for wrong input.
    """
    complete = complete_rows(answers_of(ratings, rows=2, name="ratings"))
    n, raters = complete.shape
    if raters < 2 or n < 2:
        reason = FEW_RATERS if raters < 2 else FEW_SUBJECTS
        return MeasurementError(n, raters, reason=reason)
    squares = mean_squares(complete)
    systematic = max(0.0, (squares.between_raters - squares.error) / n)
    agreement, consistency = sqrt(systematic + squares.error), sqrt(squares.error)
    changes = [smallest_detectable_change(sem) for sem in (agreement, consistency)]
    return MeasurementError(
        n=n,
        raters=raters,
        sem_agreement=agreement,
        sem_consistency=consistency,
        sdc_agreement=changes[0],
        sdc_consistency=changes[1],
        sdc_group_agreement=changes[0] / sqrt(n),
        sdc_group_consistency=changes[1] / sqrt(n),
    )


def standard_error(sd: float, reliability: float) -> float:
    """Return the SEM of a scale, SD * sqrt(1 - reliability), in its units (Spearman 1904, Lord 1952).

    Raises ValueError for a negative SD and for a reliability outside 0 to 1.
    """
    if not 0 <= sd < float("inf"):
        raise ValueError(f"sd must not be negative, nor infinite: {sd!r}.")
    if not 0 <= reliability <= 1:
        raise ValueError(f"reliability must be between 0 and 1, not {reliability!r}.")
    return sd * sqrt(1 - reliability)


def smallest_detectable_change(sem: float) -> float:
    """Return 1.96 sqrt(2) SEM: less than this between two scores may be error alone."""
    return NINETY_FIVE * sqrt(2) * sem


def bland_altman(first: pd.Series[Any], second: pd.Series[Any], *, level: float = 0.95) -> LimitsOfAgreement:
    """Return bias and 95 % limits of agreement of two aligned Series, NaN where missing.

    Limits are the mean difference (second less first) +- 1.96 SD (Bland and Altman 1986); what
    `level` gives is the interval of each: the SE of a limit is SD sqrt(1 / n + 1.96^2 / (2 (n - 1)))
    (Bland and Altman 1999). With fewer than two pairs nothing, with equal differences no interval.
    Raises ValueError for wrong input.
    """
    proper_level(level)
    x, y = aligned(first, second, ("first", "second"))
    differences = np.round(y - x, 9)
    differences = differences[~np.isnan(differences)]
    n = len(differences)
    names = ("bias", "lower_limit_of_agreement", "upper_limit_of_agreement")
    blank = [Estimate(None, None, None, n, name, "complete_pairs", "t", None) for name in names]
    if n < 2:
        return LimitsOfAgreement(n, *(replace(one, reason="meno di due coppie complete") for one in blank))
    return LimitsOfAgreement(n, *_limits(blank, differences, level))


def _limits(blank: list[Estimate], differences: Floats, level: float) -> list[Estimate]:
    mean, n = float(differences.mean()), len(differences)
    if differences.min() == differences.max():
        reason = "intervallo non calcolabile: tutte le differenze sono uguali"
        return [replace(one, value=float(differences[0]), reason=reason) for one in blank]
    sd = float(differences.std(ddof=1))
    wider = sqrt(1 + n * NINETY_FIVE**2 / (2 * (n - 1)))
    found = []
    for one, side in zip(blank, (0, -1, 1), strict=True):
        value = mean + side * NINETY_FIVE * sd
        low, high = student_limits(value, sd * (wider if side else 1.0), n, level)
        found.append(replace(one, value=value, low=low, high=high))
    return found
