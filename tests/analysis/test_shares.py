"""Two shares: empty groups, certain ones, gained and lost, what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shares import compare_shares, fisher_exact, mcnemar_exact


def test_a_difference_is_first_less_second() -> None:
    found = compare_shares(20, 30, 12, 30)
    assert (found.first, found.second) == (20 / 30, 0.4)
    assert found.difference.value == pytest.approx(20 / 30 - 0.4)
    assert (found.difference.n, found.difference.interval) == (60, "newcombe")


def test_an_empty_group_has_a_reason() -> None:
    found = compare_shares(0, 0, 3, 4)
    assert (found.first, found.second, found.difference.value, found.p_exact) == (None, 0.75, None, None)
    assert found.difference.reason == "in uno dei due gruppi non c'è nessuno"
    assert compare_shares(3, 4, 0, 0).difference.reason == found.difference.reason


def test_nobody_changed_has_no_p() -> None:
    assert mcnemar_exact(0, 0) is None
    assert mcnemar_exact(3, 3) == 1.0
    assert mcnemar_exact(0, 5) == pytest.approx(0.0625)


@pytest.mark.parametrize(
    ("counts", "options", "sentence"),
    [
        ((5, 4, 1, 2), {}, "successes (5) must not exceed n (4)."),
        ((1, 4, -1, 2), {}, "successes and n must be whole numbers, not negative."),
        ((1, 4, 1, 2), {"level": 1}, "level must be between 0 and 1"),
    ],
)
def test_wrong_counts_are_refused_in_words(counts: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        compare_shares(*counts, **options)
    with pytest.raises(ValueError, match=re.escape("only_before and only_after must be whole numbers")):
        mcnemar_exact(1, 0.5)


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0, 1), st.floats(0, 1))
def test_swapping_the_groups_turns_the_sign(m: int, n: int, first: float, second: float) -> None:
    a, b = round(m * first), round(n * second)
    there, back = compare_shares(a, m, b, n), compare_shares(b, n, a, m)
    assert there.p_exact == pytest.approx(back.p_exact)
    assert (there.difference.low, there.difference.high) == pytest.approx(
        (-(back.difference.high or 0), -(back.difference.low or 0))
    )
    assert fisher_exact(a, m, b, n) <= 1.0
