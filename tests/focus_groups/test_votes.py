"""Nominal group votes: points, voters, shared ranks, and what is refused."""

import pytest

from surveyapp.focus_groups.votes import Ranked, ranking


def test_equal_points_share_a_rank() -> None:
    votes = [("P1", "A", 3), ("P1", "B", 2), ("P2", "B", 1), ("P2", "C", 1), ("P3", "A", 1)]
    assert ranking(votes) == [
        Ranked("A", 4, 2, 1),
        Ranked("B", 3, 2, 2),
        Ranked("C", 1, 1, 3),
    ]
    assert [one.rank for one in ranking([("P1", "A", 2), ("P1", "B", 2), ("P2", "C", 1)])] == [1, 1, 3]


def test_nobody_gives_more_than_five_points() -> None:
    with pytest.raises(ValueError, match="more than 5"):
        ranking([("P1", "A", 3), ("P1", "B", 3)])
    with pytest.raises(ValueError, match="at least one"):
        ranking([("P1", "A", 0)])
