"""Instrument files as their authors write them: what is valid is read, each fault is told with its line."""

from pathlib import Path

import pytest

from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.source import InvalidFileError, UnreadableError, parse
from tests.instruments.files import INVALID, SMALL, VALID, problems, with_change


@pytest.fixture(scope="module")
def small() -> Instrument:
    return read_instrument(SMALL.encode())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_file_is_read_without_problems(path: Path) -> None:
    assert problems(path.read_bytes()) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_fault_is_told_in_words_at_its_line(path: Path) -> None:
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert problems(path.read_bytes()) == expected
    assert expected


def test_every_fault_has_its_sentences() -> None:
    sentences = sorted((Path(__file__).parent / "invalid").glob("*.txt"))
    assert [path.stem for path in sentences] == [path.stem for path in INVALID]


def test_five_different_problems_are_told_at_once() -> None:
    told = problems((Path(__file__).parent / "invalid" / "five_problems.yaml").read_bytes())
    assert [int(line.split(":")[0]) for line in told] == [3, 22, 23, 49, 64]


def test_unquoted_words_and_numbers_stay_text() -> None:
    path = Path(__file__).parent / "valid" / "unquoted_words.yaml"
    found = read_instrument(path.read_bytes())
    labels = [option.label for option in found.formats["SN"].options]
    assert labels == ["No", "on", "~", "null", "2026-01-07", "1e3"]
    assert (found.title, found.occasions["T0"].title) == ("010", "1:30")
    assert (found.forms["P"].title, found.forms["P"].variants["std"].title) == ("Yes", "true")
    assert found.items["PROVA_1"].wordings["P", "std"].text == "="


def test_an_instrument_keeps_what_its_file_says(small: Instrument) -> None:
    assert (small.id, small.version, small.title) == ("prova", "0.1.0", "Prova")
    assert [section.id for section in small.sections] == ["COME", "MIRE", "ESITI"]
    assert small.items["PROVA_A2"].reversed
    assert small.items["PROVA_A1"].core
    assert small.items["PROVA_OB2"].show_if == Rule("answered", "PROVA_OB1")
    assert small.items["PROVA_OBR1"].carries == "PROVA_OB1"
    assert small.items["PROVA_OB1"].wordings["P", "std"].hint == "Scrivi con parole tue."
    assert small.forms["P"].default_variant == "easy"
    assert small.scale("PROVA_A").short is not None


def test_source_comes_from_item_section_or_default() -> None:
    path = Path(__file__).parent / "valid" / "unquoted_words.yaml"
    assert read_instrument(path.read_bytes()).items["PROVA_1"].source == "progetto"
    assert read_instrument(SMALL.encode()).items["PROVA_A1"].source == "proposta"
    quoted = with_change("    title: Come va\n", "    title: Come va\n    source: letteratura\n")
    assert read_instrument(quoted).items["PROVA_A1"].source == "letteratura"


def test_an_unknown_scale_is_a_key_error(small: Instrument) -> None:
    with pytest.raises(KeyError):
        small.scale("PROVA_Z")


def test_a_text_format_has_no_bounds(small: Instrument) -> None:
    with pytest.raises(ValueError, match="empty"):
        _ = small.formats["TXT"].minimum
    with pytest.raises(ValueError, match="empty"):
        _ = small.formats["TXT"].maximum


def test_windows_lines_and_byte_mark_are_read() -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert read_instrument(data).digest == read_instrument(SMALL.encode()).digest


def test_lines_are_right_with_windows_line_ends() -> None:
    changed = with_change("reversed: true", "girato: true").replace(b"\n", b"\r\n")
    assert [line.split(":")[0] for line in problems(changed)] == ["50"]


def test_a_file_too_big_is_refused() -> None:
    data = SMALL.encode() + b"# " + b"x" * 256 * 1024
    assert problems(data) == ["1: il file supera 256 kB: dividilo o togli il superfluo"]


def test_errors_say_how_many_and_where() -> None:
    with pytest.raises(InvalidFileError, match="2 problemi"):
        read_instrument(b"title: &a x\nid: *a\n")
    with pytest.raises(UnreadableError, match="1: il file è vuoto"):
        parse(b"")
