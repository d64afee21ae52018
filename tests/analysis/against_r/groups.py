"""Two independent groups, and the density of a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.groups import compare_groups
from analysis.network import DensityChange, Network, density, density_change
from analysis.rank_sum import rank_sum
from tests.analysis.against_r.comparison import Comparison
from tests.analysis.reference import case_of, table

GROUPS, NETWORK = "satact_known_groups", "network_density"


def genders() -> tuple[pd.Series[Any], pd.Series[Any]]:
    data = table("sat_act.csv")
    return data.query("gender == 1")["SATQ"], data.query("gender == 2")["SATQ"]


def networks() -> tuple[Network, Network]:
    ties, nodes = table("network_open.csv"), case_of(NETWORK)["prep"]
    before, after = (
        Network(nodes[f"nodes_t{time}"], list(ties.query(f"t == {time}")[["a", "b"]].itertuples(index=False)))
        for time in (0, 1)
    )
    return before, after


def growth() -> DensityChange:
    return density_change(*networks())


def comparisons() -> Iterator[Comparison]:
    """Every key about groups and the network."""
    found = compare_groups(*genders())
    g = {"g": found.hedges_g.value, "lower": found.hedges_g.low, "upper": found.hedges_g.high}
    yield Comparison("Hedges' g of two groups", GROUPS, "hedges_g", lambda: g)
    counts = {"1": found.n_first, "2": found.n_second}
    yield Comparison("Hedges' g of two groups", GROUPS, "n_by_group", lambda: counts)
    ranks = rank_sum(*(group.dropna().to_numpy(dtype=float) for group in genders()))
    assert ranks is not None
    yield Comparison("rank sums", GROUPS, "mannwhitney", lambda: {"W": ranks.u, "p": ranks.two_sided})
    delta = {"delta": ranks.rank_biserial}
    yield Comparison("rank sums", GROUPS, "cliffs_delta", lambda: delta, parts=("delta",))
    yield Comparison("density", NETWORK, "density_baseline", lambda: density(*networks()[0]))
    yield Comparison("density", NETWORK, "density_followup", lambda: growth().full.after)
    yield Comparison("density", NETWORK, "density_followup_common_nodes", lambda: growth().common.after)
    yield Comparison("density", NETWORK, "density_baseline_common_nodes", lambda: growth().common.before)
    yield Comparison("density", NETWORK, "relative_change_pct", lambda: 100 * (growth().full.change or 0))
