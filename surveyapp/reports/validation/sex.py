"""Results by sex, only where every group is large enough for nobody to be recognised (rulings R18)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.groups import compare_groups
from surveyapp.instruments.measures import Scale
from surveyapp.reports.frames import Study
from surveyapp.reports.grouping import groups, length_of
from surveyapp.reports.levels import DERIVED, LEVEL, mean_estimate
from surveyapp.reports.numbers import (
    EVERYWHERE,
    SHOWN_FROM,
    TOO_FEW,
    Figure,
    Place,
    Row,
    count,
    estimated,
    placed,
)
from surveyapp.reports.pairs import TRANSITIONS, Match, compared_scales, matches
from surveyapp.reports.validation.territories import measures

SEXES = ("F", "M", "X")
BY_SEX, UNKNOWN = "sex", "unknown"
LEAST = 5
SMALL = f"in uno dei gruppi ci sono meno di {LEAST} persone"
ONE_GROUP = "c'è un gruppo solo"

Values = Mapping[str, list[float]]


def sex_rows(study: Study) -> list[Row]:
    """Means by sex at each occasion, and of the change between two, with Hedges' g (1981) of women less men.

    Only where every sex that is there has at least 5 people: a smaller group could be worked out from the
    others; g where both groups have 10. Who has none in the register is in no group.
    """
    people = {one.person_code: one.sex or UNKNOWN for one in study.administrations if one.path_id is not None}
    if not people:
        return []
    sexes, n = list(people.values()), len(people)
    place = Place("", subset=BY_SEX)
    rows = placed(place, [count(f"people_{sex}", sexes.count(sex), n) for sex in (*SEXES, UNKNOWN)])
    return [*rows, *_level_rows(study), *_change_rows(study)] if len(set(sexes) - {UNKNOWN}) else rows


def _level_rows(study: Study) -> Iterator[Row]:
    for group in groups(study):
        repeats = study.instrument.occasions[group.place.occasion].repeats
        if group.territory == EVERYWHERE and repeats is None:
            for measure, theirs in measures(group):
                scored = [(one.administration.sex, measure.score(one)) for one in theirs.responses]
                yield from _rows(replace(group.place, scale=measure.id), "mean", _by_sex(scored))


def _change_rows(study: Study) -> Iterator[Row]:
    for before, after in TRANSITIONS:
        if not {before, after} <= study.instrument.occasions.keys():
            continue
        alike: dict[Place, list[Match]] = {}
        for match in matches(study, before, after):
            if match.loss is None:
                alike.setdefault(_place(match, f"{before}-{after}"), []).append(match)
        for place, found in alike.items():
            for scale in _compared(found, (before, after)):
                changed = [(match.known.administration.sex, _change(match, scale)) for match in found]
                yield from _rows(replace(place, scale=scale.id), "mean_change", _by_sex(changed))


def _place(match: Match, occasion: str) -> Place:
    known = match.known
    return Place(
        known.version,
        occasion=occasion,
        variant=known.variant,
        form=known.administration.form,
        length=length_of(match.asked),
    )


def _compared(found: list[Match], transition: tuple[str, str]) -> list[Scale]:
    scales = {scale.id: scale for match in found for scale in compared_scales(match.asked, transition)}
    return [scale for scale in scales.values() if scale.kind != DERIVED]


def _change(match: Match, scale: Scale) -> float | None:
    both = match.scores(scale)
    return both[1] - both[0] if both else None


def _by_sex(found: Iterable[tuple[str | None, float | None]]) -> Values:
    """The values of each sex that is there, in the order of SEXES."""
    there = [(sex, value) for sex, value in found if sex and value is not None]
    return {sex: values for sex in SEXES if (values := [value for whose, value in there if whose == sex])}


def _rows(place: Place, statistic: str, values: Values) -> Iterator[Row]:
    about, n = replace(place, subset=BY_SEX), sum(map(len, values.values()))
    if len(values) < 2 or min(map(len, values.values())) < LEAST:
        reason = SMALL if len(values) > 1 else ONE_GROUP
        yield Row(about, Figure("hedges_g", None, n, estimator="hedges_g", reason=reason))
        return
    for sex, theirs in values.items():
        mean = mean_estimate(pd.Series(theirs, dtype=float), "valid")
        yield Row(replace(about, subset=f"{BY_SEX}:{sex}"), estimated(statistic, mean))
    if {"F", "M"} <= values.keys():
        women, men = (pd.Series(values[sex], dtype=float) for sex in ("F", "M"))
        found = compare_groups(women, men, level=LEVEL).hedges_g
        smaller = min(len(women), len(men))
        few = replace(found, value=None, low=None, high=None, reason=TOO_FEW)
        yield Row(about, estimated("hedges_g", found if smaller >= SHOWN_FROM else few))
