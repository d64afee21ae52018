"""Data that say nothing: wrong ones are refused, poor ones give a reason, and no NaN comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.agreement import krippendorff_alpha, share_agreement, weighted_kappa
from analysis.change import paired_change, reliable_change
from analysis.clustered import mean_change_bootstrap
from analysis.estimate import Estimate
from analysis.groups import compare_groups
from analysis.icc import FORMS
from analysis.items import floor_ceiling
from analysis.measurement import bland_altman, measurement_error
from analysis.reliability import cronbach_alpha, icc, inter_item_correlation, omega_total
from analysis.targets import mean_above

NAN = float("nan")
Frame = Callable[[pd.DataFrame], Any]
Pair = Callable[["pd.Series[Any]", "pd.Series[Any]"], Any]

FRAMES: dict[str, Frame] = {
    "alpha": cronbach_alpha,
    "bootstrap alpha": lambda items: cronbach_alpha(items, interval="bootstrap", draws=20),
    "standardized alpha": lambda items: cronbach_alpha(items, standardized=True, missing="listwise"),
    "inter-item r": inter_item_correlation,
    "omega": omega_total,
    "krippendorff": lambda ratings: krippendorff_alpha(ratings, draws=20),
    "errors": measurement_error,
    **{f"icc {form}": (lambda ratings, form=form: icc(ratings, form)) for form in FORMS},
}
PAIRS: dict[str, Pair] = {
    "change": paired_change,
    "reliable change": lambda before, after: reliable_change(before, after, 0.8),
    "bootstrapped change": lambda before, after: mean_change_bootstrap(before, after, draws=20),
    "kappa": lambda first, second: weighted_kappa(first, second, [0, 1, 2, 3, 4]),
    "equal ratings": lambda first, second: share_agreement(first, second, [0, 1, 2, 3, 4]),
    "limits of agreement": bland_altman,
}
ANSWERS = arrays.arrays(
    float, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=st.sampled_from([0, 1, 2, 3, NAN])
)
TWO = st.lists(
    st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, 3.0, NAN]) for _ in range(2)]), min_size=2, max_size=9
)


def estimates_of(found: Any) -> Iterator[Estimate]:
    """Every estimate inside a result."""
    if isinstance(found, Estimate):
        yield found
    elif is_dataclass(found):
        for field in fields(found):
            yield from estimates_of(getattr(found, field.name))


def numbers_of(found: Any) -> Iterator[float]:
    """Every number inside a result."""
    if isinstance(found, float):
        yield found
    elif isinstance(found, pd.Series):
        yield from found
    elif is_dataclass(found):
        for field in fields(found):
            yield from numbers_of(getattr(found, field.name))


def sound(found: Any) -> bool:
    """Whether all numbers are finite and each estimate without a value or limits says why."""
    return all(isfinite(number) for number in numbers_of(found)) and all(map(explained, estimates_of(found)))


def explained(one: Estimate) -> bool:
    """Whether both limits are there or none, and what is missing has a reason."""
    complete = one.low is not None or (one.interval == "none" and one.value is not None)
    return (one.low is None) == (one.high is None) and (complete or one.reason is not None)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": ["1", "2"], "b": [1, 2]}),
        pd.DataFrame({"a": pd.Series([1, 2], dtype=object), "b": [1, 2]}),
        pd.DataFrame({"a": [1, np.inf], "b": [1, 2]}),
        pd.DataFrame({"a": [1, 2], "b": [2, 1]}, index=["p", "p"]),
        pd.DataFrame({"a": [1], "b": [2]}),
        pd.DataFrame(index=[0, 1]),
        [[1, 2], [2, 3]],
    ],
    ids=["text", "objects", "infinite", "duplicated", "one row", "no column", "no frame"],
)
def test_frames_that_are_no_data_are_refused(name: str, frame: Any) -> None:
    with pytest.raises(ValueError, match=r"must .*\."):
        FRAMES[name](frame)


def test_an_item_and_a_respondent_may_not_stand_twice() -> None:
    with pytest.raises(ValueError, match=r"items must not have the same item twice\."):
        cronbach_alpha(pd.DataFrame([[1, 2], [2, 1]], columns=["a", "a"]))
    with pytest.raises(ValueError, match=r"items must not have the same respondent twice\."):
        cronbach_alpha(pd.DataFrame([[1, 2], [2, 1]], index=["a", "a"]))


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pd.Series([1.0, 2]), pd.Series([1.0, 2], index=[1, 0])),
        (pd.Series([1.0, 2]), pd.Series([1.0, 2, 3])),
        (pd.Series([1.0, 2], index=["a", "a"]), pd.Series([1.0, 2], index=["a", "a"])),
        (pd.Series([1.0, 2]), pd.Series([1, 2], dtype=object)),
        (pd.Series([1.0, 2]), pd.Series([1.0, np.inf])),
        (pd.Series([1.0]), pd.Series([1.0])),
        (pd.Series([1.0, 2]), [1.0, 2]),
    ],
    ids=["unaligned", "longer", "duplicated", "objects", "infinite", "one row", "no series"],
)
def test_pairs_that_are_no_data_are_refused(name: str, first: Any, second: Any) -> None:
    with pytest.raises(ValueError, match=r"must .*\."):
        PAIRS[name](first, second)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(np.full((4, 3), NAN)),
        pd.DataFrame(np.full((4, 3), 2.0)),
        pd.DataFrame([[1, 2, 3], [NAN, NAN, 1], [2, NAN, NAN]]),
        pd.DataFrame({"only": [1.0, 2, 3]}),
    ],
    ids=["all missing", "constant", "one person", "one item"],
)
def test_poor_frames_give_reasons(name: str, frame: pd.DataFrame) -> None:
    found = FRAMES[name](frame)
    assert sound(found)
    everything = [one.value for one in estimates_of(found)]
    if name not in ("errors", "krippendorff", "alpha", "bootstrap alpha", "inter-item r"):
        assert everything
        assert everything == [None] * len(everything)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(
    ("first", "second"),
    [((NAN, NAN), (NAN, NAN)), ((2, 2), (2, 2)), ((1, NAN), (2, 1)), ((1, 2), (2, 3))],
    ids=["all missing", "constant", "one pair", "equal differences"],
)
def test_poor_pairs_give_reasons(name: str, first: Any, second: Any) -> None:
    assert sound(PAIRS[name](pd.Series(first, dtype=float), pd.Series(second, dtype=float)))


@given(ANSWERS)
def test_no_frame_brings_out_a_nan(answers: Any) -> None:
    for name, compute in FRAMES.items():
        assert sound(compute(pd.DataFrame(answers))), name


@given(TWO)
def test_no_pair_brings_out_a_nan(pairs: list[tuple[float, float]]) -> None:
    first, second = (pd.Series([pair[side] for pair in pairs]) for side in (0, 1))
    for name, compute in PAIRS.items():
        assert sound(compute(first, second)), name
    assert sound(compare_groups(first, second))
    assert sound(floor_ceiling(first, 0, 3))
    assert sound(mean_above(first, 2))
