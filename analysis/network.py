"""Density of a network of organisations, and how it changed: undirected, on a declared list of nodes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Tie = Sequence[Hashable]

TARGET = 0.30
"""Relative growth that the project promises: + 30 % on the baseline."""


class Network(NamedTuple):
    """All nodes, those without ties included, and the pairs that are tied."""

    nodes: Collection[Hashable]
    ties: Collection[Tie]


@dataclass(frozen=True)
class Growth:
    """Density at both times on one list of nodes; `change` is relative (.3 is + 30 %).

    `reached` says whether `change` is at least the target (to 1e-9). Where `reason` (Italian, for
    the screen) is not None the numbers that are None cannot be computed.
    """

    nodes_before: int
    nodes_after: int
    ties_before: int
    ties_after: int
    before: float | None
    after: float | None
    change: float | None
    reached: bool | None
    reason: str | None


@dataclass(frozen=True)
class DensityChange:
    """Growth on the full rosters of each time, and on the nodes that are on both.

    Both are shown: new nodes lower the density of a network whose ties grew.
    """

    full: Growth
    common: Growth
    target: float


def density(nodes: Iterable[Hashable], ties: Iterable[Tie]) -> float:
    """Return ties over possible ties, 2 E / (N (N - 1)), from 0 to 1 (Wasserman and Faust 1994).

    `nodes` is the whole roster, isolates included; `ties` are pairs of nodes. Direction and
    repetition of a tie do not count. Raises ValueError for fewer than two nodes, a node listed
    twice, a tie that is no pair, joins a node to itself or names a node that is not listed.
    """
    roster = _roster(nodes)
    if len(roster) < 2:
        raise ValueError("a density needs at least two nodes.")
    return _share(len(roster), len(_pairs(roster, ties)))


def density_change(before: Network, after: Network, *, target: float = TARGET) -> DensityChange:
    """Compare the densities of two networks; each may be a plain pair (nodes, ties).

    Relative change = after / before - 1. No numbers, with a reason, where a roster (or what both
    have in common) has fewer than two nodes; no change where there was no tie. Raises ValueError for
    wrong nodes or ties, as `density`.
    """
    rosters = [_roster(nodes) for nodes, _ in (before, after)]
    ties = [_pairs(roster, found) for roster, (_, found) in zip(rosters, (before, after), strict=True)]
    both = rosters[0] & rosters[1]
    kept = [{tie for tie in found if tie <= both} for found in ties]
    return DensityChange(
        full=_growth((len(rosters[0]), len(rosters[1])), (len(ties[0]), len(ties[1])), target),
        common=_growth((len(both), len(both)), (len(kept[0]), len(kept[1])), target),
        target=target,
    )


def _roster(nodes: Iterable[Hashable]) -> frozenset[Hashable]:
    listed = list(nodes)
    roster = frozenset(listed)
    if len(roster) < len(listed):
        raise ValueError("nodes must not be listed twice.")
    return roster


def _pairs(roster: frozenset[Hashable], ties: Iterable[Tie]) -> set[frozenset[Hashable]]:
    """Return the ties as sets of two nodes of the roster."""
    found = set()
    for tie in ties:
        pair = frozenset(tie)
        if isinstance(tie, str) or len(tie) != 2 or len(pair) != 2:
            raise ValueError(f"a tie must join two different nodes, not {tie!r}.")
        if not pair <= roster:
            raise ValueError(f"a tie must join nodes that are listed, not {tie!r}.")
        found.add(pair)
    return found


def _share(nodes: int, ties: int) -> float:
    return 2 * ties / (nodes * (nodes - 1))


def _growth(nodes: tuple[int, int], ties: tuple[int, int], target: float) -> Growth:
    if min(nodes) < 2:
        return Growth(*nodes, *ties, None, None, None, None, "servono almeno due nodi")
    first, second = (_share(*counts) for counts in zip(nodes, ties, strict=True))
    if first == 0:
        return Growth(*nodes, *ties, first, second, None, None, "all'inizio non c'era nessun legame")
    change = second / first - 1
    return Growth(*nodes, *ties, first, second, change, round(change - target, 9) >= 0, None)
