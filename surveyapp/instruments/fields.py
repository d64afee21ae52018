"""Typed access to the entries of a mapping: every misfit becomes a problem, reading goes on."""

import re
from collections.abc import Iterable
from types import TracebackType

from surveyapp.instruments.source import Mapping, Node, Problem, Scalar, Sequence

CODE = "[A-Za-z][A-Za-z0-9_]{0,31}"
CODE_IN_WORDS = "servono fino a 32 lettere senza accento, cifre o _, e prima una lettera"
VERSION = r"(0|[1-9][0-9]{0,3})(\.(0|[1-9][0-9]{0,3})){2}"


class Fields:
    """The entries of one mapping while they are read; on leaving, whatever nobody asked for is reported."""

    def __init__(self, node: Node, problems: list[Problem], *, quiet: bool = False) -> None:
        self.line = node.line
        self._problems = problems
        self._asked: dict[str, None] = {}
        self._quiet = quiet
        self._node = Mapping(node.line, {}, {})
        if isinstance(node, Mapping):
            self._node = node
        else:
            self.report("qui servono voci «nome: valore», una per riga")
            # Under an entry that is missing or misshapen (one problem already) nothing more is reported.
            self._quiet = True

    def __enter__(self) -> "Fields":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        allowed = ", ".join(self._asked)
        for key in self._node.entries:
            if key not in self._asked:
                self.report(f"la voce «{key}» non è prevista qui; voci ammesse: {allowed}", key)

    def report(self, message: str, key: str | None = None) -> None:
        """Note a problem at the line of `key`, or of the whole mapping."""
        self.report_at(self.line if key is None else self.line_of(key), message)

    def report_at(self, line: int, message: str) -> None:
        """Note a problem at a line."""
        if not self._quiet:
            self._problems.append(Problem(line, message))

    def text(self, key: str, default: str | None = None) -> str:
        """The text of an entry; without a default its absence is a problem."""
        node = self._get(key, required=default is None)
        if node is None:
            return default or ""
        if not isinstance(node, Scalar):
            self.report(
                f"«{key}» deve essere un testo; se il testo contiene «: » mettilo fra virgolette", key
            )
            return default or ""
        if not node.text.strip():
            self.report(f"la voce «{key}» è vuota: scrivi il testo dopo i due punti", key)
            return default or ""
        return node.text.strip()

    def optional(self, key: str) -> str | None:
        """The text of an entry that may be absent."""
        return self.text(key, "") or None

    def integer(self, key: str, lowest: int = -9999, highest: int = 9999) -> int:
        """A whole number written with digits."""
        written = self.text(key)
        number = as_integer(written)
        if number is not None and lowest <= number <= highest:
            return number
        if written:
            self.report(
                f"«{key}» deve essere un numero intero fra {lowest} e {highest}, non «{written}»", key
            )
        return lowest

    def matching(self, key: str, pattern: str, sentence: str) -> str:
        """A text of a given form; `sentence` says which."""
        written = self.text(key)
        if written and not re.fullmatch(pattern, written):
            self.report(f"«{written}» non va bene per «{key}»: {sentence}", key)
        return written

    def version(self) -> str:
        """The version of the file."""
        return self.matching("version", VERSION, "serve una versione come 0.1.0")

    def flag(self, key: str) -> bool:
        """`true` or `false`; absent is false."""
        return self.one_of(key, ("true", "false"), "false") == "true"

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A word of a closed list; empty when it is another one."""
        written = self.text(key, default)
        if written and written not in allowed:
            self.report(f"«{key}» può essere solo: {', '.join(allowed)}; non «{written}»", key)
            return ""
        return written

    def words(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        texts = tuple(text for _, text in self.lines_of_text(key, required=default is None))
        return texts if self.has(key) else default or ()

    def lines_of_text(self, key: str, *, required: bool = True) -> list[tuple[int, str]]:
        """A list of texts, each with its line."""
        texts = []
        for item in self._items(key, required=required):
            if isinstance(item, Scalar) and item.text.strip():
                texts.append((item.line, item.text.strip()))
            else:
                self.report_at(
                    item.line, f"in «{key}» serve un testo; se contiene «: » mettilo fra virgolette"
                )
        return texts

    def child(self, key: str) -> "Fields":
        """The mapping under an entry."""
        node = self._get(key, required=True)
        return Fields(node or Mapping(self.line, {}, {}), self._problems, quiet=node is None)

    def optional_child(self, key: str) -> "Fields | None":
        """The mapping under an entry that may be absent."""
        node = self._get(key, required=False)
        return Fields(node, self._problems) if node else None

    def children(self, key: str) -> list["Fields"]:
        """The mappings of a list."""
        return [Fields(item, self._problems) for item in self._items(key, required=True)]

    def has(self, key: str) -> bool:
        """Whether the entry is written."""
        return key in self._node.entries

    def names(self) -> list[str]:
        """The names of all entries, where they are free."""
        self._asked.update(dict.fromkeys(self._node.entries))
        return list(self._node.entries)

    def codes(self) -> list[str]:
        """The names of all entries, at least one, where they are codes that answers and exports carry."""
        names = self.names()
        if not names:
            self.report("qui serve almeno una voce")
        for name in names:
            if not re.fullmatch(CODE, name):
                self.report(f"«{name}» non va bene: {CODE_IN_WORDS}", name)
        return names

    def line_of(self, key: str) -> int:
        """The line of an entry, or of the mapping when it is not written."""
        return self._node.key_lines.get(key, self.line)

    def _get(self, key: str, *, required: bool) -> Node | None:
        self._asked[key] = None
        node = self._node.entries.get(key)
        if node is None and required:
            self.report(f"manca la voce «{key}»")
        return node

    def _items(self, key: str, *, required: bool) -> tuple[Node, ...]:
        node = self._get(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.report(f"«{key}» deve essere un elenco: righe che iniziano con «- », o [uno, due]", key)
            return ()
        return node.items


def as_integer(written: str) -> int | None:
    """The whole number written with ASCII digits, or None."""
    return int(written) if re.fullmatch(r"-?[0-9]{1,9}", written) else None
