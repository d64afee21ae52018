"""Where each thing of a file stands, so that a check on the whole can name the line."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from surveyapp.instruments.fields import CODE, CODE_IN_WORDS, Fields

T = TypeVar("T")

# What a sentence is about: ("item", "AUT_BEN1"), ("rule", "AUT_BEN1") for its rule, ("scale", "AUT_BEN"),
# ("form", "P"), ("occasion", "FU6").
Subject = tuple[str, str]

# Checks look at each of these for each item: more of them would only multiply work.
MOST_NAMED = {"occasion": 30, "form": 20, "variant": 10, "minimum": 30}


class Places:
    """The line of each subject of one file; an id is met once only."""

    def __init__(self) -> None:
        self.lines: dict[Subject, int] = {}

    def named(
        self, kind: str, fields: Fields | None, read: Callable[[str, Fields], T], *, codes: bool = True
    ) -> Mapping[str, T]:
        """Entries under free names, each read by `read(name, its fields)`; none when there are no fields."""
        if fields is None:
            return MappingProxyType({})
        with fields:
            entries = {}
            names = fields.codes() if codes else fields.names()
            if len(names) > MOST_NAMED.get(kind, len(names)):
                fields.report(f"qui le voci sono {len(names)}: al massimo {MOST_NAMED[kind]}")
                names = names[: MOST_NAMED[kind]]
            for name in names:
                self.lines[kind, name] = fields.line_of(name)
                with fields.child(name) as child:
                    entries[name] = read(name, child)
            return MappingProxyType(entries)

    def id(self, kind: str, fields: Fields) -> str:
        """An id that no other subject of its kind has."""
        written = fields.matching("id", CODE, CODE_IN_WORDS)
        if (kind, written) in self.lines:
            fields.report(f"l'id «{written}» è già usato alla riga {self.lines[kind, written]}", "id")
        elif written:
            self.lines[kind, written] = fields.line_of("id")
        return written
