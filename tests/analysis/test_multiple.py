"""Holm within a family: order, gaps, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.multiple import holm


def test_a_test_without_p_is_not_counted() -> None:
    assert holm({"a": 0.01, "b": None, "c": 0.02, "d": float("nan")}) == {
        "a": 0.02,
        "b": None,
        "c": 0.02,
        "d": None,
    }


def test_an_empty_family_stays_empty() -> None:
    assert holm({}) == {}


def test_a_wrong_p_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"p must be between 0 and 1; these are not: b\."):
        holm({"a": 0.5, "b": 1.5})


@given(st.dictionaries(st.text(max_size=3), st.none() | st.floats(0, 1), max_size=8))
def test_adjusting_keeps_order_and_never_lowers(family: dict[str, float | None]) -> None:
    adjusted = holm(family)
    assert list(adjusted) == list(family)
    pairs = sorted((p, adjusted[name] or 0.0) for name, p in family.items() if p is not None)
    assert all(p <= after <= 1 for p, after in pairs)
    assert [after for _, after in pairs] == sorted(after for _, after in pairs)
