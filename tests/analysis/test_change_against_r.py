"""Paired change equals R's stats, effectsize and exactRankTests, key by key (see KEYS)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.change import PairedChange, paired_change
from analysis.reliability import cronbach_alpha
from analysis.signed_rank import TAILS, doubled_ranks, signed_rank
from analysis.targets import mean_above, proportion
from tests.analysis.reference import case_of, close, items_of, table

Pair = tuple["pd.Series[Any]", "pd.Series[Any]"]


def sleep() -> Pair:
    groups = [part.set_index("ID")["extra"] for _, part in table("sleep.csv").groupby("group")]
    return groups[0], groups[1]


def sai() -> Pair:
    case = case_of("sai_xray_prepost")
    scores = []
    for time in (1, 2):
        items = items_of(case, f"time == {time}")
        score = 20 * items.mean(axis=1).where(items.notna().mean(axis=1) >= 0.5)
        scores.append(score.set_axis(table("sai_xray.csv").query(f"time == {time}")["id"]))
    both = pd.concat(scores, axis=1, keys=["before", "after"])
    return both["before"], both["after"]


PAIRS: dict[str, Callable[[], Pair]] = {"sleep_paired_n10": sleep, "sai_xray_prepost": sai}


def normal_p(pair: Pair) -> float:
    d = np.rint((pair[1] - pair[0]).dropna().to_numpy() * 1e9).astype(np.int64)
    ranks = doubled_ranks(np.abs(d[d != 0]))
    return 2 * min(TAILS["normal"](ranks, int(ranks[d[d != 0] > 0].sum())))


def v(pair: Pair) -> Any:
    found = signed_rank((pair[1] - pair[0]).dropna().to_numpy())
    return found and found.v


def above_zero(pair: Pair) -> Any:
    return mean_above(pair[1] - pair[0], 0.0)


KEYS: dict[str, Callable[[PairedChange, Pair], Any]] = {
    "n_pairs": lambda c, _: c.n,
    "means_sds": lambda c, _: {
        "pre": c.mean_before,
        "post": c.mean_after,
        "sd_pre": c.sd_before,
        "sd_post": c.sd_after,
        "diff": c.mean_difference.value,
        "sd_diff": c.sd_difference,
        "r": c.correlation,
    },
    "t_paired": lambda c, _: {
        "t": c.t,
        "df": c.n - 1,
        "p": c.p_t,
        "lower": c.mean_difference.low,
        "upper": c.mean_difference.high,
    },
    "t_paired_greater_p": lambda _, pair: above_zero(pair).p_t,
    "wilcoxon_exact_conditional": lambda c, pair: {"V": v(pair), "p": c.p_wilcoxon},
    "wilcoxon_asymptotic_nocorrect": lambda _, pair: {"V": v(pair), "p": normal_p(pair)},
    "sign_test": lambda c, _: {"pos": c.improved, "neg": c.worsened, "zero": c.unchanged, "p": c.p_sign},
    "dz_srm": lambda c, _: c.dz,
    "cohen_d_paired_ci": lambda c, _: {
        "d": c.dz_interval.value,
        "lower": c.dz_interval.low,
        "upper": c.dz_interval.high,
    },
    "hedges_g_paired_ci": lambda c, _: {"g": c.gz.value, "lower": c.gz.low, "upper": c.gz.high},
    "d_av": lambda c, _: c.d_av,
    "d_baseline_glass": lambda c, _: c.glass,
    "d_rm": lambda c, _: c.d_rm,
    "share_improved": lambda c, _: {
        "improved": c.improved / c.n,
        "unchanged": c.unchanged / c.n,
        "worse": c.worsened / c.n,
    },
    "share_improved_wilson": lambda c, _: {
        "p": c.share_improved.value,
        "lower": c.share_improved.low,
        "upper": c.share_improved.high,
    },
    "share_improved_gt70_binom_p": lambda c, _: proportion(c.improved, c.n, target=0.7).p_exact,
}
PARTS: dict[str, tuple[str, Callable[[PairedChange], Any]]] = {
    "hodges_lehmann": ("est", lambda c: c.hodges_lehmann),
    "rank_biserial_paired": ("r", lambda c: c.rank_biserial),
}
"""Keys of which only one part is an anchor: R's limits differ between its own functions."""


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", PAIRS)
def test_paired_change_equals_what_r_computes(name: str, key: str) -> None:
    pair, entry = PAIRS[name](), case_of(name)["values"][key]
    assert KEYS[key](paired_change(*pair), pair) == close(entry["value"], entry["tolerance"])


@pytest.mark.parametrize("key", PARTS)
@pytest.mark.parametrize("name", PAIRS)
def test_part_of_paired_change_equals_r(name: str, key: str) -> None:
    entry, (part, ours) = case_of(name)["values"][key], PARTS[key]
    assert ours(paired_change(*PAIRS[name]())) == close(entry["value"][part], entry["tolerance"])


def test_alpha_before_equals_what_r_computes() -> None:
    case = case_of("sai_xray_prepost")
    entry = case["values"]["alpha_pre_listwise"]
    alpha = cronbach_alpha(items_of(case, "time == 1"), missing="listwise")
    assert alpha.value == close(entry["value"], entry["tolerance"])
