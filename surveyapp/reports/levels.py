"""Where people stand at each occasion: scales and items per version, variant and territory."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.estimate import Estimate
from analysis.intervals import share, student_limits
from analysis.items import floor_ceiling, item_statistics
from analysis.reliability import cronbach_alpha, item_rest_correlation
from surveyapp.instruments.answers import OFFERED_REASONS, SKIPPED, ResponseFormat
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import BLANK, Study
from surveyapp.reports.grouping import Group, choice_items, groups
from surveyapp.reports.numbers import (
    SHOWN_FROM,
    Figure,
    Row,
    count,
    estimated,
    guarded,
    placed,
)

LEVEL = 0.95
EQUAL_ANSWERS = "le risposte non variano"
MISSING_REASONS = (*OFFERED_REASONS, SKIPPED, BLANK)
# A derived scale is a fact (yes or no), not a measure: it has a count and a share, no mean and no alpha.
DERIVED = "derived"
REFLECTIVE = "reflective"
# Scores of this method are in percent of the maximum; those of any other are in units of the format.
PERCENT_METHOD = "pomp_mean"
Described = Mapping[str, list[Figure]]


def level_rows(study: Study) -> list[Row]:
    """Every number about levels and reliability, scales before the items that belong to none."""
    rows: list[Row] = []
    for group in groups(study):
        described = _described(group)
        for scale in group.scales:
            rows += _scale_rows(group.asked_for(scale), scale, described)
        rows += _item_rows(group, "", _outside_scales(group), {}, described)
    return rows


def bounds(questionnaire: Questionnaire, scale: Scale) -> tuple[float, float]:
    """The least and the greatest score possible."""
    if scale.method == PERCENT_METHOD:
        return 0.0, 100.0
    scored = scale.scored(questionnaire.form)
    declared = questionnaire.wording(choice_items(questionnaire, scored)[0]).format
    return float(declared.minimum), float(declared.maximum)


def mean_estimate(values: "pd.Series[float]", missing: str) -> Estimate:
    """The mean with Student's limits; no limits, with a reason, for fewer than two or for equal values."""
    n = len(values)
    if n < 2 or values.min() == values.max():
        reason = "intervallo non calcolabile: meno di due valori diversi"
        value = float(values.mean()) if n else None
        return Estimate(value, None, None, n, "mean", missing, "t", reason)
    low, high = student_limits(float(values.mean()), float(values.std()), n, LEVEL)
    return Estimate(float(values.mean()), low, high, n, "mean", missing, "t", None)


def missing_figures(group: Group, items: Iterable[str]) -> list[Figure]:
    """How many of the items asked have no answer, by reason; `n` is how many were asked."""
    wanted = [item for item in items if item in group.asked]
    asked = sum(group.asked[item] for item in wanted)
    return [
        count(f"missing_{reason}", sum(group.reasons.get((item, reason), 0) for item in wanted), asked)
        for reason in MISSING_REASONS
    ]


def _scale_rows(group: Group, scale: Scale, described: Described) -> list[Row]:
    place = replace(group.place, scale=scale.id)
    figures = [count("n", len(group.responses), len(group.responses))]
    scored = scale.scored(group.questionnaire.form)
    figures += missing_figures(group, scored)
    scores = pd.Series(
        [
            score.value
            for response in group.responses
            if (score := response.scores[scale.id]).value is not None
        ],
        dtype=float,
    )
    figures.append(count("without_score", len(group.responses) - len(scores), len(group.responses)))
    items = choice_items(group.questionnaire, scored)
    figures += _derived(scores) if scale.kind == DERIVED else _measured(group, scale, scores)
    if scale.kind != REFLECTIVE:
        return placed(place, figures) + _item_rows(group, scale.id, items, {}, described)
    keyed = _columns(group.keyed, items)
    figures.append(_alpha(keyed))
    return placed(place, figures) + _item_rows(group, scale.id, items, _item_rest(keyed), described)


def _derived(scores: "pd.Series[float]") -> list[Figure]:
    positive = int((scores > 0).sum())
    return [
        count("positive", positive, len(scores)),
        estimated("share_positive", share(positive, len(scores), LEVEL, estimator="share", missing="valid")),
    ]


