"""Paired and reliable change, effect sizes, signed ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import sqrt
from typing import Any

import numpy as np

from analysis.change import PairedChange, paired_change, reliable_change
from analysis.measurement import standard_error
from analysis.reliability import cronbach_alpha
from analysis.signed_rank import TAILS, doubled_ranks, signed_rank
from analysis.targets import mean_above, proportion
from tests.analysis.against_r.comparison import Comparison
from tests.analysis.pairs import PAIRS, Pair
from tests.analysis.reference import case_of, items_of

Compute = Callable[[PairedChange, Pair], Any]


def normal_p(pair: Pair) -> float:
    d = np.rint((pair[1] - pair[0]).dropna().to_numpy() * 1e9).astype(np.int64)
    ranks = doubled_ranks(np.abs(d[d != 0]))
    return 2 * min(TAILS["normal"](ranks, int(ranks[d[d != 0] > 0].sum())))


def v(pair: Pair) -> Any:
    found = signed_rank((pair[1] - pair[0]).dropna().to_numpy())
    return found and found.v


def above_zero(pair: Pair) -> Any:
    return mean_above(pair[1] - pair[0], 0.0)


def retest(change: PairedChange, pair: Pair) -> Any:
    return reliable(pair, change.correlation or 0)


def reliable(pair: Pair, reliability: float) -> dict[str, Any]:
    found = reliable_change(*pair, reliability)
    return {
        "reliability": found.reliability,
        "s_diff": sqrt(2) * (found.sem or 0),
        "improved": found.improved,
        "unchanged": found.unchanged,
        "deteriorated": found.worsened,
    }


KEYS: dict[str, tuple[str, Compute]] = {
    "n_pairs": ("paired change", lambda c, _: c.n),
    "means_sds": (
        "paired change",
        lambda c, _: {
            "pre": c.mean_before,
            "post": c.mean_after,
            "sd_pre": c.sd_before,
            "sd_post": c.sd_after,
            "diff": c.mean_difference.value,
            "sd_diff": c.sd_difference,
            "r": c.correlation,
        },
    ),
    "t_paired": (
        "paired change",
        lambda c, _: {
            "t": c.t,
            "df": c.n - 1,
            "p": c.p_t,
            "lower": c.mean_difference.low,
            "upper": c.mean_difference.high,
        },
    ),
    "t_paired_greater_p": ("paired change", lambda _, pair: above_zero(pair).p_t),
    "wilcoxon_exact_conditional": ("signed ranks, exact", lambda c, pair: {"V": v(pair), "p": c.p_wilcoxon}),
    "wilcoxon_asymptotic_nocorrect": (
        "signed ranks, normal",
        lambda _, pair: {"V": v(pair), "p": normal_p(pair)},
    ),
    "sign_test": (
        "sign test",
        lambda c, _: {"pos": c.improved, "neg": c.worsened, "zero": c.unchanged, "p": c.p_sign},
    ),
    "dz_srm": ("dz (SRM), gz", lambda c, _: c.dz),
    "cohen_d_paired_ci": (
        "dz (SRM), gz",
        lambda c, _: {"d": c.dz_interval.value, "lower": c.dz_interval.low, "upper": c.dz_interval.high},
    ),
    "hedges_g_paired_ci": (
        "dz (SRM), gz",
        lambda c, _: {"g": c.gz.value, "lower": c.gz.low, "upper": c.gz.high},
    ),
    "d_av": ("d_av, Glass, d_rm", lambda c, _: c.d_av),
    "d_baseline_glass": ("d_av, Glass, d_rm", lambda c, _: c.glass),
    "d_rm": ("d_av, Glass, d_rm", lambda c, _: c.d_rm),
    "share_improved": (
        "share improved",
        lambda c, _: {
            "improved": c.improved / c.n,
            "unchanged": c.unchanged / c.n,
            "worse": c.worsened / c.n,
        },
    ),
    "share_improved_wilson": (
        "share improved",
        lambda c, _: {
            "p": c.share_improved.value,
            "lower": c.share_improved.low,
            "upper": c.share_improved.high,
        },
    ),
    "share_improved_gt70_binom_p": (
        "share against a target",
        lambda c, _: proportion(c.improved, c.n, target=0.7).p_exact,
    ),
    "rci_retest_r": ("reliable change", retest),
    "one_sem_mid_retest": (
        "SEM from a reliability",
        lambda c, _: standard_error(c.sd_before or 0, c.correlation or 0),
    ),
}
# Of these one part is an anchor: R's own functions disagree about the limits.
PARTS: dict[str, tuple[str, str, Callable[[PairedChange], Any]]] = {
    "hodges_lehmann": ("Hodges-Lehmann", "est", lambda c: c.hodges_lehmann),
    "rank_biserial_paired": ("rank-biserial", "r", lambda c: c.rank_biserial),
}


def comparisons() -> Iterator[Comparison]:
    """Every key of both data sets, and reliable change by alpha."""
    for name, build in PAIRS.items():
        pair = build()
        change = paired_change(*pair)
        for key, (statistic, compute) in KEYS.items():
            yield Comparison(statistic, name, key, partial(compute, change, pair))
        for key, (statistic, part, value) in PARTS.items():
            ours = partial(lambda part, value, change: {part: value(change)}, part, value, change)
            yield Comparison(statistic, name, key, ours, parts=(part,))
    name = "sai_xray_prepost"
    alpha = cronbach_alpha(items_of(case_of(name), "time == 1"), missing="listwise").value or 0
    yield Comparison("alpha", name, "alpha_pre_listwise", lambda: alpha)
    yield Comparison("reliable change", name, "rci_alpha", partial(reliable, PAIRS[name](), alpha))
