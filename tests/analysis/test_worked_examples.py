"""The worked examples that the project agreed on: invented numbers, results known beforehand.

T9 and T10 stand in test_measurement.py and test_reliable.py, T16 and T17 in test_network.py.
"""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.change import paired_change
from analysis.reliability import cronbach_alpha
from analysis.targets import Target, proportion
from tests.analysis.test_reliability import SIX_PEOPLE
from tests.analysis.test_reliable import AFTER, BEFORE


def percent(found: Target) -> float:
    return round(100 * (found.value or 0), 1)


def test_t8_eight_of_ten_improved() -> None:
    found = paired_change(pd.Series(BEFORE), pd.Series(AFTER))
    assert (found.improved, found.unchanged, found.worsened) == (8, 1, 1)
    reached = proportion(found.improved, found.n, target=0.70)
    assert (percent(reached), reached.reached, reached.verdict) == (80.0, True, "non dimostrato")


def test_t11_exactly_half_is_not_above_half() -> None:
    placed, employed = proportion(10, 20, target=0.5), proportion(8, 20, target=0.5)
    assert (percent(placed), placed.reached) == (50.0, False)
    assert (percent(employed), employed.reached) == (40.0, False)


def test_t11_among_those_reached_the_shares_rise() -> None:
    placed, employed = proportion(10, 16, target=0.5), proportion(8, 16, target=0.5)
    assert (percent(placed), percent(employed)) == (62.5, 50.0)


def test_t11_who_was_not_reached_bounds_the_share() -> None:
    found = proportion(10, 16, target=0.5, missing=4)
    assert (found.worst, found.best) == (10 / 20, 14 / 20)


def test_t12_half_of_the_accommodations_is_enough_to_keep() -> None:
    assert proportion(2, 4, target=0.5, operator=">=").reached is True


def test_t13_two_thirds_of_companies_reach_sixty_percent() -> None:
    found, everybody = proportion(8, 12, target=0.6), proportion(8, 13, target=0.6)
    assert (percent(found), found.reached) == (66.7, True)
    assert (percent(everybody), everybody.reached) == (61.5, True)


def test_t18_alpha_of_six_people_is_computed_and_left_to_be_hidden() -> None:
    found = cronbach_alpha(SIX_PEOPLE)
    assert found.value == pytest.approx(0.954, abs=5e-4)
    assert found.n == 6
