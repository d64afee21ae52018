"""Paired change: lost pairs, constant differences, counts, what is refused."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.change import PairedChange, paired_change

NAN = float("nan")
SCORES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30)


def change(before: list[float], after: list[float], **options: Any) -> PairedChange:
    return paired_change(pd.Series(before, dtype=float), pd.Series(after, dtype=float), **options)


def test_lost_pairs_are_counted_by_what_is_missing() -> None:
    found = change([1, 2, 3, NAN, NAN, 4], [2, 2, NAN, 1, NAN, 9])
    assert (found.n, found.only_before, found.only_after, found.neither) == (3, 1, 1, 1)
    assert (found.improved, found.unchanged, found.worsened) == (2, 1, 0)


def test_share_by_chance_is_half_of_the_changed() -> None:
    found = change([1, 2, 3, 4, 5], [2, 3, 2, 4, 5])
    assert found.share_improved.value == 0.4
    assert found.share_by_chance == 0.3
    assert (found.share_improved.estimator, found.share_improved.n) == ("share_improved", 5)


def test_float_noise_is_no_change() -> None:
    found = change([0.1, 0.3, 0.3], [0.3, 0.1 + 0.2, 0.3])
    assert (found.improved, found.unchanged, found.worsened) == (1, 2, 0)


def test_equal_differences_give_reasons_not_exceptions() -> None:
    found = change([1, 2, 3, 4], [2, 3, 4, 5])
    assert found.reason == "tutte le differenze sono uguali"
    for estimate in (found.mean_difference, found.dz_interval, found.gz):
        assert (estimate.value, estimate.low, estimate.reason) == (None, None, found.reason)
    assert (found.t, found.p_t, found.dz, found.d_rm) == (None, None, None, None)
    assert (found.p_wilcoxon, found.p_sign, found.hodges_lehmann) == (0.125, 0.125, 1.0)
    assert found.glass == pytest.approx(1 / np.std([1, 2, 3, 4], ddof=1))


def test_no_change_at_all_has_no_p() -> None:
    found = change([1, 2, 3], [1, 2, 3])
    assert (found.p_wilcoxon, found.wilcoxon_method, found.p_sign, found.rank_biserial) == (None,) * 4
    assert (found.hodges_lehmann, found.share_by_chance, found.share_improved.value) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("after", "n"), [([NAN, NAN, NAN], 0), ([2, NAN, NAN], 1)])
def test_too_few_pairs_have_a_reason(after: list[float], n: int) -> None:
    found = change([1, 2, 3], after)
    assert (found.n, found.reason) == (n, "meno di due coppie complete")
    assert found.mean_difference.reason == found.gz.reason == found.reason
    assert (found.sd_before, found.d_av, found.correlation) == (None, None, None)
    assert (found.mean_before, found.hodges_lehmann) == ((1.0, 1.0) if n else (None, None))
    assert found.share_by_chance == (0.5 if n else None)


def test_two_pairs_have_dz_but_no_gz() -> None:
    found = change([1, 2], [2, 5])
    assert found.dz is not None
    assert found.dz_interval.value == found.dz
    assert (found.gz.value, found.gz.reason) == (None, "servono almeno tre coppie complete")


def test_a_constant_before_has_neither_glass_nor_r() -> None:
    found = change([3, 3, 3], [4, 5, 3])
    assert (found.glass, found.correlation, found.d_rm) == (None, None, None)
    assert found.d_av is not None
    assert found.dz is not None


def test_both_constant_occasions_have_no_d_av() -> None:
    assert change([3, 3, 3], [4, 4, 4]).d_av is None


def test_extreme_effects_have_finite_limits() -> None:
    found = change([0] * 12, [1.0] * 11 + [1.01])
    assert found.dz_interval.low is not None
    assert found.dz_interval.high is not None
    assert found.dz is not None
    assert 0 < found.dz_interval.low < found.dz < found.dz_interval.high < float("inf")


def test_effects_beyond_computing_have_no_limits() -> None:
    found = change([0] * 12, [1.0] * 11 + [1.00001])
    for estimate in (found.dz_interval, found.gz):
        assert estimate.value is not None
        assert (estimate.low, estimate.high) == (None, None)
        assert estimate.reason == "intervallo non calcolabile: le differenze sono quasi tutte uguali"


def test_level_reaches_every_interval() -> None:
    usual, narrow = change([1, 2, 3, 4], [2, 4, 3, 7]), change([1, 2, 3, 4], [2, 4, 3, 7], level=0.5)
    for name in ("mean_difference", "gz", "dz_interval", "share_improved"):
        wide, small = getattr(usual, name), getattr(narrow, name)
        assert wide.low < small.low < small.high < wide.high


def test_a_paired_change_cannot_be_changed() -> None:
    found = change([1, 2], [2, 5])
    with pytest.raises(FrozenInstanceError):
        found.n = 3  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("before", "after", "options", "sentence"),
    [
        ([1, 2], pd.Series([1, 2]), {}, "before must be a Series."),
        (pd.Series([1, 2]), pd.Series(["a", "b"]), {}, "after must be numeric."),
        (pd.Series([1, 2]), pd.Series([1, 2], index=[1, 2]), {}, "must have the same index."),
        (pd.Series([1, 2]), pd.Series([1, 2, 3]), {}, "must have the same index."),
        (pd.Series([1]), pd.Series([2]), {}, "must have at least two rows."),
        (pd.Series([1, 2]), pd.Series([1, np.inf]), {}, "after must be finite numbers."),
        (pd.Series([1, 2]), pd.Series([1, 2]), {"level": 95}, "level must be between 0 and 1"),
    ],
)
def test_wrong_series_are_refused_in_words(before: Any, after: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        paired_change(before, after, **options)


@given(SCORES)
def test_everybody_improved_unchanged_or_worsened(pairs: list[tuple[int, int]]) -> None:
    found = change([x for x, _ in pairs], [y for _, y in pairs])
    assert found.improved + found.unchanged + found.worsened == found.n == len(pairs)
    assert found.share_by_chance is not None
    assert 0 <= found.share_by_chance <= 0.5


@given(SCORES)
def test_swapping_the_occasions_turns_every_sign(pairs: list[tuple[int, int]]) -> None:
    before, after = [x for x, _ in pairs], [y for _, y in pairs]
    there, back = change(before, after), change(after, before)
    assert (there.p_wilcoxon, there.p_sign) == (back.p_wilcoxon, back.p_sign)
    assert (there.improved, there.worsened) == (back.worsened, back.improved)
    assert there.hodges_lehmann == pytest.approx(-(back.hodges_lehmann or 0), abs=1e-9)
    assert there.dz == (None if back.dz is None else pytest.approx(-back.dz))


@given(SCORES)
def test_t_equals_what_scipy_computes(pairs: list[tuple[int, int]]) -> None:
    before, after = [x for x, _ in pairs], [y for _, y in pairs]
    found = change(before, after)
    if found.reason is None:
        theirs = stats.ttest_rel(after, before)
        assert (found.t, found.p_t) == pytest.approx((theirs.statistic, theirs.pvalue))


@given(SCORES)
def test_dz_always_lies_within_its_limits(pairs: list[tuple[int, int]]) -> None:
    found = change([x for x, _ in pairs], [y for _, y in pairs]).dz_interval
    assert found.value is None or (found.low or 0) <= found.value <= (found.high or 0)
