"""Every row of decision 10: the least step of a change, what it leaves comparable, and nothing without it."""

from dataclasses import replace

import pytest

from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import SHORT_SUFFIX, stepped
from surveyapp.scoring import scores
from tests.instruments.comparison_cases import (
    EASY,
    JUSTIFY,
    NOT,
    OPERATOR,
    OPTIONS,
    OTHER_EASY,
    OTHER_STD,
    QUESTIONS,
    SHORT_EASY,
    SHORT_OPERATOR,
    SHORT_STD,
    STD,
    TEXT,
    TEXTS,
    Case,
    both,
)
from tests.instruments.comparison_score_cases import FRAME, ITEMS, SCALES
from tests.instruments.comparison_ways_back import WAYS_BACK, WayBack
from tests.instruments.two_versions import (
    OLDER,
    difference,
    levels,
    module,
    newer,
    sentences,
    with_module,
    without_operator,
    without_variant,
)

CASES = [*TEXTS, *OPTIONS, *QUESTIONS, *SCALES, *FRAME]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_has_its_step_and_level(case: Case) -> None:
    found = difference(*case.edits, kinds=case.kinds)
    assert (found.step, levels(found)) == (case.step, case.levels), [one.sentence for one in found.changes]
    assert not found.unchanged_places


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_way_back_has_its_step_and_level_too(case: Case) -> None:
    back = WAYS_BACK.get(case.name, WayBack("the same", case.step, case.levels, case.kinds))
    found = compare(newer(*case.edits), OLDER, back.kinds)
    assert (found.step, levels(found)) == (back.step, back.levels), [one.sentence for one in found.changes]
    assert not found.unchanged_places


def test_only_what_differs_is_said_of_the_way_back() -> None:
    there = {case.name: (case.step, case.levels, case.kinds) for case in CASES}
    assert len(there) == len(CASES)
    for name, back in WAYS_BACK.items():
        assert there[name] != (back.step, back.levels, back.kinds), name


def test_without_a_change_everything_is_equal() -> None:
    found = difference()
    assert (found.changes, found.step, levels(found)) == ((), "", {})
    assert len(found.comparability) == 11


def test_nobody_is_compared_with_another_instrument() -> None:
    with pytest.raises(ValueError, match="two instruments: prova and altra"):
        compare(OLDER, replace(OLDER, id="altra"))


def test_a_variant_taken_away_ends_its_scores() -> None:
    found = compare(newer(), without_variant())
    assert found.step == "MAJOR"
    assert levels(found) == both(NOT, EASY, SHORT_EASY, OTHER_EASY)
    assert "scheda P: si toglie la versione easy" in sentences(found)


def test_a_variant_added_leaves_the_others_alone() -> None:
    found = compare(without_variant(), newer())
    assert (found.step, levels(found)) == ("MINOR", {})


def test_a_form_taken_away_ends_its_scores_and_one_added_takes_nothing() -> None:
    fewer = without_operator()
    found = compare(OLDER, fewer)
    assert (found.step, levels(found)) == ("MAJOR", both(NOT, OPERATOR, SHORT_OPERATOR))
    back = compare(fewer, OLDER)
    assert (back.step, levels(back)) == ("MINOR", {})


def test_a_module_comes_and_goes_as_a_whole() -> None:
    included = with_module("0.1.0")
    found = compare(OLDER, included)
    assert (found.step, levels(found)) == ("MINOR", {})
    assert "si aggiunge il modulo mod 0.1.0" not in sentences(found)
    assert {"si aggiunge il modulo mod", "domande nuove nella sezione MOD: MOD_1"} <= sentences(found)
    assert compare(included, OLDER).step == "MAJOR"
    assert levels(compare(included, OLDER)) == {"MOD_S P std": NOT, "MOD_S P easy": NOT}


def test_another_version_of_a_module_counts_for_what_it_changes() -> None:
    found = compare(with_module("0.1.0"), with_module("0.2.0"))
    assert sentences(found) == {"il modulo mod passa dalla versione 0.1.0 alla 0.2.0"}
    assert found.step == "PATCH"
    assert compare(with_module("0.1.0"), with_module("0.1.0")).changes == ()
    found = compare(with_module("0.1.0"), with_module("0.2.0", ("Mi va bene.", "Mi va molto bene.")))
    assert (found.step, levels(found)) == ("MINOR", {"MOD_S P std": JUSTIFY})
    assert [change.place for change in found.undeclared] == ["MOD_1.text.P.std"]
    back = compare(with_module("0.2.0", ("Mi va bene.", "Mi va molto bene.")), with_module("0.1.0"))
    assert (back.step, levels(back)) == (found.step, levels(found))


def test_a_module_is_compared_by_itself_too() -> None:
    older, more = module(), module(("Ti va bene?", "Ti va molto bene?"))
    assert levels(compare(older, more)) == levels(compare(more, older)) == {"MOD_S P easy": JUSTIFY}


