"""A second program beside R: pingouin, statsmodels, scipy and scikit-learn give the same numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.decomposition import FactorAnalysis
from statsmodels.stats import inter_rater, multitest, power, proportion

from analysis.agreement import weighted_kappa
from analysis.intervals import wilson_limits
from analysis.multiple import holm
from analysis.omega import one_factor
from analysis.rank_sum import rank_sum
from analysis.readiness import people_for_change
from analysis.reliability import cronbach_alpha
from analysis.shares import compare_shares, fisher_exact
from tests.analysis.against_r.reliability import CASES
from tests.analysis.reference import case_of, items_of

RATINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=40)
COUNTS = st.tuples(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
@pytest.mark.parametrize("name", CASES)
def test_alpha_equals_what_pingouin_computes(name: str, missing: Any) -> None:
    items = items_of(case_of(name))
    value, _ = pingouin.cronbach_alpha(items, nan_policy=missing)
    assert cronbach_alpha(items, missing=missing).value == pytest.approx(value, abs=1e-12)


def test_the_bootstrap_equals_pingouin_resample_by_resample() -> None:
    items = items_of(case_of("bfi_n120_20items_reliability"))
    picks = np.random.default_rng(5).integers(len(items), size=(40, len(items)))
    alphas = [pingouin.cronbach_alpha(items.iloc[rows])[0] for rows in picks]
    ours = cronbach_alpha(items, interval="bootstrap", draws=40, seed=5)
    assert (ours.low, ours.high) == pytest.approx(tuple(np.quantile(alphas, [0.025, 0.975])), abs=1e-12)


@pytest.mark.parametrize(("weights", "theirs"), [("none", None), ("linear", "linear"), ("quadratic", "fc")])
@given(RATINGS)
def test_kappa_equals_what_statsmodels_computes(
    weights: Any, theirs: str | None, pairs: list[tuple[int, int]]
) -> None:
    first, second = (pd.Series([pair[side] for pair in pairs]) for side in (0, 1))
    ours = weighted_kappa(first, second, range(5), weights)
    if ours.low is None or ours.high is None:
        return
    table = pd.crosstab(first, second).reindex(index=range(5), columns=range(5), fill_value=0)
    found = inter_rater.cohens_kappa(table.to_numpy(), wt=theirs)
    assert ours.value == pytest.approx(found.kappa)
    limits = (max(-1.0, found.kappa_low), min(1.0, found.kappa_upp))
    assert (ours.low, ours.high) == pytest.approx(limits, abs=1e-7)


@given(COUNTS)
def test_two_shares_equal_statsmodels_and_scipy(counts: tuple[int, int, float, float]) -> None:
    m, n, first, second = counts
    a, b = round(m * first), round(n * second)
    ours = compare_shares(a, m, b, n).difference
    theirs = proportion.confint_proportions_2indep(a, m, b, n, method="newcomb")
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)
    p = stats.fisher_exact([[a, m - a], [b, n - b]]).pvalue
    assert fisher_exact(a, m, b, n) == pytest.approx(p, rel=1e-6)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=24, unique=True), st.integers(1, 23))
def test_rank_sums_without_ties_equal_scipy_exact(values: list[int], size: int) -> None:
    first, second = (np.array(part, dtype=float) for part in (values[:size], values[size:]))
    ours = rank_sum(first, second)
    if ours is None:
        assert len(second) == 0
        return
    theirs = stats.mannwhitneyu(first, second, method="exact")
    assert (ours.u, ours.two_sided) == pytest.approx((theirs.statistic, theirs.pvalue))


@settings(max_examples=20)  # statsmodels collects garbage each time, which takes a fifth of a second
@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_holm_equals_what_statsmodels_computes(family: list[float]) -> None:
    ours = holm({str(place): p for place, p in enumerate(family)})
    theirs = multitest.multipletests(family, method="holm")[1]
    assert list(ours.values()) == pytest.approx(theirs.tolist())


@pytest.mark.parametrize("dz", [0.1, 0.2, 0.5, 0.8])
def test_people_for_a_change_equal_statsmodels_power(dz: float) -> None:
    theirs = power.TTestPower().solve_power(dz, power=0.8, alpha=0.05)
    assert people_for_change(dz) == people_for_change(-dz) == int(np.ceil(theirs))


@pytest.mark.parametrize(("successes", "n"), [(0, 30), (17, 30), (84, 120), (30, 30)])
def test_wilson_limits_equal_statsmodels(successes: int, n: int) -> None:
    theirs = proportion.proportion_confint(successes, n, method="wilson")
    assert wilson_limits(successes, n, 0.95) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_the_one_factor_equals_scikit_learn(name: str) -> None:
    items = items_of(case_of(name)).dropna()
    scores = (items - items.mean()) / items.std(ddof=0)
    theirs = FactorAnalysis(n_components=1, tol=1e-12, max_iter=20000, svd_method="lapack").fit(scores)
    ours = one_factor(scores.corr().to_numpy())
    assert np.abs(ours.loadings) == pytest.approx(np.abs(theirs.components_[0]), abs=1e-4)
    assert ours.uniquenesses == pytest.approx(theirs.noise_variance_, abs=1e-4)
