"""Agreement of a second observer, and of the same person some days later, with the first time (R12)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

import pandas as pd

from analysis.agreement import krippendorff_alpha, share_agreement, weighted_kappa
from analysis.clustered import mean_change_bootstrap
from analysis.estimate import Estimate
from analysis.icc import Form
from analysis.intervals import share
from analysis.measurement import bland_altman, measurement_error
from analysis.reliability import icc
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Study
from surveyapp.reports.grouping import choice_items
from surveyapp.reports.levels import LEVEL
from surveyapp.reports.numbers import ALL_VARIANTS, Figure, Place, Row, count, estimated, guarded, placed
from surveyapp.reports.pairs import VARIANT_CHANGED
from surveyapp.reports.validation.twice import (
    AGREEMENT,
    AGREEMENT_OF_PART,
    OBSERVER,
    RETEST,
    Scores,
    Twice,
    alike,
    asked_twice,
    first_of_each,
    frame,
    measures_of,
    scores_of,
)
from surveyapp.scoring.scores import scales_of

# A second observer is any of those who might have observed; the second time is the same person again.
ICC_FORMS: Mapping[str, Form] = {OBSERVER: "1,1", RETEST: "A,1"}
# Which of the two is taken from the other: own less second observer; second time less first.
LESS: Mapping[str, int] = {OBSERVER: 1, RETEST: 0}
LEAST_DAYS, MOST_DAYS = 7, 14
ONE_RESPONDENT = "chi ha osservato non è distinto da un codice"


def in_time(one: Twice) -> bool:
    """Whether the second time came when it should: after one or two weeks."""
    return one.days is not None and LEAST_DAYS <= one.days <= MOST_DAYS


# Beside all pairs, those that pass where others do not.
PARTS: Mapping[str, Mapping[str, Callable[[Twice], bool]]] = {
    OBSERVER: {},
    RETEST: {"in_time": in_time, "same_mode": lambda one: one.same_mode},
}


def rater_rows(study: Study) -> list[Row]:
    """How many were asked twice, and for each scale, and each question of a second observer, how alike.

    ICC(1,1) for a second observer, ICC(A,1) for a retest (McGraw & Wong 1996), in the scores' own variance;
    mean difference and limits of agreement (Bland & Altman 1986), SEM and SDC (de Vet 2006) in points of the
    scale; for questions, quadratic weighted kappa (Cohen 1968) and Krippendorff's ordinal alpha. On the items
    valid both times; same variant and comparable versions only; one pair a person.
    """
    found = asked_twice(study)
    rows = [row for kind in ICC_FORMS for row in _asked_rows(study, kind, found)]
    for place, pairs in alike(study, first_of_each(found)):
        rows += placed(place, _pair_figures(pairs))
        for measure in measures_of(pairs):
            rows += _measure_rows(replace(place, scale=measure), pairs)
        rows += _item_rows(place, pairs) if place.subset == OBSERVER else []
    return rows


def stability(study: Study) -> dict[tuple[str, str, str], Estimate]:
    """ICC(A,1) of the retests by form, variant and scale (full forms): what reliable change may rest on.

    Where several occasions or versions were asked again, the one with most pairs.
    """
    found: dict[tuple[str, str, str], Estimate] = {}
    for place, pairs in alike(study, first_of_each(asked_twice(study))):
        for measure in measures_of(pairs) if place.subset == RETEST and not place.length else ():
            both = [scores for one in pairs if (scores := scores_of(one).get(measure))]
            key, estimate = (place.form, place.variant, measure), icc(frame(both), "A,1", level=LEVEL)
            if key not in found or found[key].n < estimate.n:
                found[key] = estimate
    return found


def _asked_rows(study: Study, kind: str, found: Sequence[Twice]) -> Iterator[Row]:
    """How many were asked twice, of those sent: over versions and variants, as the draw knows neither."""
    mine = [one for one in found if one.kind == kind]
    for form, occasion in dict.fromkeys((one.first.form, one.first.occasion) for one in mine):
        theirs = [one for one in mine if (one.first.form, one.first.occasion) == (form, occasion)]
        sent = [
            one
            for one in study.administrations
            if (one.form, one.occasion, one.rater, one.number) == (form, occasion, 1, 1)
            and one.state == "submitted"
        ]
        done, versions = sum(one.done for one in theirs), " + ".join(sorted({one.version for one in sent}))
        figures = [
            count("asked_twice", len(theirs), len(sent)),
            count("done_twice", done, len(sent)),
            estimated("share_twice", share(done, len(sent), LEVEL, estimator="share", missing="submitted")),
        ]
        place = Place(versions, occasion=occasion, variant=ALL_VARIANTS, form=form, subset=kind)
        yield from placed(place, figures)


def _pair_figures(pairs: Sequence[Twice]) -> list[Figure]:
    n = len(pairs)
    days = [found for one in pairs if (found := one.days) is not None]
    changed = sum(one.match.loss == VARIANT_CHANGED for one in pairs)
    figures = [
        count("pairs", n, n),
        count("pairs_other_variant", changed, n),
        count("pairs_same_mode", sum(one.same_mode for one in pairs), n),
    ]
    if pairs[0].kind == OBSERVER or not days:
        return figures
    inside = sum(map(in_time, pairs))
    return [
        *figures,
        count("days_inside", inside, n),
        count("days_outside", n - inside, n),
        count("days_least", min(days), n),
        count("days_most", max(days), n),
        guarded(Figure("days_median", median(days), len(days), estimator="median", missing_rule="valid")),
    ]


def _measure_rows(place: Place, pairs: Sequence[Twice]) -> Iterator[Row]:
    kind = place.subset
    scored = [(one, both) for one in pairs if (both := scores_of(one).get(place.scale))]
    yield from placed(place, _measure_figures(kind, scored))
    for name, passes in PARTS[kind].items():
        kept = [both for one, both in scored if passes(one)]
        if len(kept) < len(scored):
            yield from placed(
                replace(place, subset=f"{kind}:{name}"), _coefficients(kind, kept, AGREEMENT_OF_PART)
            )


def _measure_figures(kind: str, scored: Sequence[tuple[Twice, Scores]]) -> Iterator[Figure]:
    both = [scores for _, scores in scored]
    yield from _coefficients(kind, both, AGREEMENT[kind])
    if kind == OBSERVER:
        yield _by_operator(scored)
        return
    error = measurement_error(frame(both))
    errors = (
        ("sem_retest", error.sem_agreement),
        ("sdc_retest", error.sdc_agreement),
        ("sdc_of_mean", error.sdc_group_agreement),
    )
    for name, value in errors:
        figure = Figure(name, value, error.n, estimator=f"{name}_agreement", missing_rule=error.missing)
        yield guarded(replace(figure, reason=error.reason or ""))


def _coefficients(kind: str, both: Sequence[Scores], name: str) -> Iterator[Figure]:
    scores, less = frame(both), LESS[kind]
    yield estimated(name, icc(scores, ICC_FORMS[kind], level=LEVEL))
    limits = bland_altman(scores[less], scores[1 - less], level=LEVEL)
    yield estimated("bias", limits.bias)
    yield estimated("limit_low", limits.lower)
    yield estimated("limit_high", limits.upper)


def _by_operator(scored: Sequence[tuple[Twice, Scores]]) -> Figure:
    """The mean difference with an interval over whole operators, where codes tell them apart (R9)."""
    scores = frame([both for _, both in scored])
    who = pd.Series([one.first.respondent for one, _ in scored]).reindex(scores.index)
    if who.nunique() < 2:
        n = len(scored)
        return replace(guarded(Figure("bias_by_operator", None, n)), estimator="mean", reason=ONE_RESPONDENT)
    found = mean_change_bootstrap(scores[1], scores[0], groups=who.fillna(""), level=LEVEL)
    return estimated("bias_by_operator", found)


def _item_rows(place: Place, pairs: Sequence[Twice]) -> Iterator[Row]:
    """Agreement on the questions of scales, on the codes as they were chosen."""
    same = [one for one in pairs if one.match.loss is None]
    asked = [one.match.asked for one in same]
    scales = {scale.id: scale for one in asked for scale in scales_of(one)}
    for scale in scales.values():
        for item in choice_items(asked[0], scale.scored(place.form)):
            codes = [(one.match.before, one.match.after) for one in same]
            both = [(first.raw(item.id), second.raw(item.id)) for first, second in codes if first and second]
            yield from placed(
                replace(place, scale=scale.id, item=item.id), _item_figures(both, _options(asked[0], item))
            )


def _options(asked: Questionnaire, item: Item) -> list[float]:
    return sorted(float(code) for code in asked.wording(item).format.codes)


def _item_figures(both: Iterable[tuple[int | None, int | None]], options: list[float]) -> list[Figure]:
    ratings = frame([(_number(first), _number(second)) for first, second in both])
    return [
        estimated("kappa", weighted_kappa(ratings[0], ratings[1], options, level=LEVEL)),
        estimated("krippendorff", krippendorff_alpha(ratings, confidence=LEVEL)),
        estimated("share_equal", share_agreement(ratings[0], ratings[1], options, level=LEVEL)),
    ]


def _number(code: int | None) -> float:
    return float("nan") if code is None else float(code)
