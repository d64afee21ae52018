"""Reliability of each scale by version, form, length, variant and occasion, and of parts of the answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.omega import omega_total
from analysis.reliability import (
    alpha_if_dropped,
    cronbach_alpha,
    inter_item_correlation,
)
from surveyapp.instruments.measures import Scale
from surveyapp.reports.frames import MODE_CLASSES, Response, Study
from surveyapp.reports.grouping import Group, choice_items, groups
from surveyapp.reports.levels import EQUAL_ANSWERS, LEVEL, REFLECTIVE
from surveyapp.reports.numbers import (
    EVERYWHERE,
    SHOWN_FROM,
    Figure,
    Row,
    count,
    estimated,
    guarded,
    placed,
)
from surveyapp.reports.pairs import LEGACY

# From how many complete people omega is shown (blueprint 3.4): its factor needs more than alpha does.
OMEGA_FROM = 50
OMEGA_LATER = f"omega si mostra da {OMEGA_FROM} persone che hanno risposto a tutto"
ONE_OBSERVER = "chi ha compilato non è distinto da un codice: l'intervallo per gruppi non si può fare"

# Alpha of parts of the answers, beside that of all (rulings R1, R8; flags: blueprint 3.5).
SUBSETS: Mapping[str, Callable[[Response], bool]] = {
    **{
        f"mode_{mode}": lambda one, mode=mode: one.mode == mode  # type: ignore[misc]  # a default has no place for its type
        for mode in sorted(set(MODE_CLASSES.values()))
    },
    "unflagged": lambda one: not one.administration.flags,
    "on_time": lambda one: not one.administration.late,
    "not_legacy": lambda one: one.administration.source != LEGACY,
}


def reliability_rows(study: Study) -> list[Row]:
    """What stands beside alpha (which `level_rows` gives), for every scale whose items go together.

    One administration a person (R9). Formative lists and derived facts have none.
    """
    rows: list[Row] = []
    for group in groups(study):
        for scale in group.scales if group.territory == EVERYWHERE else ():
            if scale.kind == REFLECTIVE:
                rows += _scale_rows(group.asked_for(scale), scale)
    return rows


def keyed_items(group: Group, scale: Scale) -> pd.DataFrame:
    """Respondents x the items that a scale scores in this form, reversed items turned round."""
    scored = scale.scored(group.questionnaire.form)
    names = [item.id for item in choice_items(group.questionnaire, scored) if item.id in group.asked]
    return group.keyed.reindex(columns=names).astype(float)


def _scale_rows(group: Group, scale: Scale) -> Iterator[Row]:
    place = replace(group.place, scale=scale.id)
    keyed = keyed_items(group, scale)
    complete = int(keyed.notna().all(axis=1).sum())
    yield from placed(place, [count("items", len(keyed.columns), len(keyed))])
    yield from placed(place, [count("complete", complete, len(keyed))])
    if complete < SHOWN_FROM:
        return
    yield from placed(place, _coefficients(keyed))
    yield from placed(place, _by_group(group, keyed))
    dropped = alpha_if_dropped(keyed)
    for item, value in dropped.items():
        yield Row(replace(place, item=str(item)), _dropped(value, complete))
    yield from _subset_rows(group, scale)


def _dropped(value: object, n: int) -> Figure:
    number = _number(value)
    reason = EQUAL_ANSWERS if number is None else ""
    found = Figure("alpha_if_dropped", number, n, estimator="cronbach_alpha", reason=reason)
    return guarded(replace(found, missing_rule="pairwise"))


def _coefficients(keyed: pd.DataFrame) -> Iterator[Figure]:
    yield estimated("alpha_listwise", cronbach_alpha(keyed, missing="listwise", level=LEVEL))
    yield estimated("alpha_standardized", cronbach_alpha(keyed, standardized=True, level=LEVEL))
    between = inter_item_correlation(keyed)
    yield estimated("inter_item_r", between.mean)
    omega = omega_total(keyed)
    enough = omega.n >= OMEGA_FROM
    yield estimated("omega", omega if enough else replace(omega, value=None, reason=OMEGA_LATER))
    varying = keyed.loc[:, keyed.nunique() > 1]
    if 1 < len(varying.columns) < len(keyed.columns):
        yield estimated("alpha_without_constant", cronbach_alpha(varying, level=LEVEL))


def _by_group(group: Group, keyed: pd.DataFrame) -> Iterator[Figure]:
    """Alpha with an interval that resamples whole respondents, where one answered about several (R9)."""
    who = pd.Series([response.administration.respondent for response in group.responses], index=keyed.index)
    if who.nunique() == 1:
        name, reason = "alpha_by_respondent", ONE_OBSERVER
        yield Figure(name, None, len(who), estimator="cronbach_alpha", reason=reason)
    elif who.nunique() < len(who):
        found = cronbach_alpha(keyed, interval="bootstrap", groups=who, level=LEVEL)
        yield estimated("alpha_by_respondent", found)


def _subset_rows(group: Group, scale: Scale) -> Iterator[Row]:
    """Alpha of those who pass, where some and not all do."""
    for name, passes in SUBSETS.items():
        kept = tuple(response for response in group.responses if passes(response))
        if 0 < len(kept) < len(group.responses):
            part = replace(group, responses=kept)
            yield Row(replace(part.place, scale=scale.id, subset=name), _alpha(keyed_items(part, scale)))


def _alpha(keyed: pd.DataFrame) -> Figure:
    complete = int(keyed.notna().all(axis=1).sum())
    if complete < SHOWN_FROM:
        return guarded(Figure("alpha", None, complete, estimator="cronbach_alpha", missing_rule="pairwise"))
    return estimated("alpha", cronbach_alpha(keyed, level=LEVEL))


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]  # one cell
