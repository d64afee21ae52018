"""YAML as text with line numbers: no guessed types, no anchors, no repeated keys, nothing too big."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from surveyapp.instruments.yaml_words import explained

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
# The longest questionnaire has a few thousand texts, names and lists; more would only multiply work.
MAX_EVENTS = 20_000


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a file, at which line, in an Italian sentence.

    `file` is set where it is another one than the file that was read.
    """

    line: int
    message: str
    file: str = ""


@dataclass(frozen=True)
class Scalar:
    """Text exactly as written: `No`, `010` and `1:30` stay text."""

    line: int
    text: str


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Mapping:
    """Keys in their order; of a repeated key the first is kept (and the repetition is a problem)."""

    line: int
    entries: dict[str, "Node"]
    key_lines: dict[str, int]


Node = Scalar | Sequence | Mapping


class UnreadableError(Exception):
    """The file cannot be read as plain YAML; `problems` say why and where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.line}: {problem.message}" for problem in problems))
        self.problems = problems


class InvalidFileError(Exception):
    """A file that is not what it should be; `problems` hold every reason with its line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problemi")
        self.problems = sorted(set(problems), key=lambda found: (found.file, found.line, found.message))


def parse(data: bytes) -> tuple[Node, list[Problem]]:
    """Read one YAML document into nodes.

    Returns the root and the repeated keys found (they do not stop the reading).
    Raises UnreadableError for everything that could hide or multiply content, before any content is built.
    """
    events = _events(_text(data))
    if forbidden := [problem for event in events for problem in _forbidden(event)]:
        raise UnreadableError(forbidden)
    builder = _Builder(events)
    return builder.node(), builder.problems


def digest(node: Node) -> str:
    """Sha256 of the canonical JSON: the same content gives the same digest, however it is laid out.

    The order of entries is content: it is the order in which options and variants are shown.
    """
    return hashlib.sha256(canonical(plain(node)).encode()).hexdigest()


def canonical(document: Any) -> str:
    """The JSON that the digest is taken of: no spaces, entries in their order, letters as they are."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def plain(node: Node) -> Any:
    """A node as texts, lists and dictionaries."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


# Characters that no screen shows and that change lines or direction unseen.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _unreadable(1, f"il file supera {MAX_BYTES // 1024} kB: dividilo o togli il superfluo")
    if b"\0" in data:
        raise _unreadable(1, "il file non è un testo UTF-8: salvalo come testo con codifica UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            line,
            "qui c'è un carattere che non è UTF-8 (forse una lettera accentata): salva il file come UTF-8",
        ) from None
    if found := _INVISIBLE.search(text):
        raise _unreadable(text.count("\n", 0, found.start()) + 1, _invisible(found[0]))
    return text


def _invisible(character: str) -> str:
    return f"carattere invisibile non ammesso (U+{ord(character):04X}): cancella e riscrivi questo testo"


def _unreadable(line: int, message: str) -> UnreadableError:
    return UnreadableError([Problem(line, message)])


def _events(text: str) -> list[Any]:
    """The events of the only document, by libyaml always: the Python parser reads other files as valid."""
    try:
        events = list(_bounded(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.MarkedYAMLError as error:
        line, sentence = explained(error)
        # What libyaml misses at the end of the file it places after the last line.
        raise _unreadable(min(line, text.count("\n") + 1), sentence) from None
    documents = [_line(event) for event in events if isinstance(event, yaml.DocumentStartEvent)]
    if not documents:
        raise _unreadable(1, "il file è vuoto")
    if len(documents) > 1:
        raise _unreadable(
            documents[1], "un solo documento per file: togli la riga «---» o dividi in due file"
        )
    return [event for event in events if not isinstance(event, _FRAME)]


_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _bounded(events: Iterable[Any]) -> Iterator[Any]:
    """The events as they come, so that a bomb of brackets is refused before libyaml reads it all (137 s)."""
    depth = 0
    for count, event in enumerate(events):
        if count > MAX_EVENTS:
            raise _unreadable(1, f"il file ha più di {MAX_EVENTS} fra voci, testi ed elenchi: dividilo")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _unreadable(_line(event), f"più di {MAX_DEPTH} livelli uno dentro l'altro")
        yield event


def _forbidden(event: Any) -> list[Problem]:
    if isinstance(event, yaml.AliasEvent):
        sentence = f"gli alias YAML non sono ammessi (*{event.anchor}): ripeti il contenuto, o {_QUOTE} *"
        return [Problem(_line(event), sentence)]
    sentences = []
    if getattr(event, "anchor", None):
        sentences.append(f"le ancore YAML non sono ammesse (&{event.anchor}): toglila, o {_QUOTE} &")
    if getattr(event, "tag", None):
        sentences.append(f"i tag YAML non sono ammessi ({event.tag}): toglilo, o {_QUOTE} !")
    if isinstance(event, yaml.ScalarEvent) and (hidden := _INVISIBLE.search(event.value)):
        sentences.append(_invisible(hidden[0]))
    return [Problem(_line(event), sentence) for sentence in sentences]


_QUOTE = "metti fra virgolette un testo che inizia con"


class _Builder:
    """Turns checked events into nodes."""

    def __init__(self, events: list[Any]) -> None:
        self._events = iter(events)
        self.problems: list[Problem] = []

    def node(self) -> Node:
        return self._build(next(self._events))

    def _build(self, event: Any) -> Node:
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value)
        return self._sequence(line) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(line)

    def _sequence(self, line: int) -> Sequence:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._build(event))
        return Sequence(line, tuple(items))

    def _mapping(self, line: int) -> Mapping:
        entries: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, value = self._build(event), self.node()
            self._add(key, value, entries, key_lines)
        return Mapping(line, entries, key_lines)

    def _add(self, key: Node, value: Node, entries: dict[str, Node], key_lines: dict[str, int]) -> None:
        if not isinstance(key, Scalar):
            self.problems.append(
                Problem(key.line, "il nome di una voce deve essere una parola, non un elenco")
            )
        elif key.text in entries:
            first = key_lines[key.text]
            self.problems.append(
                Problem(key.line, f"la voce «{key.text}» è ripetuta (la prima è alla riga {first})")
            )
        else:
            entries[key.text], key_lines[key.text] = value, key.line
