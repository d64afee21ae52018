"""Numbers on questions, from the results.json of a validation report to the database."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from surveyapp.focus_groups.measured import ItemNumber, item_numbers, keep_numbers
from surveyapp.storage import item_statistics, jobs
from surveyapp.storage.engine import reading, writing
from surveyapp.storage.statistic_tables import ItemStatistic
from tests.factories import NOW

HERE = {
    "version": "0.1.0",
    "form": "P",
    "variant": "easy",
    "occasion": "EXANTE",
    "territory": "Tutti i territori",
    "item": "AUT_OCC3",
    "scale": "AUT_OCC",
}


def result(statistic: str, value: float | None, n: int, **about: str) -> dict[str, Any]:
    where = {name: text for name, text in (HERE | about).items() if text}
    return {"about": where, "statistic": statistic, "value": value, "n": n}


def told(found: list[ItemNumber]) -> dict[tuple[str, str], tuple[float | None, int]]:
    return {(one.statistic, one.occasion): (one.value, one.n) for one in found}


ENOUGH = [
    result("missing_NS", 2, 30),
    result("missing_skipped", 1, 30),
    result("count_1", 3, 27),
    result("count_2", 4, 27),
    result("count_3", 20, 27),
    result("item_rest", 0.41, 27),
    result("alpha_if_dropped", 0.72, 25),
    result("mean_change", 0.5, 18, item="", occasion="EXANTE-EXPOST"),
]


def test_each_question_has_its_counts_its_fit_and_the_change_of_its_scale() -> None:
    assert told(item_numbers(ENOUGH)) == {
        ("missing", "EXANTE"): (3, 30),
        ("not_known", "EXANTE"): (2, 30),
        ("floor", "EXANTE"): (3, 27),
        ("ceiling", "EXANTE"): (20, 27),
        ("item_rest", "EXANTE"): (0.41, 27),
        ("alpha_if_dropped", "EXANTE"): (0.72, 25),
        ("scale_change", "EXANTE-EXPOST"): (0.5, 18),
    }


def test_fewer_than_ten_answers_have_counts_only() -> None:
    few = [result("missing_NS", 2, 9), result("count_1", 1, 7), result("item_rest", 0.9, 7)]
    assert told(item_numbers(few)) == {
        ("missing", "EXANTE"): (2, 9),
        ("not_known", "EXANTE"): (2, 9),
        ("floor", "EXANTE"): (None, 7),
        ("ceiling", "EXANTE"): (None, 7),
        ("item_rest", "EXANTE"): (None, 7),
    }


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"territory": "Provincia di Bergamo"},
        {"subset": "unflagged"},
        {"variant": "all"},
        {"item": "ACC_A1.2"},
    ],
)
def test_parts_of_the_answers_and_repetitions_stay_in_the_report(elsewhere: dict[str, str]) -> None:
    assert item_numbers([result("missing_NS", 2, 30, **elsewhere)]) == []


def test_a_question_of_two_scales_has_its_counts_once() -> None:
    twice = [
        *ENOUGH,
        result("missing_NS", 2, 30, scale="AUT_TOT"),
        result("item_rest", 0.3, 27, scale="AUT_TOT"),
    ]
    found = item_numbers(twice)
    assert [one.scale for one in found if one.statistic == "item_rest"] == ["AUT_OCC", "AUT_TOT"]
    assert len([one for one in found if one.statistic == "missing"]) == 1


def results_json(results: list[dict[str, Any]]) -> bytes:
    return json.dumps({"results": results, "data_digest": "d" * 64}).encode()


def test_a_new_report_takes_the_place_of_the_one_before(engine: Engine) -> None:
    later = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    with writing(engine) as connection:
        keep_numbers(connection, "aut", results_json(ENOUGH), NOW)
        keep_numbers(connection, "qil", results_json(ENOUGH), NOW)
        keep_numbers(connection, "aut", results_json(ENOUGH[:1]), later)
    with reading(engine) as connection:
        found = item_statistics.of_items(connection, "aut", ["AUT_OCC3", "AUT_OCC4"])
        assert [row.statistic for row in found["AUT_OCC3"]] == ["missing", "not_known"]
        assert item_statistics.computed_at(connection, "aut") == later
        assert item_statistics.computed_at(connection, "qil") == NOW
        assert item_statistics.computed_at(connection, "vip") is None


def test_who_withdraws_is_counted_no_more(engine: Engine) -> None:
    with writing(engine) as connection:
        keep_numbers(connection, "aut", results_json(ENOUGH), NOW)
        jobs.forget_copies(connection)
        assert item_statistics.computed_at(connection, "aut") is None


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"statistic": "mode"}, "known_statistic"),
        ({"statistic": "item_rest", "value": 0.4, "n": 9}, "few_have_no_value"),
        ({"n": -1}, "counted"),
    ],
)
def test_the_database_knows_the_rules_too(engine: Engine, values: dict[str, Any], rule: str) -> None:
    row = {**vars(item_numbers(ENOUGH)[0]), "instrument": "aut", "data_digest": "d", "computed_at": NOW}
    with pytest.raises(IntegrityError, match=rule), writing(engine) as connection:
        connection.execute(insert(ItemStatistic), [row | values])
