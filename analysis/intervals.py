"""Confidence limits: Wilson for shares, Student for means, Feldt for alpha, noncentral t for effects."""

from __future__ import annotations

from math import exp, lgamma, sqrt

from scipy import special

from analysis.estimate import Estimate

Limits = tuple[float, float]

LARGEST_T = 5000.0
"""Beyond it scipy's noncentral t gets slow, then wrong; no real change comes near."""


def wilson_limits(successes: int, n: int, level: float) -> Limits:
    """Return score limits of a share, without continuity correction (Wilson 1927); n >= 1.

    Equal to R's `prop.test(x, n, correct = FALSE)`. Exactly 0 or 1 where nobody or everybody succeeds.
    """
    z = float(special.ndtri((1 + level) / 2))
    share = successes / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return (low if successes else 0.0), (high if successes < n else 1.0)


def share(successes: int, n: int, level: float, *, estimator: str, missing: str) -> Estimate:
    """Return `successes` of `n` as a share between 0 and 1 with Wilson limits; no value when n is 0."""
    if n == 0:
        return Estimate(None, None, None, 0, estimator, missing, "wilson", "nessuna risposta valida")
    low, high = wilson_limits(successes, n, level)
    return Estimate(successes / n, low, high, n, estimator, missing, "wilson", None)


def student_limits(mean: float, sd: float, n: int, level: float) -> Limits:
    """Return limits of a mean, in its own units (Student 1908); n >= 2."""
    half = float(special.stdtrit(n - 1, (1 + level) / 2)) * sd / sqrt(n)
    return mean - half, mean + half


def feldt_limits(alpha: float, n: int, items: int, level: float) -> Limits:
    """Return limits of coefficient alpha from the F distribution (Feldt 1965); n >= 2, items >= 2."""
    tail = (1 - level) / 2
    df, df_error = n - 1, (n - 1) * (items - 1)
    low = 1 - (1 - alpha) * float(special.fdtri(df, df_error, 1 - tail))
    return low, 1 - (1 - alpha) * float(special.fdtri(df, df_error, tail))


def hedges_j(df: int) -> float:
    """Return Hedges' factor gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2)), for df >= 2 (1981)."""
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def noncentral_t_limits(t: float, df: int, level: float) -> Limits | None:
    """Return the noncentralities whose t distributions have `t` at their outer quantiles.

    Steiger and Fouladi (1997); divided by sqrt(n) they are limits of a standardized mean. scipy's
    inverse is good to about six digits only, so it gives the bracket and bisection the digits.
    None where `t` is beyond `LARGEST_T`.
    """
    if abs(t) > LARGEST_T:
        return None
    tail = (1 - level) / 2
    return _noncentrality(t, df, 1 - tail), _noncentrality(t, df, tail)


def _noncentrality(t: float, df: int, probability: float) -> float:
    """Return the noncentrality under which P(T <= t) is `probability`; it falls as that rises."""
    guess = float(special.nctdtrinc(df, probability, t))
    reach = 0.01 * (1 + abs(guess))
    low, high = guess - reach, guess + reach
    for _ in range(60):
        middle = (low + high) / 2
        above = float(special.nctdtr(df, middle, t)) > probability
        low, high = (middle, high) if above else (low, middle)
    return (low + high) / 2
