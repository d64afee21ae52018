"""Change of the same people between two occasions, on the items valid at both, per version and variant."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from analysis.change import PairedChange, paired_change
from surveyapp.instruments.measures import Scale
from surveyapp.reports.frames import Study
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


def change_rows(study: Study) -> list[Row]:
    """Every number about change, transition by transition; none for one that nobody has reached."""
    rows: list[Row] = []
    for before, after in TRANSITIONS:
        found = matches(study, before, after)
        if not any(match.after for match in found):
            continue
        for place, alike in _groups(found, f"{before}-{after}"):
            rows += _variant_rows(place, alike)
            for scale in compared_scales(alike[0].known.questionnaire, (before, after)):
                rows += _scale_rows(replace(place, scale=scale.id), scale, alike)
    return rows


def change(pairs: Iterable[tuple[float, float] | None]) -> PairedChange:
    """The change of the pairs that are there. Computed however few they are; reports hide what they must."""
    there = [pair for pair in pairs if pair]
    rows = range(max(len(there), 2))
    before, after = (pd.Series([pair[side] for pair in there], dtype=float).reindex(rows) for side in (0, 1))
    return paired_change(before, after)


def _groups(found: list[Match], occasion: str) -> Iterator[tuple[Place, list[Match]]]:
    """Matches that may be pooled, by version and variant: all territories, then each."""
    alike: dict[tuple[str, str], list[Match]] = {}
    for match in found:
        alike.setdefault((match.known.version, match.known.variant), []).append(match)
    for (version, variant), group in sorted(alike.items()):
        place = Place(version=version, occasion=occasion, variant=variant)
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
    rows = placed(place, [*_pair_figures(changed, found), *_change_figures(changed)])
    if place.territory != EVERYWHERE:
        return rows
    for subset, passes in SENSITIVITY.items():
        kept = [pair for match, pair in zip(found, scores, strict=True) if pair and passes(match)]
        if len(kept) < changed.n:
            rows += placed(replace(place, subset=subset), _sensitivity_figures(change(kept)))
    return rows


def _pair_figures(changed: PairedChange, found: list[Match]) -> list[Figure]:
    lost = Counter(match.loss or FEW_COMMON for match in found)
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
