"""What each item's answers look like, and how many scores sit at the ends of a scale."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Integers
from analysis.estimate import Estimate
from analysis.inputs import answers_of, proper_level, proper_range, values_of, within
from analysis.intervals import share


@dataclass(frozen=True)
class FloorCeiling:
    """Shares (0 to 1, Wilson intervals) of the valid scores at the least and at the greatest possible one."""

    n: int
    floor: Estimate
    ceiling: Estimate


def reverse(items: pd.DataFrame, names: Collection[Any], minimum: float, maximum: float) -> pd.DataFrame:
    """Return a copy in which the named items are turned round: minimum + maximum - answer.

    Twice is as never. Missing stays missing. Raises ValueError for wrong input, for a name that is
    no column and for answers of those items outside the range.
    """
    proper_range(minimum, maximum)
    answers_of(items)
    unknown = [str(name) for name in names if name not in items.columns]
    if unknown:
        raise ValueError(f"these are no columns of items: {', '.join(unknown)}.")
    turned = items.copy()
    for name in names:
        within(values_of(items[name], str(name)), minimum, maximum, str(name))
        turned[name] = minimum + maximum - items[name]
    return turned


def item_statistics(items: pd.DataFrame, minimum: int, maximum: int) -> pd.DataFrame:
    """Describe each item: one row an item, in the order of the columns.

    Columns: `n` valid answers, `missing` and `missing_percent` of all rows, `mean`, `sd` (n - 1),
    `skew` and `kurtosis` (excess) of type 3 as R's psych (Joanes and Gill 1998: b1, b2), `constant`
    (at least two answers, all equal), `floor_percent` and `ceiling_percent` of the valid answers,
    and `count_<category>` for every whole number from `minimum` to `maximum`, used or not. Each
    item uses its own valid answers; what cannot be computed (no answer, one, all equal) is NaN.
    Raises ValueError for wrong input and for answers that are not a declared category.
    """
    proper_range(minimum, maximum)
    answers = answers_of(items)
    categories = np.arange(minimum, maximum + 1)
    counts = np.stack([(answers == category).sum(axis=0) for category in categories])
    n = (~np.isnan(answers)).sum(axis=0)
    if bool(np.any(counts.sum(axis=0) != n)):
        raise ValueError(f"items must hold whole numbers from {minimum} to {maximum}.")
    columns = _amounts(n, len(answers)) | _moments(counts, categories[:, np.newaxis])
    columns |= {
        "floor_percent": _ratio(100.0 * counts[0], n),
        "ceiling_percent": _ratio(100.0 * counts[-1], n),
    }
    columns |= {f"count_{category}": count for category, count in zip(categories, counts, strict=True)}
    return pd.DataFrame(columns, index=items.columns)


def floor_ceiling(
    scores: pd.Series[Any], minimum: float, maximum: float, *, level: float = 0.95
) -> FloorCeiling:
    """Return the shares of scale scores at `minimum` and at `maximum` (within 1e-9; McHorney 1995).

    `scores` is a Series, NaN where there is no score; those are left out. What share is too many
    (15 %, Terwee 2007) is the caller's business. Shares have no value when there is no score.
    Raises ValueError for wrong input and for scores outside the range.
    """
    proper_range(minimum, maximum)
    proper_level(level)
    values = values_of(scores, "scores")
    within(values, minimum, maximum, "scores")
    n = int((~np.isnan(values)).sum())
    low, high = (int((np.abs(values - end) <= 1e-9).sum()) for end in (minimum, maximum))
    return FloorCeiling(
        n,
        share(low, n, level, estimator="share_at_floor", missing="valid"),
        share(high, n, level, estimator="share_at_ceiling", missing="valid"),
    )


def _amounts(n: Any, rows: int) -> dict[str, Any]:
    missing = rows - n
    return {"n": n, "missing": missing, "missing_percent": _ratio(100.0 * missing, rows)}


def _moments(counts: Integers, categories: Integers) -> dict[str, Any]:
    """Return mean, sd, skew, kurtosis and whether the item is constant, one value an item.

    From the counts (categories x items), which say all there is: as quick for a million people as for ten.
    """
    n = counts.sum(axis=0)
    mean = _ratio((counts * categories).sum(axis=0), n)
    second, third, fourth = ((counts * (categories - mean) ** power).sum(axis=0) for power in (2, 3, 4))
    sd = np.sqrt(_ratio(second, np.maximum(n - 1, 0)))
    used = (counts > 0).sum(axis=0)
    varies = np.where(used > 1, sd, np.nan)
    return {
        "mean": mean,
        "sd": sd,
        "skew": _ratio(third, n * varies**3),
        "kurtosis": _ratio(fourth, n * varies**4) - 3,
        "constant": (n >= 2) & (used == 1),
    }


def _ratio(part: Any, whole: Any) -> Any:
    """Divide, with NaN where the whole is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(whole) == 0, np.nan, np.asarray(part) / np.asarray(whole))
