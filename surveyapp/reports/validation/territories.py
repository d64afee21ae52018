"""Territories side by side: the means of every scale, and the profiles of two territories with their error.

No balance between the scales of a profile is computed (rulings R10).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean

import pandas as pd

from analysis.measurement import standard_error
from analysis.reliability import cronbach_alpha
from surveyapp.instruments.measures import Scale
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.grouping import Group, groups
from surveyapp.reports.levels import DERIVED, mean_estimate
from surveyapp.reports.numbers import EVERYWHERE, SHOWN_FROM, Figure, Row, count, estimated, guarded, placed
from surveyapp.reports.validation.reliability import keyed_items
from surveyapp.reports.validation.twice import indices_of

SIDE_BY_SIDE = "side_by_side"
# The scales that two territories are read by, side by side (rulings R10).
PROFILES: Mapping[str, tuple[str, ...]] = {
    "Provincia di Bergamo": ("A14_ECO", "A14_SCL"),
    "Ambito di Cremona": ("MCR_LAV", "MCR_SOC", "MCR_RLZ"),
}
IN_PROFILES = frozenset(scale for scales in PROFILES.values() for scale in scales)
NO_ERROR = "l'errore di misura non si calcola: l'alfa manca o è negativa"


@dataclass(frozen=True)
class Measure:
    """A scale, or an index: the mean of scale scores, of at least `needed` of them."""

    id: str
    scales: tuple[Scale, ...]
    needed: int = 1

    def score(self, response: Response) -> float | None:
        """The score of a response."""
        found = [score.value for scale in self.scales if (score := response.scores.get(scale.id))]
        valid = [value for value in found if value is not None]
        return fmean(valid) if len(valid) >= self.needed else None


def territory_rows(study: Study) -> list[Row]:
    """Mean with Student's limits of every scale and index: all territories, and each one with enough people.

    The profile scales of a territory are there however few answered. Over all territories also the standard
    error of measurement, SD sqrt(1 - alpha) (Lord 1952); of an index of k scales sqrt(sum of squares) / k, as
    if their errors were independent. It is the instrument's: one territory has too few people for it.
    """
    return [
        row
        for group in groups(study)
        if study.instrument.occasions[group.place.occasion].repeats is None
        for measure, theirs in measures(group)
        for row in _rows(theirs, measure)
    ]


def measures(group: Group) -> Iterator[tuple[Measure, Group]]:
    """The scales that a group was asked, then its indices, each with the responses that were asked it."""
    for scale in group.scales:
        if scale.kind != DERIVED:
            yield Measure(scale.id, (scale,)), group.asked_for(scale)
    scales = {scale.id: scale for scale in group.scales}
    for index in group.questionnaire.instrument.indices:
        theirs = tuple(one for one in group.responses if index in indices_of(one.questionnaire))
        if theirs:
            parts = tuple(scales[name] for name in index.scales if name in scales)
            yield Measure(index.id, parts, index.min_valid), replace(group, responses=theirs)


def _rows(group: Group, measure: Measure) -> list[Row]:
    scores = [score for one in group.responses if (score := measure.score(one)) is not None]
    everywhere, own = group.territory == EVERYWHERE, PROFILES.get(group.territory, ())
    if not everywhere and len(scores) < SHOWN_FROM and measure.id not in own:
        return []
    place = replace(group.place, scale=measure.id, subset=SIDE_BY_SIDE)
    found = mean_estimate(pd.Series(scores, dtype=float), "min_valid")
    answered = count("answered", len(group.responses), len(group.responses))
    error = [_error(group, measure)] if everywhere else []
    return placed(place, [answered, estimated("mean", found), *error])


def _error(group: Group, measure: Measure) -> Figure:
    parts = [_error_of_scale(group.asked_for(scale), scale) for scale in measure.scales]
    n = min((n for n, _ in parts), default=0)
    errors = [error for _, error in parts if error is not None]
    whole = len(errors) == len(parts) > 0
    value = sqrt(sum(error**2 for error in errors)) / len(parts) if whole else None
    figure = guarded(Figure("sem", value, n, estimator="sem(alpha)", missing_rule="pairwise"))
    return figure if whole or n < SHOWN_FROM else replace(figure, reason=NO_ERROR)


def _error_of_scale(group: Group, scale: Scale) -> tuple[int, float | None]:
    """How many answered every item of a scale, and its standard error of measurement where there is one."""
    keyed = keyed_items(group, scale)
    complete = int(keyed.notna().all(axis=1).sum())
    scores = [score for one in group.responses if (score := one.scores[scale.id].value) is not None]
    if complete < SHOWN_FROM or len(scores) < SHOWN_FROM:
        return complete, None
    alpha = cronbach_alpha(keyed).value
    if alpha is None or not 0 <= alpha <= 1:
        return complete, None
    return complete, standard_error(float(pd.Series(scores, dtype=float).std()), alpha)
