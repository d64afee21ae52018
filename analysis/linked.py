"""Small counts of tables that hang together: what must not be published, nor be worked out from the rest.

`disclosure.suppress` looks at one table. Counts of a report hang together over its tables: a part of one
is the total of another. Here every count is a quantity, what adds up to what is said, and what somebody
outside can work out is the answer of a linear programme: the least and the greatest that each quantity can
be, given everything that is shown, everything that adds up, and that no count is below 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize

from analysis.arrays import Flags, Floats
from analysis.disclosure import MINIMUM
from analysis.inputs import proper_minimum, whole_counts

Name = Any
"""What names a count: anything hashable."""

NOTHING = 1e-7
"""Less than this is nothing: what a solver leaves of a 0."""

FAR = 1e6
"""As good as without a limit."""


@dataclass(frozen=True)
class Sum:
    """Counts that add up: `parts` do not overlap and lie in `total`; `whole`: together they are all of it.

    Without parts a sum says only that a count may be published.
    """

    total: Name
    parts: tuple[Name, ...] = ()
    whole: bool = False


def publishable(
    counts: Mapping[Name, int],
    sums: Sequence[Sum],
    *,
    minimum: int = MINIMUM,
    previous: Mapping[Name, int] | None = None,
    harmless: Collection[Name] = (),
) -> frozenset[Name]:
    """Return the counts that may be published; those that no sum names may not.

    Hidden are counts below `minimum` (0 too, unless it is `harmless` that nobody is there), counts that are
    known to have been fewer than `minimum` away in the `previous` release, and the others, last ones first,
    that it takes so that from what is shown each of them could as well be at least `minimum` (or that far
    from what it was). The rest of a sum that is not whole is guarded in the same way where it is 1 or more.
    Where nothing shown bounds a count any more (it is 0 by what adds up alone) there is nothing left to
    hide. Raises ValueError for counts that are not whole or do not add up, and for a sum of counts that are
    not there.
    """
    proper_minimum(minimum)
    net = _net(counts, sums)
    earlier = _earlier(net, previous or {})
    goals = _goals(net, earlier, minimum, frozenset(harmless))
    shown = np.array(
        [place < net.named and place not in goals for place in range(len(net.values))], dtype=bool
    )
    shown = _protected(net, shown, goals)
    return frozenset(name for name, there in zip(net.names, shown, strict=False) if there)


@dataclass(frozen=True)
class _Net:
    """Quantities, the first `named` of which have a name, and the equations (= 0) that hold among them."""

    names: tuple[Name, ...]
    values: Floats
    equations: Floats

    @property
    def named(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class _Goal:
    """What a quantity must be possible to be: at least `up`, or at most `down` where there is one."""

    up: float
    down: float | None = None


def _net(counts: Mapping[Name, int], sums: Sequence[Sum]) -> _Net:
    """Quantities in the order of `counts`, then one rest for each sum that is not whole."""
    named = {name for one in sums for name in (one.total, *one.parts)}
    if missing := sorted(map(repr, named - counts.keys())):
        raise ValueError(f"a sum names counts that are not there: {', '.join(missing)}.")
    names = tuple(name for name in counts if name in named)
    values = np.array([float(whole_counts(count=counts[name])[0]) for name in names])
    real = [one for one in sums if one.parts]
    signs = np.array([_signs(one, names) for one in real]).reshape(len(real), len(names))
    lefts = signs @ values
    for one, left in zip(real, lefts, strict=True):
        if left < 0 or (one.whole and left):
            raise ValueError(f"counts do not add up: {one!r}.")
    rests = [place for place, one in enumerate(real) if not one.whole]
    return _Net(names, np.append(values, lefts[rests]), np.hstack([signs, -np.eye(len(real))[:, rests]]))


def _signs(one: Sum, names: tuple[Name, ...]) -> list[float]:
    """One line of the equations: the total counts up, its parts down."""
    return [float(name == one.total) - float(name in one.parts) for name in names]


def _earlier(net: _Net, previous: Mapping[Name, int]) -> list[float | None]:
    """What each quantity is known to have been: published then, or worked out from what was."""
    there = np.array([place < net.named and net.names[place] in previous for place in range(len(net.values))])
    if not there.any():
        return [None] * len(net.values)
    known = np.array([float(previous.get(name, 0)) for name in net.names] + [0.0] * (len(there) - net.named))
    system, sums = net.equations[:, ~there], -net.equations[:, there] @ known[there]
    solved = np.linalg.pinv(system) @ sums if system.size else np.zeros(int((~there).sum()))
    certain = _certain(system)
    found: list[float | None] = [float(value) for value in known]
    for place, value, sure in zip(np.flatnonzero(~there), solved, certain, strict=True):
        found[place] = float(np.round(value)) if sure else None
    return found


def _certain(system: Floats) -> Flags:
    """Which unknowns of a linear system have one solution only."""
    if not system.size:
        return np.zeros(system.shape[1], dtype=bool)
    _, sizes, directions = np.linalg.svd(system)
    free = directions[int((sizes > NOTHING).sum()) :]
    certain: Flags = (np.abs(free) < NOTHING).all(axis=0)
    return certain


def _goals(
    net: _Net, earlier: Sequence[float | None], minimum: int, harmless: frozenset[Name]
) -> dict[int, _Goal]:
    """What must stay possible for the quantities that must not be known, by their place."""
    guarded = [name not in harmless for name in net.names]
    guarded += [False] * (len(net.values) - net.named)
    rows = zip(net.values, earlier, guarded, strict=True)
    found = {place: _goal(float(row[0]), row[1], minimum, row[2]) for place, row in enumerate(rows)}
    return {place: goal for place, goal in found.items() if goal}


def _goal(value: float, before: float | None, minimum: int, zero_too: bool) -> _Goal | None:
    if value < minimum and (zero_too or value):
        return _Goal(float(minimum))
    if before is not None and 0 < abs(value - before) < minimum:
        return _Goal(before + minimum, before - minimum)
    return None


def _protected(net: _Net, shown: Flags, goals: Mapping[int, _Goal]) -> Flags:
    """Hide more until every goal can be met; of what bounds a quantity the last one named is hidden.

    Hiding more bounds nothing: what was possible once stays so.
    """
    shown, wanted = shown.copy(), dict(goals)
    while wanted := _unmet(net, shown, wanted):
        place, goal = next(iter(wanted.items()))
        bounding = _bounding(net, shown, place, goal)
        if bounding.any():
            shown[np.flatnonzero(bounding)[-1]] = False
        else:
            del wanted[place]
    return _restored(net, shown, goals)


def _restored(net: _Net, shown: Flags, goals: Mapping[int, _Goal]) -> Flags:
    """Show again, first ones first, what turns out not to be needed to protect anything."""
    for place in np.flatnonzero(~shown[: net.named]):
        more = shown.copy()
        more[place] = True
        if place not in goals and not _given_away(net, more, goals):
            shown = more
    return shown


def _given_away(net: _Net, shown: Flags, goals: Mapping[int, _Goal]) -> bool:
    """Whether something keeps any goal from being met."""
    return any(_bounding(net, shown, place, goal).any() for place, goal in _unmet(net, shown, goals).items())


def _unmet(net: _Net, shown: Flags, wanted: Mapping[int, _Goal]) -> dict[int, _Goal]:
    """The goals that are not met all at once: most are, and need not be looked at one by one."""
    if not wanted or not len(net.equations):
        return {}
    places = list(wanted)
    aim, bounds = np.zeros(len(net.values)), _bounds(net, shown)
    aim[places] = -1.0
    for place, goal in wanted.items():
        bounds[place] = (0.0, goal.up)
    best = _solved(net, aim, bounds).x
    return {place: goal for place, goal in wanted.items() if best[place] < goal.up - NOTHING}


def _bounding(net: _Net, shown: Flags, place: int, goal: _Goal) -> Flags:
    """Which of the shown counts keep a quantity from what must be possible for it; none when nothing does."""
    nothing = np.zeros_like(shown)
    most, bounding = _extreme(net, shown, place, 1.0)
    if most >= goal.up - NOTHING:
        return nothing
    if goal.down is not None and _extreme(net, shown, place, -1.0)[0] <= goal.down + NOTHING:
        return nothing
    return bounding & shown


def _extreme(net: _Net, shown: Flags, place: int, side: float) -> tuple[float, Flags]:
    """The greatest (1) or least (-1) that a quantity can be, and what takes part in that bound."""
    aim = np.zeros(len(net.values))
    aim[place] = -side
    found = _solved(net, aim, _bounds(net, shown))
    return float(found.x[place]), np.abs(found.eqlin.marginals @ net.equations) > NOTHING


def _bounds(net: _Net, shown: Flags) -> list[tuple[float, float]]:
    """Between what each quantity lies: what is shown is known, no other is below 0."""
    return [(value, value) if there else (0.0, FAR) for value, there in zip(net.values, shown, strict=True)]


def _solved(net: _Net, aim: Floats, bounds: Sequence[tuple[float, float]]) -> Any:
    zeros = np.zeros(len(net.equations))
    return optimize.linprog(aim, A_eq=net.equations, b_eq=zeros, bounds=bounds, method="highs-ds")
