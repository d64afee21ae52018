"""Whether a rule can ever be true: looked for by trying contexts and answers, within a bound."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, combinations
from math import floor

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.instruments.check_rules import LAST_RECORD, impossible
from surveyapp.instruments.check_texts import asked_at
from surveyapp.instruments.measures import Derived
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.places import Subject
from surveyapp.instruments.rule import OWN_FIELDS, Rule
from surveyapp.instruments.rules import OPERATORS, Seen, decided, is_there

Found = Iterator[tuple[Subject, str]]

ELSEWHERE = "(altrove)"
SKIP = Answer(reason=SKIPPED)
TOLD = Answer(text="testo")
# So many conditions are looked at in one file; a rule that comes after may be true.
MOST_LOOKS = 100_000
# Of an item with several answers so many codes are combined.
MOST_COMBINED = 6
NEVER = "la regola non può essere mai vera"

# Form, variant and occasion go together: not every one is there with every other.
Moment = tuple[str, str, str]
# What a condition hangs on: the moment, a field of the context, an item now, or an item at an earlier time.
Cause = tuple[str, str]
Value = Moment | str | Answer
MOMENT: Cause = ("moment", "")


def reachable(instrument: Instrument) -> Found:
    """Every item is asked at some moment; the rule of each module, item, fact and alert can be true."""
    search = Search(instrument)
    never = dict(_never_included(search))
    yield from ((("include", module), f"{module}: {text}") for module, text in never.items())
    modules = {item.id: section.module for section in instrument.sections for item in section.items}
    for item in instrument.items.values():
        if item.record <= LAST_RECORD and modules[item.declared] not in never:
            yield from _item(search, item)
    for fact in instrument.derived:
        moments = _moments(instrument, fact.forms, fact.occasions)
        rule = of_first_record(instrument, fact)
        if rule and moments and not search.can_be_true(rule, moments):
            yield ("derived", fact.id), f"{fact.id}: {NEVER}"
    for alert in instrument.alerts:
        if not search.can_be_true(alert.rule, _moments(instrument)):
            yield ("alert", alert.id), f"{alert.id}: {NEVER}"


def _never_included(search: "Search") -> Iterator[tuple[str, str]]:
    for include in search.instrument.includes:
        if include.show_if and not search.can_be_true(include.show_if, _moments(search.instrument)):
            yield include.module, NEVER


def _item(search: "Search", item: Item) -> Found:
    at, forms = asked_at(search.instrument, item), search.instrument.forms
    moments = [
        (form, variant, occasion)
        for form, variant in item.wordings
        if form in forms
        for occasion in at
        if occasion in forms[form].occasions
    ]
    for form in sorted({form for form, _ in item.wordings if form in forms}):
        elsewhere = set(forms[form].occasions) & search.instrument.occasions.keys()
        if at and elsewhere and not elsewhere & set(at):
            yield (
                ("item", item.declared),
                f"{item.declared}: la scheda {form} non la chiede mai: la domanda è di {', '.join(at)}, la "
                f"scheda di {', '.join(sorted(elsewhere))}",
            )
    if item.show_if and moments and not search.can_be_true(item.show_if, moments):
        yield ("rule", item.declared), f"{item.declared}: {NEVER}: così non si chiede a nessuno"


def _moments(
    instrument: Instrument, forms: Collection[str] = (), occasions: Collection[str] = ()
) -> list[Moment]:
    """When the instrument is asked, or only in these forms and at these occasions (none named: all)."""
    return [
        (form.code, variant, occasion)
        for form in instrument.forms.values()
        if form.code in (forms or instrument.forms)
        for variant in form.variants
        for occasion in form.occasions
        if occasion in (occasions or form.occasions)
    ]


def of_first_record(instrument: Instrument, fact: Derived) -> Rule | None:
    """The rule of a fact, about the first record where it is asked for each."""
    return fact.rule and fact.rule.about(
        {
            item.id: f"{item.id}.1"
            for section in instrument.sections
            if section.id == fact.records
            for item in section.items
        }
    )


@dataclass
class Search:
    """How many conditions may still be looked at, of all rules of a file."""

    instrument: Instrument
    left: int = MOST_LOOKS
    # By the rule itself, which is kept: all items of a section share one.
    found: dict[tuple[int, tuple[Moment, ...]], tuple[Rule, bool]] = field(default_factory=dict)

    def can_be_true(self, rule: Rule, moments: Iterable[Moment]) -> bool:
        """Whether some moment, context and answers make it true; yes also where the bound is reached.

        A rule with a condition that is wrong by itself is left to the check that tells so.
        """
        named = rule.fields()
        alike = {
            (form * ("form" in named), variant * ("variant" in named), occasion * ("occasion" in named))
            for form, variant, occasion in moments
        }
        key = id(rule), tuple(sorted(alike))
        if key not in self.found:
            can_be = self._is_told(rule) or self._tried(_one_field_each(rule), list(key[1]))
            self.found[key] = rule, can_be
        return self.found[key][1]

    def _is_told(self, rule: Rule) -> bool:
        items = self.instrument.items
        if any(name not in items or not items[name].wordings for name in rule.items()):
            return True
        return any(True for leaf in rule.leaves() for _ in impossible(self.instrument, leaf))

    def _tried(self, rule: Rule | bool, moments: list[Moment]) -> bool:
        if isinstance(rule, bool):
            return rule
        cause = _cause(_first(rule))
        for value in self._values(cause, rule, moments):
            self.left -= len(rule.leaves())
            if self.left < 0 or self._tried(decided(rule, partial(_holds, cause, value)), moments):
                return True
        return self._is_partial(cause, rule)

    def _values(self, cause: Cause, rule: Rule, moments: list[Moment]) -> Iterable[Value]:
        kind, name = cause
        if kind == "moment":
            return moments
        alike = _alike(cause, rule)
        if kind == "field":
            return [*sorted({value for leaf in alike for value in leaf.among[0][1]}), ELSEWHERE]
        return [TOLD, SKIP] if kind == "known" else self._answers(name, alike)

    def _answers(self, item_id: str, leaves: list[Rule]) -> Iterable[Answer]:
        found = [_OF_KIND[declared.kind](declared, leaves) for declared in self._formats(item_id)]
        return chain(*found, [SKIP])

    def _is_partial(self, cause: Cause, rule: Rule) -> bool:
        """Whether not everything was tried that may be answered: several codes in every combination."""
        return (
            cause[0] == "now"
            and len(_alike(cause, rule)) > MOST_COMBINED
            and any(declared.kind == "multi" for declared in self._formats(cause[1]))
        )

    def _formats(self, item_id: str) -> list[ResponseFormat]:
        wordings = self.instrument.items[item_id].wordings.values()
        return list({wording.format.id: wording.format for wording in wordings}.values())


def _one_field_each(rule: Rule) -> Rule:
    """The same rule, each condition on the context about one field: a field is one cause."""
    if rule.operator == "where":
        return Rule("all", parts=tuple(Rule("where", among=(field,)) for field in rule.among))
    return Rule(
        rule.operator, rule.item, rule.codes, rule.number, (), tuple(map(_one_field_each, rule.parts))
    )


def _first(rule: Rule) -> Rule:
    """The condition to decide first: one that must hold by itself, if there is one."""
    alone = (part for part in rule.parts if not part.parts) if rule.operator == "all" else iter(())
    return next(alone, rule.leaves()[0])


def _cause(leaf: Rule) -> Cause:
    if leaf.operator == "where":
        field = leaf.among[0][0]
        return MOMENT if field in OWN_FIELDS else ("field", field)
    return ("known" if leaf.operator == "known" else "now", leaf.item)


def _holds(cause: Cause, value: Value, leaf: Rule) -> bool | None:
    """Whether a condition holds when its cause has this value; None for conditions of another cause."""
    if _cause(leaf) != cause:
        return None
    if isinstance(value, Answer):
        return OPERATORS[leaf.operator](leaf, Seen(lambda _: value, {leaf.item: value}))
    if isinstance(value, str):
        return is_there(leaf, {cause[1]: value})
    form, variant, occasion = value
    return is_there(leaf, {"form": form, "variant": variant, "occasion": occasion})


def _alike(cause: Cause, rule: Rule) -> list[Rule]:
    return [leaf for leaf in rule.leaves() if _cause(leaf) == cause]


# Answers that the conditions can tell apart, by kind of format: those named, and their neighbours.


def _one(declared: ResponseFormat, leaves: list[Rule]) -> Iterator[Answer]:
    codes = sorted(declared.codes)
    places = {0, len(codes) - 1}
    for number in {number for leaf in leaves for number in (*leaf.codes, leaf.number)}:
        place = bisect_left(codes, number)
        places |= {place - 1, place, place + 1}
    return (Answer(value=codes[place]) for place in sorted(places) if 0 <= place < len(codes))


def _several(declared: ResponseFormat, leaves: list[Rule]) -> Iterator[Answer]:
    """Codes that are in the same conditions stand for each other; of those that differ, every combination."""
    named = [frozenset(leaf.codes) for leaf in leaves[:MOST_COMBINED]]
    apart = {tuple(code in codes for codes in named): code for code in sorted(declared.codes)}
    for count in range(1, len(apart) + 1):
        for chosen in combinations(apart.values(), count):
            yield Answer(text=",".join(map(str, chosen)))


def _number(declared: ResponseFormat, leaves: list[Rule]) -> Iterator[Answer]:
    steps = 10**declared.decimals
    limits = {floor(leaf.number * steps) for leaf in leaves}
    near = {limit + away for limit in limits for away in (-1, 0, 1)}
    for number in sorted({*near, declared.least * steps, declared.most * steps}):
        if declared.least * steps <= number <= declared.most * steps:
            yield Answer(text=f"{number / steps:.{declared.decimals}f}")


def _told(_declared: ResponseFormat, _leaves: list[Rule]) -> Iterator[Answer]:
    yield TOLD


_OF_KIND: Mapping[str, Callable[[ResponseFormat, list[Rule]], Iterator[Answer]]] = {
    "choice": _one,
    "steps": _one,
    "multi": _several,
    "number": _number,
    "date": _told,
    "text": _told,
}
