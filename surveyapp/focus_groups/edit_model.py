"""What can be edited in an instrument file: one frozen object for each kind of edit, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# A wording by form and variant.
SeenAs = tuple[str, str]


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, in an Italian sentence, at a place such as `AUT_BEN3`, `scales.AUT_BEN` or ""."""

    place: str
    sentence: str


@dataclass(frozen=True)
class Edited:
    """The text after an edit; where `faults` say why it could not be made, the text as it was."""

    text: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class SetWording:
    """The words of an item (`key`: text or hint) as one form and variant show them; an empty hint goes."""

    item: str
    seen_as: SeenAs
    words: str
    key: str = "text"


@dataclass(frozen=True)
class SetCriterion:
    """What an item is about, in words."""

    item: str
    words: str


@dataclass(frozen=True)
class SetLabel:
    """The words of one option of a response format; its code stays."""

    format: str
    code: str
    words: str


@dataclass(frozen=True)
class MoveItem:
    """An item to another place of its section, by `steps` (less than 0: up)."""

    item: str
    steps: int


@dataclass(frozen=True)
class AddItem:
    """A new item after another one, answered like it, at the same occasions."""

    after: str
    item: str
    criterion: str
    texts: Mapping[SeenAs, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RemoveItem:
    """An item out of its section; out of the scales it is taken by edits of their own."""

    item: str


@dataclass(frozen=True)
class PutInScale:
    """An item as the last one of a scale."""

    scale: str
    item: str


@dataclass(frozen=True)
class TakeFromScale:
    """An item out of a scale, and out of what the scale says of it."""

    scale: str
    item: str


@dataclass(frozen=True)
class SetModule:
    """Another version of a module that the file includes."""

    module: str
    version: str


@dataclass(frozen=True)
class SetVersion:
    """The version of the file."""

    version: str


Edit = (
    SetWording
    | SetCriterion
    | SetLabel
    | MoveItem
    | AddItem
    | RemoveItem
    | PutInScale
    | TakeFromScale
    | SetModule
    | SetVersion
)
