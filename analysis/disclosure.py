"""Small cells: what must not be published, nor be worked out from what is.

A cell is small when fewer than `minimum` people are in it; a cell of nobody counts as small, since
0 % of a group says something about each of its members.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Flags, Integers
from analysis.hiding import Cells, hide
from analysis.inputs import proper_minimum, successes_of, values_of

MINIMUM = 5


def suppress(
    table: pd.DataFrame, *, minimum: int = MINIMUM, previous: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a table of counts (without totals) with <NA> in the cells that must not be published.

    Hidden are small cells (primary), cells that differ from the `previous` release of the same
    table by fewer than `minimum` people, and as many other cells (complementary) as it takes that
    no small one can be worked out even by who knows every total of rows and columns and that counts
    are not negative: each line hides at least two cells, of at least `minimum` people together where
    it has them. Only a known total of 0 gives its cells away (and the others, where it leaves a single
    row or column): whoever publishes totals uses `suppress_with_totals`, which hides such totals. Of a
    table of one row or column only the grand total is taken as known.
    Raises ValueError unless the table holds whole counts, each row and column once.
    """
    counts = _counts(table, minimum)
    primary = _primary(counts, previous, table, minimum)
    hidden = hide(Cells(counts, np.ones(counts.shape, dtype=bool)), primary, minimum)
    return _published(table.index, table.columns, counts, hidden)


def suppress_with_totals(
    table: pd.DataFrame, *, minimum: int = MINIMUM, name: Hashable = "Totale"
) -> pd.DataFrame:
    """Return the table with a row and a column of totals, cells and totals hidden together (<NA>).

    No small cell and no small total can be worked out from what is shown. A table of one column
    (or row) gets the total of that column (row) only. Raises ValueError as `suppress`, and where a
    row or column is already called `name`.
    """
    counts = _counts(table, minimum)
    if name in table.index or name in table.columns:
        raise ValueError(f"the table already has a row or column {name!r}.")
    index, columns = table.index, table.columns
    inside = np.ones(counts.shape, dtype=bool)
    if counts.shape[0] > 1:
        counts = np.vstack([counts, counts.sum(axis=0)])
        inside = np.vstack([inside, ~inside[:1]])
        index = index.append(pd.Index([name]))
    if table.shape[1] > 1:
        counts = np.column_stack([counts, counts.sum(axis=1)])
        inside = np.column_stack([inside, ~inside[:, 0]])
        columns = columns.append(pd.Index([name]))
    hidden = hide(Cells(counts, inside), counts < minimum, minimum)
    return _published(index, columns, counts, hidden)


def publishable_share(successes: int, n: int, *, minimum: int = MINIMUM) -> float | None:
    """Return successes / n, or None where fewer than `minimum` succeeded or failed (0 % and 100 % too).

    Raises ValueError for counts that do not fit together.
    """
    proper_minimum(minimum)
    successes, n = successes_of(successes, n)
    return successes / n if min(successes, n - successes) >= minimum else None


def publishable_extremes(
    values: pd.Series[Any], *, minimum: int = MINIMUM
) -> tuple[float | None, float | None]:
    """Return the least and the greatest value, each None where fewer than `minimum` people have it.

    NaN is left out. Raises ValueError unless `values` is a numeric Series.
    """
    proper_minimum(minimum)
    observed = values_of(values, "values")
    observed = observed[~np.isnan(observed)]
    if len(observed) == 0:
        return None, None
    ends = (float(observed.min()), float(observed.max()))
    low, high = (end if int((observed == end).sum()) >= minimum else None for end in ends)
    return low, high


def _counts(table: pd.DataFrame, minimum: int) -> Integers:
    proper_minimum(minimum)
    if not isinstance(table, pd.DataFrame) or table.size == 0:
        raise ValueError("table must be a DataFrame of counts, not empty.")
    if table.index.has_duplicates or table.columns.has_duplicates:
        raise ValueError("table must not have the same row or column twice.")
    if not all(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes):
        raise ValueError("table must hold whole counts, not negative, none missing.")
    values = table.to_numpy(dtype=float, na_value=np.nan)
    if not bool((np.isfinite(values) & (values >= 0) & (values == np.floor(values))).all()):
        raise ValueError("table must hold whole counts, not negative, none missing.")
    return values.astype(np.int64)


def _primary(counts: Integers, previous: pd.DataFrame | None, table: pd.DataFrame, minimum: int) -> Flags:
    """Return the cells that are small, or changed by few people since the previous release."""
    small = counts < minimum
    if previous is None:
        return small
    earlier = _counts(previous, minimum)
    if not previous.index.equals(table.index) or not previous.columns.equals(table.columns):
        raise ValueError("previous must have the rows and columns of table.")
    moved = np.abs(counts - earlier)
    primary: Flags = small | ((moved > 0) & (moved < minimum))
    return primary


def _published(index: pd.Index, columns: pd.Index, counts: Integers, hidden: Flags) -> pd.DataFrame:
    return pd.DataFrame(counts, index=index, columns=columns, dtype="Int64").mask(hidden)
