"""How much more is needed: the project's targets, powers, widths, what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.readiness import (
    least_to_demonstrate,
    people_for_alpha,
    people_for_change,
    people_for_share,
    still_needed,
    width_of_alpha,
)
from analysis.targets import proportion


@pytest.mark.parametrize(
    ("planned", "target", "to_reach", "to_demonstrate"),
    [(120, 0.7, 85, 93), (120, 0.5, 61, 70), (65, 0.6, 40, 46), (30, 0.7, 22, 26)],
)
def test_the_projects_targets_need_this_many(
    planned: int, target: float, to_reach: int, to_demonstrate: int
) -> None:
    found = still_needed(0, 0, planned, target)
    assert (found.awaited, found.to_reach, found.to_demonstrate) == (planned, to_reach, to_demonstrate)


def test_half_way_counts_what_is_there_already() -> None:
    found = still_needed(50, 70, 120, 0.7)
    assert (found.awaited, found.to_reach, found.to_demonstrate) == (50, 35, 43)


def test_a_certain_target_needs_nobody_more() -> None:
    found = still_needed(100, 110, 120, 0.7)
    assert (found.to_reach, found.to_demonstrate) == (0, 0)


def test_an_impossible_target_has_no_number() -> None:
    found = still_needed(30, 110, 120, 0.7)
    assert (found.awaited, found.to_reach, found.to_demonstrate) == (10, None, None)
    assert least_to_demonstrate(3, 0.9) is None
    assert still_needed(0, 0, 5, 1.0).to_reach is None


def test_a_target_that_may_be_met_exactly_needs_one_less() -> None:
    assert still_needed(0, 0, 120, 0.7, operator=">=").to_reach == 84


def test_people_for_a_share_have_the_power_they_promise() -> None:
    n = people_for_share(0.8, 0.7)
    assert n is not None
    for people in range(n, n + 50):
        least = least_to_demonstrate(people, 0.7)
        assert least is not None
        assert stats.binom.sf(least - 1, people, 0.8) >= 0.8
    shorter = least_to_demonstrate(n - 1, 0.7)
    assert shorter is not None
    assert stats.binom.sf(shorter - 1, n - 1, 0.8) < 0.8


def test_a_share_just_above_its_target_needs_too_many() -> None:
    assert people_for_share(0.7001, 0.7) is None


def test_tiny_changes_need_too_many_and_huge_ones_two() -> None:
    assert people_for_change(0.01) is None
    # A change for which the far tail that scipy computes is no number.
    assert people_for_change(0.387584) == 55
    assert people_for_change(40) == 2


def test_alpha_of_five_items_gets_narrower_with_people() -> None:
    assert width_of_alpha(0.8, 30, 5) == pytest.approx(0.235, abs=5e-4)
    assert width_of_alpha(0.8, 120, 5) == pytest.approx(0.114, abs=5e-4)
    assert people_for_alpha(0.8, 5, at_least=0.7) == 53
    assert people_for_alpha(0.8, 5, at_least=0.7999) is None


@pytest.mark.parametrize(
    ("function", "arguments", "options", "sentence"),
    [
        (still_needed, (5, 4, 10, 0.7), {}, "successes (5) must not exceed n (4)."),
        (still_needed, (1, 4, 3, 0.7), {}, "planned (3) must be at least 1, and answered (4)."),
        (still_needed, (1, 4, 9, 70), {}, "target must be a share between 0 and 1, not 70."),
        (still_needed, (1, 4, 9, 0.7), {"operator": "<"}, "operator must be one of >, >=, not '<'."),
        (people_for_share, (0.6, 0.7), {}, "target (0.7) must be below expected (0.6)."),
        (people_for_share, (0.8, 0.7), {"power": 80}, "power must be a share between 0 and 1, not 80."),
        (people_for_change, (0,), {}, "dz must not be 0."),
        (people_for_alpha, (0.7, 5), {"at_least": 0.8}, "at_least (0.8) must be below alpha (0.7)."),
        (width_of_alpha, (1.0, 30, 5), {}, "alpha must be below 1, n and items at least 2."),
        (width_of_alpha, (0.8, 1, 5), {}, "alpha must be below 1, n and items at least 2."),
        (width_of_alpha, (0.8, 30, 1), {}, "alpha must be below 1, n and items at least 2."),
        (width_of_alpha, (0.8, 30, 5), {"level": 95}, "level must be between 0 and 1"),
    ],
)
def test_wrong_plans_are_refused_in_words(function: Any, arguments: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        function(*arguments, **options)


@given(st.integers(1, 150), st.floats(0.05, 0.95))
def test_the_least_count_is_where_the_verdict_turns(n: int, target: float) -> None:
    least = least_to_demonstrate(n, target)
    if least is None:
        assert proportion(n, n, target=target).verdict != "dimostrato"
        return
    assert proportion(least, n, target=target).verdict == "dimostrato"
    assert proportion(max(0, least - 1), n, target=target).verdict != "dimostrato"
