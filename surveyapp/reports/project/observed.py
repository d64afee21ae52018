"""Indicator I12: whose observation sheets say more autonomy at the end than at the start (D3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import pandas as pd

from analysis.change import PairedChange
from analysis.linked import Sum
from analysis.reliability import cronbach_alpha
from analysis.reliable import ReliableChange, reliable_change
from surveyapp.reports.change import change
from surveyapp.reports.frames import Study
from surveyapp.reports.grouping import choice_items
from surveyapp.reports.levels import LEVEL
from surveyapp.reports.numbers import (
    SHOWN_FROM,
    Figure,
    Place,
    Row,
    count,
    guarded,
    placed,
)
from surveyapp.reports.pairs import START, Match, matches
from surveyapp.reports.project.indicators import OUTCOMES
from surveyapp.reports.project.judged import Judged, N, judged_rows, parts_of

END = "EXPOST"
TOTAL = "OSS_TOT"
CONTEXT = "OSS_CTX"
RULE = "common_items"
TARGET = OUTCOMES["I12"][2]

ANY, RELIABLE = "any_increase", "reliable_increase"
SAME, DIFFERENT = "same_context", "different_context"
Pair = tuple[float, float]


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of the total, and how many sheets it rests on."""

    alpha: float
    n: int


@dataclass(frozen=True)
class Observed:
    """One person with two sheets: territory, context of each, and the scores before and after by scale."""

    territory: str
    contexts: tuple[int | None, int | None]
    scores: Mapping[str, Pair]
    person: str = ""

    @property
    def context(self) -> str:
        """Whether both sheets say the same context; one that does not say it is another."""
        before, after = self.contexts
        return SAME if before is not None and before == after else DIFFERENT


def observed(study: Study) -> list[Observed]:
    """The people with two sheets that can be compared on the total, one entry a person."""
    found = (_observed(study, match) for match in matches(study, START, END))
    return [one for one in found if one]


def observed_rows(
    pairs: Sequence[Observed], asked: int, version: str, reliability: Reliability | None
) -> list[Row]:
    """Every number of the indicator. `asked` counts the people who should have two sheets.

    `reliability` is that of the total at the start, None where it cannot be computed.
    """
    rows = _both_readings(_place(version), pairs, asked, reliability)
    for context in (SAME, DIFFERENT):
        theirs = [pair for pair in pairs if pair.context == context]
        rows += _reading(replace(_place(version), subset=f"{ANY}:{context}"), _totals(theirs), 0)
    for scale in sorted({scale for pair in pairs for scale in pair.scores} - {TOTAL}):
        scores = [pair.scores[scale] for pair in pairs if scale in pair.scores]
        rows += _reading(replace(_place(version), subset=ANY, item=scale), scores, 0)
    for territory in sorted({pair.territory for pair in pairs}):
        theirs = [pair for pair in pairs if pair.territory == territory]
        rows += _reading(replace(_place(version), subset=ANY, territory=territory), _totals(theirs), 0)
    return rows


def observed_sums(version: str, rows: Sequence[Row]) -> list[Sum]:
    """How the counts over the whole project add up; those of areas, contexts and territories stay inside."""
    there = {(row.place, row.figure.statistic) for row in rows}
    sums = []
    for subset in (ANY, RELIABLE):
        place = replace(_place(version), subset=subset)
        if (place, N) in there:
            sums += parts_of(place)
    place = replace(_place(version), subset=ANY)
    return [
        *sums,
        Sum((place, "failures"), ((place, "unchanged"), (place, "worsened")), whole=True),
        Sum((place, "asked"), ((place, N), (place, "unknown")), whole=True),
        *_equal_n(version, there),
    ]


def _equal_n(version: str, there: set[tuple[Place, str]]) -> Iterator[Sum]:
    first, second = (replace(_place(version), subset=subset) for subset in (ANY, RELIABLE))
    if (second, N) in there:
        yield Sum((first, N), ((second, N),), whole=True)
        yield Sum((first, "successes"), ((second, "successes"),))


