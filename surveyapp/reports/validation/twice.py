"""The same form filled in twice: by a second observer, or by the same person some days later (R12)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

import pandas as pd

from surveyapp.instruments.measures import Index
from surveyapp.instruments.path import Questionnaire
from surveyapp.instruments.rules import settled
from surveyapp.reports.frames import ROME, Administration, Study
from surveyapp.reports.grouping import length_of
from surveyapp.reports.levels import DERIVED
from surveyapp.reports.numbers import Place
from surveyapp.reports.pairs import Match
from surveyapp.scoring.scores import scales_of

OBSERVER, RETEST = "second_observer", "retest"
FIRST_RATER, SECOND_RATER = 1, 2
# The statistic of agreement over all pairs; that of some of them has one name for both.
AGREEMENT = {OBSERVER: "icc_raters", RETEST: "icc_retest"}
AGREEMENT_OF_PART = "icc_part"

Scores = tuple[float, float]


@dataclass(frozen=True)
class Twice:
    """An administration that asks the same as another one. `match` has the usual one before, this one after.

    Either side of the match is None where it was not sent.
    """

    kind: str
    first: Administration
    again: Administration
    match: Match

    @property
    def done(self) -> bool:
        """Whether both were sent."""
        return self.match.before is not None and self.match.after is not None

    @property
    def days(self) -> int | None:
        """Days from the first to the second, in Italy's calendar; None where one was not sent."""
        sent = [one.closed_at for one in (self.first, self.again)]
        days = [moment.astimezone(ROME).date() for moment in sent if moment]
        return (days[1] - days[0]).days if self.done and len(days) == 2 else None

    @property
    def same_mode(self) -> bool:
        """Whether both were answered in the same class of mode."""
        before, after = self.match.before, self.match.after
        return bool(before and after and before.mode == after.mode)


def asked_twice(study: Study) -> list[Twice]:
    """Every administration that asks once more, whether it was sent or not, oldest first."""
    responses = {one.administration.id: one for one in study.responses}
    by_id = {one.id: one for one in study.administrations}
    by_place = {_place(one): one for one in study.administrations if one.rater == FIRST_RATER}
    found = []
    for one in study.administrations:
        kind = RETEST if one.retest_of else OBSERVER
        first = by_id.get(one.retest_of) if one.retest_of else by_place.get(_place(one))
        if first and (one.retest_of or one.rater == SECOND_RATER):
            match = Match(responses.get(first.id), responses.get(one.id), study.versions)
            found.append(Twice(kind, first, one, match))
    return found


def first_of_each(found: Iterable[Twice]) -> list[Twice]:
    """Of those sent both times one a person, form and occasion: repeats are not more people (R9)."""
    kept: dict[tuple[str, str, str], Twice] = {}
    for one in sorted((one for one in found if one.done), key=lambda one: one.first.turn):
        kept.setdefault((one.first.person_code, one.first.form, one.first.occasion), one)
    return list(kept.values())


def alike(study: Study, found: Iterable[Twice]) -> Iterator[tuple[Place, list[Twice]]]:
    """What may be pooled: by kind, occasion, form, length, version and variant of the first."""
    turns = {code: turn for turn, code in enumerate(study.instrument.occasions)}

    def key(one: Twice) -> tuple[str, int, str, str, str, str]:
        asked = one.match.asked
        turn = turns.get(one.first.occasion, len(turns))
        return one.kind, turn, asked.form, length_of(asked), asked.instrument.version, asked.variant

    for (kind, _, form, length, version, variant), theirs in groupby(sorted(found, key=key), key):
        same = list(theirs)
        about = {"version": version, "variant": variant, "form": form, "length": length}
        yield Place(**about, occasion=same[0].first.occasion, subset=kind), same


def scores_of(one: Twice) -> Mapping[str, Scores]:
    """Both scores by scale, and by index from them, on the items valid both times."""
    asked = one.match.asked
    scales = [scale for scale in scales_of(asked) if scale.kind != DERIVED]
    found = {scale.id: both for scale in scales if (both := one.match.scores(scale))}
    return found | {index.id: both for index in indices_of(asked) if (both := _index(index, found))}


def measures_of(found: Sequence[Twice]) -> list[str]:
    """The scales and indices that some of these were asked, in the order of the instrument."""
    asked = [one.match.asked for one in found]
    scales = [scale.id for one in asked for scale in scales_of(one) if scale.kind != DERIVED]
    return list(dict.fromkeys([*scales, *(index.id for one in asked for index in indices_of(one))]))


def indices_of(questionnaire: Questionnaire) -> list[Index]:
    """The indices whose scales a questionnaire asks in sufficient number."""
    asked = {scale.id for scale in scales_of(questionnaire)}
    return [
        index
        for index in questionnaire.instrument.indices
        if len(asked & set(index.scales)) >= index.min_valid
        and settled(index.show_if, questionnaire.facts) is True
    ]


def frame(both: Sequence[tuple[float, float]]) -> pd.DataFrame:
    """Pairs as two columns, 0 and 1; never fewer than the two rows that the analysis asks for."""
    return pd.DataFrame(list(both), columns=[0, 1], dtype=float).reindex(range(max(len(both), 2)))


def _index(index: Index, found: Mapping[str, Scores]) -> Scores | None:
    both = [found[name] for name in index.scales if name in found]
    if len(both) < index.min_valid:
        return None
    return fmean(first for first, _ in both), fmean(second for _, second in both)


def _place(one: Administration) -> tuple[str, str, str, int]:
    return one.subject, one.form, one.occasion, one.number
