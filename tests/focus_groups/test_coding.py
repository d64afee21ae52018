"""Double coding: kappa equal to statsmodels', on excerpts that both coded."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa as of_statsmodels

from surveyapp.focus_groups.coding import coding_agreement, cohens_kappa, used_by

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60)


@given(PAIRS)
def test_kappa_equals_that_of_statsmodels(pairs: list[tuple[int, int]]) -> None:
    found = cohens_kappa(pairs)
    table = np.zeros((4, 4))
    for first, second in pairs:
        table[first, second] += 1
    if found.kappa is None:
        assert len({category for pair in pairs for category in pair}) == 1
    else:
        assert found.kappa == pytest.approx(of_statsmodels(table, return_results=False), abs=1e-12)


def test_nothing_coded_twice_has_a_reason() -> None:
    found = cohens_kappa([])
    assert (found.n, found.kappa) == (0, None)
    assert found.reason


def test_only_excerpts_that_both_coded_count() -> None:
    first = {1: {"A", "B"}, 2: {"A"}, 3: {"C"}}
    second = {1: {"A"}, 2: {"A"}, 4: {"D"}}
    assert used_by(first, second) == {"A", "B"}
    found = coding_agreement(first, second, used_by(first, second))
    assert (found.n, found.observed) == (4, 0.75)
    assert found.kappa == pytest.approx(0.5)
