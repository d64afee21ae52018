"""Edits on rules, sections, options, minima, titles and glossary; and the places at which they look."""

import pytest

from surveyapp.focus_groups import draft_frame
from surveyapp.focus_groups.draft_checks import faults, read
from surveyapp.focus_groups.draft_places import untouched
from surveyapp.focus_groups.edit_model import (
    AddItem,
    AddMeaning,
    AddOption,
    Edit,
    MoveItem,
    MoveToSection,
    PutInScale,
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
)
from surveyapp.focus_groups.edits import edited
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.writer import document_of
from tests.focus_groups.test_edits import BASE, STD, after, refused
from tests.instruments.two_versions import OLDER

SOME = Rule("is", item="PROVA_A1", codes=(4, 5))
NAMED = Rule("all", parts=(SOME, Rule("not", parts=(Rule("where", among=(("paid", ("no",)),)),))))


def places(text: str) -> set[str]:
    return {change.place for change in compare(OLDER, read(text, {})).changes}


def test_a_rule_comes_changes_and_goes() -> None:
    text = after(SetRule("PROVA_A3", SOME))
    assert read(text, {}).declared["PROVA_A3"].show_if == SOME
    assert places(text) == {"PROVA_A3.show_if"}
    text = after(SetRule("PROVA_A3", NAMED), text=text)
    assert read(text, {}).declared["PROVA_A3"].show_if == NAMED
    assert after(SetRule("PROVA_A3", None), text=text) == BASE
    assert after(SetRule("PROVA_A3", None)) == BASE


def test_a_rule_that_looks_forward_is_told_at_its_question() -> None:
    found = faults(after(SetRule("PROVA_A1", Rule("answered", item="PROVA_A3"))), {})
    assert {fault.place for fault in found} == {"PROVA_A1"}


def test_the_verse_of_a_question_turns_and_turns_back() -> None:
    text = after(SetReversed("PROVA_A1", True))
    assert read(text, {}).declared["PROVA_A1"].reversed
    assert places(text) == {"PROVA_A1.reversed"}
    assert after(SetReversed("PROVA_A1", False), text=text) == BASE
    assert not read(after(SetReversed("PROVA_A2", False)), {}).declared["PROVA_A2"].reversed


def test_a_question_goes_to_another_section_as_it_was_asked() -> None:
    text = after(MoveToSection("PROVA_A5", "ALTRO"))
    was, now = OLDER.declared["PROVA_A5"], read(text, {}).declared["PROVA_A5"]
    assert (now.occasions, now.source) == (was.occasions, was.source)
    assert {key: one.format for key, one in now.wordings.items()} == {
        key: one.format for key, one in was.wordings.items()
    }
    section = next(one for one in read(text, {}).sections if one.id == "ALTRO")
    assert section.items[-1].id == "PROVA_A5"
    assert "sections.ALTRO.items" in places(text)


def test_formats_of_its_own_go_with_a_question() -> None:
    was = OLDER.declared["PROVA_B3"]
    now = read(after(MoveToSection("PROVA_B3", "COME")), {}).declared["PROVA_B3"]
    assert now.occasions == was.occasions
    assert {one.format.id for one in now.wordings.values()} == {"HOURS"}


def test_a_question_moved_where_another_format_is_usual_keeps_its_own() -> None:
    document = document_of(after(MoveToSection("PROVA_A4", "MIRE")).encode())
    moved = document["sections"][2]["items"][-1]
    assert moved["format"] == {"P": {"std": "R5", "easy": "R3"}}
    assert list(moved)[-1] == "text"


def test_options_come_in_the_order_of_their_codes_and_go() -> None:
    text = after(AddOption("R5", "0", "Mai"), AddOption("R5", "9", "Sempre"))
    assert [option.code for option in read(text, {}).formats["R5"].options] == [0, 1, 2, 3, 4, 5, 9]
    assert after(RemoveOption("R5", "0"), RemoveOption("R5", "9"), text=text) == BASE
    found = compare(OLDER, read(text, {}))
    assert found.step == "MAJOR"
    turned = after(RemoveOption("R5", "1"), AddOption("R5", "1", "Per niente"))
    assert turned == BASE


def test_options_in_an_order_of_their_own_keep_it() -> None:
    text = BASE.replace("{1: No, 2: Un po', 3: Sì}", "{3: Sì, 2: Un po', 1: No}", 1)
    done = edited(text, AddOption("R3", "2.5", "x"))
    assert "numero intero" in done.faults[0].sentence
    options = document_of(edited(text, AddOption("R3", "0", "x")).text.encode())["formats"]["R3"]["options"]
    assert list(options) == ["3", "2", "1", "0"]


def test_minima_titles_and_explanations_change() -> None:
    text = after(
        SetMinimum("PROVA_A", "P", "4"),
        SetTitle("", "", "Prova due"),
        SetTitle("sections", "COME", "Come stai"),
        SetTitle("forms", "P", "La tua scheda"),
        SetTitle("scales", "PROVA_A", "Come sta"),
        SetTitle("occasions", "T0", "All'inizio"),
        SetMeaning("tutor", "Chi ti segue."),
        AddMeaning("sonno", "Il dormire."),
    )
    now = read(text, {})
    assert now.scale("PROVA_A").min_valid["P"] == 4
    assert (now.title, now.sections[0].title) == ("Prova due", "Come stai")
    assert (now.forms["P"].title, now.scale("PROVA_A").title) == ("La tua scheda", "Come sta")
    assert now.occasions["T0"].title == "All'inizio"
    assert now.glossary == {"tutor": "Chi ti segue.", "sonno": "Il dormire."}


