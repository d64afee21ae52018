"""Shares and means against targets, two shares, several tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from analysis.multiple import holm
from analysis.shares import compare_shares, mcnemar_exact
from analysis.targets import Target, mean_above, proportion
from tests.analysis.against_r.comparison import Comparison
from tests.analysis.reference import case_of, table

PROPORTIONS, MEAN = "proportions", "mean_gt8_n30"
SEVERAL: list[float | None] = [0.01, 0.04, 0.03, 0.005, None, 0.2]


def ratings() -> pd.Series[Any]:
    return table("synthetic_selfrating_n30.csv")["rating"]


def limits_of(key: str) -> list[float | None]:
    found = proportion(*_counts(key))
    return [found.low, found.high]


def p_of(key: str) -> float | None:
    return proportion(*_counts(key), target=float(key.rsplit("p0_")[1])).p_exact


def above_eight() -> list[float | None]:
    valid = ratings().dropna()
    found = proportion(int((valid > 8).sum()), len(valid))
    return [found.low, found.high]


MEANS: dict[str, tuple[Callable[[Target], Any], tuple[str, ...]]] = {
    "n_used": (lambda found: found.n, ()),
    "mean_sd": (lambda found: {"mean": found.value}, ("mean",)),
    "t_ci95_two_sided": (lambda found: [found.low, found.high], ()),
    "t_gt8": (lambda found: {"p": found.p_t}, ("p",)),
    "wilcoxon_gt8_exact": (lambda found: {"p": found.p_exact}, ("p",)),
}


def comparisons() -> Iterator[Comparison]:
    """Every key about targets."""
    for key in case_of(PROPORTIONS)["values"]:
        if key.startswith("wilson_"):
            yield Comparison("share and its interval", PROPORTIONS, key, partial(limits_of, key))
        if key.startswith("binom_"):
            yield Comparison("share against a target", PROPORTIONS, key, partial(p_of, key))
    for key, (part, parts) in MEANS.items():
        ours = partial(lambda part: part(mean_above(ratings(), 8)), part)
        yield Comparison("mean against a target", MEAN, key, ours, parts=parts)
    yield Comparison("share and its interval", MEAN, "share_gt8_wilson", above_eight)
    yield Comparison("two shares", PROPORTIONS, "newcombe_diff_ci", newcombe)
    fisher = partial(lambda: compare_shares(20, 30, 12, 30).p_exact)
    yield Comparison("two shares", PROPORTIONS, "two_prop_fisher", fisher)
    yield Comparison("gained and lost", PROPORTIONS, "mcnemar_exact", lambda: mcnemar_exact(15, 4))
    family = {str(place): p for place, p in enumerate(SEVERAL)}
    yield Comparison("Holm", PROPORTIONS, "holm", lambda: list(holm(family).values()))


def newcombe() -> list[float | None]:
    found = compare_shares(20, 30, 12, 30).difference
    return [found.low, found.high]


def _counts(key: str) -> list[int]:
    return [int(number) for number in re.findall(r"(\d+)_of_(\d+)", key)[0]]
