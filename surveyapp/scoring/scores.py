"""Scores of one response, and of the items common to two responses of the same person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from surveyapp.instruments.answers import FULL, Answer
from surveyapp.instruments.measures import Index, Scale
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import NOTHING_CARRIED, Questionnaire, path
from surveyapp.instruments.rules import settled
from surveyapp.scoring.methods import METHODS

# What a short form gives is a scale of its own, never pooled with the full one.
SHORT_SUFFIX = "_br"


@dataclass(frozen=True)
class Score:
    """One scale in one response. `value` is None below the minimum of valid answers; `mean` is the mean of
    the valid answers in units of the response format, reversed items turned round."""

    scale: str
    value: float | None
    mean: float | None
    valid: int
    asked: int


def score(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> list[Score]:
    """Scores of every scale that the questionnaire asks, in the order of the instrument, then of its indices.

    Only answers on the path count. Missing answers of any kind are left out of the mean; below the scale's
    `min_valid` there is no score. Nothing is imputed.
    """
    values = keyed_values(questionnaire, answers, carried)
    scores = [score_values(questionnaire, scale, values) for scale in scales_of(questionnaire)]
    return [*scores, *_indices(questionnaire, scores)]


def scales_of(questionnaire: Questionnaire) -> list[Scale]:
    """The scales that this form, length and occasion ask, at least in the number of items that can be scored.

    In a short form these are the starred items, under an id of their own.
    """
    asked = questionnaire.asked_by_id.keys()
    return [
        scale
        for declared in questionnaire.instrument.scales
        if (scale := of_length(declared, questionnaire.length))
        and (minimum := scale.minimum(questionnaire.form, questionnaire.asked_as)) is not None
        and len(asked & set(scale.scored(questionnaire.form))) >= minimum
    ]


def of_length(scale: Scale, length: str) -> Scale | None:
    """The scale as a form of this length gives it; None where it gives none."""
    if length == FULL:
        return scale
    if scale.short is None or length != "short":
        return None
    needed = scale.short.min_valid
    return replace(
        scale,
        id=scale.id + SHORT_SUFFIX,
        items=scale.short.items,
        min_valid=dict.fromkeys(scale.min_valid, needed),
        min_valid_at={occasion: dict.fromkeys(at, needed) for occasion, at in scale.min_valid_at.items()},
    )


def keyed_values(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, Answer] = NOTHING_CARRIED,
) -> dict[str, int]:
    """The numeric answers on the path by item id, reversed items turned round (minimum + maximum - x)."""
    return keyed_on(questionnaire, path(questionnaire, answers, carried), answers)


def keyed_on(
    questionnaire: Questionnaire, on_path: Iterable[Item], answers: Mapping[str, Answer]
) -> dict[str, int]:
    """The same for who has the path already."""
    values = {}
    for item in on_path:
        answer = answers.get(item.id)
        if answer and answer.value is not None:
            values[item.id] = _keyed(questionnaire, item, answer.value)
    return values


def keyed_codes(questionnaire: Questionnaire, codes: Mapping[str, int]) -> dict[str, int]:
    """Codes as they were chosen, by item id, with reversed items turned round by this version's formats.

    Items that it does not ask are left out.
    """
    seen_as = (questionnaire.form, questionnaire.variant)
    items = questionnaire.instrument.items
    known = {name: code for name, code in codes.items() if name in items and seen_as in items[name].wordings}
    return {name: _keyed(questionnaire, items[name], code) for name, code in known.items()}


def score_values(
    questionnaire: Questionnaire, scale: Scale, values: Mapping[str, int], minimum: int | None = None
) -> Score:
    """One scale from keyed values (see `keyed_values`); `minimum` replaces the form's own."""
    items = scale.scored(questionnaire.form)
    asked = [item.id for item in questionnaire.asked if item.id in items]
    valid = [values[item_id] for item_id in asked if item_id in values]
    needed = minimum or scale.minimum(questionnaire.form, questionnaire.asked_as) or 1
    if len(valid) < needed:
        return Score(scale.id, None, None, len(valid), len(asked))
    declared = questionnaire.wording(questionnaire.instrument.items[asked[0]]).format
    value = METHODS[scale.method](valid, declared.minimum, declared.maximum)
    return Score(scale.id, value, fmean(valid), len(valid), len(asked))


def score_common(
    questionnaires: tuple[Questionnaire, Questionnaire],
    scale: Scale,
    values: tuple[Mapping[str, int], Mapping[str, int]],
) -> tuple[Score, Score]:
    """Before and after scores on the items valid at both occasions, so that a missing or added item never
    looks like change. Both are None when fewer are common than the smaller minimum of the two occasions."""
    common = values[0].keys() & values[1].keys()
    minima = [scale.minimum(asked.form, asked.asked_as) for asked in questionnaires]
    minimum = min((needed for needed in minima if needed), default=None)
    before, after = (
        score_values(questionnaire, scale, {item_id: keyed[item_id] for item_id in common}, minimum)
        for questionnaire, keyed in zip(questionnaires, values, strict=True)
    )
    return before, after


def _indices(questionnaire: Questionnaire, scores: list[Score]) -> list[Score]:
    """The indices whose scales this questionnaire gives in sufficient number."""
    found = {score.scale: score for score in scores}
    return [
        _index(index, [found[name] for name in index.scales if name in found])
        for index in questionnaire.instrument.indices
        if len(found.keys() & set(index.scales)) >= index.min_valid
        and settled(index.show_if, questionnaire.facts) is True
    ]


def _index(index: Index, scores: list[Score]) -> Score:
    valid = [score.value for score in scores if score.value is not None]
    value = fmean(valid) if len(valid) >= index.min_valid else None
    return Score(index.id, value, None, len(valid), len(scores))


def _keyed(questionnaire: Questionnaire, item: Item, value: int) -> int:
    declared = questionnaire.wording(item).format
    return declared.minimum + declared.maximum - value if item.reversed else value
