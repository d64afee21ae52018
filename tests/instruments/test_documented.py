"""Every example of the document on instrument files stands, word for word, in a file that is read."""

import re
from textwrap import dedent
from typing import Any

import pytest

from surveyapp.instruments.source import parse, plain
from surveyapp.instruments.writer import document_of
from tests.instruments.files import HERE, VALID, problems

DOCUMENT = (HERE.parents[1] / "docs" / "instrument-files.md").read_text(encoding="utf-8")
READ = [document_of(path.read_bytes()) for path in VALID]
READ.append(document_of((HERE / "modules" / "included" / "instrument.yaml").read_bytes()))
ANYTHING = "..."


def examples() -> list[Any]:
    """The examples as trees; of a list each element by itself, because they are of several instruments."""
    found = []
    for block in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL):
        tree = plain(parse(dedent(block).replace("{...}", ANYTHING).replace("[...]", ANYTHING).encode())[0])
        entries = tree.items() if isinstance(tree, dict) else [("", tree)]
        for name, node in entries:
            of_several = isinstance(node, list) and isinstance(node[0], dict)
            found += [(name, one) for one in node] if of_several else [(name, node)]
    return found


def stands_in(example: Any, node: Any) -> bool:
    """Whether a tree is the example, or more than the example."""
    if example == ANYTHING:
        return True
    if isinstance(example, dict) and isinstance(node, dict):
        return all(stands_in(inner, node.get(name)) for name, inner in example.items())
    if isinstance(example, list) and isinstance(node, list):
        return all(any(stands_in(one, other) for other in node) for one in example)
    return bool(example == node)


def anywhere(example: Any, node: Any) -> bool:
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return stands_in(example, node) or any(anywhere(example, inner) for inner in inside)


@pytest.mark.parametrize(("name", "example"), examples(), ids=str)
def test_an_example_of_the_document_is_read(name: str, example: Any) -> None:
    wanted = example if isinstance(example, dict) else {name: example}
    assert any(anywhere(wanted, tree) for tree in READ)


def test_the_document_has_examples_of_everything() -> None:
    told = {name for name, _ in examples()}
    assert {
        "id", "manual", "occasions", "formats", "words", "glossary", "forms", "sections", "include", "scales",
        "indices", "gaps", "derived", "alerts", "show_if", "",
    } <= told  # fmt: skip
    assert len(examples()) > 20


def test_the_files_with_the_examples_have_no_fault() -> None:
    assert [path.stem for path in VALID if problems(path.read_bytes())] == []