def _measured(group: Group, scale: Scale, scores: "pd.Series[float]") -> list[Figure]:
    asked = group.questionnaire
    rule = f"min_valid={scale.minimum(asked.form, asked.asked_as)}"
    ends = floor_ceiling(scores, *bounds(group.questionnaire, scale))
    spread = float(scores.std()) if len(scores) > 1 else None
    return [
        estimated("mean", mean_estimate(scores, rule)),
        guarded(Figure("sd", spread, len(scores), estimator="sd", missing_rule=rule)),
        estimated("share_floor", ends.floor),
        estimated("share_ceiling", ends.ceiling),
    ]


def _alpha(keyed: "pd.DataFrame") -> Figure:
    # Fewer rows than may be shown are not worth a computation that refuses one row.
    complete = int(keyed.notna().all(axis=1).sum())
    if complete < SHOWN_FROM:
        return guarded(Figure("alpha", None, complete, estimator="cronbach_alpha", missing_rule="pairwise"))
    return estimated("alpha", cronbach_alpha(keyed, missing="pairwise", interval="feldt", level=LEVEL))


def _item_rest(keyed: "pd.DataFrame") -> dict[str, Figure]:
    n = {str(item): int(answered) for item, answered in keyed.notna().sum(axis=0).items()}
    if len(keyed) < SHOWN_FROM:
        found = pd.Series(float("nan"), index=keyed.columns)
    else:
        found = item_rest_correlation(keyed, missing="pairwise")
    return {str(item): _rest(value, n[str(item)]) for item, value in found.items()}


def _rest(value: Any, n: int) -> Figure:
    found = Figure("item_rest", _number(value), n, estimator="item_rest_r", missing_rule="pairwise")
    return guarded(found if found.value is not None else replace(found, reason=EQUAL_ANSWERS))


def _item_rows(
    group: Group, scale_id: str, items: list[Item], rest: Mapping[str, Figure], described: Described
) -> list[Row]:
    rows: list[Row] = []
    for item in (item for item in items if item.id in group.asked):
        figures = missing_figures(group, [item.id]) + described[item.id]
        figures += [rest[item.id]] if item.id in rest else []
        rows += placed(replace(group.place, scale=scale_id, item=item.id), figures)
    return rows


def _described(group: Group) -> Described:
    """The figures of every item answered by a code, on the codes as they were chosen, by item.

    Who was not asked an item has no code for it: they change nothing.
    """
    by_format: dict[str, list[Item]] = {}
    for item in choice_items(group.questionnaire, group.asked):
        by_format.setdefault(group.questionnaire.wording(item).format.id, []).append(item)
    found: dict[str, list[Figure]] = {}
    for alike in by_format.values():
        found |= _of_one_format(group, alike)
    return found


def _of_one_format(group: Group, items: list[Item]) -> dict[str, list[Figure]]:
    declared = group.questionnaire.wording(items[0]).format
    table = item_statistics(_columns(group.raw, items), declared.minimum, declared.maximum)
    rows = table.to_dict(orient="index")
    return {item.id: _item_figures(rows[item.id], declared) for item in items}


def _item_figures(numbers: Mapping[Any, Any], declared: ResponseFormat) -> list[Figure]:
    n = int(numbers["n"])
    counts = [
        count(f"count_{option.code}", int(numbers[f"count_{option.code}"]), n) for option in declared.options
    ]
    return [
        count("n", n, n),
        *counts,
        *(_moment(name, numbers) for name in ("mean", "sd", "skew", "kurtosis")),
        count("constant", int(numbers["constant"]), n),
    ]


def _moment(name: str, numbers: Mapping[Any, Any]) -> Figure:
    """A moment of the codes as they were chosen; skewness and kurtosis are of type 3."""
    n, value = int(numbers["n"]), _number(numbers[name])
    reason = EQUAL_ANSWERS if value is None and n > 1 else ""
    estimator = f"{name}_of_codes"
    return guarded(Figure(name, value, n, estimator=estimator, missing_rule="valid", reason=reason))


def _outside_scales(group: Group) -> list[Item]:
    scored = {item for scale in group.scales for item in scale.scored(group.questionnaire.form)}
    return choice_items(group.questionnaire, [item for item in group.asked if item not in scored])


def _columns(frame: "pd.DataFrame", items: list[Item]) -> "pd.DataFrame":
    return frame.reindex(columns=[item.id for item in items]).astype(float)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
