"""What rules hear of an item that is off the path: nothing, unless it is left out because it is known."""

import pytest

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.path import Questionnaire, known, path, possible, visible
from surveyapp.instruments.reader import read_instrument
from tests.instruments.files import HERE, missing, text, value

# A is asked at both occasions, B under a rule, C at the second where B was 2.
BASE = (HERE / "valid" / "rules.yaml").read_text(encoding="utf-8").partition("sections:")[0]
SECTIONS = """sections:
  - id: S
    title: S
    format: {P: {std: R3, easy: R3}}
    items:
      - {id: REGOLE_A, criterion: A, occasions: [T0, T1], text: {P: {std: A, easy: A}}}
      - {id: REGOLE_B, criterion: B, occasions: [T0, T1], show_if: RULE, text: {P: {std: B, easy: B}}}
      - id: REGOLE_C
        criterion: C
        occasions: [T1]
        show_if: {is: {REGOLE_B: 2}}
        text: {P: {std: C, easy: C}}
scales: []
"""
BEFORE = {"REGOLE_A": value(1), "REGOLE_B": value(2)}
WHERE_A_IS_1 = "{is: {REGOLE_A: 1}}"
UNLESS_KNOWN = "{not: {known: REGOLE_B}}"
BOTH = "{all: [{not: {known: REGOLE_B}}, {is: {REGOLE_A: 1}}]}"


def later(rule: str) -> Questionnaire:
    """The second occasion, B under this rule."""
    return Questionnaire(read_instrument((BASE + SECTIONS.replace("RULE", rule)).encode()), "P", "std", "T1")


def asks_c(rule: str, answers: dict[str, Answer], carried: dict[str, Answer]) -> tuple[bool, bool]:
    """Whether C is on the path, and whether it may still come."""
    ids = [[item.id for item in find(later(rule), answers, carried)] for find in (path, possible)]
    return "REGOLE_C" in ids[0], "REGOLE_C" in ids[1]


def test_an_answer_on_the_path_is_heard() -> None:
    assert asks_c(WHERE_A_IS_1, {"REGOLE_A": value(1), "REGOLE_B": value(2)}, {}) == (True, True)
    assert asks_c(WHERE_A_IS_1, {"REGOLE_A": value(1), "REGOLE_B": value(1)}, BEFORE) == (False, False)


def test_a_skipped_answer_is_not_made_good_by_an_earlier_one() -> None:
    answers = {"REGOLE_A": value(1), "REGOLE_B": missing("skipped")}
    assert asks_c(WHERE_A_IS_1, answers, BEFORE) == (False, False)


def test_what_does_not_apply_any_more_is_silent() -> None:
    assert asks_c(WHERE_A_IS_1, {"REGOLE_A": value(2)}, BEFORE) == (False, False)
    assert asks_c(WHERE_A_IS_1, {"REGOLE_A": value(2), "REGOLE_B": value(2)}, BEFORE) == (False, False)


def test_what_is_left_out_because_it_is_known_is_heard() -> None:
    assert asks_c(UNLESS_KNOWN, {}, BEFORE) == (True, True)
    assert asks_c(UNLESS_KNOWN, {}, BEFORE | {"REGOLE_B": value(1)}) == (False, False)


def test_what_was_never_answered_is_asked_and_awaited() -> None:
    assert asks_c(UNLESS_KNOWN, {}, {}) == (False, True)


@pytest.mark.parametrize(("code", "heard"), [(1, True), (2, False)])
def test_whether_it_is_heard_waits_for_what_decides_it(code: int, heard: bool) -> None:
    assert asks_c(BOTH, {}, BEFORE) == (False, True)
    assert asks_c(BOTH, {"REGOLE_A": value(code)}, BEFORE) == (heard, heard)


def test_an_item_of_another_occasion_says_what_it_said_then() -> None:
    only_before = SECTIONS.replace("criterion: B, occasions: [T0, T1]", "criterion: B, occasions: [T0]")
    source = (BASE + only_before.replace("RULE", WHERE_A_IS_1)).encode()
    asked = Questionnaire(read_instrument(source), "P", "std", "T1")
    assert [item.id for item in path(asked, {}, BEFORE)] == ["REGOLE_A", "REGOLE_C"]
    assert [item.id for item in path(asked, {}, {})] == ["REGOLE_A"]


def test_a_repeated_text_that_is_lost_leaves_its_item_silent() -> None:
    carrying = SECTIONS.replace("show_if: RULE, ", "carries: REGOLE_D, ").replace(
        "      - {id: REGOLE_A",
        "      - {id: REGOLE_D, criterion: D, occasions: [T0], format: {P: {std: TXT, easy: TXT}}, "
        "text: {P: {std: D, easy: D}}}\n      - {id: REGOLE_A",
    ).replace("criterion: B, occasions: [T0, T1]", "criterion: B, occasions: [T1]")  # fmt: skip
    asked = Questionnaire(read_instrument((BASE + carrying).encode()), "P", "std", "T1")
    without = {"REGOLE_B": value(2)}
    assert [item.id for item in path(asked, {}, without)] == ["REGOLE_A"]
    given = {"REGOLE_D": text("Un lavoro")}
    assert [item.id for item in path(asked, {"REGOLE_B": value(2)}, given)] == [
        "REGOLE_A",
        "REGOLE_B",
        "REGOLE_C",
    ]


def test_looking_at_a_whole_response_nothing_is_still_to_come() -> None:
    seen = visible(later(BOTH), {}, BEFORE)
    assert [seen.now(name) for name in ("REGOLE_A", "REGOLE_B", "REGOLE_C")] == [missing("skipped")] * 3
    heard = visible(later(UNLESS_KNOWN), {}, BEFORE)
    assert heard.now("REGOLE_B") == value(2)
    assert heard.now("ALTROVE") == missing("skipped")


def test_what_is_known_and_said_again_is_on_the_path_and_counts() -> None:
    asked = later(UNLESS_KNOWN)
    corrected = {"REGOLE_B": value(1)}
    assert [item.id for item in known(asked, {}, BEFORE)] == ["REGOLE_B"]
    assert [item.id for item in path(asked, {}, BEFORE)] == ["REGOLE_A", "REGOLE_C"]
    assert [item.id for item in path(asked, corrected, BEFORE)] == ["REGOLE_A", "REGOLE_B"]
    assert [item.id for item in known(asked, corrected, BEFORE)] == ["REGOLE_B"]
    assert visible(asked, corrected, BEFORE).now("REGOLE_B") == value(1)


def test_only_what_is_left_out_for_being_known_can_be_said_again() -> None:
    other_branch = {"REGOLE_A": value(2), "REGOLE_B": value(1)}
    assert known(later(WHERE_A_IS_1), other_branch, BEFORE) == []
    assert "REGOLE_B" not in [item.id for item in path(later(WHERE_A_IS_1), other_branch, BEFORE)]
    # Which branch it is on is still to come.
    assert known(later(BOTH), {}, BEFORE) == []
    assert known(later(UNLESS_KNOWN), {}, {}) == []


def test_what_is_left_out_because_nothing_is_known_stays_out() -> None:
    asked = later("{known: REGOLE_A}")
    before = {"REGOLE_B": value(2)}
    assert known(asked, {}, before) == []
    assert [item.id for item in path(asked, {"REGOLE_B": value(1)}, before)] == ["REGOLE_A"]


def test_what_may_be_said_again_is_carried() -> None:
    assert "REGOLE_B" in later("{known: REGOLE_A}").carried_items
    assert "REGOLE_C" not in later(UNLESS_KNOWN).carried_items
