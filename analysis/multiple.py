"""Several tests at once: p values of one declared family, adjusted so that chance does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan


def holm(family: Mapping[str, float | None]) -> dict[str, float | None]:
    """Return the p values of a family adjusted after Holm (1979), in the same order.

    Equal to R's `p.adjust(method = "holm")`. A test without p (None or NaN) stays None and is not
    counted in the size of the family. Raises ValueError for a p outside 0 to 1.
    """
    tested = {name: p for name, p in family.items() if p is not None and not isnan(p)}
    wrong = [name for name, p in tested.items() if not 0 <= p <= 1]
    if wrong:
        raise ValueError(f"p must be between 0 and 1; these are not: {', '.join(wrong)}.")
    adjusted: dict[str, float] = {}
    least = 0.0
    for rank, name in enumerate(sorted(tested, key=tested.__getitem__)):
        least = min(1.0, max(least, (len(tested) - rank) * tested[name]))
        adjusted[name] = least
    return {name: adjusted.get(name) for name in family}
