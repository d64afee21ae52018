"""An instrument as frozen objects: what a respondent meets and how it is scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

# Why an item has no value. The first three are options of a format; `skipped` comes from the button.
OFFERED_REASONS = ("NS", "NA", "NO")
SKIPPED = "skipped"

# The ways to score a scale that files may name; scoring/methods.py computes them.
METHODS = ("pomp_mean", "mean", "any_positive")


@dataclass(frozen=True)
class Answer:
    """What was answered to one item: exactly one of a code, a text, or the reason for no value."""

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
    """How an item is answered. `kind` is choice (radios), steps (numbered radios) or text.

    `no_value` are the reasons offered beside the options; `labels` replace the form's words for them;
    `pictures` is "amount" where an empty, half or full circle stands beside each option.
    """

    id: str
    kind: str
    options: tuple[Option, ...] = ()
    no_value: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stem: str | None = None
    pictures: str | None = None
    max_length: int = 0

    @property
    def minimum(self) -> int:
        """The lowest code; raises ValueError for a text format."""
        return min(option.code for option in self.options)

    @property
    def maximum(self) -> int:
        """The highest code; raises ValueError for a text format."""
        return max(option.code for option in self.options)


@dataclass(frozen=True)
class Wording:
    """The text of an item as one form and variant show it, with its response format."""

    text: str
    format: ResponseFormat
    hint: str | None = None


@dataclass(frozen=True)
class Rule:
    """A condition on one earlier answer; `operator` is a key of rules.OPERATORS."""

    operator: str
    item: str


@dataclass(frozen=True)
class Item:
    """A question with a permanent id. `wordings` is keyed by (form, variant)."""

    id: str
    criterion: str
    source: str
    occasions: tuple[str, ...]
    wordings: Mapping[tuple[str, str], Wording]
    core: bool = False
    reversed: bool = False
    show_if: Rule | None = None
    carries: str | None = None


@dataclass(frozen=True)
class Section:
    """Items under one title, in the order in which they are asked."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Window:
    """When an occasion is due: days from an anchor date of the path; after `late_days` it is only late."""

    anchor: str
    from_days: int
    to_days: int
    late_days: int


@dataclass(frozen=True)
class Occasion:
    """A moment of the path at which the instrument is asked (rilevazione)."""

    code: str
    title: str
    window: Window


@dataclass(frozen=True)
class Variant:
    """Standard or easy wording of a form, with the minutes it usually takes."""

    code: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Form:
    """The instrument as one respondent role sees it. The first variant is the one proposed."""

    code: str
    title: str
    respondent: str
    consent: str
    occasions: tuple[str, ...]
    variants: Mapping[str, Variant]
    no_value: Mapping[tuple[str, str], str]

    @property
    def default_variant(self) -> str:
        """The variant proposed first."""
        return next(iter(self.variants))


@dataclass(frozen=True)
class ShortForm:
    """The starred items of a scale, scored apart and never pooled with the full scale."""

    items: tuple[str, ...]
    min_valid: int


@dataclass(frozen=True)
class Scale:
    """Items scored together. `kind` is reflective (alpha makes sense), formative or derived."""

    id: str
    title: str
    construct: str
    kind: str
    method: str
    items: tuple[str, ...]
    min_valid: Mapping[str, int]
    short: ShortForm | None = None


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument; `digest` is the sha256 of its canonical JSON."""

    id: str
    version: str
    title: str
    digest: str
    occasions: Mapping[str, Occasion]
    formats: Mapping[str, ResponseFormat]
    forms: Mapping[str, Form]
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in order."""
        return {item.id: item for section in self.sections for item in section.items}

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id; raises KeyError when there is none."""
        return {scale.id: scale for scale in self.scales}[scale_id]
