"""Which items one administration asks, recomputed from the answers at each request.

An answer left on an abandoned branch therefore never counts anywhere: pages, review, scores and exports all
come through `path`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from surveyapp.instruments.model import Answer, Instrument, Item, Wording
from surveyapp.instruments.rules import holds

NOTHING_CARRIED: Mapping[str, str] = {}


@dataclass(frozen=True)
class Questionnaire:
    """What one respondent meets: an instrument in one form, variant and occasion."""

    instrument: Instrument
    form: str
    variant: str
    occasion: str

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items written for this form, variant and occasion, before any rule."""
        seen_as = (self.form, self.variant)
        return tuple(
            item
            for item in self.instrument.items.values()
            if self.occasion in item.occasions and seen_as in item.wordings
        )

    @cached_property
    def asked_by_id(self) -> Mapping[str, Item]:
        """The same items by id."""
        return {item.id: item for item in self.asked}

    @cached_property
    def carried_items(self) -> frozenset[str]:
        """The ids of earlier items whose texts come back here."""
        return frozenset(item.carries for item in self.asked if item.carries)

    def items(self) -> list[Item]:
        """The items asked, as a list of its own."""
        return list(self.asked)

    def wording(self, item: Item) -> Wording:
        """Text and format of an item here; raises KeyError when this form does not ask it."""
        return item.wordings[self.form, self.variant]

    def no_value_label(self, item: Item, reason: str) -> str:
        """The words for NS, NA or NO at an item, in this form and variant."""
        own = self.wording(item).format.labels
        return own.get(reason) or self.instrument.forms[self.form].no_value[reason, self.variant]


def possible(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, str] = NOTHING_CARRIED
) -> list[Item]:
    """The items that are on the path or may still come on it: the longest path left.

    `carried` holds the texts given at an earlier occasion, by item id; an item that repeats one of them
    is asked only where the text exists.
    """
    shown = _shown(questionnaire, answers, carried)
    return [item for item in questionnaire.asked if shown[item.id] is not False]


def path(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, str] = NOTHING_CARRIED
) -> list[Item]:
    """The items to be asked, given these answers (arguments as in `possible`)."""
    shown = _shown(questionnaire, answers, carried)
    return [item for item in questionnaire.asked if shown[item.id]]


def first_unanswered(items: list[Item], answers: Mapping[str, Answer]) -> Item | None:
    """Where to go on; None when everything has an answer or was skipped."""
    return next((item for item in items if item.id not in answers), None)


def _shown(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, str]
) -> dict[str, bool | None]:
    """Whether each item is asked; None where that hangs on an answer still to come."""
    shown: dict[str, bool | None] = {}
    for item in questionnaire.asked:
        if item.carries and item.carries not in carried:
            shown[item.id] = False
        elif item.show_if is None:
            shown[item.id] = True
        else:
            # A rule on an item that is off the path does not see the answer it may have had.
            before = shown.get(item.show_if.item, False)
            shown[item.id] = holds(item.show_if, answers) if before else before
    return shown
