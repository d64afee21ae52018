"""An instrument as one form and variant of its XLSForm sees it: names, rules, earlier answers."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from surveyapp.instruments.answers import LENGTHS, ResponseFormat
from surveyapp.instruments.model import Instrument, Item, Section
from surveyapp.instruments.rule import Rule, all_of
from surveyapp.sheets.folding import bounds, folded, given
from surveyapp.sheets.occasions import known_before
from surveyapp.sheets.xpath import Read, Reader, choose, equals, every, field_ref, one_of, ref, unless, xpath

BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Place:
    """An item as its file declares it, in its section."""

    item: Item
    section: Section


@dataclass(frozen=True)
class View:
    """One form and variant. Names of questions end in its codes: AUT_BEN1.P.easy."""

    instrument: Instrument
    form: str
    variant: str

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every item by the id of the file, whatever form asks it."""
        return {
            item.id: Place(item, section) for section in self.instrument.sections for item in section.items
        }

    @cached_property
    def occasions(self) -> tuple[str, ...]:
        """The occasions whose items this form asks."""
        return self.instrument.forms[self.form].occasions

    def asks(self, item: Item) -> bool:
        """Whether this form and variant has words for the item."""
        return (self.form, self.variant) in item.wordings

    def name(self, declared: str, part: str = "") -> str:
        """The name of a question, section or part of it."""
        return ".".join(filter(None, (declared, part, self.form, self.variant)))

    def at(self, occasions: Collection[str]) -> str | bool:
        """That it is one of these occasions; True where it always is, False where it never is."""
        left = [code for code in self.occasions if code in occasions]
        if not left or len(left) == len(self.occasions):
            return bool(left)
        return one_of(equals(field_ref("occasion"), code) for code in left)

    @cached_property
    def earlier(self) -> Mapping[str, tuple[str, ...]]:
        """Items whose earlier answer matters, by id, each with the occasions at which it does."""
        found: dict[str, set[str]] = {}
        for place in self.places.values():
            if self.asks(place.item):
                for name, occasion in self._looked_back(place):
                    found.setdefault(name, set()).add(occasion)
        return {name: tuple(code for code in self.occasions if code in at) for name, at in found.items()}

    def _looked_back(self, place: Place) -> Iterator[tuple[str, str]]:
        """What comes back at an item: texts in its words, what its rule looks at and is not asked now."""
        leaves = self._leaves(place)
        texts = [name for name in (place.item.carries, place.item.recalls) if name]
        looked_at = [(name, True) for name in texts]
        looked_at += [(leaf.item, leaf.operator == "known") for leaf in leaves if leaf.item]
        for occasion in set(place.item.occasions) & set(self.occasions):
            for name, always in looked_at:
                origin = self.places[name.partition(".")[0]]
                again = always or not self._surely_asked(origin, occasion, leaves)
                if again and known_before(self.instrument, origin.item, occasion):
                    yield origin.item.id, occasion

    def _leaves(self, place: Place) -> tuple[Rule, ...]:
        rule = self._rule(place.section.show_if, record_rule(place), place.item.show_if)
        return rule.leaves() if isinstance(rule, Rule) else ()

    def _surely_asked(self, origin: Place, occasion: str, looker: tuple[Rule, ...]) -> bool:
        """Whether an item is asked at this occasion wherever the one that looks at it is.

        It is not where it is left out because it is known, or by a context that the other does not ask for.
        """
        own = [leaf for leaf in self._leaves(origin) if leaf.operator in ("known", "where")]
        left_out = any(leaf.operator == "known" or leaf not in looker for leaf in own)
        return self.asks(origin.item) and occasion in origin.item.occasions and not left_out

    def _rule(self, *rules: Rule | None) -> Rule | bool:
        return folded(all_of(*rules), given({"form": self.form, "variant": self.variant}))

    def section_relevant(self, section: Section) -> str | bool:
        """When a section is asked, in XPath; True for always, False for never in this form and variant."""
        return every(self.at(self._occasions(section)), self._xpath(self._rule(section.show_if), section))

    def relevant(self, place: Place) -> str | bool:
        """When an item of a section that is asked is asked itself; True for always, False for never."""
        item, section = place.item, place.section
        at = True if set(item.occasions) >= self._occasions(section) else self.at(item.occasions)
        rule = self._xpath(self._rule(record_rule(place), item.show_if), section)
        before = self._read(item.carries, section).before if item.carries else None
        carried = f"{before} != ''" if before else not item.carries
        return every(at, *self._lengths(item), rule, carried)

    def said(self, place: Place) -> str:
        """What an item says to rules, in XPath: its answer, or that of an earlier occasion.

        The earlier one counts where the item is never asked, or left out only because of what is known.
        """
        section, item = place.section, place.item
        whole = self._rule(section.show_if, record_rule(place), item.show_if)
        possible = bounds(whole, lambda leaf: leaf.operator != "where")[1]
        least, most = bounds(whole, lambda leaf: leaf.operator == "known")
        here = every(self.at(item.occasions), *self._lengths(item), self._xpath(possible, section))
        only_known = every(self._xpath(most, section), unless(self._xpath(least, section)))
        asked = every(self.section_relevant(section), self.relevant(place))
        before, now = ref(self.name(item.id, "before")), ref(self.name(item.id))
        return choose(here, choose(asked, now, choose(only_known, before, "''")), before)

    def _xpath(self, rule: Rule | bool, section: Section) -> str | bool:
        return xpath(rule, self.reader(section)) if isinstance(rule, Rule) else rule

    def _occasions(self, section: Section) -> set[str]:
        """The occasions at which some item of a section is asked here."""
        asked = {code for item in section.items if self.asks(item) for code in item.occasions}
        return asked & set(self.occasions)

    def _lengths(self, item: Item) -> list[str]:
        used = used_lengths(self.instrument)
        return [f"{ref('length')} != '{length}'" for length in used if length not in item.lengths]

    def reader(self, section: Section | None) -> Reader:
        """How answers are read from inside a section, or from outside all of them."""
        return lambda item_id: self._read(item_id, section)

    def _read(self, item_id: str, section: Section | None) -> Read:
        declared, _, record = item_id.partition(".")
        place = self.places[declared]
        before = self._reference(place, "before", record, section) if declared in self.earlier else None
        part = "said" if before else ""
        now = self._reference(place, part, record, section) if self.asks(place.item) else before
        return Read(self._format(place.item), now, before)

    def _reference(self, place: Place, part: str, record: str, section: Section | None) -> str:
        """A question as it is named from here: of the same record, or of one by its number."""
        named = ref(self.name(place.item.id, part))
        if place.section.repeat is None or place.section is section:
            return named
        return f"indexed-repeat({named}, {ref(self.name(place.section.id))}, {record or 1})"

    def _format(self, item: Item) -> ResponseFormat:
        wording = item.wordings.get((self.form, self.variant)) or next(iter(item.wordings.values()))
        return wording.format

    def _text(self, place: Place, name: str) -> str:
        """The text that comes back in braces: from before, for `recalls` also from just now; "…" if none."""
        item = place.item
        found = self._read(item.carries or item.recalls or name, place.section)
        return (found.before if item.carries else found.value) or "…"

    def words(self, text: str, place: Place) -> str:
        """A text with its words and the texts that come back as values of other questions."""
        names = list(self.instrument.words)

        def value(found: re.Match[str]) -> str:
            if found[1] in names:
                return ref(word_name(names.index(found[1])))
            return self._text(place, found[1])

        return BRACES.sub(value, text)


def word_name(place: int) -> str:
    """The calculation that holds a word of the context, by its place among the words."""
    return f"word.{place + 1}"


def used_lengths(instrument: Instrument) -> list[str]:
    """The shorter forms that some item is in."""
    used = {length for section in instrument.sections for item in section.items for length in item.lengths}
    return [length for length in LENGTHS if length in used]


def record_rule(place: Place) -> Rule | None:
    """When a record of a repeating section is there (said now, or known), and when its gate is asked."""
    repeat = place.section.repeat
    if repeat is None:
        return None
    known = Rule("known", item=repeat.known_by) if repeat.known_by else None
    if place.item.id == repeat.gate:
        return Rule("not", parts=(known,)) if known else None
    said = Rule("is", item=repeat.gate, codes=(1,))
    return Rule("any", parts=(known, said)) if known else said
