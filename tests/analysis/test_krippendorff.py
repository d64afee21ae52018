"""Krippendorff's alpha: missing ratings, resampled units, edges, what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis import krippendorff
from analysis.agreement import krippendorff_alpha
from analysis.krippendorff import DISAGREEMENT
from tests.analysis.reference import table

NAN = float("nan")
LEVELS = tuple(DISAGREEMENT)
RATINGS = arrays.arrays(
    float, st.tuples(st.integers(2, 8), st.integers(2, 4)), elements=st.sampled_from([1, 2, 3, NAN])
)


def canonical() -> pd.DataFrame:
    return table("krippendorff_canonical.csv")


def test_units_with_one_rating_say_nothing() -> None:
    found = krippendorff_alpha(canonical())
    assert found.n == 11
    assert krippendorff_alpha(canonical().iloc[:11]).value == found.value
    assert (found.estimator, found.missing) == ("krippendorff_alpha(ordinal)", "pairable_units")
    assert found.interval == "bootstrap"


def test_the_order_of_raters_within_a_unit_is_nothing() -> None:
    shuffled = canonical().apply(lambda row: pd.Series(row.to_numpy()[::-1]), axis=1)
    assert krippendorff_alpha(shuffled).value == pytest.approx(krippendorff_alpha(canonical()).value)


@pytest.mark.parametrize("level", LEVELS)
def test_a_draw_is_alpha_of_its_units(level: Any) -> None:
    ratings = canonical().iloc[:11]
    found = krippendorff_alpha(ratings, level, draws=40, seed=4)
    picks = np.random.default_rng(4).integers(11, size=(40, 11))
    alphas = [
        krippendorff_alpha(ratings.iloc[rows].reset_index(drop=True), level, draws=1).value for rows in picks
    ]
    low, high = np.quantile(np.array(alphas, dtype=float), [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high))


def test_draws_in_blocks_are_the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = krippendorff_alpha(canonical(), draws=100)
    monkeypatch.setattr(krippendorff, "LARGEST_BLOCK", 100)
    assert krippendorff_alpha(canonical(), draws=100) == whole


def test_the_same_seed_gives_the_same_limits() -> None:
    assert krippendorff_alpha(canonical()) == krippendorff_alpha(canonical())
    assert krippendorff_alpha(canonical(), seed=1).low != krippendorff_alpha(canonical(), seed=3).low


def test_zeros_on_a_ratio_scale_are_no_division() -> None:
    found = krippendorff_alpha(pd.DataFrame([[0, 0], [0, 1], [2, 2], [3, 3]]), "ratio")
    assert found.value is not None
    assert found.value < 1


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (pd.DataFrame([[2, 2], [2, 2]]), "tutti i valori sono uguali"),
        (pd.DataFrame([[1, NAN], [2, 1]]), "meno di due casi hanno almeno due valutazioni"),
        (pd.DataFrame([[NAN, NAN], [NAN, NAN]]), "meno di due casi hanno almeno due valutazioni"),
        (pd.DataFrame([[1], [2]]), "meno di due casi hanno almeno due valutazioni"),
    ],
)
def test_what_has_no_alpha_has_a_reason(ratings: pd.DataFrame, reason: str) -> None:
    found = krippendorff_alpha(ratings)
    assert (found.value, found.low, found.reason) == (None, None, reason)


def test_resamples_of_one_value_give_no_limits() -> None:
    found = krippendorff_alpha(pd.DataFrame([[1, 1], [1, 1], [1, 2]]))
    assert found.value == pytest.approx(0.0)
    assert found.reason == "intervallo non calcolabile: in troppi ricampionamenti nulla varia"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"level": "rank"}, "level must be one of nominal, ordinal, interval, ratio, not 'rank'."),
        ({"confidence": 95}, "level must be between 0 and 1, not 95."),
        ({"draws": 0}, "draws must be at least 1."),
    ],
)
def test_wrong_options_are_refused_in_words(options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        krippendorff_alpha(canonical(), **options)


@given(RATINGS, st.sampled_from(LEVELS))
def test_alpha_is_at_most_one_or_has_a_reason(answers: Any, level: Any) -> None:
    found = krippendorff_alpha(pd.DataFrame(answers), level, draws=20)
    if found.value is None:
        assert found.reason is not None
    else:
        assert found.value <= 1 + 1e-12


@given(RATINGS)
def test_ordinal_alpha_knows_the_order_only(answers: Any) -> None:
    ratings = pd.DataFrame(answers)
    stretched = ratings.replace({1.0: -7.0, 3.0: 100.0})
    usual, other = krippendorff_alpha(ratings, draws=5), krippendorff_alpha(stretched, draws=5)
    assert usual.reason == other.reason
    assert usual.value == (None if other.value is None else pytest.approx(other.value))
