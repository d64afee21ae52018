"""The English words are all there: `make check` looks, `make translations` brings en.po up to date.

What is new has no English yet; what is no longer on any page leaves the file.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "surveyapp" / "web"
FILE = WEB / "translations" / "en.po"
# What a translation must hold as it is: gaps of both kinds, and tags.
KEPT = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w+[^>]*>")


def main() -> int:
    """Write the file anew, or say what is wrong with it; 1 when something is."""
    if "--write" in sys.argv:
        write(FILE)
        return 0
    problems = list(problems_of(read(FILE), on_the_pages()))
    for problem in problems:
        print(f"{FILE.relative_to(ROOT)}: {problem}")  # noqa: T201 - what is to be corrected
    return 1 if problems else 0


def problems_of(known: Catalog, asked: Catalog) -> Iterator[str]:
    """What is missing, left over, or translated with other gaps than the Italian."""
    for message in filter(_is_message, asked):
        found = known.get(message.id)
        if found is None:
            yield f"not there: {message.id!r} (make translations)"
        elif message.fuzzy or not all(_texts(found.string)):
            yield f"without English: {message.id!r}"
        elif any(_kept(text) != _kept(_texts(message.id)[-1]) for text in _texts(found.string)):
            yield f"other gaps or tags than the Italian: {message.id!r}"
    for message in filter(_is_message, known):
        if message.id not in asked:
            yield f"no longer on any page: {message.id!r} (make translations)"


def on_the_pages() -> Catalog:
    """Every message of code and templates, with the file it is in."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as file:
        command = [
            *(str(Path(sys.executable).with_name("pybabel")), "--quiet", "extract", "--mapping-file"),
            *(str(ROOT / "pyproject.toml"), "--keywords", "later", "--add-location", "file"),
            *("--output-file", file.name, "."),
        ]
        subprocess.run(command, cwd=WEB, check=True)
        return read_po(file)


def read(path: Path) -> Catalog:
    """A file of translations; empty where there is none."""
    return read_po(path.open("rb"), locale="en") if path.exists() else Catalog(locale="en")


def write(path: Path) -> None:
    """Bring a file up to date: new messages without English, none that is no longer used."""
    known = read(path)
    catalog = Catalog(locale="en", charset="utf-8")
    for message in filter(_is_message, on_the_pages()):
        found = known.get(message.id)
        catalog.add(message.id, found.string if found else None, message.locations, message.flags)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, omit_header=True, include_lineno=False)


def _is_message(message: Message) -> bool:
    return bool(message.id)


def _texts(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _kept(text: str) -> list[str]:
    return sorted(KEPT.findall(text))


if __name__ == "__main__":
    sys.exit(main())
