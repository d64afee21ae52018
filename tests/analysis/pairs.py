"""Two data sets of the same persons at two occasions, as R was given them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.analysis.reference import case_of, items_of, table

Pair = tuple["pd.Series[Any]", "pd.Series[Any]"]


def sleep() -> Pair:
    groups = [part.set_index("ID")["extra"] for _, part in table("sleep.csv").groupby("group")]
    return groups[0], groups[1]


def sai() -> Pair:
    case = case_of("sai_xray_prepost")
    scores = []
    for time in (1, 2):
        items = items_of(case, f"time == {time}")
        score = 20 * items.mean(axis=1).where(items.notna().mean(axis=1) >= 0.5)
        scores.append(score.set_axis(table("sai_xray.csv").query(f"time == {time}")["id"]))
    both = pd.concat(scores, axis=1, keys=["before", "after"])
    return both["before"], both["after"]


PAIRS: dict[str, Callable[[], Pair]] = {"sleep_paired_n10": sleep, "sai_xray_prepost": sai}
