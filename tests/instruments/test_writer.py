"""Files written from their plain tree: the same tree and digest when read back, laid out for people."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from surveyapp.instruments.source import InvalidFileError, canonical, digest, parse, plain
from surveyapp.instruments.writer import WIDTH, digest_of, document_of, write_yaml
from tests.instruments.files import FOLDER, SMALL, UNHURRIED, VALID

BUNDLED = sorted(FOLDER.rglob("*.yaml"))


def read_back(text: str) -> Any:
    root, problems = parse(text.encode())
    assert problems == []
    return plain(root)


@pytest.mark.parametrize("path", [*BUNDLED, *VALID], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_written_again_has_the_same_content(path: Path) -> None:
    document = document_of(path.read_bytes())
    text = write_yaml(document)
    assert canonical(read_back(text)) == canonical(document)
    assert digest(parse(text.encode())[0]) == digest(parse(path.read_bytes())[0]) == digest_of(document)
    assert write_yaml(document_of(text.encode())) == text
    # Other programs read it too, and nothing runs far off the screen but one long text in quotes.
    yaml.safe_load(text)
    assert [line for line in text.splitlines() if len(line) > WIDTH and '"' not in line] == []


# Characters that no screen shows stand in no file.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Co", "Cn"]))
TRICKY = st.text(alphabet=" -:?#,[]{}&*!|>'\"%@`~=<\\.\t\n\rabà1", max_size=12) | st.sampled_from(
    ["---", "...", "... a", "no", "~", "null", "1.5", "-1", "- a", "a: b", "a #b", " a", "a ", "a\n\nb", "\n"]
)
NAMES = st.text(alphabet="abcPQ19_ :-#{}[],'\"", min_size=1, max_size=8) | st.sampled_from(
    ["id", "show_if", "rule", "items", "text", "...", "?", "-"]
)
TREES = st.recursive(
    TRICKY | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(NAMES, TREES, max_size=5)


@UNHURRIED
@given(DOCUMENTS)
@example({})
@example({"": ""})
@example({"show_if": {"all": [{"is": {"A": "x" * 90}}, []]}})
@example({"a": [["b", ["c"]], {"d": {}}, "e" * 120]})
@example({"a": "parola " * 30 + "fine", "b": "prima riga\nseconda riga\n\nquarta"})
def test_whatever_is_written_is_read_the_same(document: dict[str, Any]) -> None:
    text = write_yaml(document)
    assert canonical(read_back(text)) == canonical(document)
    assert digest(parse(text.encode())[0]) == digest_of(document)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("No", "No"),
        ("010", "010"),
        ("-1", "-1"),
        ("Un po'", "Un po'"),
        ("Ti piace?", "Ti piace?"),
        ("Volevi: «questo»", '"Volevi: «questo»"'),
        ("Numero #3", '"Numero #3"'),
        ("- meno", '"- meno"'),
        ('Ha detto "no"', 'Ha detto "no"'),
        ('"No"', "'\"No\"'"),
        ('l\'"altro": sì', "'l''\"altro\": sì'"),
        ("a\tb", '"a\\tb"'),
        ("", '""'),
        ("due punti:", '"due punti:"'),
        ("{nome}", '"{nome}"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text: str, written: str) -> None:
    assert write_yaml({"testo": text}) == f"testo: {written}\n"


def test_inside_brackets_more_needs_quotes() -> None:
    assert write_yaml({"min_valid": {"P": "Ti piace?", "O": "a, b", "C": "Sì"}}) == (
        'min_valid: {P: "Ti piace?", O: "a, b", C: Sì}\n'
    )


def test_long_texts_are_folded_and_lines_kept() -> None:
    long = " ".join(["parola"] * 30)
    lines = write_yaml({"testo": long, "righe": "prima\n\nterza"}).splitlines()
    assert lines[0] == "testo: >-"
    assert all(line.startswith("  ") and len(line) <= WIDTH for line in lines[1:3])
    assert lines[-4:] == ["righe: |-", "  prima", "", "  terza"]


def test_the_layout_is_that_of_the_document() -> None:
    text = write_yaml(document_of(SMALL.encode()))
    assert "    window: {anchor: path_start, from_days: 0, to_days: 30, late_days: 60}\n" in text
    assert '          P: {std: Provo ansia., easy: "Ti senti in ansia?"}\n' in text
    assert "\n\nsections:\n  - id: COME\n    title: Come va\n" in text
    assert "    show_if: {answered: PROVA_OB1}\n" in text.replace("        show_if", "    show_if")
    assert "  - id: PROVA_A\n" in text


def test_a_rule_too_long_for_a_line_is_opened() -> None:
    conditions = [
        {"all": [{"is": {f"AUT_BEN{number}": "1"}}, {"answered": "AUT_BEN1"}]} for number in range(3)
    ]
    assert write_yaml({"show_if": {"any": conditions}}).splitlines()[:3] == [
        "show_if:",
        "  any:",
        "    - {all: [{is: {AUT_BEN0: 1}}, {answered: AUT_BEN1}]}",
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"testo": "di qua\u202edi là"},
        {"testo": "\ud800"},
        {"numero": 3},
        {"niente": None},
        {"nome" * 400: "x"},
        {"lungo": "x" * 300_000},
        {"fondo": [[[[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]]]]},
    ],
    ids=lambda document: next(iter(document))[:6],
)
def test_what_no_file_can_hold_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no file can hold this|surrogates not allowed"):
        write_yaml(document)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"id: a\nid: b\n", "2: la voce «id» è ripetuta (la prima è alla riga 1)"),
        (b"- a\n", "1: qui servono voci «nome: valore», una per riga"),
        (b"", "1: il file è vuoto"),
    ],
)
def test_a_document_is_what_a_file_says(data: bytes, sentence: str) -> None:
    with pytest.raises(InvalidFileError) as refused:
        document_of(data)
    assert [f"{found.line}: {found.message}" for found in refused.value.problems] == [sentence]
