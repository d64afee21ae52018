"""Small cells cannot be worked out from what is published: shown by trying to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.arrays import Flags, Integers
from analysis.disclosure import publishable_extremes, publishable_share, suppress, suppress_with_totals
from tests.analysis.attack import by_bounds, by_linear_algebra, by_trying_all

SMALL = arrays.arrays(np.int64, st.tuples(st.just(2), st.integers(2, 3)), elements=st.integers(0, 7))
TABLES = arrays.arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 30))


def random_tables(count: int) -> Iterator[Integers]:
    chance = np.random.default_rng(7)
    for _ in range(count):
        shape = tuple(chance.integers(2, 6, size=2))
        yield chance.integers(0, chance.choice([6, 12, 30, 100]), size=shape)


def hidden_of(counts: Integers, **options: Any) -> Flags:
    return suppress(pd.DataFrame(counts), **options).isna().to_numpy()


def protectable(counts: Integers) -> Flags:
    """Small cells but those that a known total of 0 gives away: its own, and all where one line is left."""
    rows, columns = counts.sum(axis=1, keepdims=True) > 0, counts.sum(axis=0, keepdims=True) > 0
    return (counts < 5) & rows & columns & (min(rows.sum(), columns.sum()) > 1)


def test_ten_thousand_random_tables_give_no_small_cell_away() -> None:
    for counts in random_tables(10_000):
        hidden = hidden_of(counts)
        assert hidden[counts < 5].all()
        assert not (by_linear_algebra(counts, hidden) & (counts < 5)).any(), counts


def test_knowing_that_counts_are_not_negative_helps_nobody() -> None:
    for counts in random_tables(120):
        assert not (by_bounds(counts, hidden_of(counts)) & protectable(counts)).any(), counts


@given(SMALL)
def test_trying_every_table_gives_no_small_cell_away(counts: Any) -> None:
    hidden = hidden_of(counts)
    if (int(counts[hidden].sum()) + 1) ** int(hidden.sum()) <= 20_000:
        assert not (by_trying_all(counts, hidden) & protectable(counts)).any()


@settings(max_examples=60)
@given(TABLES)
def test_published_totals_give_no_small_cell_away(counts: Any) -> None:
    shown = suppress_with_totals(pd.DataFrame(counts))
    full, hidden = _with_totals(counts), shown.isna().to_numpy()
    assert (shown.fillna(-1).to_numpy() == np.where(hidden, -1, full)).all()
    assert hidden[full < 5].all()
    if 1 not in counts.shape:
        signs = np.ones(full.shape, dtype=np.int64)
        signs[-1, :] = signs[:, -1] = -1
        signs[-1, -1] = 1
        assert not (by_bounds(full, hidden, signs) & (full < 5)).any()


def _with_totals(counts: Integers) -> Integers:
    full = counts
    if counts.shape[0] > 1:
        full = np.vstack([full, full.sum(axis=0)])
    if counts.shape[1] > 1:
        full = np.column_stack([full, full.sum(axis=1)])
    return full


@given(TABLES)
def test_a_table_of_large_cells_is_shown_whole(counts: Any) -> None:
    table = pd.DataFrame(counts + 5)
    assert (suppress(table) == table).all(axis=None)


@given(TABLES)
def test_no_line_leaves_a_small_rest(counts: Any) -> None:
    hidden = hidden_of(counts)
    for line, gone in [*zip(counts, hidden, strict=True), *zip(counts.T, hidden.T, strict=True)]:
        if len(line) > 1 and gone.any() and not gone.all():
            assert gone.sum() >= 2
            assert line[gone].sum() >= 5


def test_a_small_cell_hides_a_second_one() -> None:
    table = pd.DataFrame({"sì": [3, 20, 30], "no": [40, 50, 60]}, index=["BG", "CR", "MI"])
    found = suppress(table)
    assert found.isna().to_numpy().tolist() == [[True, True], [True, True], [False, False]]
    assert found.loc["MI", "no"] == 60
    assert [str(kind) for kind in found.dtypes] == ["Int64", "Int64"]
    assert table.loc["BG", "sì"] == 3


def test_nobody_is_a_small_cell_too() -> None:
    found = suppress(pd.DataFrame([[0, 30, 40]]))
    assert found.isna().to_numpy().tolist() == [[True, True, False]]


def test_one_cell_is_shown_or_not() -> None:
    assert suppress(pd.DataFrame([[7]])).iloc[0, 0] == 7
    assert suppress(pd.DataFrame([[3]])).isna().iloc[0, 0]
    assert suppress_with_totals(pd.DataFrame([[3]])).isna().iloc[0, 0]


def test_a_line_too_small_in_all_is_hidden_in_all() -> None:
    assert hidden_of(np.array([[1], [2]])).all()
    assert hidden_of(np.array([[1, 1, 1, 9]])).tolist() == [[True, True, True, True]]


def test_two_releases_do_not_tell_who_joined() -> None:
    before, after = pd.DataFrame([[20, 30], [40, 50]]), pd.DataFrame([[21, 30], [40, 60]])
    assert not suppress(after).isna().to_numpy().any()
    found = suppress(after, previous=before)
    assert found.isna().to_numpy().all()
    assert not suppress(before + 10, previous=before).isna().to_numpy().any()


def test_totals_of_small_lines_are_hidden_together() -> None:
    table = pd.DataFrame([[1, 2], [20, 30], [40, 50]], index=list("abc"), columns=["x", "y"])
    found = suppress_with_totals(table)
    assert found.isna().loc["a"].all()
    assert found.index.tolist() == ["a", "b", "c", "Totale"]
    assert found.loc["Totale", "Totale"] == 143
    assert found["Totale"].isna().sum() >= 2


def test_one_column_gets_one_total() -> None:
    found = suppress_with_totals(pd.DataFrame({"n": [10, 20]}))
    assert found["n"].tolist() == [10, 20, 30]
    assert suppress_with_totals(pd.DataFrame([[10, 20]])).iloc[0].tolist() == [10, 20, 30]


def test_shares_of_nobody_and_of_everybody_are_hidden() -> None:
    shown = [publishable_share(successes, 20) for successes in (0, 4, 5, 15, 16, 20)]
    assert shown == [None, None, 0.25, 0.75, None, None]


def test_ends_that_few_people_have_are_hidden() -> None:
    values = pd.Series([1.0] * 5 + [2.0] * 9 + [5.0] * 4 + [np.nan])
    assert publishable_extremes(values) == (1.0, None)
    assert publishable_extremes(values, minimum=4) == (1.0, 5.0)
    assert publishable_extremes(values[:0]) == (None, None)


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([[1, 2]], {}, "table must be a DataFrame of counts, not empty."),
        (pd.DataFrame(), {}, "table must be a DataFrame of counts, not empty."),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), {}, "table must not have the same row or column twice."),
        (pd.DataFrame([[1.5, 2]]), {}, "table must hold whole counts, not negative, none missing."),
        (pd.DataFrame([[-1, 2]]), {}, "table must hold whole counts"),
        (pd.DataFrame([[np.nan, 2]]), {}, "table must hold whole counts"),
        (pd.DataFrame([[np.inf, 2]]), {}, "table must hold whole counts"),
        (pd.DataFrame([["1", 2]]), {}, "table must hold whole counts"),
        (pd.DataFrame([[1, 2]]), {"minimum": 0}, "minimum must be a whole number, at least 1, not 0."),
        (
            pd.DataFrame([[1, 2]]),
            {"previous": pd.DataFrame([[1, 2, 3]])},
            "previous must have the rows and columns of table.",
        ),
    ],
)
def test_wrong_tables_are_refused_in_words(table: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        suppress(table, **options)


def test_a_table_with_totals_gets_no_second_ones() -> None:
    with pytest.raises(ValueError, match="the table already has a row or column 'Totale'"):
        suppress_with_totals(pd.DataFrame({"Totale": [10]}))
