"""Works out hidden cells of a published table from its totals, as an outsider would."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from scipy import optimize

from analysis.arrays import Flags, Floats, Integers


def equations(counts: Integers, hidden: Flags, signs: Integers) -> tuple[Floats, Floats]:
    """Return one equation a line: what its hidden cells add up to, by what is known of the others."""
    places = np.argwhere(hidden)
    rows = [places[:, 0] == row for row in range(counts.shape[0])]
    columns = [places[:, 1] == column for column in range(counts.shape[1])]
    weights = signs[hidden]
    system = np.array([line * weights for line in rows + columns], dtype=float)
    return system, system @ counts[hidden]


def by_linear_algebra(counts: Integers, hidden: Flags) -> Flags:
    """Return the hidden cells that have one solution only, if counts may be anything."""
    found = np.zeros(counts.shape, dtype=bool)
    if not hidden.any():
        return found
    system, _ = equations(counts, hidden, np.ones_like(counts))
    _, sizes, directions = np.linalg.svd(system)
    free = directions[int((sizes > 1e-9).sum()) :]
    found[hidden] = (np.abs(free) < 1e-9).all(axis=0)
    return found


def by_bounds(counts: Integers, hidden: Flags, signs: Integers | None = None) -> Flags:
    """Return the hidden cells whose least and greatest possible count, not below 0, are the same."""
    found = np.zeros(counts.shape, dtype=bool)
    system, sums = equations(counts, hidden, np.ones_like(counts) if signs is None else signs)
    for place, unit in zip(np.argwhere(hidden), np.eye(int(hidden.sum())), strict=True):
        ends: list[Any] = [
            optimize.linprog(side * unit, A_eq=system, b_eq=sums, method="highs") for side in (1, -1)
        ]
        least, greatest = (
            0.0 if ends[0].status == 3 else ends[0].fun,
            np.inf if ends[1].status == 3 else -ends[1].fun,
        )
        found[tuple(place)] = greatest - least < 0.5
    return found


def by_trying_all(counts: Integers, hidden: Flags) -> Flags:
    """Return the hidden cells that are equal in every table that looks like this one."""
    places, most = np.argwhere(hidden), int(counts[hidden].sum())
    seen = []
    for tried in product(range(most + 1), repeat=len(places)):
        other = counts.copy()
        other[hidden] = tried
        if all((other.sum(axis=axis) == counts.sum(axis=axis)).all() for axis in (0, 1)):
            seen.append(tried)
    found = np.zeros(counts.shape, dtype=bool)
    found[hidden] = np.ptp(np.array(seen), axis=0) == 0
    return found
