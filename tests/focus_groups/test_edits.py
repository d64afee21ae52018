"""Edits on the text of an instrument file: what they change, what they refuse, what they leave alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.focus_groups.draft_checks import faults, publishable, read
from surveyapp.focus_groups.edit_model import (
    AddItem,
    AddMeaning,
    AddOption,
    Edit,
    Fault,
    MoveItem,
    MoveToSection,
    PutInScale,
    RemoveItem,
    RemoveOption,
    SetCriterion,
    SetLabel,
    SetMeaning,
    SetMinimum,
    SetModule,
    SetReversed,
    SetRule,
    SetTitle,
    SetVersion,
    SetWording,
    TakeFromScale,
)
from surveyapp.focus_groups.edits import edited, ids_ever, normal
from surveyapp.instruments.file_checks import problems_of
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.writer import document_of
from tests.bundled import FOLDER
from tests.instruments.two_versions import BEFORE, OLDER

BASE = normal(BEFORE)
USED = ids_ever([OLDER])
STD, EASY = ("P", "std"), ("P", "easy")
BUNDLED = sorted(path for path in FOLDER.glob("*/0.1.0.yaml") if path.parent.name != "plan")


def after(*edits: Edit, text: str = BASE) -> str:
    for edit in edits:
        done = edited(text, edit, USED)
        assert not done.faults, done.faults
        text = done.text
    return text


def refused(edit: Edit) -> str:
    done = edited(BASE, edit, USED)
    assert done.text == BASE
    (fault,) = done.faults
    return fault.sentence


def changed(text: str) -> list[tuple[str, str]]:
    """The lines that differ, was and now, where none is added or taken."""
    return [pair for pair in zip(BASE.splitlines(), text.splitlines(), strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.parent.name)
def test_an_edit_keeps_everything_else_as_the_writer_writes_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    done = edited(text, SetVersion("0.1.0"))
    assert done.text == normal(text)
    assert document_of(done.text.encode()) == document_of(text.encode())


def test_a_wording_changes_in_one_form_and_variant() -> None:
    text = after(SetWording("PROVA_A1", EASY, "Stai bene: qui?"))
    was, now = OLDER.declared["PROVA_A1"], read(text, {}).declared["PROVA_A1"]
    assert now.wordings[EASY].text == "Stai bene: qui?"
    assert now.wordings[STD] == was.wordings[STD]
    assert len(changed(text)) == 1


def test_a_hint_comes_and_goes() -> None:
    hint = SetWording("PROVA_A1", EASY, "Pensa a oggi.", key="hint")
    text = after(hint)
    assert read(text, {}).declared["PROVA_A1"].wordings[EASY].hint == "Pensa a oggi."
    assert after(replace(hint, words=""), text=text) == BASE


def test_criterion_and_label_change() -> None:
    code = next(iter(OLDER.formats["R3"].options)).code
    text = after(SetCriterion("PROVA_A1", "Altro"), SetLabel("R3", str(code), "Mai"))
    now = read(text, {})
    assert now.declared["PROVA_A1"].criterion == "Altro"
    assert now.formats["R3"].options[0].label == "Mai"


def test_an_item_moves_within_its_section() -> None:
    text = after(MoveItem("PROVA_A2", -1))
    assert list(read(text, {}).declared)[:2] == ["PROVA_A2", "PROVA_A1"]
    assert after(MoveItem("PROVA_A2", 1), text=text) == BASE
    assert "già in fondo o in cima" in refused(MoveItem("PROVA_A1", -1))


def test_a_new_item_is_answered_like_the_one_before() -> None:
    texts = dict.fromkeys(OLDER.declared["PROVA_A1"].wordings, "Ti piace?")
    text = after(AddItem("PROVA_A1", "PROVA_A9", "Piacere", texts), PutInScale("PROVA_A", "PROVA_A9"))
    now = read(text, {})
    like = {seen_as: wording.format for seen_as, wording in now.declared["PROVA_A1"].wordings.items()}
    assert list(now.declared)[1] == "PROVA_A9"
    assert {seen_as: found.format for seen_as, found in now.declared["PROVA_A9"].wordings.items()} == like
    assert now.scale("PROVA_A").items[-1] == "PROVA_A9"


def test_an_id_is_never_used_twice() -> None:
    assert "id nuovo" in refused(AddItem("PROVA_A1", "PROVA_A2", "x", {STD: "x"}))
    older = edited(BASE, AddItem("PROVA_A1", "PROVA_OLD", "x", {STD: "x"}), USED | {"PROVA_OLD"})
    assert older.text == BASE
    assert older.faults[0].place == "PROVA_OLD"


def test_an_item_goes_and_what_still_names_it_is_told() -> None:
    text = after(RemoveItem("PROVA_A5"))
    found = faults(text, {})
    assert any("PROVA_A5" in fault.sentence and fault.place == "scales.PROVA_A" for fault in found), found
    assert not publishable(text, {}, OLDER, USED)
    assert "PROVA_A5" not in read(after(TakeFromScale("PROVA_A", "PROVA_A5")), {}).scale("PROVA_A").items


def test_a_problem_names_the_item_that_it_is_about() -> None:
    text = after(SetWording("PROVA_A2", EASY, "Ti piace {niente}?"))
    assert {fault.place for fault in faults(text, {})} == {"PROVA_A2"}
    assert {fault.place for fault in faults(after(SetVersion("due")), {})} == {"version"}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (SetWording("PROVA_X", STD, "x"), "non è fra quelle di questo file"),
        (SetWording("PROVA_A1", ("Z", "std"), "x"), "non chiede PROVA_A1"),
        (SetLabel("R3", "77", "x"), "non ha l'opzione 77"),
        (SetLabel("NIENTE", "1", "x"), "non ha l'opzione 1"),
        (PutInScale("NIENTE", "PROVA_A1"), "la scala NIENTE"),
        (PutInScale("PROVA_A", "PROVA_A1"), "è già nella scala"),
        (TakeFromScale("PROVA_A", "PROVA_X"), "non è nella scala"),
        (SetModule("NIENTE", "0.2.0"), "il modulo NIENTE"),
        (SetWording("PROVA_A1", STD, "con \u202e dentro"), "caratteri che non si vedono"),
        (SetWording("PROVA_A1", STD, "mezza \ud800"), "caratteri che non si vedono"),
        (SetWording("PROVA_A1", STD, "x" * 300_000), "troppo lungo"),
    ],
)
def test_what_cannot_be_made_is_said(edit: Edit, said: str) -> None:
    assert said in refused(edit)


def test_a_text_that_is_no_file_is_said_too() -> None:
    assert edited("a: [", SetVersion("1.0.0")).faults
    assert faults("a: [", {})[0].place == ""


def test_what_may_be_published_is_a_higher_version_of_the_same() -> None:
    assert not publishable(BASE, {}, OLDER, USED)
    text = after(SetVersion("1.3.0"))
    assert publishable(text, {}, OLDER, USED)
    assert not publishable(f"# a comment\n{text}", {}, OLDER, USED)
    texts = dict.fromkeys(OLDER.declared["PROVA_A1"].wordings, "Ti piace?")
    again = edited(text, AddItem("PROVA_A1", "PROVA_OLD", "x", texts)).text
    assert publishable(again, {}, OLDER, USED)
    assert not publishable(again, {}, OLDER, USED | {"PROVA_OLD"})


ITEMS = st.sampled_from([*OLDER.declared, "PROVA_N1", "PROVA_N2", "x", ""])
WORDS = st.one_of(st.text(max_size=20), st.sampled_from(["Ti piace?", "{tutor}", "No", "- a", "x: y #"]))
SEEN_AS = st.sampled_from([STD, EASY, ("O", "std"), ("Z", "")])
SCALES = st.sampled_from([*(scale.id for scale in OLDER.scales), "NIENTE"])
VERSIONS = st.sampled_from(["1.3.0", "2.0.0", "1.2.3", "1.0", ""])
FORMATS, CODES = st.sampled_from([*OLDER.formats, "x"]), st.sampled_from(["0", "1", "2", "3", "9", "x", ""])
CONTEXT = st.sampled_from([("paid", ("no",)), ("form", ("O", "Z")), ("x", ()), ("province", ("Bergamo",))])
LEAVES = st.one_of(
    st.builds(Rule, st.sampled_from(["answered", "known"]), item=ITEMS),
    st.builds(Rule, st.just("is"), item=ITEMS, codes=st.lists(st.integers(-1, 5), max_size=3).map(tuple)),
    st.builds(
        Rule, st.sampled_from(["at_least", "at_most"]), item=ITEMS, number=st.sampled_from([0.0, 2.5, 1e12])
    ),
    st.builds(Rule, st.just("where"), among=st.lists(CONTEXT, max_size=2).map(tuple)),
)
RULES = st.recursive(
    LEAVES,
    lambda rules: st.one_of(
        st.builds(Rule, st.just("not"), parts=st.tuples(rules)),
        st.builds(Rule, st.sampled_from(["all", "any"]), parts=st.lists(rules, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
TITLED = st.sampled_from(
    [("", ""), ("sections", "COME"), ("forms", "P"), ("scales", "PROVA_A"), ("occasions", "T0"), ("x", "x")]
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetWording, ITEMS, SEEN_AS, WORDS, st.sampled_from(["text", "hint"])),
    st.builds(SetCriterion, ITEMS, WORDS),
    st.builds(SetLabel, FORMATS, CODES, WORDS),
    st.builds(AddOption, FORMATS, CODES, WORDS),
    st.builds(RemoveOption, FORMATS, CODES),
    st.builds(SetRule, ITEMS, st.none() | RULES),
    st.builds(SetReversed, ITEMS, st.booleans()),
    st.builds(MoveToSection, ITEMS, st.sampled_from([*(one.id for one in OLDER.sections), "x"])),
    st.builds(SetMinimum, SCALES, st.sampled_from("POZ"), st.sampled_from(["0", "1", "5", "x", ""])),
    st.builds(lambda titled, words: SetTitle(*titled, words), TITLED, WORDS),
    st.builds(AddMeaning, WORDS, WORDS),
    st.builds(SetMeaning, WORDS | st.just("tutor"), WORDS),
    st.builds(MoveItem, ITEMS, st.integers(-3, 3)),
    st.builds(AddItem, ITEMS, ITEMS, WORDS, st.dictionaries(SEEN_AS, WORDS, max_size=3)),
    st.builds(RemoveItem, ITEMS),
    st.builds(PutInScale, SCALES, ITEMS),
    st.builds(TakeFromScale, SCALES, ITEMS),
    st.builds(SetModule, st.sampled_from(["mcr", "x"]), VERSIONS),
    st.builds(SetVersion, VERSIONS),
)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """What `surveyapp instruments check` says of a text in a file."""
    folder = tmp_path_factory.mktemp("instruments") / OLDER.id

    def check(text: str) -> list[str]:
        folder.mkdir(exist_ok=True)
        path = folder / f"{read(text, {}).version}.yaml"
        path.write_bytes(text.encode())
        return [problem.message for problem in problems_of(path)]

    return check


@settings(max_examples=40, deadline=None)
@given(edits=st.lists(EDITS, max_size=8))
def test_no_edits_ever_make_an_invalid_draft_publishable(
    checked: Callable[[str], list[str]], edits: list[Edit]
) -> None:
    text = after(SetVersion("1.3.0"))
    for edit in edits:
        done = edited(text, edit, USED)
        assert not done.faults or done.text == text
        assert all(isinstance(fault, Fault) and fault.sentence for fault in done.faults)
        text = done.text
        assert text == normal(text)
    if publishable(text, {}, OLDER, USED):
        assert checked(text) == []
        assert read(text, {}).id == OLDER.id
    else:
        assert faults(text, {}) or read(text, {}).version == "1.2.3"
