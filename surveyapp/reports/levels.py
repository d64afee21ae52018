"""Where people stand at each occasion: scales and items per version, variant and territory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.estimate import Estimate
from analysis.intervals import share, student_limits
from analysis.items import floor_ceiling, item_statistics
from analysis.reliability import cronbach_alpha, item_rest_correlation
from surveyapp.instruments.answers import FULL, OFFERED_REASONS, SKIPPED, ResponseFormat
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import BLANK, Response, Study
from surveyapp.reports.numbers import (
    EVERYWHERE,
    SHOWN_FROM,
    Figure,
    Place,
    Row,
    count,
    estimated,
    guarded,
    placed,
)
from surveyapp.scoring.scores import SHORT_SUFFIX, scales_of

LEVEL = 0.95
MISSING_REASONS = (*OFFERED_REASONS, SKIPPED, BLANK)
# A derived scale is a fact (yes or no), not a measure: it has a count and a share, no mean and no alpha.
DERIVED = "derived"
REFLECTIVE = "reflective"
# Scores of this method are in percent of the maximum; those of any other are in units of the format.
PERCENT_METHOD = "pomp_mean"


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

    @cached_property
    def described(self) -> Mapping[str, list[Figure]]:
        """The figures of every item answered by a code, by item."""
        by_format: dict[str, list[Item]] = {}
        for item in choice_items(self.questionnaire, self.asked):
            by_format.setdefault(self.questionnaire.wording(item).format.id, []).append(item)
        found: dict[str, list[Figure]] = {}
        for alike in by_format.values():
            found |= _described(self, alike)
        return found


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


def level_rows(study: Study) -> list[Row]:
    """Every number about levels and reliability, scales before the items that belong to none."""
    rows: list[Row] = []
    for group in groups(study):
        for scale in group.scales:
            rows += _scale_rows(group.asked_for(scale), scale)
        rows += _item_rows(group, "", _outside_scales(group), {})
    return rows


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


def bounds(questionnaire: Questionnaire, scale: Scale) -> tuple[float, float]:
    """The least and the greatest score possible."""
    if scale.method == PERCENT_METHOD:
        return 0.0, 100.0
    declared = questionnaire.wording(choice_items(questionnaire, scale.items)[0]).format
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


def _scale_rows(group: Group, scale: Scale) -> list[Row]:
    place = replace(group.place, scale=scale.id)
    figures = [count("n", len(group.responses), len(group.responses))]
    figures += missing_figures(group, scale.items)
    scores = pd.Series(
        [
            score.value
            for response in group.responses
            if (score := response.scores[scale.id]).value is not None
        ],
        dtype=float,
    )
    figures.append(count("without_score", len(group.responses) - len(scores), len(group.responses)))
    items = choice_items(group.questionnaire, scale.items)
    figures += _derived(scores) if scale.kind == DERIVED else _measured(group, scale, scores)
    if scale.kind != REFLECTIVE:
        return placed(place, figures) + _item_rows(group, scale.id, items, {})
    keyed = _columns(group.keyed, items)
    figures.append(_alpha(keyed))
    return placed(place, figures) + _item_rows(group, scale.id, items, _item_rest(keyed))


def _derived(scores: "pd.Series[float]") -> list[Figure]:
    positive = int((scores > 0).sum())
    return [
        count("positive", positive, len(scores)),
        estimated("share_positive", share(positive, len(scores), LEVEL, estimator="share", missing="valid")),
    ]


def _measured(group: Group, scale: Scale, scores: "pd.Series[float]") -> list[Figure]:
    rule = f"min_valid={scale.min_valid[group.questionnaire.form]}"
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
    return {
        str(item): guarded(
            Figure(
                "item_rest", _number(value), n[str(item)], estimator="item_rest_r", missing_rule="pairwise"
            )
        )
        for item, value in found.items()
    }


def _item_rows(group: Group, scale_id: str, items: list[Item], rest: Mapping[str, Figure]) -> list[Row]:
    rows: list[Row] = []
    for item in items:
        if item.id in group.asked:
            figures = missing_figures(group, [item.id]) + group.described[item.id]
            figures += [rest[item.id]] if item.id in rest else []
            rows += placed(replace(group.place, scale=scale_id, item=item.id), figures)
    return rows


def _described(group: Group, items: list[Item]) -> dict[str, list[Figure]]:
    """Figures of items that share a response format, on the codes as they were chosen."""
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
        *(
            guarded(
                Figure(name, _number(numbers[name]), n, estimator=f"{name}_of_codes", missing_rule="valid")
            )
            for name in ("mean", "sd")
        ),
    ]


def _outside_scales(group: Group) -> list[Item]:
    scored = {item for scale in group.scales for item in scale.items}
    return choice_items(group.questionnaire, [item for item in group.asked if item not in scored])


def _columns(frame: "pd.DataFrame", items: list[Item]) -> "pd.DataFrame":
    return frame.reindex(columns=[item.id for item in items]).astype(float)


def _frame(rows: list[Mapping[str, int]]) -> "pd.DataFrame":
    return pd.DataFrame(rows, index=range(len(rows)), dtype=float)


def _raw_values(response: Response) -> dict[str, int]:
    coded = {item: response.raw(item) for item in response.given}
    return {item: value for item, value in coded.items() if value is not None}


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
