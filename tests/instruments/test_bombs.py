"""Hostile files: refused, or read, within a bound; nothing but InvalidFileError ever comes out."""

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from surveyapp.instruments.consents import read_consent
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.source import MAX_BYTES, InvalidFileError, Problem
from tests.instruments.files import SMALL, UNHURRIED, problems

MERGE_KEYS = "a0: &a0 {k: v}\n" + "".join(
    f"a{level}: &a{level}\n  <<: [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n" for level in range(1, 12)
)
ALIASES = "a0: &a0 [x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 8)
)
NESTED_BLOCKS = "".join(f"{' ' * level}a:\n" for level in range(600))

BOMBS = {
    "merge keys": MERGE_KEYS,
    "aliases": ALIASES,
    "nested blocks": NESTED_BLOCKS,
    "open brackets": "[" * MAX_BYTES,
    "open braces": "{a: " * (MAX_BYTES // 4),
    "question marks": "? " * (MAX_BYTES // 2),
    "dashes": "- " * (MAX_BYTES // 2),
    "one long word": "a" * MAX_BYTES,
    "one long number": f"version: {'9' * 250_000}.0.0",
    "flat list": "- a\n" * 62_500,
    "flat list in a section": "sections:\n" + "- {}\n" * 50_000,
    "many names": "occasions: {" + ", ".join(f"a{number}: {{}}" for number in range(20_000)) + "}",
    "many documents": "---\n" * 60_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str) -> None:
    start = time.perf_counter()
    assert problems(BOMBS[name].encode())
    assert time.perf_counter() - start < 2


def test_a_big_honest_file_is_read() -> None:
    wide = "\n".join(f"      {code}: etichetta numero {code}" for code in range(4000))
    data = SMALL.replace("    options: {1: No, 2: Un po', 3: Sì}", f"    options:\n{wide}").encode()
    start = time.perf_counter()
    assert len(read_instrument(data).formats["R3"].options) == 4000
    assert time.perf_counter() - start < 2


@UNHURRIED
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


@UNHURRIED
@given(st.text(alphabet=" \n-:[]{}&*!|>'\"#%@`?,\tab1~\\", max_size=80))
def test_anything_like_yaml_is_read_or_refused(text: str) -> None:
    _read_or_refuse(text.encode())


LINES = SMALL.splitlines()


@UNHURRIED
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1),
            st.sampled_from(["", "  x: y", "- a", "a", "  - {}", "    []", "id:", "      - id: PROVA_A1"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_file_with_broken_lines_is_read_or_refused(changes: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for number, line in changes:
        lines[number] = line
    _read_or_refuse("\n".join(lines).encode())


NAMES = st.sampled_from(
    [
        "id",
        "version",
        "title",
        "occasions",
        "formats",
        "forms",
        "sections",
        "scales",
        "items",
        "text",
        "P",
        "1",
    ]
)
TREES = st.recursive(
    NAMES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@UNHURRIED
@given(st.dictionaries(NAMES, TREES, max_size=8))
def test_any_tree_of_entries_is_read_or_refused(tree: dict[str, object]) -> None:
    _read_or_refuse(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "replace"))


SMALL_TREE = yaml.load(SMALL, Loader=yaml.CBaseLoader)  # noqa: S506 - builds plain texts only.


@UNHURRIED
@given(st.data())
def test_a_subtree_of_another_shape_is_read_or_refused(data: st.DataObject) -> None:
    tree = yaml.load(SMALL, Loader=yaml.CBaseLoader)  # noqa: S506 - as above.
    node = tree
    while True:
        places = list(node) if isinstance(node, dict) else range(len(node))
        place = data.draw(st.sampled_from(places))
        if not isinstance(node[place], dict | list) or not node[place] or data.draw(st.booleans()):
            break
        node = node[place]
    node[place] = data.draw(
        st.sampled_from(["", "x", [], {}, ["x"], {"x": "y"}, "PROVA_A1", "P", "-1", SMALL_TREE])
    )
    _read_or_refuse(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode())


def _read_or_refuse(data: bytes) -> None:
    for read in (read_instrument, read_consent):
        lines = [problem.line for problem in _problems_of(read, data)]
        assert all(1 <= line <= data.count(b"\n") + 1 for line in lines)


def _problems_of(read: Callable[[bytes], object], data: bytes) -> list[Problem]:
    try:
        read(data)
    except InvalidFileError as error:
        return error.problems
    return []
