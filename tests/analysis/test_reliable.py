"""Reliable change: counts against the project's worked examples, edges, what is refused."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.change import ReliableChange, reliable_change
from tests.analysis.pairs import sai

NAN = float("nan")
BEFORE, AFTER = [40, 50, 60, 30, 70, 55, 45, 35, 62, 48], [55, 50, 70, 45, 65, 58, 60, 50, 63, 66]


def change(before: list[float], after: list[float], reliability: float, **options: Any) -> ReliableChange:
    return reliable_change(
        pd.Series(before, dtype=float), pd.Series(after, dtype=float), reliability, **options
    )


def counts(found: ReliableChange) -> tuple[int | None, int | None, int | None]:
    return found.improved, found.unchanged, found.worsened


def test_nobody_exceeds_the_change_of_a_declared_spread() -> None:
    found = change(BEFORE, AFTER, 0.80, sd=15)
    assert found.sdc == pytest.approx(18.59, abs=5e-3)
    assert counts(found) == (0, 10, 0)
    assert (found.share_improved.value, found.share_improved.n) == (0.0, 10)


def test_one_of_ten_exceeds_the_change_of_their_own_spread() -> None:
    found = change(BEFORE, AFTER, 0.80)
    assert found.sd == pytest.approx(np.std(BEFORE, ddof=1))
    assert counts(found) == (1, 9, 0)
    assert found.share_improved.value == 0.1
    assert found.share_improved.low is not None
    assert found.share_by_error == 0.025


@pytest.mark.parametrize(("reliability", "expected"), [(0.923, (26, 18)), (0.683, (5, 5))])
def test_the_reliability_decides_who_changed(reliability: float, expected: tuple[int, int]) -> None:
    found = reliable_change(*sai(), reliability)
    assert (found.improved, found.worsened) == expected
    assert (found.n, found.reliability) == (182, reliability)


def test_the_index_holds_the_complete_pairs_only() -> None:
    before, after = (
        pd.Series([1.0, NAN, 3, 5], index=list("abcd")),
        pd.Series([2.0, 2, NAN, 1], index=list("abcd")),
    )
    found = reliable_change(before, after, 0.5)
    assert found.rci.index.tolist() == ["a", "d"]
    assert found.rci.tolist() == pytest.approx((np.array([1, -4]) / (np.sqrt(2) * (found.sem or 0))).tolist())


@pytest.mark.parametrize(
    ("before", "after", "reliability", "reason"),
    [
        ([1, 2], [NAN, NAN], 0.8, "nessuna coppia completa"),
        ([1, 2], [2, NAN], 0.8, "meno di due coppie complete"),
        ([3, 3], [2, 4], 0.8, "i punteggi di partenza sono tutti uguali"),
        ([1, 2], [2, 4], 1.0, "con attendibilità 1 ogni cambiamento conterebbe"),
    ],
)
def test_what_cannot_be_judged_has_a_reason(
    before: list[float], after: list[float], reliability: float, reason: str
) -> None:
    found = change(before, after, reliability)
    assert (found.reason, found.share_improved.reason, found.share_worsened.reason) == (reason,) * 3
    assert counts(found) == (None, None, None)
    assert (found.sem, found.sdc, len(found.rci)) == (None, None, 0)


def test_one_pair_is_judged_by_a_declared_spread() -> None:
    assert counts(change([10, 2], [40, NAN], 0.8, sd=10)) == (1, 0, 0)


def test_a_reliable_change_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        change(BEFORE, AFTER, 0.8).n = 3  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("after", "reliability", "options", "sentence"),
    [
        (pd.Series([1.0, 2]), 1.2, {}, "reliability must be between 0 and 1, not 1.2."),
        (pd.Series([1.0, 2]), 0.8, {"sd": -3}, "sd must not be negative"),
        (pd.Series([1.0, 2]), 0.8, {"level": 95}, "level must be between 0 and 1"),
        (pd.Series([1.0, 2], index=[1, 0]), 0.8, {}, "before and after must have the same index."),
        (pd.Series(["1", "2"]), 0.8, {}, "after must be numeric."),
    ],
)
def test_wrong_pairs_are_refused_in_words(
    after: Any, reliability: float, options: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        reliable_change(pd.Series([1.0, 2]), after, reliability, **options)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=20))
def test_a_better_measure_sees_at_least_as_many(pairs: list[tuple[int, int]]) -> None:
    before, after = [x for x, _ in pairs], [y for _, y in pairs]
    rough, fine = change(before, after, 0.5, sd=10), change(before, after, 0.9, sd=10)
    assert (rough.improved or 0) <= (fine.improved or 0)
    assert (rough.worsened or 0) <= (fine.worsened or 0)
    assert sum(count or 0 for count in counts(fine)) == fine.n == len(pairs)
