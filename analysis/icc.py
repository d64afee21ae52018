"""Intraclass correlation: how alike are the ratings of the same subject, in six forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal

import pandas as pd
from scipy import special

from analysis.covariance import TINY
from analysis.estimate import Estimate
from analysis.inputs import answers_of, complete_rows, one_of, proper_level
from analysis.squares import MeanSquares, mean_squares

Form = Literal["1,1", "A,1", "C,1", "1,k", "A,k", "C,k"]

FEW_RATERS = "serve più di una valutazione per ogni persona"
FEW_SUBJECTS = "meno di due persone hanno tutte le valutazioni"
CONSTANT = "tutti i valori sono uguali"
UNDEFINED = "le persone non si distinguono tra loro"
NO_ERROR = "intervallo non calcolabile: non c'è nessun errore tra le valutazioni"
NO_LIMITS = "intervallo non calcolabile: le persone si distinguono troppo poco"


@dataclass(frozen=True)
class Coefficient:
    """An ICC and its limits; None where it, or they, do not exist."""

    value: float | None
    low: float | None = None
    high: float | None = None


def icc(ratings: pd.DataFrame, form: Form = "A,1", level: float = 0.95) -> Estimate:
    """Return an intraclass correlation of subjects x raters, NaN where missing.

    Forms after McGraw and Wong (1996): "1" one-way, "A" two-way absolute agreement, "C" two-way
    consistency; ",1" for a single rating, ",k" for the mean of all columns (Shrout and Fleiss 1979:
    ICC1 ICC2 ICC3 and ICC1k ICC2k ICC3k, as R's psych names them). Limits from F, with
    Satterthwaite's degrees of freedom for "A". Only subjects with every rating count; `n` is their
    number. May be negative and is never cut off. No value, with a reason: fewer than two raters or
    complete subjects, nothing varies, subjects do not differ. Raises ValueError for wrong input.
    """
    one_of("form", form, FORMS)
    proper_level(level)
    complete = complete_rows(answers_of(ratings, rows=2, name="ratings"))
    base = Estimate(None, None, None, len(complete), f"icc({form})", "listwise", "mcgraw_wong", None)
    if complete.shape[1] < 2:
        return replace(base, reason=FEW_RATERS)
    if len(complete) < 2:
        return replace(base, reason=FEW_SUBJECTS)
    squares = mean_squares(complete)
    if squares.between_subjects + squares.within == 0:
        return replace(base, reason=CONSTANT)
    layout, unit = form.split(",")
    found = LAYOUTS[layout](squares, level)
    return _told(base, found if unit == "1" else _of_the_mean(found, squares.raters), squares)


def _told(base: Estimate, found: Coefficient, squares: MeanSquares) -> Estimate:
    """Put value and limits into the estimate, or say why they are not there."""
    if found.value is None:
        return replace(base, reason=UNDEFINED)
    limits = (found.low, found.high)
    if limits[0] is not None and limits[1] is not None and limits[0] <= found.value <= limits[1]:
        return replace(base, value=found.value, low=limits[0], high=limits[1])
    return replace(base, value=found.value, reason=NO_LIMITS if squares.error else NO_ERROR)


def _one_way(squares: MeanSquares, level: float) -> Coefficient:
    return _from_f(squares, squares.within, squares.n * (squares.raters - 1), level)


def _consistency(squares: MeanSquares, level: float) -> Coefficient:
    return _from_f(squares, squares.error, (squares.n - 1) * (squares.raters - 1), level)


def _from_f(squares: MeanSquares, noise: float, df: int, level: float) -> Coefficient:
    """Return (F - 1) / (F + k - 1) with F = subjects / noise, and the same of both limits of F."""
    if noise == 0:
        return Coefficient(1.0 if squares.between_subjects else None)
    f, df_subjects, tail = squares.between_subjects / noise, squares.n - 1, (1 + level) / 2
    low = f / float(special.fdtri(df_subjects, df, tail))
    high = f * float(special.fdtri(df, df_subjects, tail))
    return Coefficient(*((ratio - 1) / (ratio + squares.raters - 1) for ratio in (f, low, high)))


def _agreement(squares: MeanSquares, level: float) -> Coefficient:
    """Return the two-way random ICC; what raters differ by on average counts as disagreement."""
    n, k = squares.n, squares.raters
    subjects, error = squares.between_subjects, squares.error
    whole = subjects + (k - 1) * error + k * (squares.between_raters - error) / n
    if whole <= TINY * (subjects + error + squares.between_raters):
        return Coefficient(None)
    value = (subjects - error) / whole
    if error == 0:
        return Coefficient(value)
    df, tail = _satterthwaite(value, squares), (1 + level) / 2
    noise = k * squares.between_raters + (k * n - k - n) * error
    lower, upper = special.fdtri(n - 1, df, tail), special.fdtri(df, n - 1, tail)
    low = n * (subjects - lower * error) / (lower * noise + n * subjects)
    high = n * (upper * subjects - error) / (noise + n * upper * subjects)
    return Coefficient(value, *(float(limit) if isfinite(limit) else None for limit in (low, high)))


def _satterthwaite(value: float, squares: MeanSquares) -> float:
    """Return the degrees of freedom of the error that agreement is measured against."""
    n, k = squares.n, squares.raters
    raters = k * value * squares.between_raters / squares.error
    rest = n * (1 + (k - 1) * value) - k * value
    return (k - 1) * (n - 1) * (raters + rest) ** 2 / ((n - 1) * raters**2 + rest**2)


def _of_the_mean(single: Coefficient, raters: int) -> Coefficient:
    """Step a single rating's ICC and its limits up to the mean of all raters (Spearman 1910, Brown 1910)."""

    def stepped(r: float | None) -> float | None:
        whole = None if r is None else 1 + (raters - 1) * r
        return None if r is None or not whole or whole <= TINY else raters * r / whole

    return Coefficient(stepped(single.value), stepped(single.low), stepped(single.high))


LAYOUTS: dict[str, Callable[[MeanSquares, float], Coefficient]] = {
    "1": _one_way,
    "A": _agreement,
    "C": _consistency,
}
FORMS = tuple(f"{layout},{unit}" for unit in ("1", "k") for layout in LAYOUTS)
