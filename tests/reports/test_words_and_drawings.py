"""Italian numbers and the geometry of the drawings."""

from datetime import date

import pytest

from surveyapp.reports import italian
from surveyapp.reports.plots import Axis, Line, Step, forest, histogram


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (None, 1, "–"),
        (-1.25, 1, "−1,2"),
        (0.04, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (12, 0, "12"),
        (7.5, 2, "7,50"),
    ],
)
def test_numbers_have_a_decimal_comma_and_a_true_minus(value: float, digits: int, shown: str):
    assert italian.number(value, digits) == shown


@pytest.mark.parametrize(("value", "shown"), [(1.0, "+1,0"), (-1.0, "−1,0"), (0.01, "0,0"), (None, "–")])
def test_a_change_carries_its_sign(value: float, shown: str):
    assert italian.signed(value) == shown


def test_shares_intervals_and_dates_are_words():
    assert italian.percent(0.784) == "78\u00a0%"
    assert italian.percent(None) == italian.interval(None, 3) == italian.whole(None) == "–"
    assert italian.interval(-1, 2.5).replace("\u00a0", " ") == "da −1,0 a 2,5"
    assert italian.whole(12345) == "12\u202f345"
    assert italian.day(date(2026, 11, 22)) == "22 novembre 2026"
    assert italian.listed([]) == ""
    assert italian.listed(["A"]) == "A"
    assert italian.listed(["A", "B", "C"]) == "A, B e C"


def test_the_axis_of_changes_always_holds_zero_and_every_interval():
    lines = [Line("A", True, value=12.0, low=8.0, high=16.0), Line("B", False, words="troppo poche persone")]
    plot = forest("p", "titolo", "descrizione", Axis("punti"), lines)
    assert {"0", "+20"} <= {tick.label for tick in plot.ticks}
    first = plot.marks[0]
    assert plot.zero < first.low < first.x < first.high <= plot.width
    assert plot.marks[1].x is None


def test_changes_that_are_all_zero_can_be_drawn():
    plot = forest("p", "t", "d", Axis("punti"), [Line("A", True, value=0.0)])
    assert plot.marks[0].x == plot.zero


def test_huge_changes_still_have_an_axis():
    plot = forest("p", "t", "d", Axis("punti"), [Line("A", True, value=50_000.0)])
    assert plot.marks[0].x <= plot.width


def test_bars_stand_on_the_base_and_on_each_other():
    steps = [Step(7, 8, 3, 2), Step(8, 9, 0, 0)]
    plot = histogram("h", "titolo", "descrizione", "voti", steps, target=8)
    full, empty = plot.bars
    assert full.declaring_y + full.declaring_height == pytest.approx(plot.base)
    assert full.others_y + full.others_height == pytest.approx(full.declaring_y)
    assert (empty.declaring_height, empty.others_height) == (0, 0)
    assert full.x + full.width < plot.target < empty.x
