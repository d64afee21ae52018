"""Items, alpha, omega and the standard error from alpha, on seven data sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from analysis.hierarchical import omega_hierarchical, schmid_leiman
from analysis.items import floor_ceiling, item_statistics
from analysis.measurement import standard_error
from analysis.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    inter_item_correlation,
    item_rest_correlation,
    omega_total,
)
from tests.analysis.against_r.comparison import Comparison
from tests.analysis.reference import case_of, items_of, table

CASES = (
    "acl_mokken_H",
    "bfi_A_reliability",
    "bfi_C_reliability",
    "bfi_E_reliability",
    "bfi_n120_20items_reliability",
    "bfi_n30_N_reliability",
    "sai_xray_t1_reliability",
)

Compute = Callable[[pd.DataFrame, list[int]], Any]


def column(name: str) -> Compute:
    return lambda items, scale: item_statistics(items, *scale)[name].to_dict()


def alpha(**options: Any) -> Compute:
    return lambda items, scale: cronbach_alpha(items, **options).value


def feldt(items: pd.DataFrame, scale: list[int]) -> Any:
    estimate = cronbach_alpha(items, missing="listwise")
    return {"lower": estimate.low, "upper": estimate.high}


def ends(items: pd.DataFrame, scale: list[int]) -> Any:
    shares = floor_ceiling(items.dropna().mean(axis=1), *scale)
    return {"floor": 100 * (shares.floor.value or 0), "ceiling": 100 * (shares.ceiling.value or 0)}


def sem(items: pd.DataFrame, scale: list[int]) -> Any:
    reliability = cronbach_alpha(items, missing="listwise").value
    return standard_error(float(items.dropna().mean(axis=1).std()), reliability or 0)


KEYS: dict[str, tuple[str, Compute]] = {
    "n_rows": ("counts of answers", lambda items, _: len(items)),
    "n_complete": ("counts of answers", lambda items, _: cronbach_alpha(items).n),
    "n_missing_by_item": ("counts of answers", column("missing")),
    "item_mean": ("mean, SD of an item", column("mean")),
    "item_sd": ("mean, SD of an item", column("sd")),
    "item_skew_type3": ("skewness, kurtosis", column("skew")),
    "item_kurtosis_type3": ("skewness, kurtosis", column("kurtosis")),
    "item_floor_pct": ("floor, ceiling", column("floor_percent")),
    "item_ceiling_pct": ("floor, ceiling", column("ceiling_percent")),
    "score_floor_ceiling_pct_listwise": ("floor, ceiling", ends),
    "alpha_raw_pairwise": ("alpha", alpha()),
    "alpha_raw_listwise": ("alpha", alpha(missing="listwise")),
    "alpha_std_pairwise": ("standardized alpha", alpha(standardized=True)),
    "alpha_std_listwise": ("standardized alpha", alpha(standardized=True, missing="listwise")),
    "alpha_listwise_feldt_ci95": ("interval of alpha", feldt),
    "alpha_listwise_feldt_ci95_psych": ("interval of alpha", feldt),
    "average_r": ("inter-item r", lambda items, _: inter_item_correlation(items).mean.value),
    "median_r": ("inter-item r", lambda items, _: inter_item_correlation(items).median.value),
    "alpha_drop_raw": ("alpha if dropped", lambda items, _: alpha_if_dropped(items).to_dict()),
    "item_rest_r_drop": ("item-rest r", lambda items, _: item_rest_correlation(items).to_dict()),
    "item_rest_r_listwise": (
        "item-rest r",
        lambda items, _: item_rest_correlation(items, missing="listwise").to_dict(),
    ),
    "omega_cfa_1factor_ML_listwise": ("omega", lambda items, _: omega_total(items).value),
    "sem_from_alpha_listwise": ("SEM from a reliability", sem),
}


def comparisons() -> Iterator[Comparison]:
    """Every key of every data set, then omega above group factors."""
    for name in CASES:
        case = case_of(name)
        for key, (statistic, compute) in KEYS.items():
            ours = partial(compute, items_of(case), case["prep"]["scale"])
            yield Comparison(statistic, name, key, ours)
    yield from _hierarchical()


def _hierarchical() -> Iterator[Comparison]:
    name = "bfi_n120_20items_reliability"
    found = omega_hierarchical(items_of(case_of(name)), 4)
    yield Comparison("omega_h", name, "omega_h", lambda: found.omega_h.value)
    yield Comparison("omega_h", name, "omega_total", lambda: found.omega_total.value)
    frame = table("thurstone_corr.csv").set_index("var")
    thurstone, case = schmid_leiman(frame.to_numpy(), 3), "thurstone_omega_h"
    shares = {
        "omega_h": thurstone.general.sum() ** 2 / frame.to_numpy().sum(),
        "omega_total": 1 - thurstone.uniquenesses.sum() / frame.to_numpy().sum(),
    }
    yield Comparison("omega_h", case, "omega", lambda: shares, parts=tuple(shares))
    # R's rotation stops at a slope of 1e-5, ours at 1e-7: hence the fifth digit of a loading.
    general = dict(zip(frame.columns, thurstone.general, strict=True))
    yield Comparison("omega_h", case, "schmid_leiman_g", lambda: general, tolerance=1e-5)
