"""An instrument as frozen objects: what a respondent meets and how it is scored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from surveyapp.instruments.answers import ResponseFormat, Wording
from surveyapp.instruments.measures import Alert, Derived, Gap, Index, Scale
from surveyapp.instruments.rule import Rule, all_of


@dataclass(frozen=True)
class Item:
    """A question with a permanent id. `wordings` is keyed by (form, variant).

    `lengths` are the shorter forms that ask it too; `carries` and `recalls` name the item whose earlier text
    comes back in the words (with `carries` the item is asked only where there is one); `record` counts from
    one inside a section that repeats.
    """

    id: str
    criterion: str
    source: str
    occasions: tuple[str, ...]
    wordings: Mapping[tuple[str, str], Wording]
    core: bool = False
    reversed: bool = False
    show_if: Rule | None = None
    carries: str | None = None
    recalls: str | None = None
    lengths: frozenset[str] = frozenset()
    parallel: bool = True
    icf: str | None = None
    record: int = 0

    @property
    def declared(self) -> str:
        """The id as the file has it, without the number of the record."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Repeat:
    """A section asked once for each record, at most `times`: `gate` asks whether there is another one,
    `known_by` is the text that makes a record known from an earlier occasion."""

    times: int
    gate: str
    known_by: str | None = None


@dataclass(frozen=True)
class Section:
    """Items under one title, in the order in which they are asked. `module` is where they come from."""

    id: str
    title: str
    items: tuple[Item, ...]
    show_if: Rule | None = None
    repeat: Repeat | None = None
    module: str | None = None


@dataclass(frozen=True)
class Window:
    """When an occasion is due: days from an anchor date; after `to_days` it is late, after `late_days` past.

    `every_days` repeats the window as long as its placement lasts.
    """

    anchor: str
    from_days: int
    to_days: int
    late_days: int
    every_days: int = 0


@dataclass(frozen=True)
class Occasion:
    """A moment of the path at which the instrument is asked (rilevazione).

    `repeats` is the occasion whose items a retest asks again.
    """

    code: str
    title: str
    window: Window
    repeats: str | None = None

    @property
    def asked_as(self) -> str:
        """The occasion whose items are asked."""
        return self.repeats or self.code


@dataclass(frozen=True)
class Variant:
    """Standard or easy wording of a form, with the minutes it usually takes."""

    code: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Practice:
    """A question to try the answers with; never scored."""

    text: str
    format: ResponseFormat


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
    practice: Mapping[str, tuple[Practice, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def default_variant(self) -> str:
        """The variant proposed first."""
        return next(iter(self.variants))


@dataclass(frozen=True)
class Word:
    """Words that change with a field of the context."""

    by: str
    texts: Mapping[str, str]
    default: str


@dataclass(frozen=True)
class Include:
    """A module by exact version, under a rule on the context."""

    module: str
    version: str
    show_if: Rule | None = None


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument, its modules assembled.

    `digest` is the sha256 of its canonical JSON (with those of its modules). `sections` are as written;
    `items` has the records of repeating sections one by one, each item with its whole rule.
    """

    id: str
    version: str
    title: str
    digest: str
    occasions: Mapping[str, Occasion]
    formats: Mapping[str, ResponseFormat]
    forms: Mapping[str, Form]
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...]
    indices: tuple[Index, ...] = ()
    gaps: tuple[Gap, ...] = ()
    derived: tuple[Derived, ...] = ()
    alerts: tuple[Alert, ...] = ()
    words: Mapping[str, Word] = field(default_factory=lambda: MappingProxyType({}))
    glossary: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    manual: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    indicators: tuple[str, ...] = ()
    includes: tuple[Include, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in order."""
        return {item.id: item for section in self.sections for item in asked_of(section)}

    @cached_property
    def declared(self) -> Mapping[str, Item]:
        """Every item as it is written, by id: those of a repeating section once."""
        return {item.id: item for section in self.sections for item in section.items}

    def earlier(self, occasion: str) -> frozenset[str]:
        """The occasions at which something may have been answered before this one.

        Itself where it comes again; never a retest, whose answers nobody looks back at.
        """
        return self._earlier[self.occasions[occasion].asked_as]

    @cached_property
    def _earlier(self) -> Mapping[str, frozenset[str]]:
        order = [code for code, one in self.occasions.items() if one.repeats is None]
        again = {code for code in order if self.occasions[code].window.every_days}
        return {code: frozenset(order[: place + (code in again)]) for place, code in enumerate(order)}

    @cached_property
    def context_fields(self) -> frozenset[str]:
        """The fields of the context that any rule or word looks at."""
        rules = [item.show_if for item in self.items.values()] + [alert.rule for alert in self.alerts]
        rules += [fact.rule for fact in self.derived] + [index.show_if for index in self.indices]
        named = frozenset(word.by for word in self.words.values())
        return named.union(*(rule.fields() for rule in rules if rule))

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id; raises KeyError when there is none."""
        return self._scales[scale_id]

    @cached_property
    def _scales(self) -> Mapping[str, Scale]:
        return {scale.id: scale for scale in self.scales}


def asked_of(section: Section) -> tuple[Item, ...]:
    """The items of a section as they are asked: under its rule, and once for each record."""
    if section.repeat is None:
        return tuple(_under(section.show_if, item) for item in section.items)
    return tuple(
        _under(section.show_if, item)
        for number in range(1, section.repeat.times + 1)
        for item in _record(section, section.repeat, number)
    )


def _under(rule: Rule | None, item: Item) -> Item:
    return replace(item, show_if=all_of(rule, item.show_if)) if rule else item


def _record(section: Section, repeat: Repeat, number: int) -> Iterator[Item]:
    """The items of one record: about itself, and asked only when the record is there."""
    names = {item.id: f"{item.id}.{number}" for item in section.items}
    there, gate = _record_rules(repeat, number)
    for item in section.items:
        own = item.show_if.about(names) if item.show_if else None
        yield replace(
            item,
            id=names[item.id],
            record=number,
            show_if=all_of(gate if item.id == repeat.gate else there, own),
            carries=names.get(item.carries or "", item.carries),
            recalls=names.get(item.recalls or "", item.recalls),
        )


def _record_rules(repeat: Repeat, number: int) -> tuple[Rule | None, Rule | None]:
    """When a record is there (said now, or known from before), and when its gate is asked."""
    said, known = _said(repeat, number), _known(repeat, number)
    there = Rule("any", parts=(known, said)) if known else said
    unknown = Rule("not", parts=(known,)) if known else None
    if number == 1:
        return there, unknown
    before = _record_rules(repeat, number - 1)[0]
    return there, all_of(unknown, before)


def _said(repeat: Repeat, number: int) -> Rule:
    return Rule("is", item=f"{repeat.gate}.{number}", codes=(1,))


def _known(repeat: Repeat, number: int) -> Rule | None:
    return Rule("known", item=f"{repeat.known_by}.{number}") if repeat.known_by else None
