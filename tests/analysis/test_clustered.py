"""Mean change with a bootstrap interval over persons or groups."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.change import paired_change
from analysis.clustered import mean_change_bootstrap
from tests.analysis.pairs import sai

NAN = float("nan")


def series(*values: float) -> pd.Series[Any]:
    return pd.Series(values, dtype=float)


def test_the_bootstrap_is_close_to_student_with_many_pairs() -> None:
    ours, student = mean_change_bootstrap(*sai()), paired_change(*sai()).mean_difference
    assert ours.value == pytest.approx(student.value)
    assert (ours.low, ours.high) == pytest.approx((student.low, student.high), abs=0.15)
    assert (ours.n, ours.interval) == (182, "bootstrap")


def test_whole_groups_are_drawn() -> None:
    before, after = series(1, 2, 3, 4, NAN, 2), series(2, 4, 3, 7, 1, 2)
    groups = pd.Series(["a", "a", "b", "b", "b", "c"])
    found = mean_change_bootstrap(before, after, groups=groups, draws=50, seed=2)
    picks = np.random.default_rng(2).integers(3, size=(50, 3))
    inside = [[1.0, 2.0], [0.0, 3.0], [0.0]]
    means = [np.mean([d for unit in row for d in inside[unit]]) for row in picks]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])))
    assert (found.n, found.interval) == (5, "bootstrap_groups")


@pytest.mark.parametrize(
    ("after", "value", "reason"),
    [
        ((NAN, NAN), None, "nessuna coppia completa"),
        ((3, NAN), 2.0, "intervallo non calcolabile: c'è una sola coppia o un solo gruppo"),
    ],
)
def test_too_few_pairs_have_a_reason(after: Any, value: float | None, reason: str) -> None:
    found = mean_change_bootstrap(series(1, 2), series(*after))
    assert (found.value, found.low, found.reason) == (value, None, reason)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"draws": 0}, "draws must be at least 1."),
        ({"groups": pd.Series([1, 2, 3])}, "groups must be a Series with the same index as before."),
        ({"level": 95}, "level must be between 0 and 1"),
    ],
)
def test_wrong_options_are_refused_in_words(options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        mean_change_bootstrap(series(1, 2), series(2, 2), **options)
