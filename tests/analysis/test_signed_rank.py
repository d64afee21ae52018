"""The signed-rank test against scipy and against counting out every sign."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import signed_rank as module
from analysis.signed_rank import hodges_lehmann, signed_rank

DIFFERENCES = st.lists(st.integers(-6, 6), min_size=1, max_size=9)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=25, unique=True), st.integers(0, 99))
def test_without_ties_p_equals_scipy_exact(sizes: list[int], seed: int) -> None:
    signs = np.random.default_rng(seed).choice([-1, 1], size=len(sizes))
    differences = np.array(sizes) * signs / 10
    found = signed_rank(differences)
    assert found is not None
    for alternative, p in (("two-sided", found.two_sided), ("greater", found.greater), ("less", found.less)):
        theirs = stats.wilcoxon(differences, alternative=alternative, method="exact")
        assert p == pytest.approx(theirs.pvalue, rel=1e-9)


@given(DIFFERENCES)
def test_with_ties_p_counts_every_sign(differences: list[int]) -> None:
    kept = np.array([d for d in differences if d], dtype=float)
    found = signed_rank(np.array(differences, dtype=float))
    if found is None:
        assert len(kept) == 0
        return
    ranks = stats.rankdata(np.abs(kept))
    sums = np.array([ranks[list(signs)].sum() for signs in product([False, True], repeat=len(kept))])
    assert found.v == ranks[kept > 0].sum()
    assert found.greater == pytest.approx((sums >= found.v).mean())
    assert found.less == pytest.approx((sums <= found.v).mean())


@given(DIFFERENCES)
def test_hodges_lehmann_is_the_median_walsh_average(differences: list[int]) -> None:
    kept = [d / 10 for d in differences if d]
    averages = [(a + b) / 2 for a, b in combinations_with_replacement(kept, 2)]
    assert hodges_lehmann(np.array(differences) / 10) == pytest.approx(np.median(averages) if kept else 0.0)


def test_float_noise_does_not_break_ties() -> None:
    found = signed_rank(np.array([0.3 - 0.1, 0.2, 0.4 - 0.2, -(0.9 - 0.7)]))
    assert found is not None
    assert found.two_sided == pytest.approx(10 / 16)


def test_many_changes_use_the_normal_distribution() -> None:
    differences = np.random.default_rng(0).integers(-20, 22, size=900).astype(float)
    found = signed_rank(differences)
    theirs = stats.wilcoxon(differences, method="asymptotic", correction=False)
    assert found is not None
    assert found.method == "normal"
    assert found.two_sided == pytest.approx(theirs.pvalue)


def test_exact_and_normal_agree_where_they_meet() -> None:
    differences = np.random.default_rng(1).normal(0.1, 1, size=module.EXACT_UP_TO)
    found = signed_rank(differences)
    theirs = stats.wilcoxon(differences, method="asymptotic", correction=False)
    assert found is not None
    assert found.method == "exact"
    assert found.two_sided == pytest.approx(theirs.pvalue, rel=0.02)


def test_rank_biserial_is_one_when_all_rise() -> None:
    found = signed_rank(np.array([1.0, 2.0, 3.0]))
    assert found is not None
    assert found.rank_biserial == 1.0
