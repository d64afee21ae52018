"""Omega above group factors: rotation, when there is none, what is refused."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis import hierarchical
from analysis.hierarchical import minres, oblimin, omega_hierarchical
from tests.analysis.reference import case_of, items_of


def twenty() -> pd.DataFrame:
    return items_of(case_of("bfi_n120_20items_reliability"))


def test_the_general_factor_explains_less_than_all() -> None:
    found = omega_hierarchical(twenty(), 4)
    assert found.omega_h.value is not None
    assert found.omega_total.value is not None
    assert 0 < found.omega_h.value < found.omega_total.value < 1
    assert (found.omega_h.estimator, found.omega_total.estimator) == ("omega_h(4)", "omega_total(4)")
    assert found.general is not None
    assert found.general.index.tolist() == twenty().columns.tolist()


def test_clean_clusters_rotate_to_clean_patterns() -> None:
    pattern = np.kron(np.eye(3), [[0.8], [0.7], [0.6]])
    mixed = pattern @ np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    found, between = oblimin(mixed)
    assert np.sort(np.abs(found), axis=1)[:, :2] == pytest.approx(np.zeros((9, 2)), abs=1e-5)
    assert np.abs(between) == pytest.approx(np.eye(3), abs=1e-5)


def test_a_rotation_that_never_gets_flat_still_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hierarchical, "FLAT", 0.0)
    loadings = minres(twenty().corr().to_numpy(), 4)
    assert np.isfinite(oblimin(loadings)[0]).all()


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (twenty().assign(same=1.0), "tutti hanno risposto allo stesso modo"),
        (twenty().assign(twin=lambda items: items.iloc[:, 0]), "le domande non si distinguono abbastanza"),
        (pd.DataFrame(np.kron(np.eye(6), [[1], [2]])).replace(0, np.nan), "abbastanza risposte in comune"),
    ],
)
def test_what_has_no_hierarchy_has_a_reason(items: pd.DataFrame, reason: str) -> None:
    found = omega_hierarchical(items)
    assert (found.omega_h.value, found.omega_total.value, found.general) == (None, None, None)
    assert found.omega_h.reason == found.omega_total.reason
    assert reason in (found.omega_h.reason or "")


def test_too_many_factors_are_improper() -> None:
    answers = np.random.default_rng(3).integers(1, 5, size=(14, 8)).astype(float)
    found = omega_hierarchical(pd.DataFrame(answers), 4)
    assert found.omega_h.value is None
    assert "varianza residua" in (found.omega_h.reason or "")


@pytest.mark.parametrize("factors", [2, 11])
def test_a_wrong_number_of_factors_is_refused(factors: int) -> None:
    with pytest.raises(ValueError, match=re.escape("factors must be at least 3, with two items each.")):
        omega_hierarchical(twenty(), factors)


def test_loadings_mostly_negative_are_turned_round() -> None:
    found, turned = omega_hierarchical(twenty(), 4), omega_hierarchical(7 - twenty(), 4)
    assert found.general is not None
    assert turned.general is not None
    assert found.general.sum() > 0
    assert turned.general.tolist() == pytest.approx(found.general.tolist(), abs=1e-4)
