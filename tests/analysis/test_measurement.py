"""Measurement error: SEM, SDC, limits of agreement, and the project's worked example."""

from __future__ import annotations

import re
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.measurement import bland_altman, measurement_error, smallest_detectable_change, standard_error

NAN = float("nan")


def series(*values: float) -> pd.Series[Any]:
    return pd.Series(values, dtype=float)


def test_sem_and_sdc_are_as_worked_out_by_hand() -> None:
    sem = standard_error(15, 0.80)
    assert sem == pytest.approx(6.708, abs=5e-4)
    assert 20 / (sqrt(2) * sem) == pytest.approx(2.108, abs=5e-4)
    assert smallest_detectable_change(sem) == pytest.approx(18.59, abs=5e-3)


def test_raters_apart_raise_the_sem_of_agreement_only() -> None:
    found = measurement_error(pd.DataFrame({"own": [1, 2, 5, 4.5], "second": [3, 4, 7.5, 6]}))
    assert found.sem_agreement is not None
    assert found.sem_consistency is not None
    assert found.sem_agreement > found.sem_consistency
    assert found.sdc_agreement == pytest.approx(1.96 * sqrt(2) * found.sem_agreement)
    assert found.sdc_group_agreement == pytest.approx(1.96 * sqrt(2) * found.sem_agreement / 2)
    assert (found.n, found.raters, found.missing, found.reason) == (4, 2, "listwise", None)


def test_equal_ratings_have_no_error() -> None:
    found = measurement_error(pd.DataFrame({"own": [1, 2, 5], "second": [1, 2, 5]}))
    assert (found.sem_agreement, found.sem_consistency, found.sdc_group_consistency) == (0, 0, 0)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (pd.DataFrame({"own": [1, 2]}), "serve più di una valutazione per ogni persona"),
        (
            pd.DataFrame({"own": [1.0, 2], "second": [NAN, 2]}),
            "meno di due persone hanno tutte le valutazioni",
        ),
    ],
)
def test_too_few_ratings_have_no_error_but_a_reason(frame: pd.DataFrame, reason: str) -> None:
    found = measurement_error(frame)
    assert (found.sem_agreement, found.sdc_consistency, found.reason) == (None, None, reason)


@pytest.mark.parametrize(
    ("sd", "reliability", "sentence"),
    [
        (-1, 0.5, "sd must not be negative"),
        (NAN, 0.5, "sd must not be negative, nor infinite: nan."),
        (1, 1.5, "reliability must be between 0 and 1, not 1.5."),
        (1, -0.1, "reliability must be between 0 and 1"),
        (1, NAN, "reliability must be between 0 and 1"),
    ],
)
def test_a_wrong_spread_or_reliability_is_refused(sd: float, reliability: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        standard_error(sd, reliability)


def test_limits_of_agreement_have_wider_intervals_than_bias() -> None:
    found = bland_altman(series(1, 2, 3, 4, NAN), series(2, 2, 5, 4, 1))
    assert (found.n, found.bias.value) == (4, 0.75)
    for limit in (found.bias, found.lower, found.upper):
        assert limit.low is not None
        assert limit.high is not None
        assert limit.value == pytest.approx((limit.low + limit.high) / 2)
    widths = [(one.high or 0) - (one.low or 0) for one in (found.bias, found.lower, found.upper)]
    assert widths[1] == pytest.approx(widths[2])
    assert widths[1] == pytest.approx(widths[0] * sqrt(1 + 4 * 1.96**2 / 6))
    assert found.lower.estimator == "lower_limit_of_agreement"


def test_equal_differences_have_limits_without_interval() -> None:
    found = bland_altman(series(1, 2, 3), series(2, 3, 4))
    assert (found.bias.value, found.lower.value, found.upper.value) == (1, 1, 1)
    assert found.lower.reason == "intervallo non calcolabile: tutte le differenze sono uguali"


def test_one_pair_has_no_limits_of_agreement() -> None:
    found = bland_altman(series(1, 2), series(2, NAN))
    assert (found.n, found.bias.value, found.upper.value) == (1, None, None)
    assert found.bias.reason == "meno di due coppie complete"


def test_unaligned_raters_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=re.escape("first and second must have the same index.")):
        bland_altman(series(1, 2), pd.Series([1.0, 2.0], index=[1, 2]))
    with pytest.raises(ValueError, match=re.escape("second must be finite numbers.")):
        bland_altman(series(1, 2), series(1, np.inf))
