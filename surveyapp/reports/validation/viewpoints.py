"""Points of view on the same thing: the person, the operator and who hosts, side by side (rulings R11).

Never called reliability or agreement: nobody of them is right about what the others see.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from analysis.measurement import bland_altman
from surveyapp.instruments.answers import FULL
from surveyapp.instruments.measures import Gap
from surveyapp.instruments.path import Questionnaire
from surveyapp.reports.frames import Response, Study
from surveyapp.reports.grouping import choice_items
from surveyapp.reports.levels import LEVEL, MISSING_REASONS
from surveyapp.reports.numbers import (
    ALL_VARIANTS,
    EVERYWHERE,
    SHOWN_FROM,
    Figure,
    Place,
    Row,
    count,
    estimated,
    placed,
)
from surveyapp.reports.validation.twice import FIRST_RATER, frame
from surveyapp.scoring.facts import differences

PREFIX, FACTS = "gap:", "facts"
STANDARD = "std"

# Two forms of an instrument, the first less the second.
Forms = tuple[str, str]


@dataclass(frozen=True)
class Both:
    """Two forms about the same thing at the same occasion."""

    first: Response
    second: Response

    @property
    def length(self) -> str:
        """Empty for two full forms, else that of the shorter one: only its criteria are common."""
        lengths = [one.questionnaire.length for one in (self.first, self.second)]
        return next((length for length in lengths if length != FULL), "")

    @property
    def easy(self) -> bool:
        """Whether one of them is in another response format, so that no difference can be taken."""
        return {self.first.variant, self.second.variant} != {STANDARD}

    @property
    def other_version(self) -> bool:
        """Whether they are of different versions of the instrument."""
        return self.first.questionnaire.instrument.digest != self.second.questionnaire.instrument.digest

    def values(self, gap: Gap) -> Mapping[str, float]:
        """The differences by scale, in points of 0-100, where enough criteria are common and valid."""
        if self.easy or self.other_version:
            return {}
        asked = (self.first.questionnaire, self.second.questionnaire)
        found = differences(asked, gap, (self.first.values, self.second.values))
        return {one.scale: one.value for one in found if one.value is not None}


@dataclass
class _Alike:
    """What may be pooled, with those left out of it."""

    there: list[Both] = field(default_factory=list)
    easy: int = 0
    other_version: int = 0


def viewpoint_rows(study: Study) -> list[Row]:
    """Mean difference of each two forms with limits of agreement (Bland & Altman 1986), scale by scale.

    On the criteria marked parallel that are valid in both, at least as many as the gap asks; standard variant
    only, one pair a person and occasion. Then how often the forms that are asked a fact told it.
    """
    rows: list[Row] = []
    for gap in study.instrument.gaps:
        for forms in combinations(gap.forms, 2):
            for occasion in study.instrument.occasions:
                rows += _gap_rows(study, gap, forms, occasion)
    return rows + list(_fact_rows(study))


def pairs(study: Study, forms: Forms, occasion: str) -> list[Both]:
    """Two forms about the same subject, the first time at an occasion, one pair a person."""
    sent: dict[tuple[str, int], dict[str, Response]] = {}
    for one in sorted(study.responses, key=lambda one: one.administration.turn):
        about = one.administration
        if about.occasion == occasion and about.rater == FIRST_RATER:
            sent.setdefault((about.subject, about.number), {})[about.form] = one
    people: dict[str, Both] = {}
    for found in sent.values():
        if set(forms) <= found.keys():
            both = Both(found[forms[0]], found[forms[1]])
            if both.length != "mini":
                people.setdefault(both.first.administration.person_code, both)
    return list(people.values())


def _gap_rows(study: Study, gap: Gap, forms: Forms, occasion: str) -> Iterator[Row]:
    alike: dict[tuple[str, str], _Alike] = {}
    for both in pairs(study, forms, occasion):
        same = alike.setdefault((both.first.version, both.length), _Alike())
        same.there.append(both)
        same.easy += both.easy
        same.other_version += both.other_version and not both.easy
    for (version, length), found in sorted(alike.items()):
        place = Place(
            version,
            occasion=occasion,
            variant=STANDARD,
            form=forms[0],
            length=length,
            subset=PREFIX + "-".join(forms),
        )
        yield from placed(place, _counts(found))
        for territory, inside in _territories(found.there):
            values = [both.values(gap) for both in inside]
            for scale in gap.scales:
                here = [one[scale] for one in values if scale in one]
                if territory == EVERYWHERE or len(here) >= SHOWN_FROM:
                    yield from placed(
                        replace(place, scale=scale, territory=territory), _difference(here, inside)
                    )


def _territories(found: list[Both]) -> Iterator[tuple[str, list[Both]]]:
    yield EVERYWHERE, found
    for territory in sorted({both.first.administration.territory for both in found}):
        yield territory, [both for both in found if both.first.administration.territory == territory]


def _counts(found: _Alike) -> list[Figure]:
    n = len(found.there)
    return [
        count("both_forms", n, n),
        count("left_out_easy", found.easy, n),
        count("left_out_version", found.other_version, n),
    ]


def _difference(values: list[float], inside: list[Both]) -> list[Figure]:
    same = sum(not (both.easy or both.other_version) for both in inside)
    both = frame([(0.0, value) for value in values])
    limits = bland_altman(both[0], both[1], level=LEVEL)
    return [
        count("few_common", same - len(values), same),
        estimated("difference", limits.bias),
        estimated("limit_low", limits.lower),
        estimated("limit_high", limits.upper),
    ]


def _fact_rows(study: Study) -> Iterator[Row]:
    """Questions that some forms are asked as facts and do not score, option by option."""
    asked = [(scale, form) for scale in study.instrument.scales for form in scale.leave_out]
    for scale, form in asked:
        for occasion in study.instrument.occasions:
            for item in scale.leave_out[form]:
                theirs = [
                    one
                    for one in study.firsts
                    if (one.questionnaire.form, one.questionnaire.occasion) == (form, occasion)
                    and item in {asked.id for asked in one.path}
                ]
                if theirs:
                    yield from _fact(theirs, scale.id, item)


def _fact(theirs: list[Response], scale: str, item: str) -> list[Row]:
    asked: Questionnaire = theirs[0].questionnaire
    versions = " + ".join(sorted({one.version for one in theirs}))
    place = Place(
        versions, scale, item, occasion=asked.occasion, variant=ALL_VARIANTS, form=asked.form, subset=FACTS
    )
    codes = [code for found in choice_items(asked, [item]) for code in asked.wording(found).format.codes]
    chosen, missing = [one.raw(item) for one in theirs], [one.missing.get(item) for one in theirs]
    n = len(theirs)
    return placed(
        place,
        [
            count("asked", n, n),
            *(count(f"count_{code}", chosen.count(code), n) for code in sorted(codes)),
            *(count(f"missing_{reason}", missing.count(reason), n) for reason in MISSING_REASONS),
        ],
    )
