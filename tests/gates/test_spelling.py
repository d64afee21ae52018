"""Every Italian word on screen, on paper and in the guide is in the dictionary, or in our own list."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from surveyapp.web.voice import PAIRS
from tests.gates.translations import on_the_pages

ROOT = Path(__file__).parent.parent.parent
OURS = Path(__file__).with_name("parole.txt")
DICTIONARY = "it_IT"
JINJA = re.compile(r"\{% block width %\}\w+|\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
MARKUP = re.compile(r"\baria-\w+=\S*|<!--.*?-->|<(style|script)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL)
READ_ALOUD = re.compile(r"""\b(?:alt|aria-label|title)="([^"{}]*)\"""")
# Code, addresses and names of files in the guide are no prose.
NO_PROSE = re.compile(
    r"```.*?```|^    .*?$|`[^`]*`|\S+\.(?:md|html|ini)\b|\]\([^)]*\)|https?://\S+|\S+@\S+",
    re.DOTALL | re.MULTILINE,
)
# A gap of a message, an e-mail address, an address, a code: no words.
NO_WORD = re.compile(
    r"\b\w+\.(?:it|gov|org)\S*|%\(\w+\)[sd]|\{[^}]*\}|\S+@\S+|https?://\S+|\b\S*[0-9_/]\S*\b|\b[A-Z]+\b"
)
# "dell'inserimento": the dictionary has the second word.
ELIDED = re.compile(r"\b[^\W\d_]{1,5}['’](?=\w)")
WORD = re.compile(r"[^\W\d_]{2,}")
# An apostrophe in place of an accent; "po'" is right.
NO_ACCENT = re.compile(
    r"\b(?:e|perche|poiche|puo|piu|gia|cosi|citta|sara|qualita|attivita)['’](?!\w)", re.IGNORECASE
)


def test_every_word_is_in_the_dictionary_or_in_our_list() -> None:
    ours = set(OURS.read_text(encoding="utf-8").split())
    places = words_with_their_place()
    unknown = not_in_the_dictionary(places)
    assert {word: places[word] for word in sorted(unknown - ours)} == {}
    assert sorted(ours - unknown) == [], "in our list, but nowhere or in the dictionary"


def test_accents_are_no_apostrophes() -> None:
    wrong = [(place, found) for place, text in italian_texts() for found in NO_ACCENT.findall(text)]
    assert wrong == []


@pytest.mark.parametrize("text", ["perche' no", "Cosi’ è", "la citta'"])
def test_an_apostrophe_in_place_of_an_accent_is_found(text: str) -> None:
    assert NO_ACCENT.search(text)


def not_in_the_dictionary(words: dict[str, str]) -> set[str]:
    program = shutil.which("hunspell")
    if program is None:
        pytest.skip("hunspell is not installed: apt-get install hunspell hunspell-it")
    done = subprocess.run(
        [program, "-d", DICTIONARY, "-i", "utf-8", "-l"],
        input="\n".join(words), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def words_with_their_place() -> dict[str, str]:
    """Each word, with one place where it is."""
    found: dict[str, str] = {}
    for place, text in italian_texts():
        for word in WORD.findall(ELIDED.sub(" ", NO_WORD.sub(" ", text))):
            found.setdefault(word, place)
    return found


def italian_texts() -> Iterator[tuple[str, str]]:
    yield from _of_files("instruments", "*.yaml", lambda text: "\n".join(_values(yaml.safe_load(text))))
    for package in ("web", "sheets", "reports"):
        yield from _of_files(f"surveyapp/{package}/templates", "*.html", _template)
    yield from _of_files("surveyapp/reports", "*.py", lambda text: "\n".join(_sentences(ast.parse(text))))
    yield from _of_files("docs/guide", "*.md", lambda text: NO_PROSE.sub(" ", text))
    for message in on_the_pages():
        texts = [message.id] if isinstance(message.id, str) else message.id
        yield from (("messages", MARKUP.sub(" ", text)) for text in texts)
    yield from (("voice", text) for pair in PAIRS.values() for text in map(str, pair))


def _of_files(folder: str, pattern: str, prose: Any) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / folder).rglob(pattern)):
        yield str(path.relative_to(ROOT)), prose(path.read_text(encoding="utf-8"))


def _template(text: str) -> str:
    return " ".join([MARKUP.sub(" ", JINJA.sub(" ", text)), *READ_ALOUD.findall(text)])


def _sentences(tree: ast.Module) -> Iterator[str]:
    """What a module says: its texts of several words, docstrings and messages for programmers apart."""
    english = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    english |= {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValueError"
        for argument in ast.walk(node)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in english else None
        if isinstance(text, str) and " " in text.strip():
            yield text


def _values(node: Any) -> Iterator[str]:
    """Sentences and labels of a file; codes of its language are lower-case words without spaces."""
    if isinstance(node, dict):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif isinstance(node, str) and (" " in node or node[:1].isupper()):
        yield node
