"""Reliable change: who changed by more than the error of measurement explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import Floats
from analysis.estimate import Estimate
from analysis.inputs import aligned, proper_level
from analysis.intervals import share
from analysis.measurement import NINETY_FIVE, smallest_detectable_change, standard_error

BY_ERROR_ALONE = 0.025
"""Share that would cross either line if nobody had really changed."""


@dataclass(frozen=True, eq=False)
class ReliableChange:
    """How many changed reliably, by the `reliability` and the `sd` that are declared here.

    `sem` and `sdc` are in the units of the scale; `rci` has the index of the complete pairs and no
    other rows. A change counts when it is beyond the SDC (|RCI| > 1.96). Shares have Wilson limits;
    `share_by_error` would improve, and as many worsen, by error alone. Where `reason` is not None
    nothing but `n` could be computed.
    """

    n: int
    reliability: float
    sd: float | None
    sem: float | None
    sdc: float | None
    rci: pd.Series[float]
    improved: int | None
    unchanged: int | None
    worsened: int | None
    share_improved: Estimate
    share_worsened: Estimate
    share_by_error: float
    reason: str | None


def reliable_change(
    before: pd.Series[Any],
    after: pd.Series[Any],
    reliability: float,
    *,
    sd: float | None = None,
    level: float = 0.95,
) -> ReliableChange:
    """Return the reliable change index of each complete pair and how many are beyond 1.96.

    Jacobson and Truax (1991): RCI = (after - before) / (sqrt(2) SEM), SEM = sd sqrt(1 - reliability).
    `sd` is that of a norm group; without it, that of the pairs before. Series are aligned (NaN where
    missing), higher is better. Nothing, with a reason: no complete pair, no spread before, a
    reliability of 1. Raises ValueError for wrong input, a reliability outside 0 to 1 included.
    """
    proper_level(level)
    x, y = aligned(before, after)
    both = ~np.isnan(x) & ~np.isnan(y)
    spread = _spread(x[both]) if sd is None else sd
    sem = standard_error(spread or 0.0, reliability)
    differences = pd.Series(np.round(y - x, 9)[both], index=before.index[both], name="rci")
    reason = _reason(int(both.sum()), spread, sem)
    if reason is not None:
        return _without(len(differences), reliability, spread, reason)
    return _counted(differences / (2**0.5 * sem), reliability, spread, sem, level)


def _spread(values: Floats) -> float | None:
    """Return the SD, exactly 0 where all values are equal, None for fewer than two."""
    if len(values) < 2:
        return None
    return 0.0 if values.min() == values.max() else float(values.std(ddof=1))


def _reason(n: int, sd: float | None, sem: float) -> str | None:
    if n == 0:
        return "nessuna coppia completa"
    if sd is None:
        return "meno di due coppie complete"
    if sd == 0:
        return "i punteggi di partenza sono tutti uguali"
    return None if sem else "con attendibilità 1 ogni cambiamento conterebbe"


def _counted(
    rci: pd.Series[float], reliability: float, sd: float | None, sem: float, level: float
) -> ReliableChange:
    n, up, down = len(rci), int((rci > NINETY_FIVE).sum()), int((rci < -NINETY_FIVE).sum())
    return ReliableChange(
        n=n,
        reliability=reliability,
        sd=sd,
        sem=sem,
        sdc=smallest_detectable_change(sem),
        rci=rci,
        improved=up,
        unchanged=n - up - down,
        worsened=down,
        share_improved=_share(up, n, level, "share_reliably_improved"),
        share_worsened=_share(down, n, level, "share_reliably_worsened"),
        share_by_error=BY_ERROR_ALONE,
        reason=None,
    )


def _share(count: int, n: int, level: float, estimator: str) -> Estimate:
    return share(count, n, level, estimator=estimator, missing="complete_pairs")


def _without(n: int, reliability: float, sd: float | None, reason: str) -> ReliableChange:
    up, down = (
        Estimate(None, None, None, n, f"share_reliably_{way}", "complete_pairs", "wilson", reason)
        for way in ("improved", "worsened")
    )
    return ReliableChange(
        n=n,
        reliability=reliability,
        sd=sd,
        sem=None,
        sdc=None,
        rci=pd.Series(dtype=float, name="rci"),
        improved=None,
        unchanged=None,
        worsened=None,
        share_improved=up,
        share_worsened=down,
        share_by_error=BY_ERROR_ALONE,
        reason=reason,
    )
