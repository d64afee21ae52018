"""Answers and how they are given, as frozen objects: options, response formats, wordings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

# Why an item has no value. The first three are options of a format; `skipped` comes from the button.
OFFERED_REASONS = ("NS", "NA", "NO")
SKIPPED = "skipped"

KINDS_OF_FORMAT = ("choice", "steps", "multi", "number", "date", "text")
SCORABLE = ("choice", "steps")
LENGTHS = ("short", "mini")  # shorter forms; "full" is the whole
FULL = "full"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item: exactly one of a code, a text, or the reason for no value.

    A whole number is a code; a number with decimals ("22.5"), a date ("2026-12-31") and several codes
    ("1,3") are texts.
    """

    value: int | None = None
    text: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Option:
    """A code that is stored for ever, and the words shown for it."""

    code: int
    label: str


@dataclass(frozen=True)
class ResponseFormat:
    """How an item is answered. `kind` is one of KINDS_OF_FORMAT.

    `no_value` are the reasons offered beside the options; `labels` replace the form's words for them;
    `pictures` is "amount" where an empty, half or full circle stands beside each option. `least`, `most`,
    `decimals` and `unit` are for numbers, `max_length` and `lines` for texts.
    """

    id: str
    kind: str
    options: tuple[Option, ...] = ()
    no_value: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stem: str | None = None
    pictures: str | None = None
    max_length: int = 0
    lines: int = 0
    least: int = 0
    most: int = 0
    decimals: int = 0
    unit: str | None = None

    @cached_property
    def codes(self) -> frozenset[int]:
        """The codes of its options."""
        return frozenset(option.code for option in self.options)

    @property
    def minimum(self) -> int:
        """The lowest code; raises ValueError for a format without options."""
        return min(option.code for option in self.options)

    @property
    def maximum(self) -> int:
        """The highest code; raises ValueError for a format without options."""
        return max(option.code for option in self.options)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The lowest and highest value that a scale can use; None where answers are no degrees."""
        return (self.minimum, self.maximum) if self.kind in SCORABLE else None


@dataclass(frozen=True)
class Wording:
    """The text of an item as one form and variant show it, with its response format."""

    text: str
    format: ResponseFormat
    hint: str | None = None
