"""Two groups and rank sums: edges, exact against counting, what is refused."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import rank_sum as module
from analysis.groups import compare_groups
from analysis.rank_sum import rank_sum

NAN = float("nan")
VALUES = st.lists(st.integers(0, 4), min_size=1, max_size=6)


def series(*values: float) -> pd.Series[Any]:
    return pd.Series(values, dtype=float)


def test_missing_values_are_left_out() -> None:
    found = compare_groups(series(1, 2, NAN, 3), series(4, NAN, 6))
    assert (found.n_first, found.n_second, found.mean_first, found.mean_second) == (3, 2, 2.0, 5.0)
    assert found.hedges_g.value is not None
    assert found.hedges_g.value < 0
    assert (found.hedges_g.n, found.method) == (5, "exact")


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (series(1, 2), series(3), "in uno dei due gruppi ci sono meno di due persone"),
        (series(), series(3, 4), "in uno dei due gruppi ci sono meno di due persone"),
        (series(1, 1), series(3, 3), "all'interno dei due gruppi tutti i valori sono uguali"),
    ],
)
def test_what_has_no_g_has_a_reason(first: Any, second: Any, reason: str) -> None:
    found = compare_groups(first, second)
    assert (found.hedges_g.value, found.hedges_g.low, found.hedges_g.reason) == (None, None, reason)
    assert (found.p is None) == (len(first) == 0)
    assert (found.mean_first is None) == (len(first) == 0)


def test_groups_too_far_apart_have_g_without_limits() -> None:
    found = compare_groups(series(0, 1e-5, 0), series(1, 1, 1)).hedges_g
    assert found.value is not None
    assert (found.low, found.reason) == (None, "intervallo non calcolabile: i due gruppi non si toccano")


@pytest.mark.parametrize(
    ("second", "options", "sentence"),
    [
        (pd.Series(["a"]), {}, "second must be numeric."),
        ([1, 2], {}, "second must be a Series."),
        (series(1, np.inf), {}, "second must be finite numbers."),
        (series(1, 2), {"level": 7}, "level must be between 0 and 1"),
    ],
)
def test_wrong_groups_are_refused_in_words(second: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        compare_groups(series(1, 2), second, **options)


@given(VALUES, VALUES)
def test_exact_p_with_ties_counts_every_division(first: list[int], second: list[int]) -> None:
    found = rank_sum(np.array(first, dtype=float), np.array(second, dtype=float))
    assert found is not None
    ranks = stats.rankdata([*first, *second])
    own = ranks[: len(first)].sum()
    sums = np.array([ranks[list(chosen)].sum() for chosen in combinations(range(len(ranks)), len(first))])
    p = min(1.0, 2 * min((sums <= own + 1e-9).mean(), (sums >= own - 1e-9).mean()))
    assert found.two_sided == pytest.approx(p)
    pairs = [(x > y) + (x == y) / 2 for x in first for y in second]
    assert found.u == pytest.approx(sum(pairs))
    assert found.rank_biserial == pytest.approx(2 * sum(pairs) / len(pairs) - 1)


def test_many_people_use_the_normal_distribution() -> None:
    chance = np.random.default_rng(0)
    first, second = chance.integers(0, 9, 80).astype(float), chance.integers(1, 10, 90).astype(float)
    found = rank_sum(first, second)
    theirs = stats.mannwhitneyu(first, second, method="asymptotic")
    assert found is not None
    assert (found.method, found.two_sided) == ("normal", pytest.approx(theirs.pvalue))


def test_many_equal_values_differ_in_nothing() -> None:
    found = rank_sum(np.ones(70), np.ones(60))
    assert found is not None
    assert (found.two_sided, found.rank_biserial, found.method) == (1.0, 0.0, "normal")


def test_exact_and_normal_agree_where_they_meet() -> None:
    chance = np.random.default_rng(1)
    first, second = chance.normal(size=50), chance.normal(0.3, size=module.EXACT_UP_TO - 50)
    found = rank_sum(first, second)
    theirs = stats.mannwhitneyu(first, second, method="asymptotic")
    assert found is not None
    assert (found.method, found.two_sided) == ("exact", pytest.approx(theirs.pvalue, rel=0.02))
