"""Item statistics: categories, constants, missing answers; floor and ceiling of scale scores."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.items import floor_ceiling, item_statistics, reverse

ANSWERS = pd.DataFrame(
    {
        "a": [1, 2, 3, np.nan],
        "same": [2.0, 2.0, 2.0, 2.0],
        "one": [np.nan, np.nan, np.nan, 3],
        "none": [np.nan] * 4,
    }
)


def test_every_declared_category_is_counted() -> None:
    counts = item_statistics(ANSWERS, 1, 4)[["count_1", "count_2", "count_3", "count_4"]]
    assert counts.loc["a"].tolist() == [1, 1, 1, 0]
    assert counts.loc["same"].tolist() == [0, 4, 0, 0]
    assert counts.loc["none"].tolist() == [0, 0, 0, 0]


def test_one_row_an_item_in_order() -> None:
    found = item_statistics(ANSWERS, 1, 4)
    assert found.index.tolist() == ["a", "same", "one", "none"]
    assert found["n"].tolist() == [3, 4, 1, 0]
    assert found["missing"].tolist() == [1, 0, 3, 4]
    assert found["missing_percent"].tolist() == [25, 0, 75, 100]
    assert found.loc["a", ["mean", "sd", "skew"]].tolist() == pytest.approx([2, 1, 0])


def test_a_constant_item_is_reported_without_shape() -> None:
    found = item_statistics(ANSWERS, 1, 4)
    assert found["constant"].tolist() == [False, True, False, False]
    assert found.loc["same", ["mean", "sd"]].tolist() == [2, 0]
    assert found.loc["same", ["skew", "kurtosis"]].isna().all()


def test_items_with_few_answers_have_gaps() -> None:
    found = item_statistics(ANSWERS, 1, 4)
    assert found.loc["one", "mean"] == 3
    assert found.loc["one", ["sd", "skew", "kurtosis"]].isna().all()
    assert found.loc["none", ["mean", "sd", "skew", "kurtosis", "floor_percent"]].isna().all()


def test_no_respondents_give_empty_counts() -> None:
    found = item_statistics(ANSWERS.iloc[:0], 1, 4)
    assert found["n"].tolist() == [0, 0, 0, 0]
    assert found["missing_percent"].isna().all()


@pytest.mark.parametrize(
    ("items", "minimum", "maximum", "sentence"),
    [
        (ANSWERS, 1, 2, "items must hold whole numbers from 1 to 2."),
        (ANSWERS + 0.5, 1, 4, "items must hold whole numbers from 1 to 4."),
        (ANSWERS, 4, 1, "minimum (4) must be below maximum (1)."),
        (ANSWERS.assign(a="x"), 1, 4, "items must be numeric; these columns are not: a."),
    ],
)
def test_wrong_answers_are_refused_in_words(items: Any, minimum: int, maximum: int, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        item_statistics(items, minimum, maximum)


def test_scores_at_both_ends_are_shared_out() -> None:
    found = floor_ceiling(pd.Series([0.0, 0.0, 50.0, 100.0, np.nan]), 0, 100)
    assert (found.n, found.floor.value, found.ceiling.value) == (4, 0.5, 0.25)
    assert (found.floor.estimator, found.ceiling.estimator) == ("share_at_floor", "share_at_ceiling")
    assert found.floor.interval == "wilson"


def test_ends_of_no_scores_have_a_reason() -> None:
    found = floor_ceiling(pd.Series([np.nan, np.nan]), 0, 100)
    assert (found.n, found.floor.value, found.ceiling.value) == (0, None, None)
    assert found.floor.reason == "nessuna risposta valida"


def test_float_noise_does_not_hide_the_ceiling() -> None:
    found = floor_ceiling(pd.Series([0.1 + 0.2, 0.3]), 0, 0.3)
    assert found.ceiling.value == 1.0


@pytest.mark.parametrize(
    ("scores", "minimum", "maximum", "options", "sentence"),
    [
        (pd.Series([1.0, 6.0]), 1, 5, {}, "scores must lie between 1 and 5."),
        (pd.Series([1.0, 5.0]), 5, 5, {}, "minimum (5) must be below maximum (5)."),
        (pd.Series([1.0, 5.0]), 1, 5, {"level": 0}, "level must be between 0 and 1, not 0."),
        (pd.Series(["1"]), 1, 5, {}, "scores must be numeric."),
    ],
)
def test_wrong_scores_are_refused_in_words(
    scores: Any, minimum: int, maximum: int, options: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        floor_ceiling(scores, minimum, maximum, **options)


@given(st.lists(st.one_of(st.integers(1, 5), st.none()), min_size=1, max_size=30))
def test_counts_and_missing_add_up_to_rows(answers: list[int | None]) -> None:
    row = item_statistics(pd.DataFrame({"q": pd.Series(answers, dtype=float)}), 1, 5).loc["q"]
    assert sum(row[f"count_{c}"] for c in range(1, 6)) == row["n"]
    assert row["n"] + row["missing"] == len(answers)


def test_turned_round_items_keep_gaps_and_neighbours() -> None:
    items = pd.DataFrame({"a": [1, 4, np.nan], "b": [1, 2, 3]})
    found = reverse(items, ["a"], 1, 4)
    assert found["a"].tolist()[:2] == [4, 1]
    assert found["b"].tolist() == [1, 2, 3]
    assert np.isnan(found["a"][2])
    assert items["a"][0] == 1


@pytest.mark.parametrize(
    ("names", "maximum", "sentence"),
    [
        (["a", "z"], 4, "these are no columns of items: z."),
        (["a"], 2, "a must lie between 1 and 2."),
        (["a"], 0, "minimum (1) must be below maximum (0)."),
    ],
)
def test_wrong_items_to_turn_are_refused_in_words(names: list[str], maximum: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        reverse(ANSWERS[["a"]], names, 1, maximum)


@given(
    arrays.arrays(float, (6, 3), elements=st.sampled_from([1, 2, 3, 4, 5, np.nan])),
    st.sets(st.integers(0, 2)),
)
def test_turning_items_round_twice_is_as_never(answers: Any, names: set[int]) -> None:
    items = pd.DataFrame(answers)
    pd.testing.assert_frame_equal(reverse(reverse(items, names, 1, 5), names, 1, 5), items)