def test_words_leave_the_glossary_and_the_last_one_takes_it_along() -> None:
    text = after(AddMeaning("sonno", "Il dormire."))
    assert after(SetMeaning("sonno", ""), text=text) == BASE
    assert "glossary" not in document_of(after(SetMeaning("tutor", "")).encode())
    again = after(SetMeaning("tutor", ""), AddMeaning("tutor", "Chi ti segue."))
    assert read(again, {}).glossary == {"tutor": "Chi ti segue."}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (SetRule("PROVA_X", SOME), "non è fra quelle di questo file"),
        (SetRule("PROVA_A3", Rule("is", item="PROVA_A1", codes=tuple(range(101)))), "troppo lunga"),
        (SetReversed("PROVA_X", True), "non è fra quelle di questo file"),
        (MoveToSection("PROVA_A1", "NIENTE"), "la sezione NIENTE"),
        (MoveToSection("PROVA_A1", "COME"), "già nella sezione"),
        (MoveToSection("PROVA_G1", "COME"), "l'unica domanda"),
        (AddOption("TXT", "1", "x"), "non ha risposte fra cui scegliere"),
        (AddOption("R3", "uno", "x"), "numero intero"),
        (AddOption("R3", "1", "x"), "ha già una risposta"),
        (RemoveOption("R3", "7"), "non ha l'opzione 7"),
        (SetMinimum("PROVA_A", "Z", "1"), "non dà punteggio"),
        (SetMinimum("NIENTE", "P", "1"), "la scala NIENTE"),
        (SetTitle("forms", "Z", "x"), "la scheda Z"),
        (SetTitle("formats", "R3", "x"), "non ha un titolo"),
        (AddMeaning("tutor", "x"), "già nel glossario"),
        (AddMeaning("sonno", ""), "servono la parola"),
        (AddMeaning("", "x"), "servono la parola"),
        (SetMeaning("sonno", "x"), "non è nel glossario"),
    ],
)
def test_what_cannot_be_made_is_said(edit: Edit, said: str) -> None:
    assert said in refused(edit)


def test_the_last_option_stays() -> None:
    text = after(RemoveOption("R3_BIS", "1"), RemoveOption("R3_BIS", "2"))
    assert "l'unica risposta" in edited(text, RemoveOption("R3_BIS", "3")).faults[0].sentence


@pytest.mark.parametrize(
    ("meanwhile", "mine", "still"),
    [
        (SetWording("PROVA_A3", STD, "x"), SetRule("PROVA_A3", SOME), True),
        (SetRule("PROVA_A3", NAMED), SetRule("PROVA_A3", SOME), False),
        (SetRule("PROVA_A3", NAMED), SetReversed("PROVA_A3", True), False),
        (SetCriterion("PROVA_A1", "x"), MoveToSection("PROVA_A5", "ALTRO"), True),
        (MoveItem("PROVA_A1", 1), MoveToSection("PROVA_A5", "ALTRO"), False),
        (SetLabel("R3", "1", "x"), AddOption("R3", "4", "x"), False),
        (SetLabel("R3", "1", "x"), RemoveOption("R5", "1"), True),
        (PutInScale("PROVA_B", "PROVA_A1"), SetMinimum("PROVA_B", "P", "2"), False),
        (SetTitle("sections", "COME", "x"), SetTitle("sections", "COME", "y"), False),
        (SetTitle("sections", "COME", "x"), SetTitle("forms", "P", "y"), True),
        (SetTitle("", "", "x"), SetTitle("", "", "y"), False),
        (SetTitle("", "", "x"), SetTitle("forms", "Z", "y"), True),
        (SetMeaning("tutor", "x"), SetMeaning("tutor", "y"), False),
        (AddMeaning("sonno", "x"), AddMeaning("sonno", "y"), False),
        (SetMeaning("tutor", "x"), AddMeaning("sonno", "y"), True),
        (SetVersion("1.3.0"), SetVersion("1.4.0"), False),
        (SetVersion("1.3.0"), SetModule("mcr", "1.0.0"), True),
        (SetVersion("1.3.0"), AddItem("PROVA_A1", "PROVA_N1", "x"), True),
    ],
)
def test_an_older_page_is_written_over_nothing_newer(meanwhile: Edit, mine: Edit, still: bool) -> None:
    assert untouched(BASE, after(meanwhile), [mine]) is still


def test_what_stands_around_the_questions_is_fields_and_back() -> None:
    document = document_of(BASE.encode())
    found = draft_frame.fields(document)
    assert found["title.."] == "Prova"
    assert found["title.sections.COME"] == "Come va"
    assert found["minimum.PROVA_A.O"] == "1"
    assert found["meaning.tutor"] == "La persona che ti segue."
    assert draft_frame.edits(document, found) == []
    typed = {
        "title..": "Due",
        "minimum.PROVA_A.O": "2",
        "meaning.tutor": "",
        "title.forms.Z": "x",
        "new_term": "sonno",
        "new_meaning": "Il dormire.",
    }
    assert draft_frame.edits(document, typed) == [
        SetTitle("", "", "Due"),
        SetMinimum("PROVA_A", "O", "2"),
        SetMeaning("tutor", ""),
        AddMeaning("sonno", "Il dormire."),
    ]
    assert draft_frame.edits(document, {"new_meaning": "x"}) == [AddMeaning("", "x")]
