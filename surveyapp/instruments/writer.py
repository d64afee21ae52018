"""An instrument file written from its plain tree: the same content, laid out for who reads it.

Comments are no content: they are lost.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from surveyapp.instruments.source import InvalidFileError, Problem, UnreadableError, canonical, parse, plain

# A file as it stands in memory: names, lists and texts; nothing else, no number and no null.
Tree = str | list[Any] | dict[str, Any]

WIDTH = 100
STEP = "  "
# Short words under these names stay on one line as long as they fit, whatever their shape.
ON_ONE_LINE = (
    *("show_if", "full_if", "rule", "share", "count", "short", "format", "window", "repeat"),
    *("min_valid", "min_valid_at", "leave_out"),
)

# Texts that mean themselves without quotes, in a block and inside brackets ("=" and "<<" to other programs).
_INDICATORS = re.escape("-?:,[]{}#&*!|>'\"%@`")
_PLAIN = re.compile(rf"-?[0-9]+|(?!\.\.\.|=$|<<$)[^\s{_INDICATORS}]([^\t\n\r]*[^\s:])?")
_PLAIN_NEVER = re.compile(r": | #")
_IN_BRACKETS_NEVER = re.compile(r"[,\[\]{}:?#]")
# Several lines, none beginning or ending in something that is not seen; the first and the last say something.
_LINES = re.compile(r"\S([^\t\r\n]*\S)?\n((\S([^\t\r\n]*\S)?)?\n)*\S([^\t\r\n]*\S)?")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def document_of(data: bytes) -> dict[str, Any]:
    """A file as its plain tree. Raises InvalidFileError when it is unreadable or has no entries."""
    try:
        root, problems = parse(data)
    except UnreadableError as error:
        raise InvalidFileError(error.problems) from None
    document = plain(root)
    if not isinstance(document, dict):
        problems = [Problem(root.line, "qui servono voci «nome: valore», una per riga")]
    if problems:
        raise InvalidFileError(problems)
    return dict(document)


def digest_of(document: dict[str, Any]) -> str:
    """The digest of the file that holds this tree, however it is laid out."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def write_yaml(document: dict[str, Any]) -> str:
    """The text of a file that holds this tree.

    What is written has been read back and is the same. Raises ValueError for a tree that no file can hold:
    with characters that no screen shows, with names of pages, too deep or too big, with other things than
    texts.
    """
    text = "\n".join(_file(document)) + "\n"
    try:
        same = canonical(document_of(text.encode())) == canonical(document)
    except InvalidFileError as error:
        raise ValueError(f"no file can hold this: {error.problems[0].message}") from None
    if not same:
        raise ValueError("no file can hold this: not everything is a text")
    return text


def _file(document: dict[str, Any]) -> Iterator[str]:
    if not document:
        yield "{}"
    for place, (name, node) in enumerate(document.items()):
        lines = list(_entry(name, node, 0))
        if len(lines) > 1 and place:
            yield ""
        yield from lines


def _entry(name: str, node: Tree, depth: int, *, free: bool = False) -> Iterator[str]:
    """A name with what stands under it; `free` is inside something that may be on one line in any shape."""
    free = free or name in ON_ONE_LINE
    head = f"{STEP * depth}{_scalar(name)}:"
    yield from _under(f"{head} ", node, depth, one_line=free or (depth > 0 and _is_leaf(node)), free=free)


def _element(node: Tree, depth: int, *, free: bool) -> Iterator[str]:
    """An element of a list, its first line after the dash."""
    yield from _under(f"{STEP * depth}- ", node, depth, one_line=free or _is_simple(node), free=free)


def _under(head: str, node: Tree, depth: int, *, one_line: bool, free: bool) -> Iterator[str]:
    if not isinstance(node, list | dict):
        yield from _text(head, str(node), depth)
        return
    flow = head + _in_brackets(node)
    if not node or (len(flow) <= WIDTH and (one_line or _is_list_of_texts(node))):
        yield flow
        return
    lines = list(_block(node, depth + 1, free=free))
    if head.endswith("- "):
        lines[0] = head + lines[0].removeprefix(STEP * (depth + 1))
    else:
        yield head.rstrip()
    yield from lines


def _block(node: list[Any] | dict[str, Any], depth: int, *, free: bool) -> Iterator[str]:
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from _entry(name, inner, depth, free=free)
    else:
        for inner in node:
            yield from _element(inner, depth, free=free)


def _text(head: str, text: str, depth: int) -> Iterator[str]:
    """A text on its line, folded when it is too long for one, line by line when it has several."""
    inline = head + _scalar(text)
    lines = text.split("\n")
    if _LINES.fullmatch(text):
        yield f"{head}|-"
        yield from (f"{STEP * (depth + 1)}{line}".rstrip() for line in lines)
    elif len(inline) > WIDTH and re.fullmatch(r"[^\s]+( [^\s]+)+", text):
        yield f"{head}>-"
        yield from _folded(text.split(" "), STEP * (depth + 1))
    else:
        yield inline


def _folded(words: list[str], margin: str) -> Iterator[str]:
    line = margin + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = margin + word
        else:
            line += " " + word
    yield line


def _in_brackets(node: Tree) -> str:
    if isinstance(node, dict):
        inside = (f"{_scalar(name, brackets=True)}: {_in_brackets(inner)}" for name, inner in node.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(_in_brackets, node)) + "]"
    return _scalar(str(node), brackets=True)


def _scalar(text: str, *, brackets: bool = False) -> str:
    """A text, between quotes where it would mean something else without them."""
    never = _IN_BRACKETS_NEVER if brackets else _PLAIN_NEVER
    if _PLAIN.fullmatch(text) and not never.search(text):
        return text
    if ('"' in text or "\\" in text) and not re.search(r"[\t\n\r]", text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{text.translate(_ESCAPES)}"'


def _is_list_of_texts(node: Tree) -> bool:
    return isinstance(node, list) and all(isinstance(inner, str) for inner in node)


def _is_leaf(node: Tree) -> bool:
    """Whether only texts stand under it."""
    inside = node.values() if isinstance(node, dict) else node
    return all(isinstance(inner, str) for inner in inside)


def _is_simple(node: Tree) -> bool:
    """Whether its entries are texts, lists of texts, or short words of any shape."""
    return not isinstance(node, dict) or all(
        isinstance(inner, str) or _is_list_of_texts(inner) or name in ON_ONE_LINE
        for name, inner in node.items()
    )
