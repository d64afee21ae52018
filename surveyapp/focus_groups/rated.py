"""What came out of a round: content validity of each thing judged, audience by audience. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.focus_groups.ratings import (
    LEAST,
    MOST,
    ContentValidity,
    content_validity,
    divergent,
    one_vote_each,
    scale_validity,
)


@dataclass(frozen=True)
class Rated:
    """One judgement that was sent; `value` is None for who could not say."""

    question: int
    code: str
    audience: str
    organisation: str
    value: int | None
    comment: str = ""


@dataclass(frozen=True)
class Heard:
    """What one audience says of one thing: how many people gave 1, 2, 3, 4, how many could not say.

    `validity` counts people, or organisations where each has one vote.
    """

    audience: str
    counts: tuple[int, ...]
    unknown: int
    validity: ContentValidity


@dataclass(frozen=True)
class Outcome:
    """Everything said of one thing; audiences stand apart, and are `divergent` from .25 on."""

    question: int
    heard: tuple[Heard, ...]
    comments: tuple[Rated, ...]
    divergent: bool


@dataclass(frozen=True)
class OfScale:
    """S-CVI/Ave of one audience: the mean of `items` I-CVIs, None without any."""

    audience: str
    items: int
    value: float | None


def outcomes(questions: Iterable[int], sent: Sequence[Rated], *, one_vote: bool) -> list[Outcome]:
    """The outcome of each question, in order; with `one_vote` the people of an organisation count as one."""
    return [_outcome(one, [rated for rated in sent if rated.question == one], one_vote) for one in questions]


def of_scale(found: Iterable[Outcome]) -> list[OfScale]:
    """The mean I-CVI of these things, audience by audience."""
    by_audience: dict[str, list[ContentValidity]] = {}
    for outcome in found:
        for heard in outcome.heard:
            by_audience.setdefault(heard.audience, []).append(heard.validity)
    return [_of_scale(audience, items) for audience, items in sorted(by_audience.items())]


def _of_scale(audience: str, items: Sequence[ContentValidity]) -> OfScale:
    return OfScale(audience, sum(one.value is not None for one in items), scale_validity(items))


def _outcome(question: int, rated: Sequence[Rated], one_vote: bool) -> Outcome:
    groups: dict[str, list[Rated]] = {}
    for one in rated:
        groups.setdefault(one.audience, []).append(one)
    heard = {audience: _heard(audience, groups[audience], one_vote) for audience in sorted(groups)}
    apart: Mapping[str, ContentValidity] = {audience: one.validity for audience, one in heard.items()}
    comments = tuple(one for one in rated if one.comment)
    return Outcome(question, tuple(heard.values()), comments, divergent(apart))


def _heard(audience: str, rated: Sequence[Rated], one_vote: bool) -> Heard:
    given = [(one.organisation, one.value) for one in rated if one.value is not None]
    values = [value for _, value in given]
    counts = tuple(values.count(number) for number in range(LEAST, MOST + 1))
    votes = one_vote_each(given) if one_vote else values
    return Heard(audience, counts, len(rated) - len(values), content_validity(votes))
