"""Counts that hang together over several tables: what is hidden cannot be worked out, shown by trying to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from scipy import optimize

from analysis.linked import Sum, publishable

Counts = dict[Any, int]


def table(counts: Any) -> tuple[Counts, list[Sum]]:
    """A table with its totals, as counts that add up: totals first, so that cells are hidden before them."""
    rows, columns = counts.shape
    found: Counts = {"all": int(counts.sum())}
    found |= {("row", row): int(counts[row].sum()) for row in range(rows)}
    found |= {("column", column): int(counts[:, column].sum()) for column in range(columns)}
    found |= {(row, column): int(counts[row, column]) for row in range(rows) for column in range(columns)}
    sums = [
        Sum("all", tuple(("row", row) for row in range(rows)), whole=True),
        Sum("all", tuple(("column", column) for column in range(columns)), whole=True),
        *(Sum(("row", row), tuple((row, column) for column in range(columns)), True) for row in range(rows)),
        *(
            Sum(("column", column), tuple((row, column) for row in range(rows)), True)
            for column in range(columns)
        ),
    ]
    return found, sums


def random_reports(number: int) -> Iterator[tuple[Counts, list[Sum]]]:
    """Small reports: a table, and beside it who was asked and who of them answered."""
    chance = np.random.default_rng(11)
    for _ in range(number):
        counts = chance.integers(0, chance.choice([6, 12, 30, 80]), size=tuple(chance.integers(2, 4, size=2)))
        found, sums = table(counts)
        found = {"asked": found["all"] + int(chance.integers(0, 9))} | found
        yield found, [Sum("asked", ("all",)), *sums]


def worked_out(counts: Counts, sums: Sequence[Sum], shown: Mapping[Any, int]) -> Counts:
    """What an outsider is sure of: the hidden counts, and rests of sums, that linear algebra gives alone."""
    names = [*counts, *(("rest", place) for place, one in enumerate(sums) if one.parts and not one.whole)]
    system = []
    for place, one in enumerate(sums):
        signs = {one.total: 1.0} | dict.fromkeys(one.parts, -1.0)
        signs |= {} if one.whole or not one.parts else {("rest", place): -1.0}
        system.append([signs.get(name, 0.0) for name in names] if one.parts else [0.0] * len(names))
    unknown = [place for place, name in enumerate(names) if name not in shown]
    if not unknown:
        return {}
    _, sizes, directions = np.linalg.svd(np.array(system)[:, unknown])
    free = directions[int((sizes > 1e-9).sum()) :]
    sure = (np.abs(free) < 1e-9).all(axis=0)
    rests = {
        ("rest", place): counts[one.total] - sum(counts[part] for part in one.parts)
        for place, one in enumerate(sums)
    }
    true = counts | rests
    return {names[place]: true[names[place]] for place, known in zip(unknown, sure, strict=True) if known}


def test_random_releases_give_no_small_count_away() -> None:
    """Of these there are ten thousand in tests/drills."""
    attack_random_releases(60)


def attack_random_releases(reports: int) -> None:
    """Reports, each released twice: neither a small count nor who joined can be worked out."""
    chance = np.random.default_rng(5)
    for counts, sums in random_reports(reports):
        cells = [name for name in counts if isinstance(name, tuple) and isinstance(name[0], int)]
        later = _with_more(counts, {cell: int(chance.choice([0, 0, 1, 3, 7])) for cell in cells})
        first = {name: counts[name] for name in publishable(counts, sums)}
        second = {name: later[name] for name in publishable(later, sums, previous=first)}
        known = first | _nothing_small(counts, sums, first)
        for name, value in (second | _nothing_small(later, sums, second)).items():
            moved = abs(value - known.get(name, value))
            assert moved == 0 or moved >= 5, (name, counts, later, first, second)


def _nothing_small(counts: Counts, sums: Sequence[Sum], shown: Mapping[Any, int]) -> Counts:
    """What can be worked out, after a look that there is nothing small in it, nor in what is shown."""
    found = worked_out(counts, sums, shown)
    assert min(shown.values(), default=5) >= 5
    small = {name for name, value in found.items() if 0 < value < 5 or (value == 0 and name in counts)}
    assert not small, (counts, shown)
    return found


def _with_more(counts: Counts, more: Mapping[Any, int]) -> Counts:
    """The same report after more people came."""
    later = {name: counts[name] + more.get(name, 0) for name in counts}
    cells = list(more)
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    for row in rows:
        later["row", row] = sum(later[row, column] for column in columns)
    for column in columns:
        later["column", column] = sum(later[row, column] for row in rows)
    later["all"] = sum(later[cell] for cell in cells)
    later["asked"] = counts["asked"] - counts["all"] + later["all"]
    return later


def test_each_small_count_could_as_well_be_large() -> None:
    for counts, sums in random_reports(50):
        shown = publishable(counts, sums)
        for name, value in counts.items():
            if value < 5:
                assert greatest(counts, sums, shown, name) >= 5 - 1e-6


def greatest(counts: Counts, sums: Sequence[Sum], shown: frozenset[Any], name: Any) -> float:
    """The most that a count can be, by an equation for each sum (an inequality where it is not whole)."""
    names = list(counts)
    rows = [[(one.total == other) - float(other in one.parts) for other in names] for one in sums]
    whole = [row for row, one in zip(rows, sums, strict=True) if one.whole]
    partly = [[-sign for sign in row] for row, one in zip(rows, sums, strict=True) if not one.whole]
    bounds = [(counts[other],) * 2 if other in shown else (0, 1e5) for other in names]
    found: Any = optimize.linprog(
        [-float(other == name) for other in names],
        A_eq=whole,
        b_eq=np.zeros(len(whole)),
        A_ub=partly,
        b_ub=np.zeros(len(partly)),
        bounds=bounds,
    )
    return float(-found.fun)


def test_a_small_part_hides_another_one_the_last() -> None:
    counts = {"n": 30, "yes": 20, "no": 7, "unknown": 3}
    sums = [Sum("n", ("yes", "no", "unknown"), whole=True)]
    assert publishable(counts, sums) == {"n", "yes"}


def test_a_small_rest_hides_the_part() -> None:
    assert publishable({"asked": 20, "answered": 18}, [Sum("asked", ("answered",))]) == {"asked"}
    assert publishable({"asked": 20, "answered": 20}, [Sum("asked", ("answered",))]) == {"asked", "answered"}
    assert publishable({"asked": 20, "answered": 15}, [Sum("asked", ("answered",))]) == {"asked", "answered"}


def test_small_steps_of_a_chain_are_not_added_up() -> None:
    """Who is in the first and not in the third would be few, whether or not the second is shown."""
    chain = [Sum("a", ("b",)), Sum("b", ("c",))]
    assert publishable({"a": 30, "b": 28, "c": 26}, chain) == {"a"}
    assert publishable({"a": 30, "b": 28, "c": 20}, chain) == {"a", "c"}


def test_a_count_that_no_sum_names_is_not_published() -> None:
    assert publishable({"a": 30, "b": 28}, [Sum("a")]) == {"a"}
    assert publishable({"a": 4}, [Sum("a")]) == frozenset()
    assert publishable({"a": 4}, []) == frozenset()


def test_what_moved_by_few_people_is_hidden_and_cannot_be_worked_out() -> None:
    sums = [Sum("n", ("yes", "no"), whole=True)]
    before = {"n": 50, "yes": 20, "no": 30}
    assert publishable({"n": 60, "yes": 29, "no": 31}, sums, previous=before) == {"n"}
    assert publishable({"n": 51, "yes": 20, "no": 31}, sums, previous=before) == {"yes"}
    assert publishable({"n": 60, "yes": 25, "no": 35}, sums, previous=before) == {"n", "yes", "no"}
    assert publishable(before, sums, previous=before) == {"n", "yes", "no"}


def test_what_could_be_worked_out_then_counts_as_published_then() -> None:
    sums = [Sum("n", ("yes", "no"), whole=True)]
    assert publishable({"n": 60, "yes": 29, "no": 31}, sums, previous={"n": 50, "yes": 20}) == {"n"}


def test_a_zero_may_be_harmless() -> None:
    """That nobody is missing hides nothing else; that one is missing does."""
    sums = [Sum("asked", ("n", "missing"), whole=True)]
    counts = {"asked": 20, "n": 20, "missing": 0}
    assert publishable(counts, sums) == {"asked"}
    assert publishable(counts, sums, harmless=["missing"]) == counts.keys()
    assert publishable(counts | {"n": 19, "missing": 1}, sums, harmless=["missing"]) == {"asked"}


def test_nobody_at_all_stays_hidden() -> None:
    sums = [Sum("n", ("yes", "no"), whole=True), Sum("no", ("yes", "n"), whole=True)]
    assert publishable({"n": 0, "yes": 0, "no": 0}, sums) == frozenset()


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="counts do not add up"):
        publishable({"n": 10, "yes": 12}, [Sum("n", ("yes",))])
    with pytest.raises(ValueError, match="counts do not add up"):
        publishable({"n": 10, "yes": 8}, [Sum("n", ("yes",), whole=True)])
    with pytest.raises(ValueError, match="a sum names counts that are not there"):
        publishable({"n": 10}, [Sum("n", ("yes",))])
    with pytest.raises(ValueError, match="must be whole numbers, not negative"):
        publishable({"n": -1}, [Sum("n")])
    with pytest.raises(ValueError, match="minimum must be a whole number"):
        publishable({"n": 10}, [Sum("n")], minimum=0)
