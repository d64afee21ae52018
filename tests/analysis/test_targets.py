"""Targets: both lines, what is missing, what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.targets import mean_above, proportion


@pytest.mark.parametrize(("least", "n", "target"), [(85, 120, 0.7), (61, 120, 0.5), (40, 65, 0.6)])
def test_a_share_target_is_reached_from_one_count(least: int, n: int, target: float) -> None:
    assert proportion(least, n, target=target).reached is True
    assert proportion(least - 1, n, target=target).reached is False


@pytest.mark.parametrize(
    ("least", "n", "target"), [(93, 120, 0.7), (70, 120, 0.5), (46, 65, 0.6), (26, 30, 0.7)]
)
def test_a_share_target_is_demonstrated_from_one_count(least: int, n: int, target: float) -> None:
    assert proportion(least, n, target=target).verdict == "dimostrato"
    assert proportion(least - 1, n, target=target).verdict == "non dimostrato"


def test_a_share_far_below_contradicts_its_target() -> None:
    found = proportion(70, 120, target=0.7)
    assert (found.reached, found.verdict) == (False, "contraddetto")
    assert found.p_contrary is not None
    assert found.p_contrary < 0.05


@pytest.mark.parametrize(
    ("operator", "successes", "reached"),
    [(">", 84, False), (">=", 84, True), ("<", 84, False), ("<=", 84, True), ("<", 83, True)],
)
def test_reached_is_as_strict_as_its_operator(operator: Any, successes: int, reached: bool) -> None:
    assert proportion(successes, 120, target=0.7, operator=operator).reached is reached


def test_a_downward_target_is_demonstrated_by_few() -> None:
    assert proportion(10, 120, target=0.2, operator="<").verdict == "dimostrato"
    assert proportion(60, 120, target=0.2, operator="<=").verdict == "contraddetto"


def test_missing_people_give_worst_and_best_share() -> None:
    found = proportion(85, 110, target=0.7, missing=10)
    assert (found.worst, found.best) == (85 / 120, 95 / 120)
    assert proportion(85, 110).worst == proportion(85, 110).best == 85 / 110


def test_a_share_without_target_has_no_verdict() -> None:
    found = proportion(3, 4)
    assert (found.value, found.reached, found.p_exact, found.verdict) == (0.75, None, None, None)


def test_a_share_of_nobody_has_a_reason() -> None:
    found = proportion(0, 0, target=0.7)
    assert (found.value, found.reached, found.verdict, found.worst) == (None, None, None, None)
    assert found.reason == "nessuna risposta valida"
    assert proportion(0, 0, target=0.7, missing=4).best == 1.0


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        ((5, 4), {}, "successes (5) must not exceed n (4)."),
        ((-1, 4), {}, "whole numbers"),
        ((1.5, 4), {}, "whole numbers"),
        ((1, 4), {"missing": -1}, "whole numbers"),
        ((1, 4), {"target": 70}, "target must be a share"),
        ((1, 4), {"target": float("nan")}, "target must be a share"),
        ((1, 4), {"operator": "="}, "operator must be one of"),
        ((1, 4), {"level": 1.0}, "level must be between 0 and 1"),
    ],
)
def test_a_wrong_share_is_refused_in_words(arguments: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        proportion(*arguments, **options)


@given(st.integers(1, 200), st.integers(0, 200), st.floats(0.01, 0.99))
def test_both_lines_of_a_share_never_disagree(n: int, successes: int, target: float) -> None:
    found = proportion(min(successes, n), n, target=target)
    assert (found.verdict, found.reached) not in {("dimostrato", False), ("contraddetto", True)}
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= min(successes, n) / n <= found.high <= 1


@pytest.mark.parametrize("values", [[8, 8, 8], [7.9, 8.1], [6, 10, 8, 8], [7.7, 8.1, 8.2]])
def test_a_mean_of_exactly_eight_does_not_reach(values: list[float]) -> None:
    found = mean_above(pd.Series(values), 8)
    assert found.reached is False
    assert found.verdict == "non dimostrato"


def test_a_low_mean_contradicts_its_target() -> None:
    found = mean_above(pd.Series([5, 6, 7, 5, 6, 7, 5, 6]), 8)
    assert (found.reached, found.verdict) == (False, "contraddetto")


def test_a_verdict_on_a_mean_needs_both_tests() -> None:
    skewed = pd.Series([8.1] * 12 + [0.0])
    found = mean_above(skewed, 8)
    assert found.p_exact is not None
    assert found.p_exact < 0.05
    assert (found.reached, found.verdict) == (False, "non dimostrato")


def test_equal_ratings_have_a_mean_but_no_proof() -> None:
    found = mean_above(pd.Series([9.0] * 30), 8)
    assert (found.value, found.reached, found.verdict) == (9.0, True, "non dimostrato")
    assert (found.low, found.p_t) == (None, None)
    assert found.reason == "intervallo non calcolabile: tutti i valori sono uguali"


def test_one_rating_has_a_mean_and_a_reason() -> None:
    found = mean_above(pd.Series([9.0, np.nan]), 8)
    assert (found.value, found.n, found.reached) == (9.0, 1, True)
    assert found.reason == "intervallo non calcolabile: c'è una sola risposta"


def test_no_rating_has_a_reason_only() -> None:
    found = mean_above(pd.Series([np.nan, np.nan]), 8)
    assert (found.value, found.reached, found.verdict) == (None, None, None)
    assert found.reason == "nessuna risposta valida"


@pytest.mark.parametrize(
    ("values", "target", "sentence"),
    [
        ([1, 2], 8, "values must be a Series."),
        (pd.Series(["a", "b"]), 8, "values must be numeric."),
        (pd.Series([1.0, np.inf]), 8, "values must be finite numbers."),
        (pd.Series([1.0, 2.0]), float("nan"), "target must be a finite number."),
        (pd.Series([1.0, 3e9]), 8, "differences must not exceed 1000000000."),
    ],
)
def test_wrong_ratings_are_refused_in_words(values: Any, target: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        mean_above(values, target)
