"""The network of organisations from CSV files: a list of nodes and a list of ties, at two dates.

Nodes: code (codice), name (nome). Ties: from (da), to (a). Read whole, or refused with every problem.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.network import Network
from surveyapp.instruments.source import Problem
from surveyapp.study.csv_file import Cells, Layout, open_sheet, read_rows, repeated_codes
from surveyapp.study.errors import ImportRefusedError

NODES = Layout(
    {"code": ("codice", "code", "nodo", "node"), "name": ("nome", "name")},
    required=("code",),
    nobody="nessun nodo: scrivi almeno una riga",
)
TIES = Layout(
    {"from": ("da", "from"), "to": ("a", "to")},
    required=("from", "to"),
    nobody="nessun legame: scrivi almeno una riga",
)
REPEATED = "codice: è già alla riga {}; tieni una riga sola per nodo"


def read_network(nodes: Path, ties: Path) -> Network:
    """The network of two files; raises ImportRefusedError with every problem, its file and its line."""
    roster, problems = _nodes(nodes)
    pairs, others = _ties(ties, roster)
    if problems or others:
        raise ImportRefusedError([*problems, *others])
    return Network(list(roster.values()), pairs)


def _nodes(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """The codes by their spelling in small letters."""
    rows, problems = _rows(path, NODES)
    problems += [_of(path, found) for found in repeated_codes(rows, REPEATED)]
    problems += [
        Problem(row.line, "codice: scrivi il codice del nodo", str(path))
        for row in rows
        if row.cells and not row.cells.get("code")
    ]
    codes = [row.cells["code"] for row in rows if row.cells.get("code")]
    return {code.casefold(): code for code in codes}, problems


def _ties(path: Path, roster: dict[str, str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    rows, problems = _rows(path, TIES)
    ends = [(row, [row.cells.get(side, "") for side in ("from", "to")]) for row in rows if row.cells]
    problems += [Problem(row.line, wrong, str(path)) for row, pair in ends for wrong in _wrong(pair, roster)]
    known = [[roster.get(end.casefold(), "") for end in pair] for _, pair in ends]
    return [(first, second) for first, second in known if first and second], problems


def _wrong(pair: Sequence[str], roster: dict[str, str]) -> Iterator[str]:
    for side, end in zip(("da", "a"), pair, strict=True):
        if not end:
            yield f"{side}: scrivi il codice di un nodo"
        elif end.casefold() not in roster:
            yield f"{side}: «{end}» non è nell'elenco dei nodi: aggiungilo o correggi il codice"
    if pair[0] and pair[0].casefold() == pair[1].casefold():
        yield "un legame unisce due nodi diversi: correggi uno dei due codici"


def _rows(path: Path, layout: Layout) -> tuple[list[Cells], list[Problem]]:
    try:
        sheet = open_sheet(path.read_bytes(), layout.allowed)
    except ImportRefusedError as error:
        return [], [_of(path, problem) for problem in error.problems]
    rows = read_rows(sheet, layout)
    return rows, [_of(path, problem) for problem in sheet.problems]


def _of(path: Path, problem: Problem) -> Problem:
    return Problem(problem.line, problem.message, str(path))
