"""Who is still there, and whether the lost differ from those who stayed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.attrition import completers_and_lost, flow, shares_of_completers_and_lost

PRESENCE = arrays.arrays(bool, st.tuples(st.integers(0, 12), st.integers(1, 4)))


def presence() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "EXANTE": [True, True, True, True, False],
            "EXPOST": [True, True, False, False, True],
            "FU6": [True, False, True, False, True],
        }
    )


def test_each_occasion_says_who_left_and_came_back() -> None:
    first, second, third = flow(presence())
    assert (first.occasion, first.present, first.absent, first.lost, first.returned) == ("EXANTE", 4, 1, 0, 0)
    assert (second.present, second.lost, second.returned, second.always) == (3, 2, 1, 2)
    assert (third.present, third.lost, third.returned, third.always) == (3, 1, 1, 1)
    assert third.share_present.value == 0.6
    assert third.share_present.estimator == "share_present"


def test_a_study_of_nobody_has_no_shares() -> None:
    (only,) = flow(presence().iloc[:0, :1])
    assert (only.present, only.share_present.value) == (0, None)
    assert only.share_present.reason == "nessuna risposta valida"


def test_the_lost_are_the_second_group() -> None:
    scores, completed = (
        pd.Series([1.0, 2, 3, 8, 9, np.nan]),
        pd.Series([True, True, True, False, False, False]),
    )
    found = completers_and_lost(scores, completed)
    assert (found.n_first, found.n_second, found.mean_first, found.mean_second) == (3, 2, 2.0, 8.5)
    assert found.p == pytest.approx(0.2)


def test_a_trait_is_shared_out_among_stayed_and_lost() -> None:
    trait, completed = pd.Series([True, True, False, False]), pd.Series([True, True, True, False])
    found = shares_of_completers_and_lost(trait, completed)
    assert (found.first, found.second) == (2 / 3, 0.0)
    assert found.p_exact == pytest.approx(1.0)


def test_nobody_lost_has_a_reason() -> None:
    everybody = pd.Series([True, True])
    assert completers_and_lost(pd.Series([1.0, 2]), everybody).hedges_g.reason is not None
    found = shares_of_completers_and_lost(pd.Series([True, False]), everybody)
    assert found.difference.reason == "in uno dei due gruppi non c'è nessuno"


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        ([[True]], "present must be a DataFrame of persons x occasions."),
        (pd.DataFrame(index=[1, 2]), "present must be a DataFrame of persons x occasions."),
        (presence().set_axis([1, 1, 2, 3, 4]), "the same person or occasion twice"),
        (presence().set_axis(["a", "a", "b"], axis=1), "the same person or occasion twice"),
        (presence().astype(int), "present must hold true and false only."),
        (presence().astype("boolean").mask(presence()), "present must hold true and false only."),
    ],
)
def test_wrong_presence_is_refused_in_words(present: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        flow(present)


@pytest.mark.parametrize(
    ("completed", "sentence"),
    [
        ([True, False], "completed and scores must be Series."),
        (
            pd.Series([True, False], index=[1, 2]),
            "completed must have the same index as scores, nobody twice.",
        ),
        (pd.Series([1, 0]), "completed must hold true and false only."),
        (pd.Series([True, None], dtype="boolean"), "completed must hold true and false only."),
    ],
)
def test_wrong_flags_are_refused_in_words(completed: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        completers_and_lost(pd.Series([1.0, 2.0]), completed)


def test_a_trait_that_is_not_known_is_refused() -> None:
    trait = pd.Series([True, None], dtype="boolean")
    with pytest.raises(ValueError, match=re.escape("trait must hold true and false only.")):
        shares_of_completers_and_lost(trait, pd.Series([True, False]))


@given(PRESENCE)
def test_everybody_is_present_or_absent(there: Any) -> None:
    steps = flow(pd.DataFrame(there))
    assert all(step.present + step.absent == len(there) for step in steps)
    for before, after in pairwise(steps):
        assert after.present == before.present - after.lost + after.returned
        assert after.always <= before.always
