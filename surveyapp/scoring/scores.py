"""Scores of one response, and of the items common to two responses of the same person."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from surveyapp.instruments.model import Answer, Item, Scale
from surveyapp.instruments.path import NOTHING_CARRIED, Questionnaire, path
from surveyapp.scoring.methods import METHODS


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
    carried: Mapping[str, str] = NOTHING_CARRIED,
) -> list[Score]:
    """Scores of every scale that the questionnaire asks, in the order of the instrument.

    Only answers on the path count. Missing answers of any kind are left out of the mean; below the scale's
    `min_valid` there is no score. Nothing is imputed.
    """
    values = keyed_values(questionnaire, answers, carried)
    return [score_values(questionnaire, scale, values) for scale in scales_of(questionnaire)]


def scales_of(questionnaire: Questionnaire) -> list[Scale]:
    """The scales that this form and occasion ask, at least in the number of items that can be scored."""
    asked = questionnaire.asked_by_id.keys()
    return [
        scale
        for scale in questionnaire.instrument.scales
        if questionnaire.form in scale.min_valid
        and len(asked & set(scale.items)) >= scale.min_valid[questionnaire.form]
    ]


def keyed_values(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    carried: Mapping[str, str] = NOTHING_CARRIED,
) -> dict[str, int]:
    """The numeric answers on the path by item id, reversed items turned round (minimum + maximum - x)."""
    values = {}
    for item in path(questionnaire, answers, carried):
        answer = answers.get(item.id)
        if answer and answer.value is not None:
            values[item.id] = _keyed(questionnaire, item, answer.value)
    return values


def score_values(questionnaire: Questionnaire, scale: Scale, values: Mapping[str, int]) -> Score:
    """One scale from keyed values (see `keyed_values`)."""
    asked = [item.id for item in questionnaire.asked if item.id in scale.items]
    valid = [values[item_id] for item_id in asked if item_id in values]
    if len(valid) < scale.min_valid[questionnaire.form]:
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
    looks like change. Both are None when fewer than `min_valid` items are common."""
    common = values[0].keys() & values[1].keys()
    before, after = (
        score_values(questionnaire, scale, {item_id: keyed[item_id] for item_id in common})
        for questionnaire, keyed in zip(questionnaires, values, strict=True)
    )
    return before, after


def _keyed(questionnaire: Questionnaire, item: Item, value: int) -> int:
    declared = questionnaire.wording(item).format
    return declared.minimum + declared.maximum - value if item.reversed else value
