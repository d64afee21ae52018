"""Alpha and its company: edge cases, missing answers, intervals, what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.intervals import feldt_limits
from analysis.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    inter_item_correlation,
    item_rest_correlation,
)
from analysis.resampling import bootstrap_alphas
from tests.analysis.reference import case_of, items_of

SIX_PEOPLE = pd.DataFrame(
    [[4, 4, 3, 5, 4], [2, 3, 2, 2, 3], [5, 4, 5, 5, 4], [3, 3, 3, 2, 3], [4, 5, 4, 4, 5], [1, 2, 2, 1, 2]]
)
SCALES = arrays.arrays(float, st.tuples(st.integers(5, 15), st.integers(2, 6)), elements=st.integers(1, 5))
NAN = float("nan")


def frame(*columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(dict(enumerate(columns)), dtype=float)


def test_alpha_of_six_people_is_as_planned() -> None:
    found = cronbach_alpha(SIX_PEOPLE)
    assert found.value == pytest.approx(0.954, abs=5e-4)
    assert (found.n, found.estimator, found.missing, found.interval, found.reason) == (
        6,
        "cronbach_alpha",
        "pairwise",
        "feldt",
        None,
    )


def test_a_wider_level_gives_wider_limits() -> None:
    usual, wide = cronbach_alpha(SIX_PEOPLE), cronbach_alpha(SIX_PEOPLE, level=0.99)
    assert usual.low is not None
    assert usual.high is not None
    assert wide.low is not None
    assert wide.high is not None
    assert wide.low < usual.low < usual.high < wide.high


@pytest.mark.parametrize(("n", "limits"), [(30, (0.66, 0.89)), (120, (0.74, 0.85))])
def test_feldt_limits_are_those_planned_for(n: int, limits: tuple[float, float]) -> None:
    assert feldt_limits(0.8, n, 5, 0.95) == pytest.approx(limits, abs=0.005)


def test_a_pairwise_alpha_uses_the_complete_n() -> None:
    items = SIX_PEOPLE.astype(float)
    items.iloc[0, 0] = np.nan
    found = cronbach_alpha(items)
    assert found.n == 5
    assert cronbach_alpha(items, missing="listwise").n == 5
    assert found.value != cronbach_alpha(items, missing="listwise").value


def test_a_negative_alpha_is_not_cut_off() -> None:
    found = cronbach_alpha(frame([1, 2, 3, 4, 5], [5, 4, 3, 2, 2]))
    assert found.value is not None
    assert found.value < -1
    assert found.reason is None


@pytest.mark.parametrize(
    ("items", "options", "reason"),
    [
        (frame([3, 3, 3], [4, 4, 4]), {}, "tutti i valori sono uguali"),
        (frame([1, 2, 3]), {}, "serve più di una domanda"),
        (frame([1, 2, 3], [3, 2, 1]), {}, "la somma delle domande non varia"),
        (frame([1, 2, NAN, NAN], [NAN, NAN, 1, 2]), {}, "abbastanza risposte in comune"),
        (frame([1, NAN, 2], [NAN, 2, 3]), {"missing": "listwise"}, "meno di due persone"),
        (frame([1, NAN, 2], [NAN, NAN, NAN]), {}, "abbastanza risposte in comune"),
        (frame([1, 2, 3], [4, 4, 4]), {"standardized": True}, "hanno risposto allo stesso modo"),
    ],
)
def test_what_has_no_alpha_has_a_reason(items: pd.DataFrame, options: Any, reason: str) -> None:
    found = cronbach_alpha(items, **options)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert found.reason is not None
    assert reason in found.reason


def test_a_constant_item_still_leaves_a_raw_alpha() -> None:
    items = SIX_PEOPLE.assign(same=3)
    assert cronbach_alpha(items).value is not None
    assert alpha_if_dropped(items)["same"] == pytest.approx(cronbach_alpha(SIX_PEOPLE).value)
    assert np.isnan(item_rest_correlation(items)["same"])


def test_alpha_without_complete_rows_has_no_limits() -> None:
    items = frame([1, 2, 1, 3, NAN, NAN], [1, 2, NAN, NAN, 1, 2], [NAN, NAN, 2, 4, 1, 3])
    found = cronbach_alpha(items)
    assert found.value is not None
    assert (found.n, found.low) == (0, None)
    assert found.reason == "intervallo non calcolabile: meno di due persone hanno risposto a tutto"


def test_dropping_one_of_two_leaves_no_alpha() -> None:
    items = frame([1, 2, 3], [1, 3, 2])
    assert alpha_if_dropped(items).isna().all()
    assert item_rest_correlation(items).tolist() == pytest.approx([0.5, 0.5])


def test_alpha_if_dropped_is_alpha_without_that_item() -> None:
    dropped = alpha_if_dropped(SIX_PEOPLE)
    for item in SIX_PEOPLE:
        assert dropped[item] == pytest.approx(cronbach_alpha(SIX_PEOPLE.drop(columns=item)).value)


def test_item_rest_has_no_value_without_rest() -> None:
    items = frame([1, 2, 3, 4], [1, 2, 1, 2], [2, 1, 2, 1])
    found = item_rest_correlation(items)
    assert np.isnan(found[0])
    assert not np.isnan(found[1])


def test_inter_item_r_of_constant_items_has_reason() -> None:
    found = inter_item_correlation(frame([1, 2, 3], [4, 4, 4]))
    assert (found.mean.value, found.median.value) == (None, None)
    assert found.mean.reason == found.median.reason
    assert found.mean.reason == "a una o più domande tutti hanno risposto allo stesso modo"


def test_inter_item_r_knows_mean_and_median() -> None:
    found = inter_item_correlation(SIX_PEOPLE)
    r = SIX_PEOPLE.corr().to_numpy()[np.triu_indices(5, 1)]
    assert (found.mean.value, found.median.value) == pytest.approx((r.mean(), np.median(r)))
    assert (found.mean.estimator, found.median.estimator) == ("mean_inter_item_r", "median_inter_item_r")


def bfi() -> pd.DataFrame:
    return items_of(case_of("bfi_n120_20items_reliability"))


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
@pytest.mark.parametrize("standardized", [False, True])
def test_the_bootstrap_surrounds_alpha_and_repeats(missing: Any, standardized: bool) -> None:
    options: dict[str, Any] = {"missing": missing, "standardized": standardized, "interval": "bootstrap"}
    found = cronbach_alpha(bfi(), **options)
    assert found == cronbach_alpha(bfi(), **options)
    assert found != cronbach_alpha(bfi(), seed=1, **options)
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert 0.7 < found.low < found.value < found.high < 0.9


def test_a_bootstrap_draw_is_alpha_of_its_rows() -> None:
    items, seed = bfi(), 3
    units = np.arange(120)
    for standardized in (False, True):
        drawn = bootstrap_alphas(items.to_numpy(), units, standardized=standardized, draws=5, seed=seed)
        picks = np.random.default_rng(seed).integers(120, size=(5, 120))
        samples = [items.iloc[rows].reset_index(drop=True) for rows in picks]
        ours = [cronbach_alpha(sample, standardized=standardized).value for sample in samples]
        assert drawn.tolist() == pytest.approx(ours)


def test_a_bootstrap_over_groups_draws_whole_groups() -> None:
    items = bfi()
    groups = pd.Series(np.arange(120) // 10, index=items.index)
    found = cronbach_alpha(items, interval="bootstrap", groups=groups, draws=30, seed=2)
    picks = np.random.default_rng(2).integers(12, size=(30, 12))
    samples = [pd.concat([items[groups == g] for g in row], ignore_index=True) for row in picks]
    alphas = [cronbach_alpha(sample).value for sample in samples]
    low, high = np.quantile(np.array(alphas, dtype=float), [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.interval == "bootstrap_groups"


def test_groups_follow_the_rows_that_listwise_keeps() -> None:
    items = SIX_PEOPLE.astype(float)
    items.iloc[0, 0] = np.nan
    groups = pd.Series(["alone", "a", "a", "b", "b", "c"])
    found = cronbach_alpha(items, missing="listwise", interval="bootstrap", groups=groups)
    short = cronbach_alpha(items.iloc[1:], interval="bootstrap", groups=groups.iloc[1:])
    assert (found.low, found.high) == (short.low, short.high)


def test_one_group_gives_alpha_without_limits() -> None:
    groups = pd.Series(["same"] * 6)
    found = cronbach_alpha(SIX_PEOPLE, interval="bootstrap", groups=groups)
    assert (found.low, found.reason) == (None, "intervallo non calcolabile: c'è un solo gruppo")
    assert found.value is not None


def test_resamples_without_variance_give_no_limits() -> None:
    found = cronbach_alpha(frame([1, 1, 2], [1, 1, 2]), interval="bootstrap")
    assert found.value == pytest.approx(1.0)
    assert (found.low, found.high) == (None, None)
    assert found.reason == "intervallo non calcolabile: in troppi ricampionamenti nulla varia"


@pytest.mark.parametrize(
    ("items", "options", "sentence"),
    [
        ([[1, 2], [3, 4]], {}, "items must be a DataFrame"),
        (pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), {}, "these columns are not: a."),
        (frame([1], [2]), {}, "at least one column and 2 rows"),
        (pd.DataFrame(index=range(3)), {}, "at least one column"),
        (frame([1, float("inf")], [1, 2]), {}, "items must be finite numbers."),
        (SIX_PEOPLE, {"missing": "impute"}, "missing must be one of pairwise, listwise, not 'impute'."),
        (SIX_PEOPLE, {"interval": "wald"}, "interval must be one of"),
        (SIX_PEOPLE, {"level": 95}, "level must be between 0 and 1"),
        (SIX_PEOPLE, {"interval": "bootstrap", "draws": 0}, "draws must be at least 1"),
        (SIX_PEOPLE, {"groups": pd.Series(range(6))}, "groups need interval='bootstrap'"),
        (SIX_PEOPLE, {"interval": "bootstrap", "groups": [1] * 6}, "groups must be a Series"),
        (SIX_PEOPLE, {"interval": "bootstrap", "groups": pd.Series(range(5))}, "same index as items"),
        (SIX_PEOPLE, {"interval": "bootstrap", "groups": pd.Series([1, 1, 1, 2, 2, NAN])}, "missing values"),
    ],
)
def test_wrong_items_are_refused_in_words(items: Any, options: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        cronbach_alpha(items, **options)


def test_nullable_integers_are_read_as_numbers() -> None:
    nullable = SIX_PEOPLE.astype("Int64")
    nullable.iloc[0, 0] = pd.NA
    plain = SIX_PEOPLE.astype(float)
    plain.iloc[0, 0] = np.nan
    assert cronbach_alpha(nullable) == cronbach_alpha(plain)


@given(SCALES, st.integers(-3, 3), st.sampled_from([-20, -1, 0.5, 3]), st.randoms(use_true_random=False))
def test_alpha_ignores_order_and_units_of_all_items(
    answers: Any, shift: int, scale: float, random: Any
) -> None:
    items = pd.DataFrame(answers)
    order = list(items.columns)
    random.shuffle(order)
    before, after = cronbach_alpha(items), cronbach_alpha(items[order] * scale + shift)
    assert before.reason == after.reason
    assert after.value == (None if before.value is None else pytest.approx(before.value, abs=1e-9))


@given(SCALES)
def test_alpha_is_at_most_one(answers: Any) -> None:
    found = cronbach_alpha(pd.DataFrame(answers))
    assert found.value is None or found.value <= 1 + 1e-12
    assert (found.value is None) == (found.reason is not None)


@given(SCALES)
def test_standardized_alpha_equals_raw_of_z_scores(answers: Any) -> None:
    items = pd.DataFrame(answers)
    assume((items.std() > 0).all())
    z = (items - items.mean()) / items.std()
    standardized, raw = cronbach_alpha(items, standardized=True), cronbach_alpha(z)
    assume(standardized.value is not None and abs(standardized.value) < 1e3)
    assert raw.value == pytest.approx(standardized.value, abs=1e-6)
