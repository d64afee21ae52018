"""Density of a network: isolates, new nodes, the project's worked examples, what is refused."""

from __future__ import annotations

import re
from itertools import combinations, islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.network import Network, density, density_change


def network(nodes: int, ties: int) -> Network:
    return Network(range(nodes), list(islice(combinations(range(nodes), 2), ties)))


def test_same_nodes_with_a_third_more_ties_reach_the_target() -> None:
    found = density_change(network(20, 57), network(20, 76))
    assert found.full == found.common
    assert (found.full.before, found.full.after) == pytest.approx((0.300, 0.400))
    assert found.full.change == pytest.approx(0.333, abs=5e-4)
    assert found.full.reached is True


def test_new_nodes_hide_the_growth_of_ties() -> None:
    before = network(20, 57)
    added = list(islice(((20 + new, old) for new in range(6) for old in range(20)), 43))
    after = Network(range(26), [*before.ties, *added])
    found = density_change(before, after)
    assert (found.full.before, found.full.after) == pytest.approx((0.300, 0.308), abs=5e-4)
    assert found.full.change == pytest.approx(0.026, abs=5e-4)
    assert (found.full.ties_before, found.full.ties_after, found.full.reached) == (57, 100, False)
    assert (found.common.nodes_after, found.common.ties_after, found.common.change) == (20, 57, 0.0)


def test_exactly_thirty_percent_more_reaches_the_target() -> None:
    assert density_change(network(10, 10), network(10, 13)).full.reached is True
    assert density_change(network(10, 10), network(10, 13), target=0.31).full.reached is False


def test_isolates_lower_the_density() -> None:
    assert density("ABC", [("A", "B")]) == pytest.approx(1 / 3)
    assert density("ABCD", [("A", "B")]) == pytest.approx(1 / 6)


def test_direction_and_repetition_of_a_tie_do_not_count() -> None:
    assert density("AB", [("A", "B"), ("B", "A"), ("A", "B")]) == 1.0


def test_a_plain_pair_will_do_for_a_network() -> None:
    assert density_change(("AB", [("A", "B")]), ("AB", [])).full.change == -1.0


def test_no_ties_at_the_start_have_no_relative_change() -> None:
    found = density_change(network(5, 0), network(5, 4)).full
    assert (found.before, found.change, found.reached) == (0.0, None, None)
    assert found.reason == "all'inizio non c'era nessun legame"


def test_nothing_in_common_has_no_common_density() -> None:
    found = density_change(Network("AB", [("A", "B")]), Network("BC", []))
    assert (found.common.nodes_before, found.common.before, found.common.after) == (1, None, None)
    assert found.common.reason == "servono almeno due nodi"
    assert found.full.change == -1.0


@pytest.mark.parametrize(
    ("nodes", "ties", "sentence"),
    [
        ("A", [], "a density needs at least two nodes."),
        ("ABA", [], "nodes must not be listed twice."),
        ("AB", [("A", "C")], "a tie must join nodes that are listed, not ('A', 'C')."),
        ("AB", [("A", "A")], "a tie must join two different nodes, not ('A', 'A')."),
        ("AB", [("A", "B", "A")], "a tie must join two different nodes"),
        ("AB", ["AB"], "a tie must join two different nodes, not 'AB'."),
    ],
)
def test_wrong_nodes_and_ties_are_refused_in_words(nodes: Any, ties: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        density(nodes, ties)


@given(st.integers(2, 12), st.integers(0, 66))
def test_a_density_is_ties_over_possible_ties(nodes: int, ties: int) -> None:
    made = network(nodes, ties)
    possible = nodes * (nodes - 1) / 2
    assert density(*made) == pytest.approx(len(made.ties) / possible)
