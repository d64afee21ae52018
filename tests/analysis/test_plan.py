"""docs/analysis-plan.md says what is computed, and how close to R it is: it cannot go stale."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.analysis.against_r import ALL
from tests.analysis.plan import PLAN, ROWS, written

ANALYSIS = Path(__file__).parents[2] / "analysis"
INSIDE = {
    *("arrays", "covariance", "estimate", "hiding", "inputs", "intervals", "rank_sum", "resampling"),
    *("search", "signed_rank", "squares"),
}
"""Modules of which the others are made."""


def test_the_table_holds_what_the_comparisons_give() -> None:
    assert PLAN.read_text(encoding="utf-8") == written(), "write it anew: python -m tests.analysis.plan"


def test_every_comparison_has_its_row() -> None:
    assert {comparison.statistic for comparison in ALL} == set(ROWS)


def test_no_comparison_is_made_twice() -> None:
    ids = [comparison.id for comparison in ALL]
    assert len(ids) == len(set(ids))


def test_every_public_function_is_in_the_plan() -> None:
    text = PLAN.read_text(encoding="utf-8")
    for path in sorted(ANALYSIS.glob("*.py")):
        if path.stem in INSIDE:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert node.name in text, f"{path.name}: {node.name}"
