"""Who keeps a version and who gets a new one, counted before anything is published."""

from dataclasses import replace
from datetime import date
from typing import Any

from surveyapp.instruments.plan import Entry, Plan
from surveyapp.instruments.rule import Context
from surveyapp.study.impact import Impact, impact
from surveyapp.study.planning import Made, Register, Subject

PATHS = [
    Subject("path", f"path:{number}", f"path:{number}", f"BG-{number}", {"path_end": None}, Context(), {})
    for number in range(1, 5)
]
ENDED = replace(PATHS[3], anchors={"path_end": date(2026, 10, 1)})


def made(number: int, subject: str, version: str = "0.1.0", **values: Any) -> Made:
    row = Made(number, subject, subject, "aut", version, "", "P", "EXANTE", 1, 1, "open", None, None, None)
    return replace(row, **values)


def of_rule(rule: str, *there: Made) -> Impact | None:
    plan = Plan("plan", "0.1.0", "Piano", {}, (Entry("E", "aut", "P", "path", ("EXANTE",), rule),), {})
    return impact(plan, Register([*PATHS[:3], ENDED], list(there), frozenset()), "aut")


THERE = [
    made(1, "path:1", begun=True),
    made(2, "path:1"),
    made(3, "path:2", state="submitted"),
    made(4, "path:3"),
    made(5, "path:4", "0.0.9", state="submitted"),
]


def test_what_has_begun_keeps_its_version_and_what_has_not_gets_the_new_one() -> None:
    assert of_rule("path", *THERE) == Impact("path", {"0.1.0": 2}, renewed=1, crossing=0)


def test_an_ended_path_with_something_to_answer_goes_on() -> None:
    open_still = made(6, "path:4", "0.0.9")
    assert of_rule("path", *THERE, open_still) == Impact("path", {"0.0.9": 1, "0.1.0": 2}, 1, 0)


def test_where_the_plan_gives_the_one_in_force_comparisons_cross() -> None:
    assert of_rule("in_force", *THERE) == Impact("in_force", {}, renewed=0, crossing=2)


def test_another_instrument_says_nothing() -> None:
    assert of_rule("path", made(1, "path:1", begun=True, instrument="oss")) == Impact("path", {}, 0, 0)


def test_what_the_plan_never_asks_has_no_impact() -> None:
    assert impact(Plan("plan", "0.1.0", "Piano", {}, (), {}), Register([], [], frozenset()), "mcr") is None
