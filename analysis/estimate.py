"""What every statistic returns: a value with its interval, its n and, where there is none, the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """One estimated number.

    `estimator`, `missing` and `interval` are short stable codes in English, `n` is the number of
    persons (or pairs) the interval rests on. `reason` is a sentence in Italian for the screen: it
    says why `value`, or only its interval, is None. It is None when both could be estimated.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    estimator: str
    missing: str
    interval: str
    reason: str | None
