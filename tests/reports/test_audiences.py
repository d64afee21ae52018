"""What partners see: totals of the project, and nothing from which a small group could be worked out."""

import json
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

from analysis.linked import Sum
from surveyapp.reports.audiences import HIDDEN, public, read_release
from surveyapp.reports.numbers import OF_THINGS, Figure, Numbers, Place, Row, count, placed
from surveyapp.reports.project.judged import FAILURES, SUCCESSES, Judged, N, judged_rows, parts_of
from surveyapp.reports.project.placed_after import Ended, follow_up_rows, follow_up_sums
from surveyapp.reports.results_json import FORMAT
from surveyapp.study.errors import RefusedError

PLACE = Place(version="0.1.0", scale="X")
TODAY = date(2026, 11, 22)


def a_share(successes: int, n: int, unknown: int = 0) -> Numbers:
    return Numbers(
        tuple(judged_rows(PLACE, Judged(successes, n, unknown), 0.5, "valid")), tuple(parts_of(PLACE))
    )


def shown(numbers: Numbers) -> dict[str, float | None]:
    return {row.figure.statistic: row.figure.value for row in numbers.rows}


def test_a_share_of_enough_people_is_published_with_its_interval() -> None:
    found = public(a_share(20, 30))
    assert shown(found)["share"] == pytest.approx(2 / 3)
    assert found.figures(PLACE)["share"].low is not None
    assert (shown(found)[SUCCESSES], shown(found)[FAILURES], shown(found)[N]) == (20, 10, 30)


@pytest.mark.parametrize("successes", [0, 3, 27, 30])
def test_of_a_share_with_few_on_one_side_only_the_total_is_published(successes: int) -> None:
    found = public(a_share(successes, 30))
    assert {name for name, value in shown(found).items() if value is not None} == {N}
    hidden = found.figures(PLACE)["share"]
    assert (hidden.n, hidden.low, hidden.high, hidden.label, hidden.reason) == (0, None, None, "", HIDDEN)


def test_what_no_sum_names_is_left_out() -> None:
    numbers = a_share(20, 30)
    beside = placed(
        Place("0.1.0", "X", territory="Ambito di Crema"), [count(N, 30, 30), Figure("mean", 5.0, 30)]
    )
    found = public(Numbers((*numbers.rows, *beside), numbers.sums))
    assert all(row.place == PLACE for row in found.rows)
    assert "unknown" not in shown(found)
    assert "worst" not in shown(found)


def test_a_mean_needs_its_n_and_must_not_tell_what_everybody_said() -> None:
    rows = [count(N, 12, 12), Figure("mean", 10.0, 12), Figure("median", 9.0, 12)]
    found = public(Numbers(tuple(placed(PLACE, rows)), (Sum((PLACE, N)),)))
    assert shown(found) == {N: 12, "mean": None}
    rows[1] = Figure("mean", 8.5, 12)
    assert shown(public(Numbers(tuple(placed(PLACE, rows)), (Sum((PLACE, N)),))))["mean"] == 8.5


def test_things_are_published_however_few() -> None:
    row = Row(PLACE, Figure("value", 2, 2, estimator=OF_THINGS))
    assert public(Numbers((row,))).rows == (row,)


def test_counts_of_a_territory_never_leave_the_team() -> None:
    with pytest.raises(ValueError, match="only totals of the whole project"):
        public(Numbers((), (Sum((Place("0.1.0", territory="Ambito di Crema"), N)),)))


def test_counts_that_moved_by_few_people_since_the_last_release_stay_hidden() -> None:
    previous = {(PLACE, N): 30, (PLACE, SUCCESSES): 20, (PLACE, FAILURES): 10}
    found = shown(public(a_share(26, 38), previous))
    assert (found[N], found[SUCCESSES], found[FAILURES], found["share"]) == (38, None, None, None)
    assert shown(public(a_share(26, 36), previous))[SUCCESSES] == 26


def test_a_new_version_of_an_instrument_is_no_new_release() -> None:
    before = {(Place(version="0.0.9", scale="X"), N): 30, (Place(version="0.0.9", scale="X"), SUCCESSES): 20}
    found = shown(public(a_share(21, 38), before))
    assert (found[N], found[SUCCESSES], found[FAILURES]) == (38, None, None)


