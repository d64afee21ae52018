"""Omega of one factor: what it means, when there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.omega import _misfit, one_factor
from analysis.reliability import cronbach_alpha, omega_total
from tests.analysis.reference import case_of, items_of

NAN = float("nan")


def scale(loadings: list[float], people: int = 400, seed: int = 0) -> pd.DataFrame:
    """Answers whose correlations are exactly those of one factor."""
    shape = np.array(loadings)
    wanted = np.outer(shape, shape) + np.diag(1 - shape**2)
    raw = np.random.default_rng(seed).normal(size=(people, len(shape)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    return pd.DataFrame(white @ np.linalg.cholesky(wanted).T)


@given(st.lists(st.floats(0.2, 0.9), min_size=3, max_size=7), st.integers(0, 99))
def test_omega_finds_the_loadings_it_was_made_from(loadings: list[float], seed: int) -> None:
    found = omega_total(scale(loadings, seed=seed))
    whole = sum(loadings) ** 2 + sum(1 - loading**2 for loading in loadings)
    assert found.value == pytest.approx(sum(loadings) ** 2 / whole, abs=1e-5)


def test_equal_loadings_make_omega_equal_alpha() -> None:
    items = scale([0.6] * 5)
    assert omega_total(items).value == pytest.approx(cronbach_alpha(items).value, abs=1e-6)


def test_omega_says_how_it_was_made() -> None:
    items = items_of(case_of("bfi_n30_N_reliability"))
    found = omega_total(items)
    assert (found.n, found.estimator, found.missing) == (29, "omega_total", "listwise")
    assert (found.interval, found.low, found.high, found.reason) == ("none", None, None, None)


def test_omega_ignores_units_of_all_items_and_order() -> None:
    items = items_of(case_of("bfi_A_reliability"))
    other = omega_total((7 - items)[items.columns[::-1]] * 10)
    assert other.value == pytest.approx(omega_total(items).value, abs=1e-7)


def test_the_search_ends_where_the_slope_is_nothing() -> None:
    items = items_of(case_of("sai_xray_t1_reliability")).dropna()
    correlations = items.corr().to_numpy()
    slope = _misfit(one_factor(correlations).uniquenesses, correlations)[1]
    assert np.abs(slope).max() < 1e-4


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (scale([0.5, 0.5]), "servono almeno tre domande"),
        (scale([0.5] * 4, people=5).iloc[:4], "le persone che hanno risposto a tutto devono essere più"),
        (scale([0.5] * 3).assign(same=2.0), "tutti hanno risposto allo stesso modo"),
        (scale([0.5] * 3).assign(twin=lambda items: items[0]), "le domande non si distinguono abbastanza"),
        (pd.DataFrame([[NAN] * 3] * 5), "le persone che hanno risposto a tutto devono essere più"),
    ],
)
def test_what_has_no_omega_has_a_reason(items: pd.DataFrame, reason: str) -> None:
    found = omega_total(items)
    assert (found.value, found.low) == (None, None)
    assert found.reason is not None
    assert reason in found.reason


def test_a_factor_that_explains_too_much_is_refused() -> None:
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.3], [0.8, 0.3, 1]])
    raw = np.random.default_rng(0).normal(size=(50, 3))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    found = omega_total(pd.DataFrame(white @ np.linalg.cholesky(r).T))
    assert found.value is None
    assert found.reason is not None
    assert "una varianza residua risulta nulla o negativa" in found.reason


@given(st.integers(0, 200))
def test_random_answers_have_an_omega_or_a_reason(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(1, 5, size=(15, 4)).astype(float)
    found = omega_total(pd.DataFrame(answers))
    assert (found.value is None) == (found.reason is not None)
    assume(found.value is not None)
    assert 0 <= (found.value or 0) <= 1 + 1e-6
