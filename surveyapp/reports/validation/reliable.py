"""Reliable change: who changed by more than the error of measurement, by two kinds of reliability."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.estimate import Estimate
from analysis.reliability import cronbach_alpha
from analysis.reliable import ReliableChange, reliable_change
from surveyapp.instruments.measures import Scale
from surveyapp.reports.change import compared, matched_groups
from surveyapp.reports.frames import Study
from surveyapp.reports.grouping import Group
from surveyapp.reports.levels import LEVEL, REFLECTIVE
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
from surveyapp.reports.pairs import Match
from surveyapp.reports.validation.reliability import keyed_items

ALPHA, RETEST = "alpha", "retest"
RULE = "common_items"
NO_RETEST = "nessuna ripetizione con abbastanza persone"
# Form, variant and scale.
Measure = tuple[str, str, str]
# The reliability of scores asked twice within two weeks, by what was measured.
Stability = Mapping[Measure, Estimate]


def reliable_rows(study: Study, stability: Stability) -> list[Row]:
    """Reliable change of every scale whose items go together, by alpha of the first answers and by retest.

    Jacobson and Truax (1991). The reliability that was used stands beside: the same data give other counts
    with another one. `subset` says which.
    """
    rows: list[Row] = []
    for place, found, transition in matched_groups(study):
        for scale, asked in compared(found, transition) if place.territory == EVERYWHERE else ():
            if scale.kind == REFLECTIVE:
                at = replace(place, scale=scale.id)
                for kind, used in _reliabilities(scale, asked, stability, at):
                    rows += _rows(replace(at, subset=kind), used, scale, asked)
    return rows


def _reliabilities(
    scale: Scale, found: list[Match], stability: Stability, at: Place
) -> Iterator[tuple[str, Estimate]]:
    yield ALPHA, _alpha(scale, found)
    missing = Estimate(None, None, None, 0, "icc_A,1", "listwise", "f", NO_RETEST)
    yield RETEST, stability.get((at.form, at.variant, at.scale), missing)


def _alpha(scale: Scale, found: list[Match]) -> Estimate:
    """Of those who answered first, whether they have a second questionnaire or not."""
    first = tuple(match.before for match in found if match.before)
    keyed = keyed_items(Group(EVERYWHERE, first), scale) if first else pd.DataFrame()
    complete = int(keyed.notna().all(axis=1).sum()) if len(keyed.columns) else 0
    if complete < SHOWN_FROM:
        return Estimate(None, None, None, complete, "cronbach_alpha", "pairwise", "feldt", None)
    return cronbach_alpha(keyed, level=LEVEL)


def _rows(place: Place, used: Estimate, scale: Scale, found: list[Match]) -> list[Row]:
    there = [pair for match in found if (pair := match.scores(scale))]
    figures = [estimated("reliability", used)]
    if used.value is None or used.n < SHOWN_FROM or not 0 <= used.value < 1 or len(there) < SHOWN_FROM:
        return placed(place, [*figures, count("n_pairs_reliable", len(there), len(there))])
    before, after = (pd.Series([pair[side] for pair in there], dtype=float) for side in (0, 1))
    return placed(place, [*figures, *_figures(reliable_change(before, after, used.value, level=LEVEL))])


def _figures(found: ReliableChange) -> Iterator[Figure]:
    n, reason = found.n, found.reason or ""
    yield count("n_pairs_reliable", n, n)
    for name, value in (("sem", found.sem), ("sdc", found.sdc)):
        yield guarded(Figure(name, value, n, estimator=name, missing_rule=RULE, reason=reason))
    for name in ("improved", "unchanged", "worsened"):
        value = getattr(found, name)
        yield Figure(f"reliably_{name}", value, n, reason=reason)
    yield estimated("share_reliably_improved", replace(found.share_improved, missing=RULE))
    yield estimated("share_reliably_worsened", replace(found.share_worsened, missing=RULE))
