"""Nothing in an instrument file can differ unseen: every entry of a file is changed, dropped, renamed."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.instruments.comparison import compare
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.source import InvalidFileError
from tests.instruments.files import UNHURRIED
from tests.instruments.two_versions import BEFORE, OLDER

Path = tuple[str | int, ...]
TREE = yaml.load(BEFORE, Loader=yaml.CBaseLoader)  # noqa: S506 - it only makes texts
# What a comparison is about, and what it does not look at.
LEFT_OUT = (("id",), ("version",))
# Values that may take each other's place.
GROUPS = (
    ("mean", "pomp_mean", "any_positive"),
    ("reflective", "formative", "derived"),
    ("alert", "flag"),
    ("true", "false"),
    ("host", "participant", "operator"),
    ("path_start", "path_end", "activity_start"),
    ("placement_type", "province"),
    ("short", "mini"),
    ("T0", "T1", "T2"),
    ("R5", "R3", "R3_BIS", "TXT", "HOURS"),
    ("PROVA_A1", "PROVA_A2", "PROVA_A3", "PROVA_A4", "PROVA_A5", "PROVA_B1", "PROVA_B3"),
    ("PROVA_G1", "PROVA_B2"),
    ("PROVA_A", "PROVA_B"),
    ("NA", "NS", "NO"),
    ("P", "O"),
    ("participant@0.1.0", "operator@0.1.0", "host@0.1.0"),
    ("I15", "I14"),
    ("seed", "FG"),
)
# Lists whose order says nothing.
ORDERLESS = ("occasions", "items", "scales", "indices", "gaps", "derived", "alerts", "forms")
NAMES = ("NUOVO", "6")


def paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """Every entry of the tree."""
    if path:
        yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in entries:
        yield from paths(child, (*path, key))


def at(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def replaced(path: Path, value: Any) -> Any:
    """The tree with another value at a path; without the entry for None."""
    tree = copy.deepcopy(TREE)
    holder = at(tree, path[:-1])
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return tree


def renamed(path: Path) -> Iterator[Any]:
    """The tree with an entry under another name."""
    holder = at(TREE, path[:-1])
    for name in NAMES if len(path) > 1 and isinstance(holder, dict) else ():
        if name not in holder:
            yield replaced(path[:-1], {name if key == path[-1] else key: holder[key] for key in holder})


def values(path: Path) -> list[Any]:
    """Other values for an entry."""
    value = at(TREE, path)
    if isinstance(value, list):
        questions = path[-1] == "items" and isinstance(value[0], dict)
        return [list(reversed(value))] if questions or path[-1] not in ORDERLESS else []
    if not isinstance(value, str):
        return []
    others = [other for group in GROUPS if value in group for other in group if other != value]
    if value.lstrip("-").isdigit():
        return [str(int(value) + 1)]
    return others[:2] or [f"{value} e poi"]


def read(tree: Any) -> Instrument | None:
    try:
        return read_instrument(json.dumps(tree, ensure_ascii=False).encode())  # JSON is YAML too
    except InvalidFileError:
        return None


@cache
def variations() -> dict[str, Instrument]:
    """Every valid file that differs from the older version in one entry, by what was done to it."""
    found: dict[str, Instrument] = {}
    for path in [path for path in paths(TREE) if path not in LEFT_OUT]:
        trees = [replaced(path, None), *renamed(path)]
        trees += [replaced(path, value) for value in values(path)]
        for number, tree in enumerate(trees):
            instrument = read(tree)
            if instrument and instrument.digest != OLDER.digest:
                found[f"{'.'.join(map(str, path))} #{number}"] = instrument
    return found


def test_every_entry_of_a_file_is_compared() -> None:
    unseen = [name for name, other in variations().items() if not compare(OLDER, other).changes]
    assert len(variations()) > 300
    assert unseen == []


def test_every_difference_is_found_both_ways() -> None:
    assert [name for name, other in variations().items() if not compare(other, OLDER).changes] == []


@UNHURRIED
@given(data=st.data())
def test_an_instrument_compared_with_itself_is_equal(data: st.DataObject) -> None:
    instrument = variations()[data.draw(st.sampled_from(list(variations())))]
    found = compare(instrument, instrument)
    assert not found.changes
    assert {row.level for row in found.comparability.values()} <= {"equal"}


@UNHURRIED
@given(data=st.data())
def test_two_versions_differ_both_ways_or_neither(data: st.DataObject) -> None:
    names = st.sampled_from(list(variations()))
    one, other = (variations()[data.draw(names)] for _ in range(2))
    assert bool(compare(one, other).changes) == bool(compare(other, one).changes)
