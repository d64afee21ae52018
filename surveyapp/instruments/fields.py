"""Typed access to the entries of a mapping: every misfit becomes a problem, reading goes on."""

import re
from collections.abc import Iterable
from types import TracebackType

from surveyapp.instruments.source import Mapping, Node, Problem, Scalar, Sequence

CODE = "[A-Za-z][A-Za-z0-9_]{0,31}"
CODE_IN_WORDS = "servono fino a 32 lettere senza accento, cifre o _, e prima una lettera"
VERSION = r"(0|[1-9][0-9]{0,3})(\.(0|[1-9][0-9]{0,3})){2}"
NUMBER = r"-?[0-9]{1,9}(\.[0-9]{1,2})?"
# A sentence names at most so many: who wrote the file looks for one like theirs.
MOST_LISTED = 20
LONGEST_SENTENCE = 500

# What the entries under a name look like, where a plain text is written instead.
EXAMPLES = {
    "show_if": "{answered: AUT_OB1}",
    "rule": "{at_least: {QIL_REL4: 3}}",
    "not": "{answered: AUT_OB1}",
    "all": "{answered: AUT_OB1}",
    "any": "{answered: AUT_OB1}",
    "is": "{ACC_Q1: 3}",
    "at_least": "{ACC_Q2: 1}",
    "at_most": "{ACC_Q2: 1}",
    "where": "{ambito: Cremona}",
    "repeat": "{times: 12, gate: ACC_I01}",
    "min_valid": "{P: 4}",
}


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, with how many are left out: a list without bound would be a page long."""
    every = list(names)
    more = f" e altre {len(every) - MOST_LISTED}" if len(every) > MOST_LISTED else ""
    return ", ".join(every[:MOST_LISTED]) + more


class Fields:
    """The entries of one mapping while they are read; on leaving, whatever nobody asked for is reported."""

    def __init__(self, node: Node, problems: list[Problem], name: str = "", *, quiet: bool = False) -> None:
        self.line = node.line
        self._problems = problems
        self._asked: dict[str, None] = {}
        self._quiet = quiet
        self._node = Mapping(node.line, {}, {})
        if isinstance(node, Mapping):
            self._node = node
        else:
            where = f"in «{name}»" if name else "qui"
            like = f", come «{EXAMPLES[name]}»" if name in EXAMPLES else ", una per riga"
            self.report(f"{where} servono voci «nome: valore»{like}")
            # Under an entry that is missing or misshapen (one problem already) nothing more is reported.
            self._quiet = True

    def __enter__(self) -> "Fields":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        allowed = listed(self._asked)
        for key in self._node.entries:
            if key not in self._asked:
                self.report(f"la voce «{key}» non è prevista qui; voci ammesse: {allowed}", key)

    def report(self, message: str, key: str | None = None) -> None:
        """Note a problem at the line of `key`, or of the whole mapping."""
        self.report_at(self.line if key is None else self.line_of(key), message)

    def report_at(self, line: int, message: str) -> None:
        """Note a problem at a line."""
        if not self._quiet:
            short = message if len(message) <= LONGEST_SENTENCE else f"{message[:LONGEST_SENTENCE]}…"
            self._problems.append(Problem(line, short))

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

    def integer(self, key: str, lowest: int = -9999, highest: int = 9999, default: int | None = None) -> int:
        """A whole number written with digits."""
        if default is not None and not self._get(key, required=False):
            return default
        written = self.text(key)
        number = as_integer(written)
        if number is not None and lowest <= number <= highest:
            return number
        if written:
            self.report(
                f"«{key}» deve essere un numero intero fra {lowest} e {highest}, non «{written}»", key
            )
        return lowest

    def number(self, key: str) -> float:
        """A number written with digits and, if need be, a point."""
        written = self.text(key)
        if re.fullmatch(NUMBER, written):
            return float(written)
        if written:
            self.report(f"«{key}» deve essere un numero, come 3 o 2.5 (con il punto); non «{written}»", key)
        return 0.0

    def integers(self, key: str) -> tuple[int, ...]:
        """One whole number, or a list of them."""
        written = self.one_or_more(key)
        for text in written:
            if as_integer(text) is None:
                self.report(f"in «{key}» servono codici, cioè numeri interi; non «{text}»", key)
        return tuple(number for text in written if (number := as_integer(text)) is not None)

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        if self.has_list(key):
            found = self.lines_of_text(key)
            if not found and not self._items(key, required=True):
                self.report(f"in «{key}» serve almeno un valore", key)
            return tuple(text for _, text in found)
        written = self.text(key)
        return (written,) if written else ()

    def matching(self, key: str, pattern: str, sentence: str) -> str:
        """A text of a given form; `sentence` says which."""
        written = self.text(key)
        if written and not re.fullmatch(pattern, written):
            self.report(f"«{written}» non va bene per «{key}»: {sentence}", key)
        return written

    def version(self) -> str:
        """The version of the file."""
        return self.matching("version", VERSION, "serve una versione come 0.1.0")

    def flag(self, key: str, default: str = "false") -> bool:
        """`true` or `false`; the default when it is absent."""
        return self.one_of(key, ("true", "false"), default) == "true"

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A word of a closed list; empty when it is another one."""
        written = self.text(key, default)
        if written and written not in allowed:
            self.report(f"«{key}» può essere solo: {listed(allowed)}; non «{written}»", key)
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
        return Fields(node or Mapping(self.line, {}, {}), self._problems, key, quiet=node is None)

    def optional_child(self, key: str) -> "Fields | None":
        """The mapping under an entry that may be absent."""
        node = self._get(key, required=False)
        return Fields(node, self._problems, key) if node else None

    def children(self, key: str, *, required: bool = True) -> list["Fields"]:
        """The mappings of a list."""
        return [Fields(item, self._problems, key) for item in self._items(key, required=required)]

    def has(self, key: str) -> bool:
        """Whether the entry is written."""
        return key in self._node.entries

    def has_text(self, key: str) -> bool:
        """Whether a text stands under the entry."""
        return isinstance(self._node.entries.get(key), Scalar)

    def has_list(self, key: str) -> bool:
        """Whether a list stands under the entry."""
        return isinstance(self._node.entries.get(key), Sequence)

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
