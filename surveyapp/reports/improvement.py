"""Indicator I15: the improvement that people declare at the end of the path, beside its target (R6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from analysis.estimate import Estimate
from analysis.intervals import share
from analysis.targets import Target, mean_above
from surveyapp.reports.frames import PARTICIPANT, Administration, Response, Study
from surveyapp.reports.levels import LEVEL, mean_estimate
from surveyapp.reports.numbers import (
    ALL_VARIANTS,
    EVERYWHERE,
    SHOWN_FROM,
    Figure,
    Place,
    Row,
    count,
    estimated,
    guarded,
    labelled,
    placed,
    targeted,
)

AT = "EXPOST"
INDICATOR = "MIG_IND"
DECLARES = "MIG_DICHIARA"
GATES = ("AUT_MIG0A", "AUT_MIG0B")
RATINGS = ("AUT_MIG1", "AUT_MIG2", "AUT_MIG3", "AUT_MIG4", "AUT_MIG5")
TARGET = 8.0
LEAST, MOST = 1.0, 10.0

DECLARING = "declaring"
EVERYBODY = "everybody"

VERDICTS = {"dimostrato": 1.0, "non dimostrato": 0.0, "contraddetto": -1.0}


@dataclass(frozen=True)
class Rated:
    """Ratings of some people beside the target, and how far those without one could move the mean."""

    observed: Target
    missing: int
    worst: float | None
    best: float | None


@dataclass(frozen=True)
class Improvement:
    """What people declared at the end of the path. `concluded` counts people, answered or not."""

    concluded: int
    answered: int
    declared: int
    unknown: int
    worsened: int
    declaring: Rated
    everybody: Rated
    values: tuple[tuple[float, bool], ...]


@dataclass(frozen=True)
class Ended:
    """A person whose path is concluded, with the response of the end when it was submitted."""

    administration: Administration
    response: Response | None

    @property
    def variant(self) -> str | None:
        """The variant answered; None where nothing was."""
        return self.response.variant if self.response else None

    @property
    def mode(self) -> str | None:
        """How it was answered; None where nothing was."""
        return self.response.mode if self.response else None


def improvement_rows(study: Study) -> list[Row]:
    """Every number of the indicator; none for an instrument that does not ask it."""
    if INDICATOR not in {scale.id for scale in study.instrument.scales}:
        return []
    rule = f"min_valid={study.instrument.scale(INDICATOR).min_valid[PARTICIPANT]}"
    return [row for place, people in _groups(concluded(study)) for row in _rows(place, people, rule)]


def concluded(study: Study) -> list[Ended]:
    """The people whose path has ended or who answered at its end, one entry a person, the first."""
    responses = {
        response.administration.person_code: response
        for response in study.firsts
        if response.questionnaire.occasion == AT
    }
    people: dict[str, Ended] = {}
    for about in sorted(study.administrations, key=lambda about: (about.turn, about.id)):
        response = responses.get(about.person_code)
        if response or about.ended_on:
            people.setdefault(
                about.person_code, Ended(response.administration if response else about, response)
            )
    return sorted(people.values(), key=lambda person: person.administration.id)


def improvement(responses: Iterable[Response], concluded: int) -> Improvement:
    """Both means beside the target, and the counts. Computed however few the people are.

    Nothing is imputed: `worst` and `best` only say how the mean would move if everybody without a rating
    had given 1 or 10. Raises ValueError when fewer people are concluded than answered.
    """
    there = list(responses)
    if concluded < len(there):
        raise ValueError("concluded must count at least the people who answered.")
    declared = [response.scores[DECLARES].value for response in there]
    rated = [response.scores[INDICATOR].value for response in there]
    both = list(zip(rated, declared, strict=True))
    unknown = concluded - len(there) + declared.count(None)
    says_yes = [rating for rating, says in both if says]
    return Improvement(
        concluded=concluded,
        answered=len(there),
        declared=len(says_yes),
        unknown=unknown,
        worsened=sum(any(response.raw(gate) == -1 for gate in GATES) for response in there),
        declaring=_rated(says_yes, unknown),
        everybody=_rated(rated, concluded - len(there)),
        values=tuple((rating, bool(says)) for rating, says in both if rating is not None),
    )


def _rated(ratings: list[float | None], others: int) -> Rated:
    valid = [rating for rating in ratings if rating is not None]
    missing = len(ratings) - len(valid) + others
    worst, best = (
        (sum(valid) + end * missing) / (len(valid) + missing) if valid or missing else None
        for end in (LEAST, MOST)
    )
    return Rated(mean_above(pd.Series(valid, dtype=float), TARGET, level=LEVEL), missing, worst, best)


def _groups(people: list[Ended]) -> Iterator[tuple[Place, list[Ended]]]:
    """By version: everybody, then by territory, by variant, and by mode where there is more than one."""
    for version in sorted({person.administration.version for person in people}):
        same = [person for person in people if person.administration.version == version]
        whole = Place(version=version, scale=INDICATOR, occasion=AT, variant=ALL_VARIANTS)
        yield whole, same
        for territory, inside in _by(same, lambda person: person.administration.territory):
            yield replace(whole, territory=territory), inside
        for variant, inside in _by(same, lambda person: person.variant):
            yield replace(whole, variant=variant), inside
        modes = list(_by(same, lambda person: person.mode))
        for mode, inside in modes if len(modes) > 1 else []:
            yield replace(whole, subset=f"mode:{mode}"), inside


def _by(people: list[Ended], key: Callable[[Ended], str | None]) -> Iterator[tuple[str, list[Ended]]]:
    """The people by a key; those without it (nobody knows how they would have answered) in no group."""
    for value in sorted({found for person in people if (found := key(person))}):
        yield value, [person for person in people if key(person) == value]


def _rows(place: Place, people: list[Ended], rule: str) -> list[Row]:
    responses = [person.response for person in people if person.response]
    found = improvement(responses, len(people))
    rows = placed(place, _counts(found))
    for subset, rated in ((DECLARING, found.declaring), (EVERYBODY, found.everybody)):
        rows += placed(replace(place, subset=_joined(place.subset, subset)), _rated_figures(rated, rule))
    if place.variant == ALL_VARIANTS and place.territory == EVERYWHERE and not place.subset:
        rows += _rating_rows(place, responses)
        rows += placed(place, _distribution(found))
    return rows


def _counts(found: Improvement) -> list[Figure]:
    return [
        count("concluded", found.concluded, found.concluded),
        count("answered", found.answered, found.concluded),
        count("declared", found.declared, found.concluded),
        count("unknown", found.unknown, found.concluded),
        count("worsened", found.worsened, found.answered),
        estimated(
            "share_declared",
            share(found.declared, found.concluded, LEVEL, estimator="share", missing="concluded"),
        ),
    ]


def _rated_figures(rated: Rated, rule: str) -> list[Figure]:
    target, n = rated.observed, rated.observed.n
    figures = [
        count("n", n, n + rated.missing),
        count("missing", rated.missing, n + rated.missing),
        targeted("mean", target, "mean", rule),
        _judged("reached", rule, None if target.reached is None else float(target.reached), n),
        _judged(
            "verdict", rule, VERDICTS[target.verdict] if target.verdict else None, n, target.verdict or ""
        ),
        _judged("p_wilcoxon", rule, target.p_exact, n),
        _judged("p_t", rule, target.p_t, n),
    ]
    bounds = (("mean_if_missing_1", rated.worst), ("mean_if_missing_10", rated.best))
    return figures + [_judged(name, rule, bound if n >= SHOWN_FROM else None, n) for name, bound in bounds]


def _judged(statistic: str, rule: str, value: float | None, n: int, label: str = "") -> Figure:
    figure = guarded(Figure(statistic, value, n, estimator=statistic, missing_rule=rule))
    return labelled(figure, label) if figure.value is not None else figure


def _rating_rows(place: Place, responses: list[Response]) -> list[Row]:
    """The mean of each rating, over everybody who gave it."""
    return [
        Row(replace(place, item=item, subset=EVERYBODY), estimated("mean", _rating(responses, item)))
        for item in RATINGS
    ]


def _rating(responses: list[Response], item: str) -> Estimate:
    values = [float(value) for response in responses if (value := response.raw(item)) is not None]
    return mean_estimate(pd.Series(values, dtype=float), "valid")


def _distribution(found: Improvement) -> list[Figure]:
    """How many lie in each step of one point; a step holds its upper end, so 8 is left of "above 8"."""
    figures = []
    for upper in range(2, int(MOST) + 1):
        lower = upper - 1 if upper > 2 else 0
        inside = [says for value, says in found.values if lower < round(value, 9) <= upper]
        figures += [
            count(f"declaring_to_{upper}", inside.count(True), len(found.values)),
            count(f"others_to_{upper}", inside.count(False), len(found.values)),
        ]
    return figures


def _joined(first: str, second: str) -> str:
    return f"{first}:{second}" if first else second