def a_release(path: Path, **changes: object) -> Path:
    written = {
        "format": FORMAT,
        "results": [
            {"about": {"version": "0.1.0", "scale": "X"}, "statistic": N, "value": 30, "estimator": "count"},
            {"about": {"scale": "Y"}, "statistic": N, "value": None, "estimator": "count"},
            {"about": {"scale": "Y"}, "statistic": "mean", "value": 3.5, "estimator": "mean"},
        ],
    }
    path.write_text(json.dumps(written | changes), encoding="utf-8")
    return path


def test_the_last_release_is_read_from_its_numbers_for_programs(tmp_path: Path) -> None:
    found = read_release(a_release(tmp_path / "results.json"))
    assert found == {(Place(version="0.1.0", scale="X", territory=found_territory(), variant="all"), N): 30}


def found_territory() -> str:
    return Place("").territory


@pytest.mark.parametrize("changes", [{"format": "other"}, {"results": [{}]}, {"results": None}])
def test_what_is_no_release_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(RefusedError, match=r"non è il results\.json di un rapporto"):
        read_release(a_release(tmp_path / "results.json", **changes))
    (tmp_path / "results.json").write_text("[", encoding="utf-8")
    with pytest.raises(RefusedError):
        read_release(tmp_path / "results.json")


def people(chance: Random, number: int) -> list[Ended]:
    """Invented follow-ups of few people of few kinds."""
    found = []
    for person in range(number):
        condition = chance.choice([None, 1, 5, 10])
        facts = {"placed": condition in (1, 5), "employed": condition == 1}
        found.append(
            Ended(
                f"P-{person}",
                "BG",
                chance.choice([date(2026, 3, 1), date(2026, 10, 1)]),
                chance.choice(["TIS", "TIR", "ASS"]),
                chance.random() < 0.8,
                chance.choice([1, 1, 1, 5]) if condition else 3,
                facts if condition else {"placed": None, "employed": None},
            )
        )
    return found


def a_follow_up(found: list[Ended]) -> Numbers:
    return Numbers(tuple(follow_up_rows(found, TODAY, "0.1.0")), tuple(follow_up_sums("0.1.0")))


def worked_out(numbers: Numbers, seen: Numbers) -> dict[object, int]:
    """What an outsider is sure of by linear algebra: all that is shown, and all that follows from it."""
    named = list(dict.fromkeys(key for one in numbers.sums for key in (one.total, *one.parts)))
    true = {key: numbers.count(*key) for key in named}
    rests = [("rest", one) for one in numbers.sums if one.parts and not one.whole]
    true |= {rest: true[rest[1].total] - sum(true[part] for part in rest[1].parts) for rest in rests}
    names = [*named, *rests]
    system = np.array(
        [
            [
                float(name == one.total) - float(name in one.parts) - float(name == ("rest", one))
                for name in names
            ]
            for one in numbers.sums
            if one.parts
        ]
    )
    known = {key: true[key] for key in named if seen.value(*key) is not None}
    unknown = [place for place, name in enumerate(names) if name not in known]
    _, sizes, directions = np.linalg.svd(system[:, unknown])
    sure = (np.abs(directions[int((sizes > 1e-9).sum()) :]) < 1e-9).all(axis=0)
    return known | {
        names[place]: true[names[place]] for place, there in zip(unknown, sure, strict=True) if there
    }


@pytest.mark.parametrize("seed", range(6))
def test_reports_one_after_the_other_give_nobody_away(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - invented people, not secrets
    first = people(chance, 60)
    before, after = a_follow_up(first), a_follow_up([*first, *people(chance, 9)])
    seen_before = public(before)
    release = {
        (row.place, row.figure.statistic): int(row.figure.value)
        for row in seen_before.rows
        if row.figure.value is not None and row.figure.estimator == "count"
    }
    seen_after = public(after, release)
    known, now = worked_out(before, seen_before), worked_out(after, seen_after)
    for found, numbers in ((known, before), (now, after)):
        named = {key for one in numbers.sums for key in (one.total, *one.parts)}
        assert not [key for key, value in found.items() if 0 < value < 5 or (value == 0 and key in named)]
    moved = [abs(now[key] - known[key]) for key in known.keys() & now.keys()]
    assert all(step == 0 or step >= 5 for step in moved)
