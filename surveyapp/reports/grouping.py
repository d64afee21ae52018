"""Responses that may be pooled, as frames of their answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from surveyapp.instruments.answers import FULL
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.numbers import EVERYWHERE, Place
from surveyapp.scoring.scores import SHORT_SUFFIX, scales_of


@dataclass(frozen=True)
class Group:
    """Responses that may be pooled: same version, form, length, occasion, variant; one territory or all.

    Not all of them were asked the same: a module, or an item, may depend on the context.
    """

    territory: str
    responses: tuple[Response, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        """What the first of them was asked: wordings and formats are the same for all."""
        return self.responses[0].questionnaire

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale that one of them was asked, in the order of the instrument."""
        asked = {scale.id: scale for one in self.responses for scale in scales_of(one.questionnaire)}
        order = {scale.id: place for place, scale in enumerate(self.questionnaire.instrument.scales)}
        return tuple(sorted(asked.values(), key=lambda scale: order[scale.id.removesuffix(SHORT_SUFFIX)]))

    def asked_for(self, scale: Scale) -> "Group":
        """The responses that were asked a scale; all of them where everybody was."""
        theirs = tuple(response for response in self.responses if scale.id in response.scores)
        return self if len(theirs) == len(self.responses) else replace(self, responses=theirs)

    @property
    def place(self) -> Place:
        """The place of the numbers about the group."""
        first = self.responses[0]
        return Place(
            version=first.version,
            territory=self.territory,
            occasion=first.questionnaire.occasion,
            variant=first.variant,
            form=first.questionnaire.form,
            length=length_of(first.questionnaire),
        )

    @cached_property
    def keyed(self) -> "pd.DataFrame":
        """Respondents x items, reversed items turned round, NaN where missing."""
        return _frame([response.values for response in self.responses])

    @cached_property
    def raw(self) -> "pd.DataFrame":
        """Respondents x items, as the options were chosen, NaN where missing."""
        return _frame([_raw_values(response) for response in self.responses])

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """How many were asked each item."""
        return Counter(item.id for response in self.responses for item in response.path)

    @cached_property
    def reasons(self) -> Mapping[tuple[str, str], int]:
        """How many gave no answer to an item for a reason."""
        return Counter(missing for response in self.responses for missing in response.missing.items())


def groups(study: Study) -> Iterator[Group]:
    """Every group with at least one response: all territories first, then each."""
    found: dict[tuple[str, str, int, str, str], list[Response]] = {}
    turns = {code: turn for turn, code in enumerate(study.instrument.occasions)}
    for response in study.firsts:
        asked = response.questionnaire
        turn = turns.get(asked.occasion, len(turns))
        order = (response.version, asked.form, turn, response.variant, length_of(asked))
        found.setdefault(order, []).append(response)
    for key in sorted(found):
        yield from by_territory(found[key])


def by_territory(responses: list[Response]) -> Iterator[Group]:
    """All the responses, then those of each territory."""
    yield Group(EVERYWHERE, tuple(responses))
    for territory in sorted({response.administration.territory for response in responses}):
        yield Group(
            territory,
            tuple(response for response in responses if response.administration.territory == territory),
        )


def length_of(questionnaire: Questionnaire) -> str:
    """The length of a form as places have it: empty for the full one."""
    return "" if questionnaire.length == FULL else questionnaire.length


def choice_items(questionnaire: Questionnaire, ids: Iterable[str]) -> list[Item]:
    """The items among these that are answered by one code, in the order in which they are asked."""
    wanted, seen_as = set(ids), (questionnaire.form, questionnaire.variant)
    return [
        item
        for item in questionnaire.instrument.items.values()
        if item.id in wanted and seen_as in item.wordings and item.wordings[seen_as].format.options
    ]


def _frame(rows: list[Mapping[str, int]]) -> "pd.DataFrame":
    return pd.DataFrame(rows, index=range(len(rows)), dtype=float)


def _raw_values(response: Response) -> dict[str, int]:
    coded = {item: response.raw(item) for item in response.given}
    return {item: value for item, value in coded.items() if value is not None}
