"""Rules as rows of menus: what fits into them comes back the same, what does not is left alone."""

from pathlib import Path
from typing import Any

import pytest

from surveyapp.focus_groups import draft_answers
from surveyapp.focus_groups.draft_fields import items
from surveyapp.focus_groups.rule_menus import Menus, Row, menus, rule_of, unfinished
from surveyapp.focus_groups.rule_trees import rule_at, tree_of
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.writer import document_of
from tests.bundled import FOLDER
from tests.instruments.two_versions import BEFORE

DOCUMENT = document_of(BEFORE.encode())
BUNDLED = [
    (item["id"], item["show_if"])
    for path in sorted(FOLDER.glob("**/0.1.0.yaml"))
    for _, item in items(document_of(Path(path).read_bytes()))
    if "show_if" in item
]
RICH: list[dict[str, Any]] = [
    {"all": [{"any": [{"answered": "A"}, {"answered": "B"}]}, {"answered": "C"}]},
    {"not": {"any": [{"where": {"placement_type": "LAB"}}, {"where": {"paid": "no"}}]}},
    {"where": {"province": "Cremona", "ambito": "Crema"}},
    {"not": {"not": {"answered": "A"}}},
    {"not": {"at_least": {"A": "3"}}},
]


@pytest.mark.parametrize(("item", "tree"), BUNDLED, ids=[item for item, _ in BUNDLED])
def test_every_rule_of_the_instruments_keeps_its_meaning(item: str, tree: dict[str, Any]) -> None:
    rule = rule_at({"show_if": tree})
    assert rule is not None
    assert rule_at({"show_if": tree_of(rule)}) == rule
    rows = menus(rule)
    assert rows is None or rule_of(rows) == rule


def test_most_rules_of_the_instruments_fit_into_the_menus() -> None:
    rows = [menus(rule_at({"show_if": tree})) for _, tree in BUNDLED]
    assert len(rows) > 30
    assert sum(row is None for row in rows) < len(rows) / 4


@pytest.mark.parametrize("tree", RICH)
def test_rules_within_rules_are_not_for_menus(tree: dict[str, Any]) -> None:
    assert menus(rule_at({"show_if": tree})) is None


def test_no_rule_has_no_rows() -> None:
    assert rule_at({}) is None
    assert menus(None) == Menus()
    assert rule_of(Menus()) is None


def test_conditions_stand_side_by_side() -> None:
    tree = {
        "any": [{"not": {"is": {"A": ["1", "2"]}}}, {"at_least": {"B": "2.5"}}, {"where": {"paid": "no"}}]
    }
    rows = menus(rule_at({"show_if": tree}))
    assert rows == Menus(
        "any",
        (
            Row("item", "A", "is_not", ("1", "2")),
            Row("item", "B", "at_least", number="2.5"),
            Row("where", "paid", "where", ("no",)),
        ),
    )
    rule = rule_of(rows)
    assert rule is not None
    assert tree_of(rule) == tree


def test_a_number_is_written_as_italians_do() -> None:
    row = Row("item", "B", "at_most", number=" 2,5 ")
    assert unfinished(Menus(rows=(row,))) == {}
    assert rule_of(Menus(rows=(row,))) == Rule("at_most", item="B", number=2.5)


@pytest.mark.parametrize(
    ("row", "need"),
    [
        (Row("item", "A", "is"), "value"),
        (Row("item", "A", "is", ("x",)), "value"),
        (Row("item", "A", "at_least"), "number"),
        (Row("item", "A", "at_least", number="due"), "number"),
        (Row("where", "paid", "where"), "value"),
        (Row("where", "paid", "is", ("1",)), "choice"),
        (Row("item", "A", "where", ("no",)), "choice"),
        (Row("item", "A", "sempre"), "choice"),
    ],
)
def test_a_row_says_what_it_still_needs(row: Row, need: str) -> None:
    assert unfinished(Menus(rows=(Row("item", "A", "answered"), row))) == {1: need}


def test_a_question_looks_at_those_before_it() -> None:
    found = draft_answers.before(DOCUMENT, "PROVA_B2")
    assert [title for title, _ in found] == ["Come va", "Altro"]
    assert [one.id for one in found[1][1]] == ["PROVA_B1"]
    own = draft_answers.before(DOCUMENT, "PROVA_C2")[-1]
    assert own[0] == "Gli ostacoli"
    moved = {"sections": [*DOCUMENT["sections"][-1:], *DOCUMENT["sections"][:-1]]} | {"formats": {}}
    assert draft_answers.before(moved, "PROVA_A1") == []


def test_options_have_the_words_of_every_form() -> None:
    found = draft_answers.asked(DOCUMENT, "PROVA_A1")
    assert found is not None
    assert found.options["1"] == "Per niente / No"
    assert found.options["5"] == "Moltissimo"
    assert found.has_degrees
    text = draft_answers.asked(DOCUMENT, "PROVA_G1")
    assert text is not None
    assert (text.options, text.has_degrees) == ({}, False)
    assert draft_answers.asked(DOCUMENT, "NIENTE") is None


def test_sentences_know_how_a_question_is_answered() -> None:
    found = draft_answers.response_format(DOCUMENT, "PROVA_A1")
    assert found is not None
    assert [option.label for option in found.options][:2] == ["Per niente", "Poco"]
    assert draft_answers.response_format(DOCUMENT, "NIENTE") is None


def test_the_context_has_the_closed_lists_of_the_file() -> None:
    values = draft_answers.context_values(DOCUMENT)
    assert values["occasion"] == {"T0": "Inizio", "T1": "Fine", "T2": "Dopo"}
    assert list(values["form"]) == ["P", "O"]
    assert set(values["variant"]) == {"easy", "std"}
    assert values["paid"] == {"yes": "yes", "no": "no"}
    assert values["province"] == {}
