"""Whether a draft is sound: read as a file is read, every problem told with its place. Pure."""

from bisect import bisect_right
from collections.abc import Iterator

from surveyapp.focus_groups.edit_model import Fault
from surveyapp.focus_groups.edits import normal
from surveyapp.instruments.assembly import Part
from surveyapp.instruments.comparison_model import numbers
from surveyapp.instruments.file_checks import Modules
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument, read_part
from surveyapp.instruments.source import (
    InvalidFileError,
    Mapping,
    Node,
    Problem,
    Scalar,
    Sequence,
    UnreadableError,
    parse,
)

MODULE = "module"
# Lists of a file whose elements have ids; items stand by their id alone, as in comparisons.
ITEMS = "items"


def read(text: str, modules: Modules, kind: str = "instrument") -> Instrument:
    """A draft as the strict reader reads it, a module for itself. Raises InvalidFileError."""
    data = text.encode()
    if kind == MODULE:
        part: Part = read_part(data, module=True)
        return part.instrument
    return read_instrument(data, modules)


def faults(text: str, modules: Modules, kind: str = "instrument") -> tuple[Fault, ...]:
    """Everything that the strict reader finds wrong, each with its place; never an exception."""
    try:
        read(text, modules, kind)
    except InvalidFileError as error:
        places = _places(text)
        return tuple(dict.fromkeys(_fault(places, found) for found in error.problems))
    except ValueError:  # letters that are none
        return (Fault("", "la bozza ha caratteri che un file non può tenere"),)
    return ()


def publishable(
    text: str, modules: Modules, base: Instrument, used: frozenset[str], kind: str = "instrument"
) -> bool:
    """Whether nothing in the text itself stands in the way of a publication.

    It is sound, as the writer writes it, of the same instrument, of a higher version, and no id of `used`
    that the base no longer has comes back.
    """
    if faults(text, modules, kind) or text != normal(text):
        return False
    draft = read(text, modules, kind)
    same = draft.id == base.id and numbers(draft.version) > numbers(base.version)
    return same and not reused(draft, base, used)


def reused(draft: Instrument, base: Instrument, used: frozenset[str]) -> tuple[Fault, ...]:
    """Items of a draft whose ids belonged to a question that an earlier version had, and the base has not."""
    again = [item for item in draft.declared if item in used and item not in base.declared]
    return tuple(Fault(item, f"l'id {item} è già stato usato: serve un id nuovo") for item in again)


def _fault(places: list[tuple[int, str]], found: Problem) -> Fault:
    if found.file:
        return Fault("", f"{found.file}: {found.message}")
    at = bisect_right(places, (found.line, "\uffff"))
    return Fault(places[at - 1][1] if at else "", found.message)


def _places(text: str) -> list[tuple[int, str]]:
    """From which line on which thing of the file stands, in order."""
    try:
        root, _ = parse(text.encode())
    except UnreadableError:
        return []
    return sorted(_named(root)) if isinstance(root, Mapping) else []


def _named(root: Mapping) -> Iterator[tuple[int, str]]:
    for name, node in root.entries.items():
        yield root.key_lines[name], name
        if isinstance(node, Mapping):
            yield from ((node.key_lines[inner], f"{name}.{inner}") for inner in node.entries)
        yield from ((line, f"{name}.{found}") for line, found, _ in _with_ids(node))
        for _, _, inside in _with_ids(node):
            yield from ((line, found) for line, found, _ in _with_ids(inside.entries.get(ITEMS)))


def _with_ids(node: Node | None) -> Iterator[tuple[int, str, Mapping]]:
    """The elements of a list that have an id: line, id, what stands in them."""
    for one in node.items if isinstance(node, Sequence) else ():
        named = one.entries.get("id") if isinstance(one, Mapping) else None
        if isinstance(one, Mapping) and isinstance(named, Scalar):
            yield one.line, named.text, one
