"""Transcripts of every kind, in every encoding; files that are none."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.focus_groups.transcripts import (
    MAX_BYTES,
    Piece,
    TranscriptError,
    as_text,
    marked,
    pieces_in,
    pieces_of,
)

TEXT = "P1: così è più facile.\nSempre.\n\n \n\nP2: perché no?\n"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{{}}</w:body></w:document>'
VTT = """WEBVTT

NOTE fatto a mano

1
00:00:05.000 --> 00:00:09.000
<v P1>Il tutor <i>conta</i>

2
00:00:09.000 --> 00:00:12.000
<v P1>più di tutto.

01:02:00.000 --> 01:02:04.000 align:start
<v P2>Non sempre.

02:10.000 --> 02:12.000
Senza voce
"""


def document(body: str, name: str = "word/document.xml", form: str = WORD) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, form.replace("{}", body))
    return held.getvalue()


def texts(name: str, content: bytes) -> list[str]:
    return [piece.text for piece in pieces_of(name, content)]


def why(name: str, content: bytes) -> str:
    with pytest.raises(TranscriptError) as refused:
        pieces_of(name, content)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_plain_text_is_cut_at_blank_lines_in_every_encoding(encoding: str) -> None:
    assert texts("fg2.TXT", TEXT.encode(encoding)) == ["P1: così è più facile.\nSempre.", "P2: perché no?"]


def test_lines_may_end_in_every_way() -> None:
    assert [piece.text for piece in pieces_in("a\r\n\r\nb\r\rc")] == ["a", "b", "c"]


def test_cues_have_a_voice_and_a_minute_and_what_one_voice_says_stays_together() -> None:
    assert pieces_of("fg2.vtt", VTT.encode()) == [
        Piece("Il tutor conta più di tutto.", "P1", 0),
        Piece("Non sempre.", "P2", 62),
        Piece("Senza voce", "", 2),
    ]


def test_a_document_is_cut_at_its_paragraphs() -> None:
    body = "<w:p><w:r><w:t>P1: il </w:t></w:r><w:r><w:t>tutor</w:t><w:br/><w:t>conta</w:t></w:r></w:p><w:p/>"
    body += "<w:p><w:r><w:t>Le pause</w:t><w:tab/><w:t>anche &amp; poi</w:t></w:r></w:p>"
    assert texts("fg2.docx", document(body)) == ["P1: il tutor\nconta", "Le pause anche & poi"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("fg2.txt", b"x" * (MAX_BYTES + 1), "too_big"),
        ("fg2.txt", b"parole " * 100_000, "too_big"),
        ("fg2.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "no_text"),
        ("fg2.txt", b"\xff\xfe\x00", "no_text"),
        ("fg2.mp3", b"ID3", "no_text"),
        ("fg2", b"testo", "no_text"),
        ("fg2.txt", b" \n\n ", "empty"),
        ("fg2.txt", b"", "empty"),
        ("fg2.vtt", b"WEBVTT\n\nniente", "empty"),
        ("fg2.docx", b"PK\x03\x04 rotto", "broken_docx"),
        ("fg2.docx", document("", name="altro.xml"), "broken_docx"),
        ("fg2.docx", document("<w:p>"), "broken_docx"),
        ("fg2.docx", document("x" * (5 * MAX_BYTES)), "too_big"),
    ],
)
def test_what_is_no_transcript_is_refused(name: str, content: bytes, reason: str) -> None:
    assert why(name, content) == reason


def test_entities_are_never_opened() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + WORD
    assert why("fg2.docx", document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", form=bomb)) == "broken_docx"


def test_what_is_too_long_is_cut_where_a_sentence_ends() -> None:
    long = "Una frase intera. " * 400
    found = pieces_in(long)
    assert [len(piece.text) <= 4000 for piece in found] == [True, True]
    assert all(piece.text.endswith("intera.") for piece in found)
    assert [len(piece.text) for piece in pieces_in("x" * 9000)] == [4000, 4000, 1000]


def test_speakers_are_the_codes_of_the_meeting() -> None:
    found = marked("P1: il tutor\n\n(62') [P2]: non sempre\n\nNota: altro\n\nP1:", {"P1", "P2"})
    assert found == [
        Piece("il tutor", "P1"),
        Piece("non sempre", "P2", 62),
        Piece("Nota: altro"),
        Piece("P1:"),
    ]


def test_a_text_that_was_shown_is_read_again_as_it_was() -> None:
    found = pieces_of("fg2.vtt", VTT.encode())
    assert marked(as_text(found), {"P1", "P2"}) == found


def reason(name: str, content: bytes) -> str:
    """Why a file is refused; empty for one whose excerpts are all of a length that can be kept."""
    try:
        found = pieces_of(name, content)
    except TranscriptError as refused:
        return str(refused)
    return "" if all(1 <= len(piece.text) <= 4000 for piece in found) else "bad length"


@given(st.text(), st.sampled_from(["txt", "vtt"]))
def test_any_text_is_cut_or_refused_in_one_of_our_words(text: str, kind: str) -> None:
    assert reason(f"a.{kind}", text.encode("utf-8", "ignore")) in ("", "no_text", "empty")


@given(st.binary(max_size=300), st.sampled_from(["txt", "vtt", "docx"]))
def test_any_bytes_are_cut_or_refused_in_one_of_our_words(content: bytes, kind: str) -> None:
    assert reason(f"a.{kind}", content) in ("", "no_text", "empty", "broken_docx")


@given(st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_a_damaged_document_is_cut_or_refused(place: int, damage: bytes) -> None:
    whole = document("<w:p><w:r><w:t>Il tutor</w:t></w:r></w:p>")
    content = whole[:place] + damage + whole[place + len(damage) :]
    assert reason("a.docx", content) in ("", "empty", "broken_docx")
