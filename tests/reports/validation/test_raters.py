"""Second observers and retests: who is compared with whom, and what is said of how alike they are."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection

from analysis.measurement import measurement_error
from analysis.reliability import icc
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import TOO_FEW
from surveyapp.reports.reading import load
from surveyapp.reports.validation.raters import ONE_RESPONDENT, rater_rows, stability
from tests.reports.invented import CLOSED, a_path, an_administration, answered, scale_items
from tests.reports.validation.seen import at, nothing, numbers_of, sent, value

OWN = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 2]
OTHER = [1, 2, 3, 4, 4, 2, 2, 3, 5, 5, 3, 1]
SECOND = {"occasion": "EXANTE", "subset": "second_observer"}
AGAIN = {"occasion": "EXPOST", "subset": "retest"}


def observed(connection: Connection, catalogue: Catalogue, **values: object) -> list[int]:
    """Twelve people with two observers, who chose the same level at every question of a form."""
    paths = []
    for own, other in zip(OWN, OTHER, strict=True):
        paths.append(a_path(connection))
        sent(connection, catalogue, "oss", paths[-1], "EXANTE", default=own, **values)
        sent(connection, catalogue, "oss", paths[-1], "EXANTE", default=other, rater=2)
    return paths


def points(levels: list[int]) -> list[float]:
    return [25.0 * (level - 1) for level in levels]


def test_two_observers_are_compared_scale_by_scale(connection: Connection, catalogue: Catalogue):
    observed(connection, catalogue)
    numbers = numbers_of(connection, catalogue, "oss", rater_rows)
    expected = icc(pd.DataFrame({0: points(OWN), 1: points(OTHER)}), "1,1")
    for scale in ("OSS_SOF", "OSS_TOT"):
        found = at(numbers, "icc_raters", scale=scale, **SECOND)
        assert (found.value, found.n, found.estimator) == (pytest.approx(expected.value), 12, "icc(1,1)")
        assert found.label == "esplorativo"
    own_less_other = sum(points(OWN)) / 12 - sum(points(OTHER)) / 12
    assert value(numbers, "bias", scale="OSS_SOF", **SECOND) == pytest.approx(own_less_other)
    assert at(numbers, "bias_by_operator", scale="OSS_SOF", **SECOND).reason == ONE_RESPONDENT


def test_questions_have_kappa_and_krippendorff(connection: Connection, catalogue: Catalogue):
    observed(connection, catalogue)
    numbers = numbers_of(connection, catalogue, "oss", rater_rows)
    equal = sum(own == other for own, other in zip(OWN, OTHER, strict=True))
    assert value(numbers, "share_equal", item="OSS_AUT2", **SECOND) == pytest.approx(equal / 12)
    assert at(numbers, "kappa", item="OSS_AUT2", **SECOND).estimator == "weighted_kappa(quadratic)"
    assert 0.5 < (value(numbers, "krippendorff", item="OSS_AUT2", **SECOND) or 0) < 1


def test_operators_with_codes_have_an_interval_over_them(connection: Connection, catalogue: Catalogue):
    for number, (own, other) in enumerate(zip(OWN, OTHER, strict=True)):
        path_id = a_path(connection)
        operator = f"OP-{number % 4}"
        sent(connection, catalogue, "oss", path_id, "EXANTE", default=own, respondent=operator)
        sent(connection, catalogue, "oss", path_id, "EXANTE", default=other, rater=2)
    numbers = numbers_of(connection, catalogue, "oss", rater_rows)
    assert at(numbers, "bias_by_operator", scale="OSS_SOF", **SECOND).interval == "bootstrap_groups"


def test_how_many_were_drawn_and_done_is_told(connection: Connection, catalogue: Catalogue):
    paths = observed(connection, catalogue)
    sent(connection, catalogue, "oss", a_path(connection), "EXANTE")
    instrument = catalogue.newest("oss")
    about = {"instrument": "oss", "form": "O", "version": instrument.version, "digest": instrument.digest}
    first = sent(connection, catalogue, "oss", a_path(connection), "EXPOST")
    assert first
    an_administration(connection, catalogue, paths[0], "EXPOST", rater=1, **about)
    an_administration(connection, catalogue, paths[0], "EXPOST", rater=2, **about)
    numbers = numbers_of(connection, catalogue, "oss", rater_rows)
    asked = at(numbers, "asked_twice", **SECOND)
    assert (asked.value, asked.n, value(numbers, "done_twice", **SECOND)) == (12, 13, 12)
    assert value(numbers, "share_twice", **SECOND) == pytest.approx(12 / 13)
    later = SECOND | {"occasion": "EXPOST"}
    assert [value(numbers, name, **later) for name in ("asked_twice", "done_twice")] == [1, 0]
    assert at(numbers, "share_twice", **later).reason == TOO_FEW


def again(connection: Connection, catalogue: Catalogue, level: int, second: int, days: int, **values: object):
    path_id = a_path(connection)
    first = answered(connection, catalogue, path_id, "EXPOST", scale_items("AUT_BEN", [level] * 5))
    closed = CLOSED + timedelta(days)
    more = {"retest_of": first, "closed_at": closed} | values
    answered(connection, catalogue, path_id, "RETEST", scale_items("AUT_BEN", [second] * 5), **more)


def test_a_retest_stands_beside_what_it_repeats(connection: Connection, catalogue: Catalogue):
    for number, (level, second) in enumerate(zip(OWN, OTHER, strict=True)):
        again(connection, catalogue, level, second, days=20 if number < 2 else 8)
    numbers = numbers_of(connection, catalogue, "aut", rater_rows)
    # The same code at all five questions, of which one is reversed, makes 15 points a step.
    scores = pd.DataFrame({0: [15.0 * level for level in OWN], 1: [15.0 * level for level in OTHER]})
    expected = icc(scores, "A,1")
    found = at(numbers, "icc_retest", scale="AUT_BEN", **AGAIN)
    assert (found.value, found.estimator, found.n) == (pytest.approx(expected.value), "icc(A,1)", 12)
    error = measurement_error(scores)
    assert value(numbers, "sem_retest", scale="AUT_BEN", **AGAIN) == pytest.approx(error.sem_agreement)
    assert value(numbers, "sdc_retest", scale="AUT_BEN", **AGAIN) == pytest.approx(error.sdc_agreement)
    used = stability(load(connection, catalogue, "aut"))["P", "std", "AUT_BEN"]
    assert used.value == pytest.approx(expected.value)
    days = ("days_inside", "days_outside", "days_least", "days_most", "days_median")
    assert [value(numbers, name, **AGAIN) for name in days] == [10, 2, 8, 20, 8]
    inside = AGAIN | {"subset": "retest:in_time"}
    assert at(numbers, "icc_part", scale="AUT_BEN", **inside).n == 10
    assert nothing(numbers, "kappa")


def test_a_retest_in_the_other_version_is_counted_and_not_compared(
    connection: Connection, catalogue: Catalogue
):
    again(connection, catalogue, 3, 2, days=8, variant="easy", default=2)
    numbers = numbers_of(connection, catalogue, "aut", rater_rows)
    assert value(numbers, "pairs_other_variant", **AGAIN) == 1
    assert at(numbers, "icc_retest", scale="AUT_BEN", **AGAIN).n == 0


def test_days_are_those_of_italy(connection: Connection, catalogue: Catalogue):
    path_id = a_path(connection)
    evening = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight of the second in Rome
    first = answered(connection, catalogue, path_id, "EXPOST", closed_at=evening)
    morning = datetime(2026, 7, 9, 6, 0, tzinfo=UTC)
    answered(connection, catalogue, path_id, "RETEST", retest_of=first, closed_at=morning)
    numbers = numbers_of(connection, catalogue, "aut", rater_rows)
    assert value(numbers, "days_least", **AGAIN) == 7


def test_an_instrument_filled_in_once_has_no_numbers(connection: Connection, catalogue: Catalogue):
    answered(connection, catalogue, a_path(connection))
    assert numbers_of(connection, catalogue, "aut", rater_rows).rows == ()
