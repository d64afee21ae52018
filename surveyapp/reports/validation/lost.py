"""Whether those who were lost differed from those who stayed, and how far they could move a share."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.attrition import completers_and_lost, shares_of_completers_and_lost
from analysis.groups import GroupDifference
from analysis.shares import TwoShares
from surveyapp.instruments.measures import Scale
from surveyapp.reports.change import compared, matched_groups
from surveyapp.reports.frames import Study
from surveyapp.reports.levels import DERIVED, LEVEL
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
from surveyapp.reports.pairs import Match

VALID = "valid"
FEW_LOST = "meno di due persone in uno dei due gruppi"


def lost_rows(study: Study) -> list[Row]:
    """First scores of those who have a second questionnaire beside those who have none, per scale; then how
    many would have improved if all of the lost had, or none of them (nothing is imputed)."""
    rows: list[Row] = []
    for place, found, transition in matched_groups(study):
        if place.territory != EVERYWHERE:
            continue
        first = [match for match in found if match.before]
        rows += placed(replace(place, subset="lost"), _who(first))
        for scale, asked in compared(found, transition):
            if scale.kind != DERIVED:
                at = replace(place, scale=scale.id, subset="lost")
                rows += placed(at, [*_compared(scale, asked), *_bounds(scale, asked)])
    return rows


def _who(first: list[Match]) -> Iterator[Figure]:
    """How many stayed, and whether those with help at the start stayed as often as the others."""
    stayed = [match.after is not None for match in first]
    yield count("stayed", sum(stayed), len(first))
    yield count("lost", len(first) - sum(stayed), len(first))
    helped = [match.before is not None and match.before.mode == "helped" for match in first]
    if min(sum(stayed), len(stayed) - sum(stayed)) and len(first) >= SHOWN_FROM and any(helped):
        found = shares_of_completers_and_lost(pd.Series(helped), pd.Series(stayed), level=LEVEL)
        yield from _shares(found, len(first))


def _shares(found: TwoShares, n: int) -> Iterator[Figure]:
    yield estimated("helped_difference", found.difference)
    yield guarded(Figure("helped_p", found.p_exact, n, estimator="fisher_exact", missing_rule="none"))


def _compared(scale: Scale, found: list[Match]) -> Iterator[Figure]:
    there = [(match, match.before.scores.get(scale.id)) for match in found if match.before]
    valid = [(match, score.value) for match, score in there if score and score.value is not None]
    stayed = pd.Series([match.after is not None for match, _ in valid], dtype=bool)
    scores = pd.Series([value for _, value in valid], dtype=float)
    counts = {"stayed": int(stayed.sum()), "lost": int((~stayed).sum())}
    for name, amount in counts.items():
        yield count(name, amount, len(valid))
    if min(counts.values()) < 2:
        yield Figure("hedges_g", None, len(valid), estimator="hedges_g", missing_rule=VALID, reason=FEW_LOST)
        return
    yield from _difference(completers_and_lost(scores, stayed, level=LEVEL), len(valid))


def _difference(found: GroupDifference, n: int) -> Iterator[Figure]:
    yield guarded(Figure("mean_stayed", found.mean_first, n, estimator="mean", missing_rule=VALID))
    yield guarded(Figure("mean_lost", found.mean_second, n, estimator="mean", missing_rule=VALID))
    yield estimated("hedges_g", found.hedges_g)
    yield guarded(Figure("p_mann_whitney", found.p, n, estimator="mann_whitney", missing_rule=VALID))


def _bounds(scale: Scale, found: list[Match]) -> Iterator[Figure]:
    """The share that improved, were none or all of those without a pair among them."""
    pairs = [match.scores(scale) for match in found if match.before]
    there = [pair for pair in pairs if pair]
    improved = sum(round(after - before, 9) > 0 for before, after in there)
    everybody, missing = len(pairs), len(pairs) - len(there)
    for name, more in (("share_improved_if_none", 0), ("share_improved_if_all", missing)):
        value = (improved + more) / everybody if everybody else None
        yield guarded(Figure(name, value, everybody, estimator="bound", missing_rule="started"))
