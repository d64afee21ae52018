"""Checks of what callers hand in: wrong input is refused with one sentence, before any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Floats, Integers


def one_of(name: str, value: str, allowed: Collection[str]) -> None:
    """Raise ValueError unless `value` is one of the allowed options."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")


def proper_level(level: float) -> None:
    """Raise ValueError unless a confidence level lies strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level!r}.")


def proper_range(minimum: float, maximum: float) -> None:
    """Raise ValueError unless `minimum` is below `maximum`."""
    if not minimum < maximum:
        raise ValueError(f"minimum ({minimum}) must be below maximum ({maximum}).")


def proper_minimum(minimum: int) -> None:
    """Raise ValueError unless a least number of people is a whole number, at least 1."""
    if not isinstance(minimum, int | np.integer) or minimum < 1:
        raise ValueError(f"minimum must be a whole number, at least 1, not {minimum!r}.")


def whole_counts(**counts: int) -> list[int]:
    """Return counts as plain whole numbers; ValueError naming them unless whole and not negative."""
    if not all(isinstance(count, int | np.integer) and count >= 0 for count in counts.values()):
        raise ValueError(f"{' and '.join(counts)} must be whole numbers, not negative.")
    return [int(count) for count in counts.values()]


def successes_of(successes: int, n: int) -> tuple[int, int]:
    """Return successes and n as plain whole numbers; ValueError where they do not fit together."""
    successes, n = whole_counts(successes=successes, n=n)
    if successes > n:
        raise ValueError(f"successes ({successes}) must not exceed n ({n}).")
    return successes, n


SHAPES = {"items": "respondents x items", "ratings": "subjects x raters"}
"""What the rows and columns of a frame are, by the name of the argument."""

Labels = Callable[[pd.DataFrame], pd.Index]
ONCE: dict[str, dict[str, Labels]] = {
    "items": {"item": lambda items: items.columns, "respondent": lambda items: items.index},
    "ratings": {"subject": lambda ratings: ratings.index},
}
"""What may stand in a frame once only: an item twice raises alpha, a person twice raises n."""


def answers_of(items: pd.DataFrame, *, rows: int = 0, name: str = "items") -> Floats:
    """Return a frame (respondents x items, or subjects x raters) as floats, NaN where missing.

    `name` is a key of `SHAPES`. Raises ValueError when it is no frame, has no column, fewer than
    `rows` rows, an item or a row twice, a column that is not numeric or a number that is not finite.
    """
    if not isinstance(items, pd.DataFrame):
        raise ValueError(f"{name} must be a DataFrame of {SHAPES[name]}.")
    if len(items.columns) == 0 or len(items) < rows:
        raise ValueError(f"{name} must have at least one column and {rows} rows.")
    for what, labels in ONCE[name].items():
        if labels(items).has_duplicates:
            raise ValueError(f"{name} must not have the same {what} twice.")
    wrong = [str(column) for column, kind in items.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    if wrong:
        raise ValueError(f"{name} must be numeric; these columns are not: {', '.join(wrong)}.")
    return _finite(items.to_numpy(dtype=float, na_value=np.nan), name)


def complete_rows(answers: Floats) -> Floats:
    """Return the rows without NaN."""
    complete: Floats = answers[~np.isnan(answers).any(axis=1)]
    return complete


def values_of(values: pd.Series[Any], name: str) -> Floats:
    """Return a series as floats, NaN where missing; ValueError unless numeric and finite."""
    if not isinstance(values, pd.Series):
        raise ValueError(f"{name} must be a Series.")
    if not pd.api.types.is_numeric_dtype(values.dtype):
        raise ValueError(f"{name} must be numeric.")
    return _finite(values.to_numpy(dtype=float, na_value=np.nan), name)


def aligned(
    first: pd.Series[Any], second: pd.Series[Any], names: tuple[str, str] = ("before", "after")
) -> tuple[Floats, Floats]:
    """Return two series about the same persons as floats, NaN where missing.

    Raises ValueError unless both are numeric, finite, of at least two rows, with the same index in
    which nobody stands twice.
    """
    x, y = values_of(first, names[0]), values_of(second, names[1])
    both = f"{names[0]} and {names[1]}"
    if not first.index.equals(second.index):
        raise ValueError(f"{both} must have the same index.")
    if len(x) < 2:
        raise ValueError(f"{both} must have at least two rows.")
    if first.index.has_duplicates:
        raise ValueError(f"{both} must not have the same row twice.")
    return x, y


def group_codes(groups: pd.Series[Any], index: pd.Index, name: str) -> Integers:
    """Number groups from 0; ValueError unless a Series with the index of `name`, nothing missing."""
    if not isinstance(groups, pd.Series) or not groups.index.equals(index):
        raise ValueError(f"groups must be a Series with the same index as {name}.")
    if bool(groups.isna().any()):
        raise ValueError("groups must not have missing values.")
    return pd.factorize(groups)[0].astype(np.int64)


def within(values: Floats, minimum: float, maximum: float, name: str) -> None:
    """Raise ValueError when an observed value lies outside the declared range (by more than 1e-9)."""
    if bool(np.any((values < minimum - 1e-9) | (values > maximum + 1e-9))):
        raise ValueError(f"{name} must lie between {minimum} and {maximum}.")


def _finite(values: Floats, name: str) -> Floats:
    if bool(np.isinf(values).any()):
        raise ValueError(f"{name} must be finite numbers.")
    return values
