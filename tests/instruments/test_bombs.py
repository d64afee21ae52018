"""Hostile files: refused, or read, within a bound; nothing but InvalidFileError ever comes out."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from surveyapp.instruments.consents import read_consent
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.source import MAX_DEPTH, MAX_EVENTS, InvalidFileError, Problem
from tests.conftest import ROOT
from tests.instruments.bombs import BOMBS
from tests.instruments.effort import calls_of
from tests.instruments.files import SMALL, UNHURRIED, problems
from tests.instruments.test_heavy import REFUSED

ROOM = 50  # MB: what a hostile file may take at most
# Calls of functions. Reading the Autovalutazione takes 57 000, the heaviest of these files 121 000.
MOST_CALLS = 300_000


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_little_work(name: str) -> None:
    told: list[str] = []
    calls_of(lambda: told.extend(problems(BOMBS[name].encode())), MOST_CALLS)
    assert told


@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_is_scanned_beyond_its_first_excess(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[object] = []
    real = yaml.parse

    def noted(*what: Any, **how: Any) -> Iterator[object]:
        for event in real(*what, **how):
            scanned.append(event)
            yield event

    monkeypatch.setattr(yaml, "parse", noted)
    problems(BOMBS[name].encode())
    deep = ("nested blocks", "open brackets", "open braces", "question marks", "dashes")
    assert len(scanned) <= (2 * MAX_DEPTH + 4 if name in deep else MAX_EVENTS + 2)


# Nothing else is imported, so that what it takes before is no room to hide in. VmHWM is the largest size of
# this program alone; getrusage would count the process that started it.
IN_A_PROCESS = """
import re, sys
from pathlib import Path
from surveyapp.instruments.reader import read_instrument
from surveyapp.instruments.source import InvalidFileError

def largest():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])

honest, *bombs = map(Path, sys.argv[1:])
read_instrument(honest.read_bytes())
base = largest()
for bomb in bombs:
    try:
        read_instrument(bomb.read_bytes())
        sys.exit(f"{bomb} was read")
    except InvalidFileError:
        pass
print((largest() - base) // 1024)
"""


def test_no_bomb_needs_much_memory_in_the_libraries_either(tmp_path: Path) -> None:
    """All of them after each other, in a process of their own, whose largest size is looked at."""
    paths = []
    for number, text in enumerate((SMALL, *BOMBS.values(), *REFUSED.values())):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", IN_A_PROCESS, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) < ROOM


def test_a_big_honest_file_is_read() -> None:
    wide = "\n".join(f"      {code}: etichetta numero {code}" for code in range(4000))
    data = SMALL.replace("    options: {1: No, 2: Un po', 3: Sì}", f"    options:\n{wide}").encode()
    assert len(read_instrument(data).formats["R3"].options) == 4000
    assert calls_of(lambda: read_instrument(data), 2 * MOST_CALLS)


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


ENGLISH = re.compile(r"\b(found|did not|could not|expected|allowed)\b")


def _read_or_refuse(data: bytes) -> None:
    for read in (read_instrument, read_consent):
        told = _problems_of(read, data)
        assert all(1 <= problem.line <= data.count(b"\n") + 1 for problem in told)
        assert not any(ENGLISH.search(problem.message) for problem in told)


def _problems_of(read: Callable[[bytes], object], data: bytes) -> list[Problem]:
    try:
        read(data)
    except InvalidFileError as error:
        return error.problems
    return []
