"""Checks of what callers hand in: wrong input is refused with one sentence, before any arithmetic."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Floats


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


def answers_of(items: pd.DataFrame, *, rows: int = 0) -> Floats:
    """Return respondents x items as floats, NaN where missing.

    Raises ValueError when `items` is no frame, has no column, fewer than `rows` rows, a column
    that is not numeric or a number that is not finite.
    """
    if not isinstance(items, pd.DataFrame):
        raise ValueError("items must be a DataFrame of respondents x items.")
    if len(items.columns) == 0 or len(items) < rows:
        raise ValueError(f"items must have at least one column and {rows} rows.")
    wrong = [str(name) for name, kind in items.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    if wrong:
        raise ValueError(f"items must be numeric; these columns are not: {', '.join(wrong)}.")
    return _finite(items.to_numpy(dtype=float, na_value=np.nan), "items")


def values_of(values: pd.Series[Any], name: str) -> Floats:
    """Return a series as floats, NaN where missing; ValueError unless numeric and finite."""
    if not isinstance(values, pd.Series):
        raise ValueError(f"{name} must be a Series.")
    if not pd.api.types.is_numeric_dtype(values.dtype):
        raise ValueError(f"{name} must be numeric.")
    return _finite(values.to_numpy(dtype=float, na_value=np.nan), name)


def within(values: Floats, minimum: float, maximum: float, name: str) -> None:
    """Raise ValueError when an observed value lies outside the declared range (by more than 1e-9)."""
    if bool(np.any((values < minimum - 1e-9) | (values > maximum + 1e-9))):
        raise ValueError(f"{name} must lie between {minimum} and {maximum}.")


def _finite(values: Floats, name: str) -> Floats:
    if bool(np.isinf(values).any()):
        raise ValueError(f"{name} must be finite numbers.")
    return values
