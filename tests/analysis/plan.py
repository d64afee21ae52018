"""Writes the table of docs/analysis-plan.md from what the comparisons with R give.

python -m tests.analysis.plan
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, log10
from pathlib import Path

from tests.analysis.against_r import ALL
from tests.analysis.against_r.comparison import Comparison

PLAN = Path(__file__).parents[2] / "docs" / "analysis-plan.md"
START, END = "<!-- written by tests/analysis/plan.py -->", "<!-- end -->"
LEAST_SHOWN = -9
"""Differences below 1e-9 are arithmetic: they change with the machine and are shown as this."""


@dataclass(frozen=True)
class Row:
    """What a statistic is, where its formula comes from, what R calls it."""

    function: str
    source: str
    missing: str
    r: str


ROWS: dict[str, Row] = {
    "counts of answers": Row("items.item_statistics", "counting", "each item", "is.na, complete.cases"),
    "mean, SD of an item": Row("items.item_statistics", "n - 1", "each item", "mean, sd"),
    "skewness, kurtosis": Row(
        "items.item_statistics", "Joanes & Gill 1998, b1, b2", "each item", "psych::skew, kurtosi (type 3)"
    ),
    "floor, ceiling": Row("items.floor_ceiling", "McHorney 1995, Wilson 1927", "valid", "mean(x == lo)"),
    "alpha": Row(
        "reliability.cronbach_alpha", "Cronbach 1951", "pairwise or listwise", "psych::alpha, raw_alpha"
    ),
    "standardized alpha": Row(
        "reliability.cronbach_alpha", "Cronbach 1951", "pairwise or listwise", "psych::alpha, std.alpha"
    ),
    "interval of alpha": Row(
        "reliability.cronbach_alpha", "Feldt 1965", "complete n", "psych::alpha()$feldt, qf"
    ),
    "inter-item r": Row(
        "reliability.inter_item_correlation", "Pearson", "pairwise or listwise", "psych::alpha, average_r"
    ),
    "alpha if dropped": Row(
        "reliability.alpha_if_dropped", "Cronbach 1951", "pairwise or listwise", "psych::alpha()$alpha.drop"
    ),
    "item-rest r": Row(
        "reliability.item_rest_correlation", "Nunnally 1978", "pairwise or listwise", "psych::alpha, r.drop"
    ),
    "omega": Row(
        "reliability.omega_total",
        "McDonald 1999, Joreskog 1967 (ML)",
        "listwise",
        "semTools::compRelSEM(lavaan::cfa)",
    ),
    "omega_h": Row(
        "hierarchical.omega_hierarchical",
        "Zinbarg 2005, Schmid & Leiman 1957",
        "pairwise",
        "psych::omega (minres, oblimin)",
    ),
    "ICC": Row(
        "reliability.icc", "McGraw & Wong 1996, Shrout & Fleiss 1979", "listwise", "psych::ICC, irr::icc"
    ),
    "kappa": Row(
        "agreement.weighted_kappa, share_agreement",
        "Cohen 1960, 1968; Fleiss, Cohen & Everitt 1969",
        "complete pairs",
        "psych::cohen.kappa, vcd::Kappa, irr::kappa2",
    ),
    "Krippendorff's alpha": Row(
        "agreement.krippendorff_alpha",
        "Krippendorff 2011",
        "units with two ratings",
        "own code from the formula; irr::kripp.alpha where it is right",
    ),
    "SEM, SDC": Row("measurement.measurement_error", "de Vet 2006", "listwise", "mean squares"),
    "SEM from a reliability": Row(
        "measurement.standard_error", "Lord 1952", "listwise", "sd(x) * sqrt(1 - r)"
    ),
    "limits of agreement": Row(
        "measurement.bland_altman", "Bland & Altman 1986", "complete pairs", "mean(d) -+ 1.96 * sd(d)"
    ),
    "paired change": Row("change.paired_change", "Student 1908", "complete pairs", "t.test(paired = TRUE)"),
    "signed ranks, exact": Row(
        "change.paired_change",
        "Wilcoxon 1945; Streitberg & Rohmel 1986",
        "complete pairs",
        "exactRankTests::wilcox.exact",
    ),
    "signed ranks, normal": Row(
        "change.paired_change", "Wilcoxon 1945", "complete pairs", "wilcox.test(exact = FALSE)"
    ),
    "Hodges-Lehmann": Row(
        "change.paired_change",
        "Hodges & Lehmann 1963",
        "complete pairs",
        "wilcox.test(conf.int = TRUE); R's root finder stops at 1e-4",
    ),
    "sign test": Row("change.paired_change", "Arbuthnot 1710", "complete pairs", "binom.test"),
    "dz (SRM), gz": Row(
        "change.paired_change",
        "Steiger & Fouladi 1997, Hedges 1981",
        "complete pairs",
        "effectsize::cohens_d, hedges_g (paired)",
    ),
    "d_av, Glass, d_rm": Row(
        "change.paired_change", "Glass 1976, Morris & DeShon 2002", "complete pairs", "from means and SDs"
    ),
    "rank-biserial": Row("change.paired_change", "Kerby 2014", "complete pairs", "effectsize::rank_biserial"),
    "share improved": Row(
        "change.paired_change", "Wilson 1927", "complete pairs", "prop.test(correct = FALSE)"
    ),
    "reliable change": Row(
        "change.reliable_change", "Jacobson & Truax 1991", "complete pairs", "from sd(x) and r"
    ),
    "share and its interval": Row(
        "targets.proportion", "Wilson 1927", "valid; bounds if missing", "prop.test(correct = FALSE)"
    ),
    "share against a target": Row(
        "targets.proportion", "Clopper & Pearson 1934", "valid; bounds if missing", "binom.test"
    ),
    "mean against a target": Row(
        "targets.mean_above", "Student 1908, Wilcoxon 1945", "valid", "t.test, exactRankTests::wilcox.exact"
    ),
    "two shares": Row(
        "shares.compare_shares", "Newcombe 1998 (10), Fisher 1935", "valid", "prop.test twice, fisher.test"
    ),
    "gained and lost": Row("shares.mcnemar_exact", "McNemar 1947", "complete pairs", "binom.test"),
    "Holm": Row("multiple.holm", "Holm 1979", "not counted", "p.adjust"),
    "Hedges' g of two groups": Row(
        "groups.compare_groups", "Hedges 1981, Steiger & Fouladi 1997", "valid", "effectsize::hedges_g"
    ),
    "rank sums": Row(
        "groups.compare_groups", "Mann & Whitney 1947", "valid", "wilcox.test, effectsize::cliffs_delta"
    ),
    "density": Row(
        "network.density, density_change", "Wasserman & Faust 1994", "declared nodes", "igraph::edge_density"
    ),
}
HEADER = (
    "| statistic | function | formula | missing | in R | numbers | largest difference |\n"
    "|---|---|---|---|---|---|---|"
)


def table() -> str:
    """The table: one line a statistic, in the order of `ROWS`."""
    found: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in ALL:
        found[comparison.statistic].append(comparison)
    lines = [_line(name, row, found[name]) for name, row in ROWS.items()]
    total = sum(len(comparison.pairs) for comparison in ALL)
    return "\n".join([HEADER, *lines, "", f"{total} numbers in all."])


def written() -> str:
    """The document with its table as it should be."""
    text = PLAN.read_text(encoding="utf-8")
    before, rest = text.split(START)
    return f"{before}{START}\n{table()}\n{END}{rest.split(END)[1]}"


def _line(name: str, row: Row, comparisons: list[Comparison]) -> str:
    numbers = sum(len(comparison.pairs) for comparison in comparisons)
    largest = bound(max(comparison.difference for comparison in comparisons))
    cells = (name, f"`{row.function}`", row.source, row.missing, f"`{row.r}`", str(numbers), largest)
    return f"| {' | '.join(cells)} |"


def bound(difference: float) -> str:
    """The power of ten that a difference stays below."""
    power = LEAST_SHOWN if difference == 0 else max(LEAST_SHOWN, ceil(log10(difference)))
    return f"< 1e{power}"


if __name__ == "__main__":
    PLAN.write_text(written(), encoding="utf-8")
