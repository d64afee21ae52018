"""Who is still there at each occasion, and whether those who left differed from those who stayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Flags
from analysis.estimate import Estimate
from analysis.groups import GroupDifference, compare_groups
from analysis.inputs import proper_level
from analysis.intervals import share
from analysis.shares import TwoShares, compare_shares


@dataclass(frozen=True)
class Step:
    """One occasion: how many are there, who left since the one before, who came back.

    `always` were there at every occasion so far; `share_present` is of everybody (Wilson).
    """

    occasion: str
    present: int
    absent: int
    lost: int
    returned: int
    always: int
    share_present: Estimate


def flow(present: pd.DataFrame, *, level: float = 0.95) -> tuple[Step, ...]:
    """Return one step an occasion, in the order of the columns of persons x occasions (True: there).

    Raises ValueError unless the frame holds true and false only, with at least one occasion, and
    nobody and no occasion stands in it twice.
    """
    proper_level(level)
    there = _presence(present)
    earlier = np.column_stack([np.zeros(len(there), dtype=bool), there])[:, :-1]
    earlier[:, 0] = there[:, 0]
    always = np.logical_and.accumulate(there, axis=1)
    return tuple(
        Step(
            occasion=str(occasion),
            present=int(there[:, at].sum()),
            absent=int((~there[:, at]).sum()),
            lost=int((earlier[:, at] & ~there[:, at]).sum()),
            returned=int((~earlier[:, at] & there[:, at]).sum()),
            always=int(always[:, at].sum()),
            share_present=_share(there[:, at], level),
        )
        for at, occasion in enumerate(present.columns)
    )


def completers_and_lost(
    scores: pd.Series[Any], completed: pd.Series[Any], *, level: float = 0.95
) -> GroupDifference:
    """Compare the first scores of those who stayed (`first`) with those of the lost (`second`).

    `completed` is true or false for each row of `scores`, same index; missing scores are left out.
    Raises ValueError for wrong input.
    """
    stayed = _flags(completed, scores, "scores")
    return compare_groups(scores[stayed], scores[~stayed], level=level)


def shares_of_completers_and_lost(
    trait: pd.Series[Any], completed: pd.Series[Any], *, level: float = 0.95
) -> TwoShares:
    """Compare how many of those who stayed, and of the lost, have a trait (true or false).

    Both Series have the same index and no missing value: leave out first whose trait is not known.
    Raises ValueError for wrong input.
    """
    stayed = _flags(completed, trait, "trait")
    has = _flags(trait, completed, "completed", name="trait")
    groups = [has[stayed], has[~stayed]]
    return compare_shares(
        int(groups[0].sum()), len(groups[0]), int(groups[1].sum()), len(groups[1]), level=level
    )


def _presence(present: pd.DataFrame) -> Flags:
    if not isinstance(present, pd.DataFrame) or len(present.columns) == 0:
        raise ValueError("present must be a DataFrame of persons x occasions.")
    if present.index.has_duplicates or present.columns.has_duplicates:
        raise ValueError("present must not have the same person or occasion twice.")
    truths = all(pd.api.types.is_bool_dtype(kind) for kind in present.dtypes)
    if not truths or bool(present.isna().to_numpy().any()):
        raise ValueError("present must hold true and false only.")
    return present.to_numpy(dtype=bool)


def _flags(flags: pd.Series[Any], beside: pd.Series[Any], other: str, *, name: str = "completed") -> Flags:
    """Return true and false as an array; ValueError unless nothing else is in it and the index fits."""
    if not isinstance(flags, pd.Series) or not isinstance(beside, pd.Series):
        raise ValueError(f"{name} and {other} must be Series.")
    if not flags.index.equals(beside.index) or flags.index.has_duplicates:
        raise ValueError(f"{name} must have the same index as {other}, nobody twice.")
    if not pd.api.types.is_bool_dtype(flags.dtype) or bool(flags.isna().any()):
        raise ValueError(f"{name} must hold true and false only.")
    return flags.to_numpy(dtype=bool)


def _share(there: Flags, level: float) -> Estimate:
    return share(int(there.sum()), len(there), level, estimator="share_present", missing="none")
