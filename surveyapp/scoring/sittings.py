"""Sittings: answers given without a long break between them, from the moments of the answers alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

# A longer silence begins another sitting: the usual time after which a visit to a site counts as over (ours).
LONGEST_SILENCE = timedelta(minutes=30)
# Sittings within these days are one occasion (blueprint 3.5).
ONE_OCCASION = timedelta(days=7)


def sittings(moments: Iterable[datetime]) -> list[list[datetime]]:
    """The moments in order, broken where nothing was answered for longer than a silence; in any order."""
    found: list[list[datetime]] = []
    for moment in sorted(moments):
        if found and moment - found[-1][-1] <= LONGEST_SILENCE:
            found[-1].append(moment)
        else:
            found.append([moment])
    return found


def steps(moments: Iterable[datetime]) -> list[float]:
    """Seconds from each answer to the next one of the same sitting."""
    return [
        (after - before).total_seconds()
        for sitting in sittings(moments)
        for before, after in pairwise(sitting)
    ]


def one_occasion(moments: Iterable[datetime]) -> bool:
    """Whether everything was answered in one sitting, or in sittings within a few days."""
    found = sittings(moments)
    return len(found) < 2 or found[-1][-1] - found[0][0] <= ONE_OCCASION
