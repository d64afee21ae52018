"""What can be edited in an instrument file: one frozen object for each kind of edit, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from surveyapp.instruments.rule import Rule

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
class AddOption:
    """One more option of a response format, among the others by its code."""

    format: str
    code: str
    words: str


@dataclass(frozen=True)
class RemoveOption:
    """An option out of a response format."""

    format: str
    code: str


@dataclass(frozen=True)
class SetRule:
    """When an item is asked; always, without a rule."""

    item: str
    rule: Rule | None


@dataclass(frozen=True)
class SetReversed:
    """Whether the answers of an item are turned round before scoring."""

    item: str
    reversed: bool


@dataclass(frozen=True)
class MoveItem:
    """An item to another place of its section, by `steps` (less than 0: up)."""

    item: str
    steps: int


@dataclass(frozen=True)
class MoveToSection:
    """An item as the last one of another section, asked and answered as it was."""

    item: str
    section: str


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
class SetMinimum:
    """How many valid answers the score of a scale needs in a form."""

    scale: str
    form: str
    number: str


@dataclass(frozen=True)
class SetTitle:
    """The title of what has one: `of` is sections, scales, forms or occasions, "" for the file itself."""

    of: str
    code: str
    words: str


@dataclass(frozen=True)
class AddMeaning:
    """A word that the glossary does not have yet, with its explanation."""

    term: str
    words: str


@dataclass(frozen=True)
class SetMeaning:
    """The explanation of a word of the glossary; without one the word goes."""

    term: str
    words: str


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
    | AddOption
    | RemoveOption
    | SetRule
    | SetReversed
    | MoveItem
    | MoveToSection
    | AddItem
    | RemoveItem
    | PutInScale
    | TakeFromScale
    | SetMinimum
    | SetTitle
    | AddMeaning
    | SetMeaning
    | SetModule
    | SetVersion
)
