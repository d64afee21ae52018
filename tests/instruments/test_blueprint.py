"""Each of the 222 drafted items is in an instrument file, as drafted or as the tables of drafts.py say."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.model import Instrument, Item
from tests.instruments.drafts import (
    ANOTHER_FORMAT,
    CHANGED_TEXTS,
    DRAFTS,
    FROM_NO_TO_YES,
    LABELS,
    NAME_OF_A_FACT,
    ONE_OF_MANY_RECORDS,
    SPLIT,
    assembled_instruments,
    columns,
    items_of,
)

Shape = tuple[str, tuple[int, ...]]

# What the drafts' format codes mean: the kind, and the codes where these are fixed.
SHAPES: dict[str, Shape] = {
    "R5": ("choice", (1, 2, 3, 4, 5)),
    "R3": ("choice", (1, 2, 3)),
    "L5": ("choice", (1, 2, 3, 4, 5)),
    "G3": ("choice", (-1, 0, 1)),
    "P3": ("choice", (-1, 0, 1)),
    "N10": ("steps", tuple(range(1, 11))),
    "CAT": ("choice", ()),
    "MULTI": ("multi", ()),
    "NUM": ("number", ()),
    "NUM 0–6": ("number", ()),
    "DATE": ("date", ()),
    "TXT": ("text", ()),
    "TXT breve": ("text", ()),
}
# Options of a draft that are reasons for no value in a file.
REASONS = ("NS", "non so")
LETTERS = ("", "B", "C", "D")


@pytest.fixture(scope="module")
def instruments() -> Mapping[str, Instrument]:
    return assembled_instruments()


@pytest.fixture(scope="module")
def items(instruments: Mapping[str, Instrument]) -> Mapping[str, Item]:
    return items_of(instruments)


def in_words(text: str) -> str:
    """A criterion without the mark of a reversed item."""
    return re.sub(r" \(R[^)]*\)$", "", text)


def options_of(draft: Mapping[str, Any]) -> list[str]:
    """The options that a draft lists between dots, without those that are reasons."""
    listed = re.split(r"; ", draft["opzioni"])[0].split(" · ")
    return [label for label in listed if not label.startswith(REASONS)]


def shape_of_draft(draft: Mapping[str, Any], form: str, variant: str) -> Shape:
    easy = draft.get("formato_eas") if variant == "easy" else None
    others = draft.get("formato_OC") if form in "OC" else None
    written = easy or others or draft.get("formato_std") or draft["opzioni"]
    if written.startswith("CAT:"):
        return "choice", tuple(int(code) for code in re.findall(r" (\d)", written))
    if " · " in written:
        return "choice", tuple(range(1, len(options_of(draft)) + 1))
    return SHAPES[written]


def shape(declared: ResponseFormat, *, coded: bool) -> Shape:
    return declared.kind, tuple(sorted(option.code for option in declared.options)) if coded else ()


def formats(item: Item) -> set[str]:
    return {wording.format.kind for wording in item.wordings.values()}


def parts_of(item_id: str, items: Mapping[str, Item]) -> list[Item]:
    return [items[item_id + letter] for letter in LETTERS if item_id + letter in items]


def test_every_drafted_item_is_in_a_file(items: Mapping[str, Item]) -> None:
    assert len(DRAFTS) == 222
    assert DRAFTS.keys() <= items.keys()


def test_texts_are_the_drafted_ones_but_for_the_table(items: Mapping[str, Item]) -> None:
    changed = {}
    for item_id, draft in DRAFTS.items():
        for column, seen_as in columns(draft).items():
            wording = items[item_id].wordings.get(seen_as)
            text = wording.text if wording else ""
            if text != draft[column]:
                changed[f"{item_id} {column}"] = text
    assert changed == CHANGED_TEXTS


def test_reversal_stars_and_criteria_are_the_drafted_ones(items: Mapping[str, Item]) -> None:
    for item_id, draft in DRAFTS.items():
        item = items[item_id]
        assert (item.reversed, item.core) == (draft["inverso"], draft["nucleo"]), item_id
        assert item.criterion == in_words(draft.get("criterio", item.criterion)), item_id


def test_formats_are_the_drafted_ones_but_for_the_tables(items: Mapping[str, Item]) -> None:
    for item_id, draft in DRAFTS.items():
        if item_id in SPLIT or item_id in ANOTHER_FORMAT:
            continue
        for form, variant in columns(draft).values():
            if (form, variant) in items[item_id].wordings:
                expected = shape_of_draft(draft, form, variant)
                declared = items[item_id].wordings[form, variant].format
                assert shape(declared, coded=bool(expected[1])) == expected, f"{item_id} {form} {variant}"


@pytest.mark.parametrize("item_id", SPLIT)
def test_a_draft_with_several_answers_is_several_items(items: Mapping[str, Item], item_id: str) -> None:
    assert [formats(item) for item in parts_of(item_id, items)] == [{kind} for kind in SPLIT[item_id].split()]


@pytest.mark.parametrize("item_id", ANOTHER_FORMAT)
def test_another_format_is_the_one_of_the_table(items: Mapping[str, Item], item_id: str) -> None:
    kind, why = ANOTHER_FORMAT[item_id]
    assert formats(items[item_id]) == {kind}, why


@pytest.mark.parametrize(
    "key", [key for key in {**NAME_OF_A_FACT, **ONE_OF_MANY_RECORDS} if not key.startswith("A14")]
)
def test_the_name_of_a_fact_stays_as_its_criterion(items: Mapping[str, Item], key: str) -> None:
    item_id, column = key.split()
    named = [item.criterion.casefold() for item in parts_of(item_id, items)]
    drafted = DRAFTS[item_id][column].partition(" (eas")[0].casefold()
    assert named[0].partition(":")[0] in drafted
    assert all(part in " ".join(named) for part in re.split(r" / | e |, ", drafted))


@pytest.mark.parametrize("item_id", [name for name in DRAFTS if " · " in str(DRAFTS[name].get("opzioni"))])
def test_options_are_the_drafted_ones_but_for_the_table(items: Mapping[str, Item], item_id: str) -> None:
    drafted = [re.sub(r" (−?1|0)$", "", label) for label in options_of(DRAFTS[item_id])]
    expected = [LABELS.get(item_id, {}).get(label, label).casefold() for label in drafted]
    if item_id in FROM_NO_TO_YES:
        expected.reverse()
    for wording in items[item_id].wordings.values():
        assert [option.label.casefold() for option in wording.format.options] == expected


@pytest.mark.parametrize("item_id", [name for name in DRAFTS if DRAFTS[name].get("servizio", "—") != "—"])
def test_suggested_services_stand_under_their_factor(items: Mapping[str, Item], item_id: str) -> None:
    hint = items[item_id].wordings["O", "std"].hint or ""
    assert DRAFTS[item_id]["servizio"].casefold() in hint.casefold()
    assert items[item_id].icf == DRAFTS[item_id]["icf"]
