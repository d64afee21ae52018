"""Derived facts, alerts and differences between points of view, from the answers of one or two responses."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.instruments.answers import Answer
from surveyapp.instruments.measures import Alert, Count, Derived, Gap, Share
from surveyapp.instruments.path import NOTHING_CARRIED, Questionnaire, path, visible
from surveyapp.instruments.rule import Rule
from surveyapp.instruments.rules import Seen, codes_of, has_value, holds, settled
from surveyapp.scoring.methods import pomp
from surveyapp.scoring.scores import score_values

# A fact is yes or no, a number, or (for each record) one yes or no by the record's number; None: not known.
Fact = bool | int | None
Facts = Mapping[str, Fact | Mapping[int, bool]]


@dataclass(frozen=True)
class Difference:
    """One scale seen by two forms, first minus second, in points of 0-100; None below the minimum."""

    gap: str
    scale: str
    forms: tuple[str, str]
    value: float | None
    common: int


def facts(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> Facts:
    """Every derived fact that this form and occasion compute, by id. Answers off the path say nothing."""
    response = _response(questionnaire, answers, carried)
    found: dict[str, Fact | Mapping[int, bool]] = {}
    for fact in questionnaire.instrument.derived:
        if _computed(fact, questionnaire):
            found[fact.id] = _fact(fact, response, found)
    return found


def alerts(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> list[Alert]:
    """The alerts and flags that these answers raise; they look at the raw codes, before any reversal.

    Something that an alert looks at was said now: what was said at an earlier occasion was told then.
    """
    response = _response(questionnaire, answers, carried)
    said = {item_id for item_id in response.on_path if item_id in answers}
    return [
        alert
        for alert in questionnaire.instrument.alerts
        if said & alert.rule.items() and _true(alert.rule, response)
    ]


def differences(
    questionnaires: tuple[Questionnaire, Questionnaire],
    gap: Gap,
    values: tuple[Mapping[str, int], Mapping[str, int]],
) -> list[Difference]:
    """First minus second form for each scale of a gap, on the parallel criteria valid in both.

    `values` are keyed values (see scores.keyed_values). The standard variant only: formats must be the same.
    """
    return [_difference(questionnaires, gap, scale_id, values) for scale_id in gap.scales]


def _difference(
    questionnaires: tuple[Questionnaire, Questionnaire],
    gap: Gap,
    scale_id: str,
    values: tuple[Mapping[str, int], Mapping[str, int]],
) -> Difference:
    first, second = questionnaires
    scale = first.instrument.scale(scale_id)
    scored = set(scale.scored(first.form)) & set(scale.scored(second.form))
    common = {
        item_id
        for item_id in scored & values[0].keys() & values[1].keys()
        if first.instrument.items[item_id].parallel
    }
    forms = (first.form, second.form)
    if len(common) < gap.min_common or {first.variant, second.variant} != {"std"}:
        return Difference(gap.id, scale_id, forms, None, len(common))
    before, after = (
        score_values(asked, scale, {name: keyed[name] for name in common}, gap.min_common)
        for asked, keyed in zip(questionnaires, values, strict=True)
    )
    value = None if before.value is None or after.value is None else before.value - after.value
    return Difference(gap.id, scale_id, forms, value, len(common))


@dataclass(frozen=True)
class _Response:
    """The answers of one response as rules see them, and the ids of the items on its path."""

    questionnaire: Questionnaire
    seen: Seen
    on_path: frozenset[str]


def _response(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], carried: Mapping[str, Answer]
) -> _Response:
    on_path = frozenset(item.id for item in path(questionnaire, answers, carried))
    return _Response(questionnaire, visible(questionnaire, answers, carried), on_path)


def _computed(fact: Derived, questionnaire: Questionnaire) -> bool:
    return questionnaire.form in (fact.forms or (questionnaire.form,)) and questionnaire.asked_as in (
        fact.occasions or (questionnaire.asked_as,)
    )


def _fact(
    fact: Derived, response: _Response, found: Mapping[str, Fact | Mapping[int, bool]]
) -> Fact | Mapping[int, bool]:
    if fact.share:
        return _share(fact.share, found)
    if fact.count:
        return _count(fact.count, response)
    rule = fact.rule or Rule("any")
    return _by_record(rule, fact.records, response) if fact.records else _answered(rule, response)


def _count(count: Count, response: _Response) -> int | None:
    """Not known where none was answered, unless this path leads past all of them: then there is none."""
    given = [answer for name in count.items if has_value(answer := response.seen.now(name))]
    asked = response.questionnaire.asked_by_id.keys() & set(count.items)
    if not given and (asked & response.on_path or not asked):
        return None
    return sum(bool(answer and codes_of(answer) & set(count.codes)) for answer in given)


def _answered(rule: Rule, response: _Response) -> bool | None:
    """Whether a rule holds; not known while none of the items it looks at was answered."""
    if rule.items() and not any(has_value(response.seen.now(name)) for name in rule.items()):
        return None
    return _true(rule, response)


def _by_record(rule: Rule, section_id: str, response: _Response) -> Mapping[int, bool]:
    """The rule for each record about which it can say something."""
    sections = response.questionnaire.instrument.sections
    section = next(found for found in sections if found.id == section_id)
    found = {}
    for number in range(1, (section.repeat.times if section.repeat else 0) + 1):
        own = rule.about({item.id: f"{item.id}.{number}" for item in section.items})
        if (there := _answered(own, response)) is not None:
            found[number] = there
    return found


def _share(share: Share, found: Mapping[str, Fact | Mapping[int, bool]]) -> bool | None:
    """None where no record counts."""
    having, counted = _yes(found.get(share.of)), _yes(found.get(share.among))
    if not counted:
        return None
    both = len(having & counted)
    return both > 0 and pomp(both, 0, len(counted)) >= share.at_least


def _yes(fact: Fact | Mapping[int, bool]) -> set[int]:
    return {number for number, there in fact.items() if there} if isinstance(fact, Mapping) else set()


def _true(rule: Rule, response: _Response) -> bool:
    left = settled(rule, response.questionnaire.facts)
    return left if isinstance(left, bool) else holds(left, response.seen) is True
