"""A transcript cut into excerpts: plain text, WebVTT (.vtt), Word (.docx). Pure.

Nothing of a file is believed: what is no text, too big, or holds entities is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from xml.parsers import expat

from surveyapp.focus_groups.notes import LONGEST_NOTE

MAX_BYTES = 5 * 1024 * 1024
# What the text of a .docx may be, once it is unpacked: no bomb goes further.
MAX_UNPACKED = 4 * MAX_BYTES
# Ten hours of talk; longer ones are cut in parts before.
MAX_TEXT = 600_000
WORDS_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# Bytes that no text has, in the encodings below.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
CUE = re.compile(r"(?:(\d+):)?([0-5]?\d):[0-5]\d[.,]\d{3}\s+-->")
VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
TAG = re.compile(r"</?[^>]*>")
# What zipfile raises for what is no archive, or a damaged or locked one.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, ValueError)
# "P3: ..." at the beginning of a paragraph; also "[P3]".
SPEAKER = re.compile(r"\[?([A-Za-z0-9][A-Za-z0-9_.-]{0,19})\]?\s*:\s+")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


class TranscriptError(Exception):
    """The file cannot be used; the argument names the reason: too_big, no_text, empty, broken_docx."""


@dataclass(frozen=True)
class Piece:
    """One excerpt to be: its text, who spoke (a code, or "") and the minute, where the file says so."""

    text: str
    speaker: str = ""
    minute: int | None = None


def pieces_of(name: str, content: bytes) -> list[Piece]:
    """The excerpts of a file; its name says what it is. Raises TranscriptError."""
    if len(content) > MAX_BYTES:
        raise TranscriptError("too_big")
    kind = name.rpartition(".")[2].lower()
    read = READERS.get(kind)
    if read is None:
        raise TranscriptError("no_text")
    found = [part for piece in read(content) for part in _short(piece)]
    if not found:
        raise TranscriptError("empty")
    if sum(len(piece.text) for piece in found) > MAX_TEXT:
        raise TranscriptError("too_big")
    return found


def pieces_in(text: str) -> list[Piece]:
    """The excerpts of a text: one ends where a line is blank."""
    blocks = (
        _joined(block) for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    )
    return [part for block in blocks if block for part in _short(Piece(block))]


def as_text(pieces: Iterable[Piece]) -> str:
    """The excerpts as a text that can be changed, and that `marked` reads again: minute and code first."""
    return "\n\n".join(f"{_mark(piece)}{piece.text}" for piece in pieces)


def marked(text: str, codes: Set[str]) -> list[Piece]:
    """The excerpts of such a text; who speaks is told by a code of the meeting and a colon."""
    return [_with_speaker(_with_minute(piece), codes) for piece in pieces_in(text)]


def decoded(content: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16 or Windows-1252. Raises TranscriptError for what is no text."""
    named = next((code for order, code in BYTE_ORDERS.items() if content.startswith(order)), None)
    for encoding in (named,) if named else ("utf-8", *_wide(content), "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise TranscriptError("no_text")


def _wide(content: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sides = {"utf-16-le": content[1:2000:2], "utf-16-be": content[0:2000:2]}
    return tuple(code for code, side in sides.items() if side and side.count(0) > 0.8 * len(side))


def _plain(content: bytes) -> list[Piece]:
    return pieces_in(decoded(content))


def _subtitles(content: bytes) -> list[Piece]:
    """One excerpt for each cue; what one voice says without a break stays together."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    cues = [cue for block in re.split(r"\n[^\S\n]*\n", text) if (cue := _cue(block))]
    found: list[Piece] = []
    for cue in cues:
        last = found[-1] if found else None
        if last and cue.speaker and last.speaker == cue.speaker and _fits(last, cue):
            found[-1] = Piece(f"{last.text} {cue.text}", last.speaker, last.minute)
        else:
            found.append(cue)
    return found


def _fits(one: Piece, other: Piece) -> bool:
    return len(one.text) + len(other.text) < LONGEST_NOTE


def _cue(block: str) -> Piece | None:
    lines = block.strip().split("\n")
    place = next((number for number, line in enumerate(lines) if CUE.match(line.strip())), None)
    time = CUE.match(lines[place].strip()) if place is not None else None
    if place is None or time is None:
        return None
    said = "\n".join(lines[place + 1 :])
    voice = VOICE.search(said)
    text = _joined(TAG.sub("", said))
    minute = int(time[1] or 0) * 60 + int(time[2])
    return Piece(text, voice[1].strip() if voice else "", minute) if text else None


def _document(content: bytes) -> list[Piece]:
    """One excerpt for each paragraph with words in it."""
    return [Piece(text) for paragraph in _paragraphs(_main_part(content)) if (text := _joined(paragraph))]


def _main_part(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as part:
            data = part.read(MAX_UNPACKED + 1)
    except BROKEN as error:
        raise TranscriptError("broken_docx") from error
    if len(data) > MAX_UNPACKED:
        raise TranscriptError("too_big")
    return data


def _paragraphs(data: bytes) -> list[str]:
    """The words of each paragraph. A document type is refused: no entity is ever opened."""
    found: list[str] = []
    inside: list[str] = []

    def started(name: str, _attributes: Mapping[str, str]) -> None:
        inside.append(name)
        if name == _tag("p"):
            found.append("")
        elif name in (_tag("br"), _tag("tab")) and found:
            found[-1] += "\n" if name == _tag("br") else " "

    def words(text: str) -> None:
        if found and inside and inside[-1] == _tag("t"):
            found[-1] += text

    def refused(*_: object) -> None:
        raise TranscriptError("broken_docx")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.CharacterDataHandler = started, words
    parser.EndElementHandler = lambda _name: inside.pop()
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise TranscriptError("broken_docx") from error
    return found


def _tag(name: str) -> str:
    return f"{WORDS_NAMESPACE} {name}"


def _joined(block: str) -> str:
    """The lines of a block as one text, without what no excerpt holds."""
    lines = (" ".join(line.split()) for line in CONTROL.sub("", block).split("\n"))
    return "\n".join(line for line in lines if line)


def _short(piece: Piece) -> Iterator[Piece]:
    """The piece itself; one that is too long is cut where a sentence ends, else where it must be."""
    text = piece.text
    while len(text) > LONGEST_NOTE:
        ends = [match.start() for match in SENTENCE_END.finditer(text[:LONGEST_NOTE])]
        place = ends[-1] if ends else LONGEST_NOTE
        yield Piece(text[:place].strip(), piece.speaker, piece.minute)
        text = text[place:].strip()
    if text:
        yield Piece(text, piece.speaker, piece.minute)


def _mark(piece: Piece) -> str:
    minute = "" if piece.minute is None else f"({piece.minute}') "
    return f"{minute}{piece.speaker}: " if piece.speaker else minute


def _with_minute(piece: Piece) -> Piece:
    found = re.match(r"\((\d{1,3})'\)\s*", piece.text)
    rest = piece.text[found.end() :] if found else ""
    return Piece(rest, piece.speaker, int(found[1])) if found and rest else piece


def _with_speaker(piece: Piece, codes: Set[str]) -> Piece:
    found = SPEAKER.match(piece.text)
    rest = piece.text[found.end() :] if found else ""
    return Piece(rest, found[1], piece.minute) if found and rest and found[1] in codes else piece


READERS: Mapping[str, Callable[[bytes], list[Piece]]] = {
    "txt": _plain,
    "vtt": _subtitles,
    "docx": _document,
}
