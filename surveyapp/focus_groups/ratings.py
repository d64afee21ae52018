"""Content validity of criteria and wordings, from experts' ratings of 1 to 4. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import fmean

# A rating counts as agreement from here on: 3 "quite" and 4 "very" (Lynn 1986).
AGREES_FROM = 3
LEAST, MOST = 1, 4
# The least I-CVI by number of raters (Lynn 1986; Polit and Beck 2006), from the largest number down.
ACCEPTED_FROM: tuple[tuple[int, float], ...] = ((9, 0.78), (6, 0.83), (3, 1.0))
FEWEST = 3
# What kappa is called (Cicchetti and Sparrow 1981, as used by Polit, Beck and Owen 2007).
GRADES: tuple[tuple[float, str], ...] = ((0.74, "excellent"), (0.60, "good"), (0.40, "fair"))
# Audiences that far apart are told, and never pooled silently (blueprint 5.2).
DIVERGENT_FROM = 0.25
# The mean of a scale's I-CVIs should reach this (Polit and Beck 2006).
SCALE_FROM = 0.90


@dataclass(frozen=True)
class ContentValidity:
    """How many raters agree that one thing is relevant (or clear), with chance taken out.

    `value` is the I-CVI, `kappa` the modified kappa, `threshold` what this number of raters asks for; all are
    None for fewer than three raters. `grade` is that of kappa, "poor" below all others.
    """

    raters: int
    agreeing: int
    value: float | None
    by_chance: float | None
    kappa: float | None
    threshold: float | None
    grade: str | None

    @property
    def accepted(self) -> bool | None:
        """Whether the I-CVI reaches the threshold; not known for fewer than three raters."""
        return None if self.value is None or self.threshold is None else self.value >= self.threshold


def content_validity(ratings: Iterable[float]) -> ContentValidity:
    """I-CVI: raters giving 3 or 4 by raters who answered; kappa takes chance out.

    kappa = (I-CVI - pc) / (1 - pc), with pc = C(N, A) 0.5^N for A of N raters (Lynn 1986; Polit, Beck and
    Owen 2007). A rating may be the mean of an organisation's (see `one_vote_each`). Who did not answer is
    left out. Raises ValueError for a rating outside 1 to 4.
    """
    given = list(ratings)
    if wrong := [rating for rating in given if not LEAST <= rating <= MOST]:
        raise ValueError(f"a rating must be between {LEAST} and {MOST}, not {wrong[0]!r}.")
    raters, agreeing = len(given), sum(rating >= AGREES_FROM for rating in given)
    if raters < FEWEST:
        return ContentValidity(raters, agreeing, None, None, None, None, None)
    value, by_chance = agreeing / raters, comb(raters, agreeing) * 0.5**raters
    kappa = (value - by_chance) / (1 - by_chance)
    threshold = next(least for number, least in ACCEPTED_FROM if raters >= number)
    return ContentValidity(raters, agreeing, value, by_chance, kappa, threshold, _grade(kappa))


def _grade(kappa: float) -> str:
    rounded = round(kappa, 2)  # as the tables that the limits come from
    return next((grade for above, grade in GRADES if _reaches(rounded, above)), "poor")


def _reaches(kappa: float, limit: float) -> bool:
    """Excellent is above .74; the others begin at their limit."""
    return kappa > limit if limit == GRADES[0][0] else kappa >= limit


def scale_validity(items: Iterable[ContentValidity]) -> float | None:
    """S-CVI/Ave: the mean of the I-CVIs (Polit and Beck 2006); None where none has a value."""
    values = [item.value for item in items if item.value is not None]
    return fmean(values) if values else None


def one_vote_each(ratings: Iterable[tuple[str, float]]) -> list[float]:
    """One rating an organisation: the mean of its people's (organisation, rating); nobody's own stands alone.

    People without an organisation ("") count one by one.
    """
    alone: list[float] = []
    together: dict[str, list[float]] = {}
    for organisation, rating in ratings:
        (together.setdefault(organisation, []) if organisation else alone).append(rating)
    return [*alone, *(fmean(own) for own in together.values())]


def by_audience(ratings: Mapping[str, Sequence[float]]) -> dict[str, ContentValidity]:
    """The content validity that each audience gives; never pooled."""
    return {audience: content_validity(given) for audience, given in ratings.items()}


def divergent(found: Mapping[str, ContentValidity]) -> bool:
    """Whether two audiences are at least a quarter apart."""
    values = [one.value for one in found.values() if one.value is not None]
    return bool(values) and round(max(values) - min(values), 9) >= DIVERGENT_FROM
