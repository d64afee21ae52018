"""Results by sex: only where no group is so small that somebody could be recognised."""

import pandas as pd
import pytest
from sqlalchemy import Connection

from analysis.groups import compare_groups
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.reports.numbers import TOO_FEW, Numbers
from surveyapp.reports.reading import load
from surveyapp.reports.tables import names_of
from surveyapp.reports.validation.page_sex import TOO_SMALL, UNSAID, sex_section
from surveyapp.reports.validation.sex import ONE_GROUP, SMALL, sex_rows
from tests.reports.invented import a_path, answered, scale_items
from tests.reports.validation.seen import at, nothing, numbers_of, say_sex, value

START = {"scale": "AUT_BEN", "occasion": "EXANTE"}


def levels(number: int) -> list[int]:
    level = 1 + number % 4
    return [level, level, 6 - level, level, level]


def people(connection: Connection, catalogue: Catalogue, sex: str | None, amount: int, more: int = 0) -> None:
    for number in range(amount):
        path_id = a_path(connection)
        for occasion, step in (("EXANTE", 0), ("EXPOST", more * (number % 2))):
            answers = scale_items("AUT_BEN", levels(number + step))
            answered(connection, catalogue, path_id, occasion, answers)
        if sex:
            say_sex(connection, path_id, sex)


def by_sex(connection: Connection, catalogue: Catalogue) -> Numbers:
    return numbers_of(connection, catalogue, "aut", sex_rows)


def test_means_and_g_where_every_group_is_large_enough(connection: Connection, catalogue: Catalogue):
    people(connection, catalogue, "F", 12, more=1)
    people(connection, catalogue, "M", 10)
    numbers = by_sex(connection, catalogue)
    scores = {sex: [25.0 * (number % 4) for number in range(n)] for sex, n in (("F", 12), ("M", 10))}
    for sex, values in scores.items():
        found = at(numbers, "mean", subset=f"sex:{sex}", **START)
        assert (found.value, found.n) == (pytest.approx(sum(values) / len(values)), len(values))
    g = compare_groups(*(pd.Series(values) for values in scores.values())).hedges_g
    assert value(numbers, "hedges_g", **START) == pytest.approx(g.value)
    changed = {"scale": "AUT_BEN", "occasion": "EXANTE-EXPOST"}
    # Of the odd ones half go one step up, half from the top to the bottom.
    assert value(numbers, "mean_change", subset="sex:F", **changed) == pytest.approx((3 * 25 - 3 * 75) / 12)
    assert value(numbers, "mean_change", subset="sex:M", **changed) == 0


def test_one_small_group_hides_them_all(connection: Connection, catalogue: Catalogue):
    people(connection, catalogue, "F", 12)
    people(connection, catalogue, "M", 12)
    people(connection, catalogue, "X", 4)
    numbers = by_sex(connection, catalogue)
    assert nothing(numbers, "mean")
    assert at(numbers, "hedges_g", **START).reason == SMALL


def test_groups_of_five_to_nine_are_counted_only(connection: Connection, catalogue: Catalogue):
    people(connection, catalogue, "F", 12)
    people(connection, catalogue, "M", 6)
    numbers = by_sex(connection, catalogue)
    few = at(numbers, "mean", subset="sex:M", **START)
    assert (few.value, few.n, few.reason) == (None, 6, TOO_FEW)
    assert at(numbers, "hedges_g", **START).reason == TOO_FEW
    assert value(numbers, "mean", subset="sex:F", **START) is not None


def test_one_sex_alone_is_no_comparison(connection: Connection, catalogue: Catalogue):
    people(connection, catalogue, "F", 12)
    assert at(by_sex(connection, catalogue), "hedges_g", **START).reason == ONE_GROUP


def said(connection: Connection, catalogue: Catalogue) -> str:
    study = load(connection, catalogue, "aut", form=None)
    section = sex_section(by_sex(connection, catalogue), names_of(study), study)
    assert section
    return " ".join(section.sentences)


def test_the_chapter_says_why_it_is_empty(connection: Connection, catalogue: Catalogue):
    people(connection, catalogue, None, 3)
    assert said(connection, catalogue) == UNSAID
    people(connection, catalogue, "F", 3)
    people(connection, catalogue, "M", 3)
    assert said(connection, catalogue).endswith(TOO_SMALL)
    assert "donne 3, uomini 3, non scritto nel registro 3" in said(connection, catalogue)
