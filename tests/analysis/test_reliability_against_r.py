"""Items and reliability equal R's psych on six data sets, key by key (see KEYS)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest

from analysis.items import floor_ceiling, item_statistics
from analysis.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    inter_item_correlation,
    item_rest_correlation,
)
from tests.analysis.reference import case_of, expected, items_of

CASES = [
    "bfi_A_reliability",
    "bfi_C_reliability",
    "bfi_E_reliability",
    "bfi_n120_20items_reliability",
    "bfi_n30_N_reliability",
    "sai_xray_t1_reliability",
]


def column(name: str) -> Callable[[pd.DataFrame, list[int]], Any]:
    return lambda items, scale: item_statistics(items, *scale)[name].to_dict()


def alpha(**options: Any) -> Callable[[pd.DataFrame, list[int]], Any]:
    return lambda items, scale: cronbach_alpha(items, **options).value


def feldt(items: pd.DataFrame, scale: list[int]) -> Any:
    estimate = cronbach_alpha(items, missing="listwise")
    return {"lower": estimate.low, "upper": estimate.high}


def ends(items: pd.DataFrame, scale: list[int]) -> Any:
    shares = floor_ceiling(items.dropna().mean(axis=1), *scale)
    return {"floor": 100 * (shares.floor.value or 0), "ceiling": 100 * (shares.ceiling.value or 0)}


KEYS: dict[str, Callable[[pd.DataFrame, list[int]], Any]] = {
    "n_rows": lambda items, _: len(items),
    "n_complete": lambda items, _: cronbach_alpha(items).n,
    "n_missing_by_item": column("missing"),
    "item_mean": column("mean"),
    "item_sd": column("sd"),
    "item_skew_type3": column("skew"),
    "item_kurtosis_type3": column("kurtosis"),
    "item_floor_pct": column("floor_percent"),
    "item_ceiling_pct": column("ceiling_percent"),
    "alpha_raw_pairwise": alpha(),
    "alpha_raw_listwise": alpha(missing="listwise"),
    "alpha_std_pairwise": alpha(standardized=True),
    "alpha_std_listwise": alpha(standardized=True, missing="listwise"),
    "alpha_listwise_feldt_ci95": feldt,
    "alpha_listwise_feldt_ci95_psych": feldt,
    "average_r": lambda items, _: inter_item_correlation(items).mean.value,
    "median_r": lambda items, _: inter_item_correlation(items).median.value,
    "alpha_drop_raw": lambda items, _: alpha_if_dropped(items).to_dict(),
    "item_rest_r_drop": lambda items, _: item_rest_correlation(items).to_dict(),
    "item_rest_r_listwise": lambda items, _: item_rest_correlation(items, missing="listwise").to_dict(),
    "score_floor_ceiling_pct_listwise": ends,
}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", CASES)
def test_items_and_reliability_equal_what_psych_computes(name: str, key: str) -> None:
    case = case_of(name)
    assert KEYS[key](items_of(case), case["prep"]["scale"]) == expected(case, key)


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
@pytest.mark.parametrize("name", CASES)
def test_alpha_equals_what_pingouin_computes(name: str, missing: Any) -> None:
    items = items_of(case_of(name))
    value, _ = pingouin.cronbach_alpha(items, nan_policy=missing)
    assert cronbach_alpha(items, missing=missing).value == pytest.approx(value, abs=1e-12)


def test_the_bootstrap_equals_pingouin_resample_by_resample() -> None:
    items = items_of(case_of("bfi_n120_20items_reliability"))
    picks = np.random.default_rng(5).integers(len(items), size=(40, len(items)))
    alphas = [pingouin.cronbach_alpha(items.iloc[rows])[0] for rows in picks]
    ours = cronbach_alpha(items, interval="bootstrap", draws=40, seed=5)
    assert (ours.low, ours.high) == pytest.approx(tuple(np.quantile(alphas, [0.025, 0.975])), abs=1e-12)
