"""Many people are summed some at a time, and come out as if they had been taken together."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.change import paired_change
from analysis.covariance import ROWS_AT_ONCE, correlations, covariances
from analysis.items import item_statistics
from analysis.reliability import cronbach_alpha

PEOPLE = 2 * ROWS_AT_ONCE + 7


@pytest.fixture(scope="module")
def items() -> pd.DataFrame:
    chance = np.random.default_rng(4)
    answers = chance.integers(1, 6, size=(PEOPLE, 6)) * 1.0
    answers[chance.random(answers.shape) < 0.05] = np.nan
    return pd.DataFrame(answers)


def test_covariances_and_correlations_of_many_are_those_of_pandas(items: pd.DataFrame) -> None:
    assert covariances(items.to_numpy()) == pytest.approx(items.cov().to_numpy(), abs=1e-12)
    assert correlations(items.to_numpy()) == pytest.approx(items.corr().to_numpy(), abs=1e-12)


def test_moments_of_counted_answers_are_those_of_the_answers(items: pd.DataFrame) -> None:
    found = item_statistics(items, 1, 5)
    valid = [items[name].dropna() for name in items]
    assert found["mean"].tolist() == pytest.approx([each.mean() for each in valid], abs=1e-12)
    assert found["sd"].tolist() == pytest.approx([each.std() for each in valid], abs=1e-12)
    shrunk = [(1 - 1 / len(each)) for each in valid]
    skew = [stats.skew(each) * by**1.5 for each, by in zip(valid, shrunk, strict=True)]
    kurtosis = [(stats.kurtosis(each) + 3) * by**2 - 3 for each, by in zip(valid, shrunk, strict=True)]
    assert found["skew"].tolist() == pytest.approx(skew, abs=1e-12)
    assert found["kurtosis"].tolist() == pytest.approx(kurtosis, abs=1e-12)


def test_no_statistic_copies_the_frame_of_many_people() -> None:
    people = 100_000
    chance = np.random.default_rng(4)
    items = pd.DataFrame(chance.integers(1, 6, size=(people, 25)) * 1.0)
    before, after = items[0] + chance.normal(size=people), items[1] + chance.normal(size=people)
    tracemalloc.start()
    cronbach_alpha(items)
    item_statistics(items, 1, 5)
    assert tracemalloc.get_traced_memory()[1] < items.to_numpy().nbytes / 2
    paired_change(before, after)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * before.to_numpy().nbytes