def reliability_of(study: Study) -> Reliability | None:
    """Cronbach's alpha of all items of the total on the first sheets; None for too few or none."""
    first = [one for one in study.firsts if one.questionnaire.occasion == START]
    scales = {name for index in study.instrument.indices if index.id == TOTAL for name in index.scales}
    items = [item for scale in study.instrument.scales if scale.id in scales for item in scale.items]
    if not first:
        return None
    asked = [item.id for item in choice_items(first[0].questionnaire, items)]
    keyed = pd.DataFrame([dict(one.values) for one in first], dtype=float).reindex(columns=asked)
    if int(keyed.notna().all(axis=1).sum()) < SHOWN_FROM:
        return None
    found = cronbach_alpha(keyed, missing="pairwise", interval="feldt", level=LEVEL)
    if found.value is None or not 0 <= found.value < 1:
        return None
    return Reliability(found.value, found.n)


def reliable(pairs: Sequence[Pair], reliability: float, sd: float | None = None) -> ReliableChange:
    """Who changed by more than the error of measurement explains (Jacobson and Truax 1991)."""
    before, after = (pd.Series([pair[side] for pair in pairs], dtype=float) for side in (0, 1))
    return reliable_change(before, after, reliability, sd=sd, level=LEVEL)


def _place(version: str) -> Place:
    return Place(version=version, scale="I12", occasion=f"{START}-{END}", form="O")


def _both_readings(
    place: Place, pairs: Sequence[Observed], asked: int, reliability: Reliability | None
) -> list[Row]:
    totals = _totals(pairs)
    whole = replace(place, subset=ANY)
    rows = _reading(whole, totals, asked - len(totals))
    rows += placed(whole, [count("asked", asked, asked)])
    if reliability is None or len(totals) < SHOWN_FROM:
        return rows
    found = reliable(totals, reliability.alpha)
    if found.improved is None:
        return rows
    judged = Judged(found.improved, found.n, asked - len(totals))
    about = replace(place, subset=RELIABLE)
    return [*rows, *judged_rows(about, judged, TARGET, RULE), *placed(about, _measured(found, reliability))]


def _measured(found: ReliableChange, reliability: Reliability) -> list[Figure]:
    return [
        count("worsened", found.worsened or 0, found.n),
        _plain("reliability", reliability.alpha, reliability.n),
        _plain("sem", found.sem, found.n),
        _plain("mdc95", found.sdc, found.n),
        _plain("share_by_error", found.share_by_error, found.n),
    ]


def _reading(place: Place, pairs: Sequence[Pair], unknown: int) -> list[Row]:
    changed = change(pairs)
    rows = judged_rows(place, Judged(changed.improved, changed.n, unknown), TARGET, RULE)
    return rows + placed(place, _beside(changed))


def _beside(changed: PairedChange) -> list[Figure]:
    n = changed.n
    return [
        count("unchanged", changed.unchanged, n),
        count("worsened", changed.worsened, n),
        _plain("share_by_chance", changed.share_by_chance, n),
        _plain("mean_before", changed.mean_before, n),
        _plain("mean_after", changed.mean_after, n),
    ]


def _plain(statistic: str, value: float | None, n: int) -> Figure:
    return guarded(Figure(statistic, value, n, estimator=statistic, missing_rule=RULE))


def _totals(pairs: Sequence[Observed]) -> list[Pair]:
    return [pair.scores[TOTAL] for pair in pairs]


def _observed(study: Study, match: Match) -> Observed | None:
    """The pair of a person; None without both sheets or without the total at both."""
    if match.before is None or match.after is None:
        return None
    scores = _scores(study, match)
    if TOTAL not in scores:
        return None
    about = match.known.administration
    contexts = (match.before.raw(CONTEXT), match.after.raw(CONTEXT))
    return Observed(about.territory, contexts, scores, about.person_code)


def _scores(study: Study, match: Match) -> dict[str, Pair]:
    """Before and after of each area on the items common to both, and of their mean where all are there."""
    wanted = _areas(study)
    found = {scale.id: pair for scale in study.instrument.scales if (pair := match.scores(scale))}
    areas = [found[name] for name in wanted if name in found]
    if wanted and len(areas) == len(wanted):
        found[TOTAL] = (fmean(pair[0] for pair in areas), fmean(pair[1] for pair in areas))
    return found


def _areas(study: Study) -> tuple[str, ...]:
    return next((tuple(index.scales) for index in study.instrument.indices if index.id == TOTAL), ())
