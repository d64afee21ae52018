"""What is computed from answers, as frozen objects: scales, indices, gaps, derived facts, alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from surveyapp.instruments.rule import Rule

# The ways to score a scale that files may name; scoring/methods.py computes them.
METHODS = ("pomp_mean", "mean", "any_positive")


@dataclass(frozen=True)
class ShortForm:
    """The starred items of a scale, scored apart and never pooled with the full scale."""

    items: tuple[str, ...]
    min_valid: int


@dataclass(frozen=True)
class Scale:
    """Items scored together. `kind` is reflective (alpha makes sense), formative or derived.

    `min_valid` is by form; `min_valid_at` replaces it at an occasion; `leave_out` are items that a form asks
    without scoring them.
    """

    id: str
    title: str
    construct: str
    kind: str
    method: str
    items: tuple[str, ...]
    min_valid: Mapping[str, int]
    short: ShortForm | None = None
    min_valid_at: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def minimum(self, form: str, occasion: str) -> int | None:
        """How many valid answers a score needs; None where the form has no score."""
        return self.min_valid_at.get(occasion, {}).get(form, self.min_valid.get(form))

    def scored(self, form: str) -> tuple[str, ...]:
        """The items that count in a form."""
        left_out = frozenset(self.leave_out.get(form, ()))
        return tuple(item for item in self.items if item not in left_out)


@dataclass(frozen=True)
class Index:
    """The unweighted mean of scale scores (0-100) within one form, from at least `min_valid` of them.

    `show_if` is the rule of the module that it comes from.
    """

    id: str
    title: str
    scales: tuple[str, ...]
    min_valid: int
    show_if: Rule | None = None


@dataclass(frozen=True)
class Gap:
    """Differences between forms, scale by scale, on at least `min_common` criteria that both ask."""

    id: str
    title: str
    scales: tuple[str, ...]
    forms: tuple[str, ...]
    min_common: int


@dataclass(frozen=True)
class Share:
    """At least one record with the fact `of`, and at least `at_least` per cent of those with `among`."""

    of: str
    among: str
    at_least: int


@dataclass(frozen=True)
class Count:
    """How many of the items were answered with one of the codes."""

    items: tuple[str, ...]
    codes: tuple[int, ...]


@dataclass(frozen=True)
class Derived:
    """A fact computed from answers by exactly one of `rule`, `share` and `count`.

    `records` is the repeating section for whose records a rule is asked one by one. Empty `forms` or
    `occasions` mean all.
    """

    id: str
    title: str
    rule: Rule | None = None
    share: Share | None = None
    count: Count | None = None
    records: str | None = None
    forms: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alert:
    """A rule on answers that somebody must know of: `alert` at once, `flag` as a note for the staff."""

    id: str
    kind: str
    title: str
    rule: Rule
