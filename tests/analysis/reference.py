"""Reads the cases that R computed, from tests/reference."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.items import reverse

HERE = Path(__file__).parents[1] / "reference"


@cache
def case_of(name: str) -> dict[str, Any]:
    """Return a case: what R was given (`prep`, `data`) and what it computed (`values`)."""
    case: dict[str, Any] = json.loads((HERE / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return case


def items_of(case: dict[str, Any], rows: str | None = None) -> pd.DataFrame:
    """Return the items of a case, reversed as R did, of the rows that its filter (or `rows`) keeps."""
    prep = case["prep"]
    data = table(case["data"])
    wanted = rows or prep.get("filter")
    items = (data.query(wanted) if wanted else data)[prep["items"]].copy()
    turned = prep.get("reverse", [])
    return reverse(items, [turned] if isinstance(turned, str) else turned, *prep["scale"])


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / "data" / name)


def expected(case: dict[str, Any], key: str) -> Any:
    """Return R's value of a key, to be compared within the tolerance that the case declares."""
    entry = case["values"][key]
    return close(entry["value"], entry["tolerance"])


def close(value: Any, tolerance: float) -> Any:
    return pytest.approx(value, rel=tolerance, abs=tolerance)
