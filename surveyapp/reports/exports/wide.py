"""A row per questionnaire and form as CSV, and the same with a script and lists for R."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from surveyapp.reports.cells import number_text, replace_file, safe_text
from surveyapp.reports.exports.frame import Column, Frame
from surveyapp.reports.exports.missing import ALL, BY_REASON
from surveyapp.reports.exports.tidy import ENCODING, csv_text
from surveyapp.reports.exports.variables import Value, distinct

REASON = "_reason"
SCRIPT = Path(__file__).with_name("leggi.R")
# R takes a factor's level as it is; nobody reads a longer one.
LONGEST_LEVEL = 120


def write_wide(frame: Frame, folder: Path) -> Path:
    """Write a frame as CSV: context, answers and scores, then the reason for each answer that is not there.

    Raises OSError.
    """
    return replace_file(folder / f"{frame.name}.csv", csv_text(_rows(frame)), ENCODING)


def write_r(frames: Sequence[Frame], folder: Path) -> list[Path]:
    """Write the frames as CSV, lists of their variables and labels, and a script of base R that reads them.

    Raises OSError.
    """
    lists = {
        "variabili.csv": _variables(frames),
        "valori.csv": _values(frames),
        "mancanti.csv": [
            ["number", "letter", "reason", "label"],
            *([str(one.number), one.letter, one.word, one.label] for one in ALL),
        ],
    }
    return [
        *(write_wide(frame, folder) for frame in frames),
        *(replace_file(folder / name, csv_text(rows), ENCODING) for name, rows in lists.items()),
        replace_file(folder / SCRIPT.name, SCRIPT.read_bytes()),
    ]


def with_reasons(frame: Frame) -> list[Column]:
    """The columns that hold answers, whose reasons have a column of their own."""
    return [column for column in frame.columns if column.variable.item]


def _rows(frame: Frame) -> Iterator[Sequence[str]]:
    reasons = with_reasons(frame)
    yield [
        *(column.variable.name for column in frame.columns),
        *(column.variable.name + REASON for column in reasons),
    ]
    values = [[cell_text(value) for value in column.values] for column in frame.columns]
    words = [[reason_word(reason) for reason in column.reasons] for column in reasons]
    yield from zip(*values, *words, strict=True)


def cell_text(value: Value) -> str:
    """A value as a cell of CSV; text is safe from becoming a formula."""
    if isinstance(value, str):
        return safe_text(value)
    return value.isoformat() if isinstance(value, date) else number_text(value)


def reason_word(reason: str) -> str:
    """A reason as a cell; nothing where there is a value."""
    return BY_REASON[reason].word if reason else ""


def _variables(frames: Sequence[Frame]) -> Iterator[list[str]]:
    yield ["file", "name", "item", "kind", "measure", "label"]
    for frame in frames:
        for variable in (column.variable for column in frame.columns):
            told = (variable.name, variable.item, variable.kind, variable.measure, variable.label)
            yield [frame.name, *map(safe_text, told)]


def _values(frames: Sequence[Frame]) -> Iterator[list[str]]:
    yield ["file", "name", "code", "label"]
    for frame in frames:
        for variable in (column.variable for column in frame.columns):
            for code, label in distinct(variable.values, LONGEST_LEVEL).items():
                yield [frame.name, variable.name, str(code), safe_text(label)]
