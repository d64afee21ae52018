"""Change of the same people between two occasions, on the items valid at both, per version and variant."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from analysis.change import PairedChange, paired_change
from surveyapp.instruments.measures import Scale
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Study
from surveyapp.reports.grouping import length_of
from surveyapp.reports.numbers import (
    EVERYWHERE,
    Figure,
    Place,
    Row,
    count,
    estimated,
    guarded,
    placed,
)
from surveyapp.reports.pairs import (
    FEW_COMMON,
    LOSSES,
    SENSITIVITY,
    TRANSITIONS,
    VARIANT_CHANGED,
    Match,
    compared_scales,
    matches,
)

MISSING_RULE = "common_items"
# The scales that a questionnaire compares, by its id.
Asked = dict[int, tuple[Questionnaire, list[Scale]]]


def change_rows(study: Study) -> list[Row]:
    """Every number about change, transition by transition; none for one that nobody has reached."""
    rows: list[Row] = []
    for place, alike, transition in matched_groups(study):
        rows += _variant_rows(place, alike)
        for scale, asked in compared(alike, transition):
            rows += _scale_rows(replace(place, scale=scale.id), scale, asked)
    return rows


def matched_groups(study: Study) -> Iterator[tuple[Place, list[Match], tuple[str, str]]]:
    """Every comparison that somebody has reached: where, between whom, and which two occasions."""
    for before, after in TRANSITIONS:
        if {before, after} <= study.instrument.occasions.keys():
            for place, alike in _groups(matches(study, before, after), f"{before}-{after}"):
                yield place, alike, (before, after)


def change(pairs: Iterable[tuple[float, float] | None]) -> PairedChange:
    """The change of the pairs that are there. Computed however few they are; reports hide what they must."""
    there = [pair for pair in pairs if pair]
    rows = range(max(len(there), 2))
    before, after = (pd.Series([pair[side] for pair in there], dtype=float).reindex(rows) for side in (0, 1))
    return paired_change(before, after)


def compared(found: list[Match], transition: tuple[str, str]) -> Iterator[tuple[Scale, list[Match]]]:
    """The scales compared, each with the matches that were asked it: a module may be asked of some only."""
    alike: Asked = {}  # most are asked the very same questionnaire
    asked = [(match, _scales_of(match.asked, transition, alike)) for match in found]
    scales = {scale.id: scale for _, theirs in asked for scale in theirs}
    for name, scale in scales.items():
        yield scale, [match for match, theirs in asked if name in {one.id for one in theirs}]


def _scales_of(questionnaire: Questionnaire, transition: tuple[str, str], alike: Asked) -> list[Scale]:
    """The scales compared; the questionnaire is kept beside them, so that its id stays its own."""
    if id(questionnaire) not in alike:
        alike[id(questionnaire)] = questionnaire, compared_scales(questionnaire, transition)
    return alike[id(questionnaire)][1]


def _groups(found: list[Match], occasion: str) -> Iterator[tuple[Place, list[Match]]]:
    """Matches that may be pooled, by version, form, variant and length: all territories, then each.

    None where nobody has reached the second occasion.
    """
    alike: dict[tuple[str, str, str, str], list[Match]] = {}
    for match in found:
        about, length = match.known, length_of(match.asked)
        alike.setdefault((about.version, about.administration.form, about.variant, length), []).append(match)
    for (version, form, variant, length), group in sorted(alike.items()):
        if not any(match.after for match in group):
            continue
        place = Place(version=version, occasion=occasion, variant=variant, form=form, length=length)
        yield place, group
        for territory in sorted({match.known.administration.territory for match in group}):
            inside = [match for match in group if match.known.administration.territory == territory]
            yield replace(place, territory=territory), inside


def _variant_rows(place: Place, found: list[Match]) -> list[Row]:
    """How many went from one variant to another: an outcome of its own (rulings R8)."""
    both = [match for match in found if match.before and match.after]
    changed = Counter(match.after.variant for match in both if match.after and match.loss == VARIANT_CHANGED)
    return [
        Row(replace(place, subset=f"{place.variant}-{variant}"), count("variant_changed", times, len(both)))
        for variant, times in sorted(changed.items())
    ]


def _scale_rows(place: Place, scale: Scale, found: list[Match]) -> list[Row]:
    scores = [match.scores(scale) for match in found]
    changed = change(scores)
    rows = placed(place, [*_pair_figures(scale, changed, found), *_change_figures(changed)])
    if place.territory != EVERYWHERE:
        return rows
    for subset, passes in SENSITIVITY.items():
        kept = [pair for match, pair in zip(found, scores, strict=True) if pair and passes(match, scale)]
        if len(kept) < changed.n:
            rows += placed(replace(place, subset=subset), _sensitivity_figures(change(kept)))
    return rows


def _pair_figures(scale: Scale, changed: PairedChange, found: list[Match]) -> list[Figure]:
    lost = Counter(match.loss_of(scale) or FEW_COMMON for match in found)
    lost[FEW_COMMON] -= changed.n
    return [
        count("n_pairs", changed.n, len(found)),
        *(count(reason, lost[reason], len(found)) for reason in LOSSES),
    ]


def _change_figures(changed: PairedChange) -> list[Figure]:
    n = changed.n
    return [
        _plain("mean_before", changed.mean_before, n),
        _plain("mean_after", changed.mean_after, n),
        _with_rule("mean_change", changed),
        _plain("sd_change", changed.sd_difference, n),
        estimated("dz", replace(changed.dz_interval, missing=MISSING_RULE)),
        *(count(name, getattr(changed, name), n) for name in ("improved", "unchanged", "worsened")),
        estimated("share_improved", replace(changed.share_improved, missing=MISSING_RULE)),
        _plain("share_by_chance", changed.share_by_chance, n),
    ]


def _sensitivity_figures(changed: PairedChange) -> list[Figure]:
    return [count("n_pairs", changed.n, changed.n), _with_rule("mean_change", changed)]


def _with_rule(statistic: str, changed: PairedChange) -> Figure:
    found = replace(changed.mean_difference, missing=MISSING_RULE)
    if found.value is None and changed.mean_before is not None and changed.mean_after is not None:
        # Everybody changed by the same amount: there is a mean, and no interval.
        reason = f"intervallo non calcolabile: {found.reason}"
        found = replace(found, value=changed.mean_after - changed.mean_before, reason=reason)
    return estimated(statistic, found)


def _plain(statistic: str, value: float | None, n: int) -> Figure:
    return guarded(Figure(statistic, value, n, estimator=statistic, missing_rule=MISSING_RULE))