def test_an_item_that_begins_to_be_asked_at_an_occasion_changes_the_scale_there() -> None:
    asked = ("        criterion: Sonno\n", "        criterion: Sonno\n        occasions: [T1]\n")
    fewer = ("min_valid_at: {T0: {P: 4}}", "min_valid_at: {T0: {P: 3}}")
    found = compare(newer(asked, fewer), newer(fewer))
    assert found.step == "MAJOR"
    assert levels(found) == {**both(JUSTIFY, STD, EASY), SHORT_STD: NOT, SHORT_EASY: NOT}
    assert "si chiedono anche a T0: PROVA_A3" in sentences(found)
    back = compare(newer(fewer), newer(asked, fewer))
    assert "non si chiedono più a T0: PROVA_A3" in sentences(back)
    assert (back.step, levels(back)) == (found.step, levels(found))


def test_a_scale_that_no_occasion_asks_any_more_is_not_comparable_there() -> None:
    at_the_end = (
        "    occasions: [T1, T2]\n    format: {P: {std: R5, easy: R3}}\n    show_if",
        "    occasions: [T2]\n    format: {P: {std: R5, easy: R3}}\n    show_if",
    )
    found = difference(at_the_end)
    assert found.step == "MAJOR"
    assert levels(found) == both(NOT, OTHER_STD, OTHER_EASY)
    assert found.comparability["PROVA_B", "P", "std"].reasons == ("non si chiede più a T1",)
    back = compare(newer(at_the_end), OLDER)
    assert (back.step, levels(back)) == ("MINOR", {})


def test_a_form_that_asks_one_more_item_changes_its_scale_only() -> None:
    start = "criterion: Forze\n        text:\n"
    more = (start, f"{start}          O: {{std: È in forze.}}\n")
    found = difference(more)
    assert "la scheda O, versione std, chiede anche: PROVA_A5" in sentences(found)
    assert levels(found) == both(NOT, OPERATOR)
    back = compare(newer(more), OLDER)
    assert "la scheda O, versione std, non chiede più: PROVA_A5" in sentences(back)
    assert (back.step, levels(back)) == ("MAJOR", both(NOT, OPERATOR))


def test_an_index_needs_all_its_scales_in_the_older_version() -> None:
    older = newer(
        ("scales: [PROVA_A, PROVA_B]", "scales: [PROVA_B]"),
    )
    assert levels(compare(older, OLDER)) == {}
    # Form O has no scale PROVA_B: without PROVA_A nothing is left of its index.
    assert levels(compare(OLDER, older)) == {"PROVA_IND O std": NOT}
    without = (
        "indices:\n  - {id: PROVA_IND, title: Tutto, scales: [PROVA_A, PROVA_B], min_valid: 1}\n\n",
        "",
    )
    back = compare(newer(without), OLDER)
    assert (back.step, levels(back)) == ("MINOR", {})
    gone = difference(without)
    assert levels(gone) == {f"PROVA_IND {who}": NOT for who in ("P std", "P easy", "O std")}


def test_sentences_say_what_changed_from_what_to_what() -> None:
    assert sentences(difference(TEXT)) == {
        "PROVA_A2, scheda P, versione std: il testo cambia da «Provo ansia.» a «Provo ansia o agitazione.»"
    }
    assert sentences(difference(("        reversed: true\n", ""))) == {
        "PROVA_A2: cambia il verso del punteggio (da sì a no)"
    }


def test_both_sides_of_a_rescored_scale_follow_the_newer_rule() -> None:
    (reason,) = difference(("        reversed: true\n", "")).comparability["PROVA_A", "P", "std"].reasons
    assert reason == "il punteggio si calcola per tutte e due le versioni con la regola più nuova"


def test_the_common_items_of_a_scale_are_named() -> None:
    row = difference((ITEMS, ITEMS.replace(", PROVA_A5]", "]"))).comparability["PROVA_A", "P", "std"]
    assert row.common == ("PROVA_A1", "PROVA_A2", "PROVA_A3", "PROVA_A4")


def test_a_kind_declared_where_no_text_changed_is_told() -> None:
    kinds = {"PROVA_A2.text.P.std": "typo", "PROVA_A9.text.P.std": "typo", "glossary.tutor": "typo"}
    found = difference(TEXT, ("tutor: La persona", "tutor: Chi"), kinds=kinds)
    assert found.unchanged_places == ("PROVA_A9.text.P.std", "glossary.tutor")
    assert not found.undeclared


def test_new_meanings_are_told_apart() -> None:
    found = difference(TEXT, kinds={"PROVA_A2.text.P.std": "new meaning"})
    assert [change.place for change in found.new_meanings] == ["PROVA_A2.text.P.std"]
    assert difference(TEXT).new_meanings == ()


@pytest.mark.parametrize(
    ("version", "step", "expected"),
    [
        ("0.1.0", "MAJOR", "0.2.0"),
        ("0.1.5", "MINOR", "0.2.0"),
        ("0.1.5", "PATCH", "0.1.6"),
        ("1.2.3", "PATCH", "1.2.4"),
        ("1.2.3", "MINOR", "1.3.0"),
        ("1.2.3", "MAJOR", "2.0.0"),
    ],
)
def test_versions_step(version: str, step: str, expected: str) -> None:
    assert stepped(version, step) == expected


def test_the_least_version_follows_the_greatest_step() -> None:
    assert difference(TEXT).least_version == "1.3.0"
    assert difference(("        reversed: true\n", "")).least_version == "2.0.0"
    assert difference().least_version == "1.2.4"


def test_short_scales_have_the_id_that_scores_give_them() -> None:
    assert SHORT_SUFFIX == scores.SHORT_SUFFIX
