"""Every number that R computed too equals R's, within the tolerance of the case (see against_r/)."""

from __future__ import annotations

import pytest

from tests.analysis.against_r import ALL
from tests.analysis.against_r.comparison import Comparison


@pytest.mark.parametrize("comparison", ALL, ids=lambda comparison: comparison.id)
def test_our_number_equals_what_r_computes(comparison: Comparison) -> None:
    tolerance = comparison.allowed
    assert [ours for ours, _ in comparison.pairs] == [
        None if theirs is None else pytest.approx(theirs, rel=tolerance, abs=tolerance)
        for _, theirs in comparison.pairs
    ]
    assert comparison.difference <= 2 * tolerance
