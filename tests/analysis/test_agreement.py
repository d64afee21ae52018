"""Weighted kappa and the share of equal ratings: declared categories, edges, what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import share_agreement, weighted_kappa

NAN = float("nan")
WEIGHTS = ("quadratic", "linear", "none")
RATINGS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=25)


def series(*values: float) -> pd.Series[Any]:
    return pd.Series(values, dtype=float)


def sides(pairs: list[tuple[int, int]]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    return series(*(x for x, _ in pairs)), series(*(y for _, y in pairs))


def test_unused_categories_count_as_steps() -> None:
    first, second = series(1, 2, 4, 4, 1), series(1, 4, 4, 2, 2)
    four, three = weighted_kappa(first, second, [1, 2, 3, 4]), weighted_kappa(first, second, [1, 2, 4])
    assert four.value != three.value
    assert weighted_kappa(first, second, [1, 2, 3, 4], "none").value == pytest.approx(
        weighted_kappa(first, second, [1, 2, 4], "none").value
    )


def test_the_order_of_the_list_is_that_of_the_steps() -> None:
    first, second = series(1, 2, 3, 3), series(2, 2, 3, 1)
    backwards = weighted_kappa(first, second, [3, 2, 1])
    assert backwards == weighted_kappa(first, second, [1, 2, 3])
    assert weighted_kappa(first, second, [2, 1, 3]) != backwards


def test_incomplete_pairs_are_left_out() -> None:
    found = weighted_kappa(series(1, 2, NAN, 1, 2), series(1, 2, 1, NAN, 1), [1, 2])
    assert found == weighted_kappa(series(1, 2, 2), series(1, 2, 1), [1, 2])
    assert (found.n, found.missing, found.interval) == (3, "complete_pairs", "normal")
    assert found.estimator == "weighted_kappa(quadratic)"


def test_full_agreement_is_one_without_certainty() -> None:
    found = weighted_kappa(series(1, 2, 3), series(1, 2, 3), [1, 2, 3])
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert found.reason == "intervallo non calcolabile: le valutazioni non variano abbastanza"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (series(2, 2, 2), series(2, 2, 2), "tutte le valutazioni sono uguali"),
        (series(1, 2), series(NAN, 2), "meno di due coppie di valutazioni"),
        (series(NAN, NAN), series(NAN, NAN), "meno di due coppie di valutazioni"),
    ],
)
def test_what_has_no_kappa_has_a_reason(first: Any, second: Any, reason: str) -> None:
    found = weighted_kappa(first, second, [1, 2, 3])
    assert (found.value, found.low, found.reason) == (None, None, reason)


def test_equal_ratings_are_shared_out() -> None:
    found = share_agreement(series(1, 2, 3, NAN), series(1, 2, 1, 2), [1, 2, 3])
    assert found.value == pytest.approx(2 / 3)
    assert (found.n, found.estimator, found.interval) == (3, "share_agreement", "wilson")
    assert share_agreement(series(NAN, 1), series(1, NAN), [1, 2]).reason == "nessuna risposta valida"


@pytest.mark.parametrize(
    ("second", "categories", "options", "sentence"),
    [
        (series(1, 5), [1, 2], {}, "second must hold declared categories only."),
        (series(1, 2), [1], {}, "categories must be at least two, each declared once."),
        (series(1, 2), [1, 2, 1], {}, "categories must be at least two, each declared once."),
        (series(1, 2), [1, 2], {"weights": "cubic"}, "weights must be one of quadratic, linear, none"),
        (series(1, 2), [1, 2], {"level": 0}, "level must be between 0 and 1"),
        (series(1, 2, 1), [1, 2], {}, "first and second must have the same index."),
        (pd.Series(["1", "2"]), [1, 2], {}, "second must be numeric."),
    ],
)
def test_wrong_ratings_are_refused_in_words(
    second: Any, categories: list[float], options: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        weighted_kappa(series(1, 2), second, categories, **options)


@given(RATINGS, st.sampled_from(WEIGHTS))
def test_kappa_does_not_mind_who_is_first(pairs: list[tuple[int, int]], weights: Any) -> None:
    first, second = sides(pairs)
    there = weighted_kappa(first, second, [1, 2, 3, 4], weights)
    back = weighted_kappa(second, first, [1, 2, 3, 4], weights)
    assert there.reason == back.reason
    assert there.value == (None if back.value is None else pytest.approx(back.value, abs=1e-12))
    assert there.low == (None if back.low is None else pytest.approx(back.low, abs=1e-9))


@given(RATINGS, st.sampled_from(WEIGHTS))
def test_kappa_and_its_limits_stay_within_bounds(pairs: list[tuple[int, int]], weights: Any) -> None:
    found = weighted_kappa(*sides(pairs), [1, 2, 3, 4], weights)
    if found.value is not None:
        assert -1 - 1e-12 <= found.value <= 1 + 1e-12
    if found.low is not None:
        assert -1 <= found.low <= (found.value or 0) <= (found.high or 0) <= 1


@given(RATINGS)
def test_two_categories_make_all_weights_equal(pairs: list[tuple[int, int]]) -> None:
    first, second = (side.clip(upper=2) for side in sides(pairs))
    found = [weighted_kappa(first, second, [1, 2], weights).value for weights in WEIGHTS]
    assert found == [found[0]] * 3 or found == pytest.approx([found[0]] * 3)


def test_kappa_is_what_its_formula_says() -> None:
    first, second = series(1, 1, 2, 3, 3, 2), series(1, 2, 2, 3, 1, 2)
    table = pd.crosstab(first, second).to_numpy() / 6
    distance = np.square(np.subtract.outer(np.arange(3), np.arange(3)))
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    by_hand = 1 - (distance * table).sum() / (distance * chance).sum()
    assert weighted_kappa(first, second, [1, 2, 3]).value == pytest.approx(by_hand)
