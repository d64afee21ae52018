"""Intraclass correlation: forms against each other, edges, what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.icc import FORMS
from analysis.reliability import cronbach_alpha, icc

NAN = float("nan")
RATINGS = arrays.arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 4)), elements=st.integers(0, 9))


def ratings(*rows: list[float]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=float)


def test_only_complete_subjects_count() -> None:
    found = icc(ratings([1, 2], [3, 3], [5, NAN], [4, 6]))
    assert found.n == 3
    assert found == icc(ratings([1, 2], [3, 3], [4, 6]))
    assert (found.estimator, found.missing, found.interval) == ("icc(A,1)", "listwise", "mcgraw_wong")


def test_a_constant_difference_is_consistent_but_no_agreement() -> None:
    shifted = ratings([1, 3], [2, 4], [5, 7], [4, 6])
    assert icc(shifted, "C,1").value == 1.0
    agreement = icc(shifted, "A,1")
    assert agreement.value is not None
    assert agreement.value < 0.8
    for form in ("C,1", "A,1"):
        found = icc(shifted, form)
        assert (found.low, found.reason) == (
            None,
            "intervallo non calcolabile: non c'è nessun errore tra le valutazioni",
        )


@pytest.mark.parametrize("form", FORMS)
def test_equal_ratings_of_different_subjects_agree_fully(form: Any) -> None:
    found = icc(ratings([1, 1], [2, 2], [5, 5]), form)
    assert (found.value, found.low, found.high) == (1.0, None, None)


@pytest.mark.parametrize("form", FORMS)
def test_no_variance_has_a_reason(form: Any) -> None:
    found = icc(ratings([3, 3], [3, 3], [3, 3]), form)
    assert (found.value, found.reason) == (None, "tutti i valori sono uguali")


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        ([[1, 2], [1, 2]], "C,1"),
        ([[1, 2], [2, 1]], "1,k"),
        ([[1, 2], [2, 1]], "A,1"),
        ([[1, 2], [2, 1]], "A,k"),
        ([[1, 2], [2, 1.1]], "A,k"),
    ],
)
def test_subjects_that_do_not_differ_have_no_coefficient(rows: list[list[float]], form: Any) -> None:
    found = icc(ratings(*rows), form)
    assert (found.value, found.low, found.reason) == (None, None, "le persone non si distinguono tra loro")


def test_a_mean_whose_lower_limit_runs_off_has_no_limits() -> None:
    found = icc(ratings([1, 2], [2, 1.5], [1.2, 1.7]), "A,k")
    assert found.value is not None
    assert (found.low, found.high) == (None, None)
    assert found.reason == "intervallo non calcolabile: le persone si distinguono troppo poco"


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (ratings([1], [2]), "serve più di una valutazione per ogni persona"),
        (ratings([1, 2], [2, NAN]), "meno di due persone hanno tutte le valutazioni"),
        (ratings([NAN, NAN], [NAN, NAN]), "meno di due persone hanno tutte le valutazioni"),
    ],
)
def test_too_few_ratings_have_a_reason(frame: pd.DataFrame, reason: str) -> None:
    assert (icc(frame).value, icc(frame).reason) == (None, reason)


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        ([[1, 2], [2, 3]], {}, "ratings must be a DataFrame of subjects x raters."),
        (ratings([1, 2]), {}, "at least one column and 2 rows"),
        (ratings([1, 2], [2, 3]), {"form": "B,1"}, "form must be one of 1,1, A,1, C,1, 1,k, A,k, C,k"),
        (ratings([1, 2], [2, 3]), {"level": 2}, "level must be between 0 and 1"),
        (ratings([1, 2], [2, 3]).set_axis(["a", "a"]), {}, "ratings must not have the same subject twice."),
        (ratings([1, 2], [2, np.inf]), {}, "ratings must be finite numbers."),
    ],
)
def test_wrong_ratings_are_refused_in_words(frame: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        icc(frame, **options)


@given(RATINGS, st.sampled_from(FORMS))
def test_an_icc_never_leaves_its_bounds(answers: Any, form: Any) -> None:
    found = icc(pd.DataFrame(answers), form)
    if found.value is None:
        assert found.reason is not None
        return
    assert found.value <= 1 + 1e-12
    if form in ("1,1", "C,1"):
        assert found.value >= -1 / (answers.shape[1] - 1) - 1e-12
    if found.low is not None:
        assert found.high is not None
        assert found.low <= found.value <= found.high <= 1 + 1e-12


@given(RATINGS, st.integers(-5, 5), st.integers(1, 7), st.randoms(use_true_random=False))
def test_an_icc_ignores_units_and_order(answers: Any, shift: int, scale: int, random: Any) -> None:
    frame = pd.DataFrame(answers)
    order = list(frame.columns)
    random.shuffle(order)
    for form in FORMS:
        before, after = icc(frame, form), icc(frame[order] * scale + shift, form)
        assert before.reason == after.reason
        assert after.value == (None if before.value is None else pytest.approx(before.value, abs=1e-9))


@given(RATINGS)
def test_consistency_is_alpha_for_the_mean_of_raters(answers: Any) -> None:
    frame = pd.DataFrame(answers)
    consistency, alpha = icc(frame, "C,k"), cronbach_alpha(frame)
    if consistency.value is not None and alpha.value is not None:
        assert consistency.value == pytest.approx(alpha.value, rel=1e-6, abs=1e-9)
