"""The fields of a meeting: what is wrong with them, what is kept."""

from dataclasses import replace
from datetime import date

import pytest

from surveyapp.focus_groups.meetings import Typed, TypedParticipant, participant_problems, problems, values

TODAY = date(2026, 11, 27)
GOOD = Typed(code="FG2", audience="COOP", title="Criteri", planned_for="10/12/2026")


def test_what_is_needed_is_enough() -> None:
    assert problems(GOOD, TODAY) == {}
    kept = values(GOOD)
    assert kept["planned_for"] == date(2026, 12, 10)
    assert (kept["held_on"], kept["minutes"], kept["recorded"]) == (None, None, False)
    assert "versions" not in kept


def test_minutes_and_day_are_read() -> None:
    kept = values(replace(GOOD, minutes="110", held_on="2026-11-20"))
    assert (kept["minutes"], kept["held_on"]) == (110, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("field", "written", "problem"),
    [
        ("code", "", "no_code"),
        ("code", "F G", "bad_code"),
        ("code", "x" * 21, "bad_code"),
        ("audience", "ALL", "no_audience"),
        ("title", "", "no_title"),
        ("title", "x" * 201, "too_long"),
        ("place", "x" * 121, "too_long"),
        ("planned_for", "", "no_day"),
        ("planned_for", "31/02/2026", "bad_day"),
        ("held_on", "domani", "bad_day"),
        ("held_on", "28/11/2026", "future"),
        ("minutes", "0", "bad_minutes"),
        ("minutes", "601", "bad_minutes"),
        ("minutes", "²", "bad_minutes"),
        ("guide", "x" * 20_001, "long_guide"),
    ],
)
def test_what_cannot_be_kept_is_named(field: str, written: str, problem: str) -> None:
    assert problems(replace(GOOD, **{field: written}), TODAY) == {field: problem}


def test_a_participant_has_a_code_and_a_role() -> None:
    assert participant_problems(TypedParticipant("P1", "referente CM")) == {}
    assert participant_problems(TypedParticipant()) == {"role": "no_role", "code": "no_code"}
    assert participant_problems(TypedParticipant("P 1", "x" * 81)) == {"role": "too_long", "code": "bad_code"}
