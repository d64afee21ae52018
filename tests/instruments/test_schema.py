"""The JSON Schema for editors: it accepts what the reader does, and refuses unknown and missing entries."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from surveyapp.instruments.consents import read_consent
from surveyapp.instruments.plan import read_plan
from surveyapp.instruments.reader import read_part
from surveyapp.instruments.schema import schema_files, schema_text
from surveyapp.instruments.source import InvalidFileError
from surveyapp.instruments.writer import document_of, write_yaml
from tests.instruments.files import FOLDER, HERE

jsonschema = pytest.importorskip("jsonschema", reason="install the tools of development: make setup")

FILES = {
    "instrument": sorted(path for path in FOLDER.glob("*/*.yaml") if path.parent.name != "plan"),
    "module": sorted(FOLDER.glob("modules/*/*.yaml")),
    "plan": sorted(FOLDER.glob("plan/*.yaml")),
    "consent": sorted(FOLDER.glob("consents/*/*.yaml")),
}
EXAMPLES = {"instrument": sorted(HERE.glob("valid/*.yaml")), "module": [HERE / "modules/included/mcr.yaml"]}
EVERY = [(kind, path) for kind in FILES for path in (*FILES[kind], *EXAMPLES.get(kind, []))]
SCHEMAS = dict(zip(FILES, schema_files(), strict=True))
CHECKS = {kind: jsonschema.Draft202012Validator(schema_files()[name]) for kind, name in SCHEMAS.items()}
READ: dict[str, Callable[[bytes], object]] = {
    "instrument": partial(read_part, module=False),
    "module": partial(read_part, module=True),
    "plan": read_plan,
    "consent": read_consent,
}


class EditorLoader(yaml.CSafeLoader):
    """Plain words as editors read them (YAML 1.2): numbers, true and false; `No` is a word."""


EditorLoader.yaml_implicit_resolvers = {}
for name, pattern, first in (
    ("bool", "true|false", "tf"),
    ("int", "-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def as_an_editor_reads(path: Path) -> Any:
    return _with_names_as_text(yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader))  # noqa: S506 - plain words only


def _with_names_as_text(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _with_names_as_text(inner) for key, inner in node.items()}
    return [_with_names_as_text(inner) for inner in node] if isinstance(node, list) else node


def refuses(kind: str, document: Any) -> list[str]:
    return [error.message for error in CHECKS[kind].iter_errors(document)]


def test_the_written_schemas_are_those_of_the_code() -> None:
    for name, found in schema_files().items():
        written = (FOLDER / name).read_text(encoding="utf-8")
        assert written == schema_text(found), f"write schema_text(schema_files()[{name!r}]) to {name}"


NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


@pytest.mark.parametrize("kind", FILES)
def test_a_file_tells_editors_its_own_schema_in_its_first_line(kind: str) -> None:
    named = {path: NAMED.match(path.read_text(encoding="utf-8")) for path in FILES[kind]}
    told = {path: (path.parent / found[1]).resolve() for path, found in named.items() if found}
    assert set(told.values()) <= {FOLDER / SCHEMAS[kind]}
    assert told or kind == "plan"


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_one_of_the_draft(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(CHECKS[kind].schema)


@pytest.mark.parametrize(
    ("kind", "path"), EVERY, ids=lambda value: value.stem if isinstance(value, Path) else str(value)
)
def test_what_the_reader_accepts_the_schema_accepts(kind: str, path: Path) -> None:
    assert refuses(kind, document_of(path.read_bytes())) == []
    assert refuses(kind, as_an_editor_reads(path)) == []


def test_every_entry_is_explained() -> None:
    silent = [place for kind in CHECKS for place in _silent(CHECKS[kind].schema, kind)]
    assert silent == []


def _silent(node: Any, place: str) -> Iterator[str]:
    """Where entries have no words of their own."""
    inner: Any = {}
    if isinstance(node, dict):
        for name, found in node.get("properties", {}).items():
            if found is not False and "description" not in found:
                yield f"{place}.{name}"
        # What an `if` says is about entries that are explained already.
        inner = {name: found for name, found in node.items() if name != "allOf"}
    elif isinstance(node, list):
        inner = dict(enumerate(node))
    for name, found in inner.items():
        yield from _silent(found, f"{place}.{name}")


Place = tuple[str | int, ...]


def places(node: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every mapping of a document, with where it stands."""
    inner = node if isinstance(node, dict) else dict(enumerate(node)) if isinstance(node, list) else {}
    if isinstance(node, dict):
        yield place, node
    for name, found in inner.items():
        yield from places(found, (*place, name))


def sort_of(place: Place, node: dict[str, Any]) -> tuple[str, ...]:
    """The same for mappings of the same sort: the names on the way, free names and numbers left open."""
    names = [name if re.fullmatch("[a-z_]{2,}", str(name)) else "*" for name in map(str, place)]
    return (*names, str(node.get("kind")))


def one_of_each_sort() -> list[tuple[str, Path, Place]]:
    """A mapping of each sort, in the smallest file that has one."""
    found: dict[tuple[str, ...], tuple[str, Path, Place]] = {}
    for kind, path in sorted(EVERY, key=lambda one: one[1].stat().st_size):
        for place, node in places(document_of(path.read_bytes())):
            # Below its top a module is as an instrument.
            if kind != "module" or not place:
                found.setdefault((kind, *sort_of(place, node)), (kind, path, place))
    return list(found.values())


SORTS = one_of_each_sort()
SAID_OF_ENTRIES = re.compile("manca la voce|la voce «.*» non è prevista|non è un operatore|non è un campo")


def told_by_reader(kind: str, document: Any) -> list[str]:
    try:
        READ[kind](write_yaml(document).encode())
    except InvalidFileError as error:
        return [problem.message for problem in error.problems]
    return []


def node_at(document: Any, place: Place) -> Any:
    for name in place:
        document = document[name]
    return document


def test_there_are_many_sorts_of_entries() -> None:
    assert len(SORTS) > 60


@pytest.mark.parametrize(
    ("kind", "path", "place"), SORTS, ids=lambda value: value.stem if isinstance(value, Path) else str(value)
)
def test_the_schema_refuses_what_the_reader_refuses(kind: str, path: Path, place: Place) -> None:
    document = document_of(path.read_bytes())
    for name in (None, *node_at(document, place)):
        changed = deepcopy(document)
        node = node_at(changed, place)
        if name is None:
            node["sconosciuta"] = "x"
        else:
            del node[name]
        told = told_by_reader(kind, changed)
        if any(SAID_OF_ENTRIES.search(sentence) for sentence in told):
            assert refuses(kind, changed), (name, told)
        if refuses(kind, changed):
            assert told, (name, refuses(kind, changed))
