"""Content validity equals the published tables and the worked examples (Polit, Beck and Owen 2007)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.focus_groups.ratings import (
    by_audience,
    content_validity,
    divergent,
    one_vote_each,
    scale_validity,
)

RATINGS = st.lists(st.integers(1, 4), min_size=3, max_size=20)

# Number of raters, number agreeing, I-CVI, chance, kappa, grade: table 2 of Polit, Beck and Owen (2007).
PUBLISHED = [
    (3, 3, 1.00, 0.125, 1.00, "excellent"),
    (3, 2, 0.67, 0.375, 0.47, "fair"),
    (4, 4, 1.00, 0.063, 1.00, "excellent"),
    (4, 3, 0.75, 0.25, 0.67, "good"),
    (5, 5, 1.00, 0.041, 1.00, "excellent"),
    (5, 4, 0.80, 0.156, 0.76, "excellent"),
    (6, 6, 1.00, 0.016, 1.00, "excellent"),
    (6, 5, 0.83, 0.094, 0.81, "excellent"),
    (6, 4, 0.67, 0.234, 0.57, "fair"),
    (7, 7, 1.00, 0.008, 1.00, "excellent"),
    (7, 6, 0.86, 0.055, 0.85, "excellent"),
    (7, 5, 0.71, 0.164, 0.65, "good"),
    (8, 8, 1.00, 0.004, 1.00, "excellent"),
    (8, 7, 0.88, 0.031, 0.87, "excellent"),
    (8, 6, 0.75, 0.109, 0.72, "good"),
    (9, 9, 1.00, 0.002, 1.00, "excellent"),
    (9, 8, 0.89, 0.020, 0.89, "excellent"),
    (9, 7, 0.78, 0.070, 0.76, "excellent"),
]


@pytest.mark.parametrize(("raters", "agreeing", "value", "chance", "kappa", "grade"), PUBLISHED)
def test_the_published_table_is_reproduced(
    raters: int, agreeing: int, value: float, chance: float, kappa: float, grade: str
) -> None:
    found = content_validity([4] * agreeing + [2] * (raters - agreeing))
    assert found.value == pytest.approx(value, abs=0.006)
    # Chance is printed roughly there: five of five, .031, stands as .041; eight of nine, .018, as .020.
    assert found.by_chance == pytest.approx(chance, abs=0.0105)
    assert found.kappa == pytest.approx(kappa, abs=0.011)
    assert found.grade == grade


def test_a_relevant_criterion_of_eight_experts_is_accepted() -> None:
    found = content_validity([4, 4, 3, 4, 2, 3, 4, 4])
    assert (found.value, found.by_chance) == (0.875, 0.03125)
    assert found.kappa == pytest.approx(0.871, abs=5e-4)
    assert found.accepted


def test_an_unclear_wording_of_eight_experts_is_not() -> None:
    found = content_validity([4, 3, 2, 4, 1, 3, 2, 4])
    assert (found.value, found.threshold) == (0.625, 0.83)
    assert found.kappa == pytest.approx(0.520, abs=5e-4)
    assert found.accepted is False


@pytest.mark.parametrize(
    ("raters", "least"), [(3, 1.0), (5, 1.0), (6, 0.83), (8, 0.83), (9, 0.78), (17, 0.78)]
)
def test_the_threshold_goes_by_the_number_of_raters(raters: int, least: float) -> None:
    assert content_validity([4] * raters).threshold == least


@pytest.mark.parametrize("ratings", [[], [4], [4, 4]])
def test_fewer_than_three_raters_have_no_index(ratings: list[int]) -> None:
    found = content_validity(ratings)
    assert (found.raters, found.value, found.kappa, found.accepted) == (len(ratings), None, None, None)


@pytest.mark.parametrize("wrong", [0, 5, 2.5e9])
def test_a_rating_outside_its_range_is_an_error(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 1 and 4"):
        content_validity([4, 4, wrong])


def test_a_scale_has_the_mean_of_its_items() -> None:
    items = [content_validity([4] * 8), content_validity([4] * 6 + [1] * 2), content_validity([4])]
    assert scale_validity(items) == pytest.approx(0.875)
    assert scale_validity([]) is None


def test_an_organisation_has_one_vote() -> None:
    ratings = [("A", 4), ("A", 1), ("B", 3), ("", 2), ("", 4)]
    assert sorted(one_vote_each(ratings)) == [2, 2.5, 3, 4]
    assert content_validity(one_vote_each(ratings)).agreeing == 2


def test_audiences_stand_apart_and_their_distance_is_told() -> None:
    found = by_audience({"CM": [4, 4, 4, 4], "COOP": [4, 4, 4, 2]})
    assert (found["CM"].value, found["COOP"].value) == (1.0, 0.75)
    assert divergent(found)
    assert not divergent(by_audience({"CM": [4] * 8, "COOP": [4] * 7 + [1]}))
    assert not divergent({})


@given(RATINGS)
def test_kappa_is_never_above_the_index(ratings: list[int]) -> None:
    found = content_validity(ratings)
    assert found.value is not None
    assert found.kappa is not None
    assert found.kappa <= found.value + 1e-12
    assert found.agreeing == round(found.value * found.raters)
