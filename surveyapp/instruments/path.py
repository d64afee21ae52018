"""Which items one administration asks, recomputed from the answers at each request.

An answer left on an abandoned branch therefore never counts anywhere: pages, review, scores and exports all
come through `path`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from surveyapp.instruments.answers import FULL, SKIPPED, Answer, Wording
from surveyapp.instruments.model import Instrument, Item
from surveyapp.instruments.rule import Context, Rule
from surveyapp.instruments.rules import Seen, decided, has_value, holds, settled

NOTHING_CARRIED: Mapping[str, Answer] = {}
ANYWHERE = Context()

# An item that is off the path, or never asked, says nothing.
_SILENT = Answer(reason=SKIPPED)
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Questionnaire:
    """What one respondent meets: an instrument in one form, variant and occasion, in a context.

    `length` is full, short or mini.
    """

    instrument: Instrument
    form: str
    variant: str
    occasion: str
    context: Context = ANYWHERE
    length: str = FULL

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What rules may know of the context, by name."""
        own = {"occasion": self.asked_as, "form": self.form, "variant": self.variant}
        return {**vars(self.context), **own}

    @property
    def asked_as(self) -> str:
        """The occasion whose items are asked: another one for a retest."""
        return self.instrument.occasions[self.occasion].asked_as

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items written for this form, variant, occasion, length and context.

        What is left of their rules hangs on answers only.
        """
        return tuple(self._asked())

    def _asked(self) -> Iterator[Item]:
        seen_as, occasion = (self.form, self.variant), self.asked_as
        form = self.instrument.forms.get(self.form)
        if form is None or occasion not in form.occasions:
            return
        for item in self.instrument.items.values():
            if occasion not in item.occasions or seen_as not in item.wordings:
                continue
            if self.length != FULL and self.length not in item.lengths:
                continue
            rule = settled(item.show_if, self.facts)
            if isinstance(rule, Rule):
                yield item if rule is item.show_if else replace(item, show_if=rule)
            elif rule:
                yield item if item.show_if is None else replace(item, show_if=None)

    @property
    def minutes(self) -> int:
        """About how long it takes: the minutes of the variant are those of its longest questionnaire.

        A shorter one (short form, occasion with fewer questions) takes its part of them. A section that
        repeats counts once, as nobody can say how often it will.
        """
        usual = self.instrument.forms[self.form].variants[self.variant].minutes
        whole = (replace(self, occasion=code, length=FULL) for code in self.instrument.occasions)
        longest = max(one._questions() for one in whole)
        return max(1, round(usual * self._questions() / max(1, longest)))

    def _questions(self) -> int:
        return len({item.declared for item in self.asked})

    @cached_property
    def asked_by_id(self) -> Mapping[str, Item]:
        """The same items by id."""
        return {item.id: item for item in self.asked}

    @cached_property
    def carried_items(self) -> frozenset[str]:
        """The ids of items whose earlier answers matter here: in words, in rules, in derived facts."""
        named = {name for item in self.asked for name in (item.carries, item.recalls) if name}
        rules = [rule for item in self.asked if (rule := item.show_if)]
        facts = [rule for fact in self.instrument.derived if (rule := fact.rule)]
        counted = [fact.count.items for fact in self.instrument.derived if fact.count]
        looked_at = frozenset(named).union(*(rule.items() for rule in [*rules, *facts]), *counted)
        return looked_at | self._records_of(looked_at) | self._may_be_known

    @property
    def _may_be_known(self) -> frozenset[str]:
        """Items whose rule looks at what is known: what was said of them then can be said again."""
        rules = [(item.id, item.show_if) for item in self.asked if item.show_if]
        return frozenset(id for id, rule in rules if any(leaf.operator == "known" for leaf in rule.leaves()))

    def _records_of(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset(
            item.id for item in self.instrument.items.values() if item.record and item.declared in names
        )

    def items(self) -> list[Item]:
        """The items asked, as a list of its own."""
        return list(self.asked)

    def wording(self, item: Item) -> Wording:
        """Text and format of an item here; raises KeyError when this form does not ask it."""
        return item.wordings[self.form, self.variant]

    def words(self, text: str) -> str:
        """A text with the words of this context; braces of carried answers stay."""
        return _BRACES.sub(lambda found: self._word(found[1]) or found[0], text)

    def _word(self, name: str) -> str | None:
        word = self.instrument.words.get(name)
        return word.texts.get(self.facts[word.by], word.default) if word else None

    def no_value_label(self, item: Item, reason: str) -> str:
        """The words for NS, NA or NO at an item, in this form and variant."""
        own = self.wording(item).format.labels
        return own.get(reason) or self.instrument.forms[self.form].no_value[reason, self.variant]


@dataclass(frozen=True)
class Walk:
    """Once through a questionnaire: `path`, `possible` and `known` of the functions with these names.

    `now` is the answer of each item as rules see it; None where it is still to come.
    """

    path: list[Item]
    possible: list[Item]
    known: list[Item]
    now: dict[str, Answer | None]


def possible(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> list[Item]:
    """The items that are on the path or may still come on it: the longest path left.

    `carried` holds the answers given at earlier occasions, by item id; an item that repeats one of their
    texts is asked only where the text exists.
    """
    return walk(questionnaire, answers, carried).possible


def path(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> list[Item]:
    """The items to be asked, given these answers (arguments as in `possible`)."""
    return walk(questionnaire, answers, carried).path


def known(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> list[Item]:
    """The items that are not asked only because they are known from an earlier occasion.

    Nobody has to answer them; who does (to confirm or to correct) puts them on the path, and the answer given
    now counts from here on.
    """
    return walk(questionnaire, answers, carried).known


def certain(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
    *,
    after: str,
) -> list[Item]:
    """The items asked after this one whatever is answered to it and to them: up to the first that may be not.

    For who goes on without a line, while nobody can say which way the path turns. Arguments as in `possible`;
    only answers given before this item decide, because the later ones may still be changed on the way. Raises
    ValueError for an item that is never asked.
    """
    ids = [item.id for item in questionnaire.asked]
    before, following = ids[: ids.index(after)], questionnaire.asked[ids.index(after) + 1 :]
    found = walk(questionnaire, {name: answers[name] for name in before if name in answers}, carried)
    asked, may_come = ({item.id for item in items} for items in (found.path, found.possible))
    return list(takewhile(lambda item: item.id in asked, (one for one in following if one.id in may_come)))


def first_unanswered(items: list[Item], answers: Mapping[str, Answer]) -> Item | None:
    """Where to go on; None when everything has an answer or was skipped."""
    return next((item for item in items if item.id not in answers), None)


def visible(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, Answer]
) -> Seen:
    """What a rule about the whole response may look at: answers on the path, else those of earlier times."""
    now = walk(questionnaire, answers, carried).now
    return Seen(lambda item_id: now.get(item_id, carried.get(item_id)) or _SILENT, carried)


def walk(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> Walk:
    """All of it at once, for who needs more than one (arguments as in `possible`)."""
    found = Walk([], [], [], {})
    now = found.now
    # An item that this questionnaire never asks says what it said at an earlier occasion.
    seen = Seen(lambda item_id: now[item_id] if item_id in now else carried.get(item_id, _SILENT), carried)
    for item in questionnaire.asked:
        there = _is_asked(item, seen)
        left_out = _off_path(item, seen) if there is False else None
        if left_out is not None and left_out is not _SILENT:
            found.known.append(item)
            there = item.id in answers
        if there:
            found.path.append(item)
        if there is not False:
            found.possible.append(item)
        now[item.id] = answers.get(item.id) if there else left_out
    return found


def _is_asked(item: Item, seen: Seen) -> bool | None:
    if item.carries and not has_value(seen.earlier.get(item.carries)):
        return False
    return True if item.show_if is None else holds(item.show_if, seen)


def _off_path(item: Item, seen: Seen) -> Answer | None:
    """What rules see of an item that is off the path: nothing.

    But where it is left out only because of what is known already, what was said at an earlier occasion; None
    while that hangs on an answer still to come.
    """
    earlier = seen.earlier.get(item.id)
    if earlier is None or item.show_if is None:
        return _SILENT
    left = decided(item.show_if, lambda leaf: None if leaf.operator == "known" else holds(leaf, seen))
    if isinstance(left, bool):
        return _SILENT
    if any(leaf.operator != "known" for leaf in left.leaves()):
        return None
    # Left out because something is known: not because nothing is.
    return earlier if any(holds(leaf, seen) for leaf in left.leaves()) else _SILENT
