"""How far two coders of the same excerpts say the same. Pure."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass

# How much of a meeting is coded twice (blueprint 5.1).
TWICE_AT_LEAST = 0.20


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa of `n` judgements made twice; None, with a reason in Italian, where it does not exist."""

    n: int
    observed: float | None
    kappa: float | None
    reason: str | None = None


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Agreement of two coders on categories without order, chance taken out (Cohen 1960).

    kappa = (po - pe) / (1 - pe), pe from both coders' shares. None where there is nothing to compare, and
    where both use one and the same category only.
    """
    n = len(pairs)
    if not n:
        return Agreement(0, None, None, "nessun estratto è stato codificato due volte")
    observed = sum(first == second for first, second in pairs) / n
    ours, theirs = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(ours[category] * theirs[category] for category in ours) / n**2
    if by_chance == 1:
        return Agreement(n, observed, None, "tutti e due hanno usato sempre la stessa categoria")
    return Agreement(n, observed, (observed - by_chance) / (1 - by_chance))


def coding_agreement(
    first: Mapping[int, Set[str]], second: Mapping[int, Set[str]], criteria: Set[str]
) -> Agreement:
    """Kappa over every excerpt that both coded, criterion by criterion: coded with it, or not.

    `first` and `second` are criteria by excerpt; `criteria` are those that either used: the many that nobody
    thought of would look like agreement.
    """
    both = sorted(first.keys() & second.keys())
    used = sorted(criteria)
    return cohens_kappa(
        [(name in first[excerpt], name in second[excerpt]) for excerpt in both for name in used]
    )


def used_by(first: Mapping[int, Set[str]], second: Mapping[int, Set[str]]) -> set[str]:
    """The criteria that either coder used in the excerpts that both coded."""
    both = first.keys() & second.keys()
    return {name for coded in (first, second) for excerpt in both for name in coded[excerpt]}
