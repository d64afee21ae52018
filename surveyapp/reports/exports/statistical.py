"""Files for SPSS and Stata, written by pyreadstat: labels, measures, and missing codes declared as such."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from surveyapp.reports.cells import replace_file
from surveyapp.reports.exports.frame import Column, Frame
from surveyapp.reports.exports.missing import BY_REASON, HIGHEST, LOWEST
from surveyapp.reports.exports.names import legal
from surveyapp.reports.exports.variables import NOMINAL, Value, Variable, distinct, shortened
from surveyapp.reports.exports.wide import REASON

# Bytes or characters that the programs keep.
SPSS_LABEL, SPSS_VALUE_LABEL = 255, 120
STATA_LABEL, STATA_TEXT, STATA_TITLE = 80, 2045, 80
# Words: what has no number for a reason, and text.
_WORDS = ("word", "text")
_COUNTED = ("code", "steps", "number", "chosen", "count", "yes_no")
# There is an answer; in columns that say why a day or a text is not there.
ANSWERED = {0: "C'è una risposta"}


def write_sav(frame: Frame, folder: Path) -> Path:
    """Write a frame for SPSS: reasons for no value are user-missing codes, -96 to -91. Raises OSError."""
    columns = as_written(frame)
    coded = [column.variable for column in columns if column.variable.reasons]
    with _Written(folder / f"{frame.name}.sav") as written:
        pyreadstat.write_sav(
            _table(columns, _SPSS),
            written.temporary,
            file_label=shortened(frame.title, 60, encoded=True),
            column_labels=_labels(columns, lambda label: shortened(label, SPSS_LABEL, encoded=True)),
            variable_value_labels=_value_labels(columns, lambda reason: BY_REASON[reason].number),
            missing_ranges={one.name: [{"lo": LOWEST, "hi": HIGHEST}] for one in coded},
            variable_measure={column.variable.name: column.variable.measure for column in columns},
            variable_format={one.name: spss_format(one) for one in _numeric(columns)},
            row_compress=True,
        )
    return written.path


def write_dta(frame: Frame, folder: Path) -> Path:
    """Write a frame for Stata 14 and later: reasons for no value are the extended missing values .a to .f.

    Texts are cut to 2045 bytes, labels to 80 characters. Raises OSError.
    """
    columns = as_written(frame)
    coded = [column.variable for column in columns if column.variable.reasons]
    with _Written(folder / f"{frame.name}.dta") as written:
        pyreadstat.write_dta(
            _table(columns, _STATA),
            written.temporary,
            version=14,
            file_label=shortened(frame.title, STATA_TITLE),
            column_labels=_labels(columns, lambda label: shortened(label, STATA_LABEL)),
            variable_value_labels=_value_labels(columns, lambda reason: BY_REASON[reason].letter),
            missing_user_values={one.name: [BY_REASON[name].letter for name in one.reasons] for one in coded},
        )
    return written.path


class _Written:
    """A file that pyreadstat writes by its path, put in its place whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = tempfile.TemporaryDirectory()
        self.temporary = Path(self._folder.name) / path.name

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        with self._folder:
            if kind is None:
                replace_file(self.path, self.temporary.read_bytes())


def as_written(frame: Frame) -> list[Column]:
    """The columns of the files; after each day or text that was asked, one that says why it is not there."""
    found: list[Column] = []
    for column in frame.columns:
        if column.variable.item and column.variable.kind in ("date", "text"):
            found += [_without_reasons(column), _reason_column(column)]
        else:
            found.append(column)
    names = legal(column.variable.name for column in found)
    return [
        replace(column, variable=replace(column.variable, name=names[column.variable.name]))
        for column in found
    ]


def _without_reasons(column: Column) -> Column:
    nothing = ("",) * len(column.reasons)
    return Column(replace(column.variable, reasons={}), column.values, nothing)


def _reason_column(column: Column) -> Column:
    about = column.variable
    reasons = {BY_REASON[reason].number: label for reason, label in about.reasons.items()}
    variable = Variable(
        name=about.name + REASON,
        label=f"Perché manca: {about.label}",
        kind="code",
        measure=NOMINAL,
        values={**ANSWERED, **reasons},
    )
    codes = [BY_REASON[reason].number if reason else 0 for reason in column.reasons]
    return Column(variable, tuple(codes), ("",) * len(codes))


@dataclass(frozen=True)
class _Dialect:
    """How a program keeps a reason beside numbers, and texts."""

    reason: Callable[[str], object]
    text: Callable[[str], str]


_SPSS = _Dialect(lambda reason: float(BY_REASON[reason].number), lambda text: text)
_STATA = _Dialect(
    lambda reason: BY_REASON[reason].letter, lambda text: shortened(text, STATA_TEXT, encoded=True)
)


def _table(columns: list[Column], dialect: _Dialect) -> pd.DataFrame:
    return pd.DataFrame({column.variable.name: _series(column, dialect) for column in columns})


def _series(column: Column, dialect: _Dialect) -> "pd.Series[Any]":
    if column.variable.kind in _WORDS:
        texts = [dialect.text(str(value or "")) for value in column.values]
        return pd.Series(texts, dtype=object)
    cells = [
        dialect.reason(reason) if reason else _plain(value)
        for value, reason in zip(column.values, column.reasons, strict=True)
    ]
    others = sorted({cell for cell in cells if isinstance(cell, str | date)})
    return _told_apart(cells, others) if others else pd.Series(cells, dtype=float)


def _told_apart(cells: list[Any], others: list[Any]) -> "pd.Series[Any]":
    """Days, or numbers and letters, in one column: as categories, the numbers first.

    Of a column of objects pyreadstat looks at the first 100 rows, and takes it for text where these are
    letters or empty.
    """
    numbers = sorted({cell for cell in cells if isinstance(cell, float)})
    categories = pd.Index([*numbers, *others], dtype=object)
    return pd.Series(pd.Categorical(cells, categories=categories))


def _plain(value: Value) -> float | date | None:
    return float(value) if isinstance(value, int | float) else value if isinstance(value, date) else None


def _labels(columns: list[Column], cut: Callable[[str], str]) -> dict[str, str | None]:
    return {column.variable.name: cut(column.variable.label) for column in columns}


def _value_labels(columns: list[Column], code_of: Callable[[str], int | str]) -> dict[str, dict[Any, str]]:
    """Labels of codes and reasons, by variable; none for text."""
    found: dict[str, dict[Any, str]] = {}
    for variable in (column.variable for column in columns if column.variable.kind not in _WORDS):
        own: Mapping[int, str] = distinct(variable.values, SPSS_VALUE_LABEL)
        reasons = {code_of(reason): _cut(label) for reason, label in variable.reasons.items()}
        labels: dict[Any, str] = {**own, **reasons}
        if labels:
            found[variable.name] = labels
    return found


def _cut(label: str) -> str:
    return shortened(label, SPSS_VALUE_LABEL, encoded=True)


def _numeric(columns: list[Column]) -> list[Variable]:
    return [column.variable for column in columns if column.variable.kind in (*_COUNTED, "score")]


def spss_format(variable: Variable) -> str:
    """How SPSS shows a number: as many decimals as the question takes."""
    return f"F8.{variable.decimals}"
