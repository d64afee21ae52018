"""Whether a target is reached, and whether that can be said beyond the people observed.

Two lines, never one: `reached` compares the observed value with the target, strictly as the operator
says; `verdict` is a one-sided test at .05: "dimostrato", "contraddetto" or "non dimostrato".
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.arrays import Floats
from analysis.inputs import one_of, proper_level, successes_of, values_of, whole_counts
from analysis.intervals import student_limits, wilson_limits
from analysis.signed_rank import signed_rank

Operator = Literal[">", ">=", "<", "<="]

COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operators.gt,
    ">=": operators.ge,
    "<": operators.lt,
    "<=": operators.le,
}
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Target:
    """An observed value beside its target.

    `low` and `high` limit `value` by `interval` ("wilson", "t"). `p_exact` is the exact one-sided p
    for what the operator says, `p_contrary` for the opposite; `p_t` and `p_t_contrary` are
    Student's, for means only. `worst` and `best` are the value had everybody without an answer
    failed or succeeded, for proportions only. `verdict` and `reason` are Italian, for the screen;
    `reason` says what could not be computed and why. Without a target there is no `reached`, p or
    `verdict`.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    target: float | None
    reached: bool | None
    p_exact: float | None
    verdict: str | None
    interval: str
    operator: str
    p_contrary: float | None = None
    p_t: float | None = None
    p_t_contrary: float | None = None
    worst: float | None = None
    best: float | None = None
    reason: str | None = None


def proportion(
    successes: int,
    n: int,
    *,
    target: float | None = None,
    operator: Operator = ">",
    level: float = 0.95,
    missing: int = 0,
) -> Target:
    """Judge `successes` of `n` against a target share between 0 and 1 (70 % is .7).

    Limits by Wilson (1927), p from the exact binomial test (Clopper and Pearson 1934), as R's
    `binom.test`. `n` counts valid answers; `missing` people without one only move `worst` and
    `best`. No value, with a reason, when `n` is 0. Raises ValueError for counts that are not whole
    or do not fit together, for a target outside 0 to 1 and for an unknown operator.
    """
    one_of("operator", operator, COMPARE)
    proper_level(level)
    successes, n = successes_of(successes, n)
    (missing,) = whole_counts(missing=missing)
    if target is not None and not 0 <= target <= 1:
        raise ValueError(f"target must be a share between 0 and 1, not {target!r}.")
    everyone = max(n + missing, 1)
    base = Target(None, None, None, n, target, None, None, None, "wilson", operator)
    if n + missing:
        base = replace(base, worst=successes / everyone, best=(successes + missing) / everyone)
    if n == 0:
        return replace(base, reason="nessuna risposta valida")
    low, high = wilson_limits(successes, n, level)
    base = replace(base, value=successes / n, low=low, high=high)
    return base if target is None else _judged(base, successes, target)


def mean_above(values: pd.Series[Any], target: float, *, level: float = 0.95) -> Target:
    """Judge whether a mean lies above a target, both in the units of `values`.

    Limits and `p_t` by Student (1908), `p_exact` by the exact Wilcoxon signed-rank test with ties.
    The verdict needs both p to agree, since one leans on normality and the other on symmetry.
    NaN values are left out. The observed mean (to 1e-9) must exceed the target: exactly 8.00 does
    not reach > 8. Without two different values there is no interval and no t, and so no proof.
    Raises ValueError for wrong input.
    """
    proper_level(level)
    observed = values_of(values, "values")
    if not isfinite(target):
        raise ValueError("target must be a finite number.")
    above = np.round(observed[~np.isnan(observed)] - target, 9)
    base = Target(None, None, None, len(above), target, None, None, None, "t", ">")
    if len(above) == 0:
        return replace(base, reason="nessuna risposta valida")
    value = target + float(above.mean())
    base = replace(base, value=value, reached=round(value - target, 9) > 0)
    base, ranks = _with_t(base, above, target, level), signed_rank(above)
    if ranks is not None:
        base = replace(base, p_exact=ranks.greater, p_contrary=ranks.less)
    return replace(base, verdict=_verdict((base.p_exact, base.p_t), (base.p_contrary, base.p_t_contrary)))


def _judged(observed: Target, successes: int, target: float) -> Target:
    """Add both lines to an observed share: reached, and the exact binomial verdict."""
    at_least = float(special.bdtrc(successes - 1, observed.n, target))
    at_most = float(special.bdtr(successes, observed.n, target))
    upward = observed.operator in (">", ">=")
    p, contrary = (at_least, at_most) if upward else (at_most, at_least)
    return replace(
        observed,
        reached=COMPARE[observed.operator](successes / observed.n, target),
        p_exact=p,
        p_contrary=contrary,
        verdict=_verdict((p,), (contrary,)),
    )


def _with_t(observed: Target, above: Floats, target: float, level: float) -> Target:
    """Add limits and p of Student's t, or say why there are none; `above` is values less target."""
    if len(above) < 2:
        return replace(observed, reason="intervallo non calcolabile: c'è una sola risposta")
    if above.min() == above.max():
        return replace(observed, reason="intervallo non calcolabile: tutti i valori sono uguali")
    mean, sd, n = float(above.mean()), float(above.std(ddof=1)), len(above)
    low, high = student_limits(mean, sd, n, level)
    t = mean / (sd / sqrt(n))
    return replace(
        observed,
        low=target + low,
        high=target + high,
        p_t=float(special.stdtr(n - 1, -t)),
        p_t_contrary=float(special.stdtr(n - 1, t)),
    )


def _verdict(supporting: Sequence[float | None], contrary: Sequence[float | None]) -> str:
    """Return what all the p of one direction show, and "non dimostrato" when neither does."""
    shown = {"dimostrato": supporting, "contraddetto": contrary}
    for verdict, tests in shown.items():
        if all(p is not None and p < SIGNIFICANT for p in tests):
            return verdict
    return "non dimostrato"
