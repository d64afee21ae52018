"""Kappa, Krippendorff's alpha, ICC, standard errors and limits of agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from analysis.agreement import krippendorff_alpha, share_agreement, weighted_kappa
from analysis.estimate import Estimate
from analysis.icc import FORMS, icc
from analysis.measurement import bland_altman, measurement_error
from tests.analysis.against_r.comparison import Comparison
from tests.analysis.pairs import PAIRS, Pair
from tests.analysis.reference import case_of, table

Z = 1.959963984540054
LEVELS = ("nominal", "ordinal", "interval", "ratio")
Rated = tuple["pd.Series[Any]", "pd.Series[Any]", list[float]]


def comparisons() -> Iterator[Comparison]:
    """Every key about agreement."""
    yield from _kappas()
    yield from _krippendorff()
    yield from _icc()
    yield from _errors()


def anxiety() -> Rated:
    ratings = table("irr_anxiety.csv")
    return ratings["rater1"], ratings["rater2"], [1, 2, 3, 4, 5, 6]


def cohen() -> Rated:
    counts = case_of("cohen1968_weighted_kappa")["prep"]["table"]
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(counts[i][j])]
    return pd.Series([i for i, _ in pairs]), pd.Series([j for _, j in pairs]), [0, 1, 2]


def diagnoses() -> pd.DataFrame:
    """The diagnoses as numbers, which stand at the start of each name."""
    return table("irr_diagnoses.csv").apply(lambda rater: rater.str[0].astype(int))


def psych(rated: Rated) -> dict[str, Any]:
    plain, squared = weighted_kappa(*rated, "none"), weighted_kappa(*rated, "quadratic")
    return {
        "kappa": plain.value,
        "kappa_lower": plain.low,
        "kappa_upper": plain.high,
        "wkappa": squared.value,
        "wkappa_lower": squared.low,
        "wkappa_upper": squared.high,
        "var_kappa": standard_error(plain) ** 2,
        "var_wkappa": standard_error(squared) ** 2,
    }


def vcd(rated: Rated) -> dict[str, Any]:
    plain, linear = weighted_kappa(*rated, "none"), weighted_kappa(*rated, "linear")
    return {
        "unweighted": plain.value,
        "ase_u": standard_error(plain),
        "weighted_linear": linear.value,
        "ase_w": standard_error(linear),
    }


def fleiss_cohen(rated: Rated) -> dict[str, Any]:
    squared = weighted_kappa(*rated, "quadratic")
    return {"value": squared.value, "ASE": standard_error(squared)}


def standard_error(kappa: Estimate) -> float:
    assert kappa.low is not None
    assert kappa.high is not None
    return (kappa.high - kappa.low) / 2 / Z


KAPPA: dict[str, Callable[[Rated], Any]] = {
    "kappa_psych": psych,
    "kappa_vcd_linear": vcd,
    "kappa_vcd_fleiss_cohen": fleiss_cohen,
    "kappa_irr_equal": lambda rated: weighted_kappa(*rated, "linear").value,
    "kappa_irr_squared": lambda rated: weighted_kappa(*rated).value,
    "percent_agreement": lambda rated: share_agreement(*rated).value,
}


def _kappas() -> Iterator[Comparison]:
    for name, rated in (("anxiety_icc_kappa", anxiety()), ("cohen1968_weighted_kappa", cohen())):
        for key, compute in KAPPA.items():
            yield Comparison("kappa", name, key, partial(compute, rated))
        unweighted = partial(lambda rated: {"kappa": weighted_kappa(*rated, "none").value}, rated)
        yield Comparison("kappa", name, "kappa_irr_unweighted", unweighted, parts=("kappa",))
    first = diagnoses()
    two = partial(weighted_kappa, first["rater1"], first["rater2"], [1, 2, 3, 4, 5], "none")
    yield Comparison("kappa", "diagnoses_nominal_agreement", "kappa_r1_r2", lambda: two().value)


def _krippendorff() -> Iterator[Comparison]:
    def alpha(ratings: pd.DataFrame, level: Any) -> Any:
        return krippendorff_alpha(ratings, level, draws=1).value

    canonical, name = table("krippendorff_canonical.csv"), "krippendorff_canonical"
    for level in LEVELS:
        yield Comparison("Krippendorff's alpha", name, level, partial(alpha, canonical, level))
        for case, data in (("anxiety_icc_kappa", "irr_anxiety"), ("shrout_fleiss_icc", "shrout_fleiss")):
            ours = partial(alpha, table(f"{data}.csv"), level)
            yield Comparison("Krippendorff's alpha", case, f"kripp_{level}", ours)
    nominal = partial(alpha, diagnoses(), "nominal")
    yield Comparison("Krippendorff's alpha", "diagnoses_nominal_agreement", "kripp_nominal", nominal)


def _icc() -> Iterator[Comparison]:
    rated = {
        "anxiety_icc_kappa": ("icc_psych_anova", table("irr_anxiety.csv")),
        "shrout_fleiss_icc": ("icc_psych_anova", table("shrout_fleiss.csv")),
        **{name: ("icc_all", pd.concat(pair(), axis=1)) for name, pair in PAIRS.items()},
    }
    for name, (key, ratings) in rated.items():
        yield IccTable("ICC", name, key, partial(six_forms, ratings))
    for name in ("anxiety_icc_kappa", "shrout_fleiss_icc"):
        for form in ("A,1", "C,1", "1,1"):
            key = f"icc_irr_{form.replace(',', '') if form != '1,1' else '1'}"
            ours = partial(with_limits, rated[name][1], form)
            yield Comparison("ICC", name, key, ours, parts=("icc", "lower", "upper"))


class IccTable(Comparison):
    """R's table of six forms: three of its columns, one after the other."""

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        columns = case_of(self.case)["values"][self.key]["value"]["columns"]
        theirs = [value for name in ("ICC", "lower", "upper") for value in columns[name]]
        return list(zip(self.ours(), theirs, strict=True))


def six_forms(ratings: pd.DataFrame) -> list[float | None]:
    found = [icc(ratings, form) for form in FORMS]
    return [getattr(estimate, part) for part in ("value", "low", "high") for estimate in found]


def with_limits(ratings: pd.DataFrame, form: Any) -> dict[str, Any]:
    found = icc(ratings, form)
    return {"icc": found.value, "lower": found.low, "upper": found.high}


def both_errors(ratings: pd.DataFrame) -> dict[str, Any]:
    found = measurement_error(ratings)
    return {
        "sem_agreement": found.sem_agreement,
        "sem_consistency": found.sem_consistency,
        "sdc_ind_agreement": found.sdc_agreement,
        "sdc_ind_consistency": found.sdc_consistency,
    }


def errors_only(ratings: pd.DataFrame) -> dict[str, Any]:
    return {name: value for name, value in both_errors(ratings).items() if name.startswith("sem_")}


def limits(pair: Pair) -> dict[str, Any]:
    found = bland_altman(*pair)
    return {"bias": found.bias.value, "lower": found.lower.value, "upper": found.upper.value}


def _errors() -> Iterator[Comparison]:
    for name, data in (("anxiety_icc_kappa", "irr_anxiety"), ("shrout_fleiss_icc", "shrout_fleiss")):
        ours = partial(errors_only, table(f"{data}.csv"))
        yield Comparison("SEM, SDC", name, "sem_agreement", ours)
    for name, pair in PAIRS.items():
        together = partial(both_errors, pd.concat(pair(), axis=1))
        yield Comparison("SEM, SDC", name, "sem_agreement_consistency", together)
        yield Comparison("limits of agreement", name, "bland_altman_loa", partial(limits, pair()))
