"""Which further cells of a table to hide, so that the hidden ones cannot be worked out from the lines.

Every line (row or column) of the table adds up to something known: cells `inside` count up, totals
that stand in the table count down. What hides a cell is a way to change it, and others hidden with
it, so that all lines still add up and no count falls below 0: then both tables look the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Flags, Integers


@dataclass(frozen=True)
class Cells:
    """Counts, and which of them are inside (True) and not totals."""

    counts: Integers
    inside: Flags


def hide(cells: Cells, primary: Flags, minimum: int) -> Flags:
    """Return which cells to hide: the primary ones and what protects them.

    Greedy: where a line or a cell is not protected, the smallest count in sight is hidden too. A
    cell that even an all hidden table would give away (a line that adds up to 0) stays as it is.
    """
    hidden = primary.copy()
    everything = np.ones_like(primary)
    cases = [(int(row), int(column)) for row, column in np.argwhere(primary)]
    hopeful = [case for case in cases if _movable(cells, everything, *case)]
    while (more := _next(cells, hidden, hopeful, minimum)) is not None:
        hidden[more] = True
    return hidden


def _next(
    cells: Cells, hidden: Flags, hopeful: list[tuple[int, int]], minimum: int
) -> tuple[int, int] | None:
    """Return the next cell to hide, None when all is protected."""
    for line in _lines(hidden):
        if not _line_protected(cells, hidden, line, minimum):
            return _smallest(cells, ~hidden & line)
    for case in hopeful:
        if not _movable(cells, hidden, *case):
            near = _near(hidden, *case)
            return _smallest(cells, near if near.any() else ~hidden)
    return None


def _lines(hidden: Flags) -> list[Flags]:
    """Return every row and column of more than one cell, as a mask of the table."""
    rows, columns = (np.indices(hidden.shape)[axis] for axis in (0, 1))
    lines = [rows == row for row in range(hidden.shape[0])] if hidden.shape[1] > 1 else []
    return lines + ([columns == column for column in range(hidden.shape[1])] if hidden.shape[0] > 1 else [])


def _line_protected(cells: Cells, hidden: Flags, line: Flags, minimum: int) -> bool:
    """Whether nothing small is what its known total leaves for the hidden cells of a line."""
    own = hidden & line
    if not own.any() or own.sum() == line.sum():
        return True
    if own.sum() < 2:
        return False
    total_in_sight = bool(cells.inside[own].all() or not cells.inside[own].any())
    return not total_in_sight or int(cells.counts[own].sum()) >= minimum


def _movable(cells: Cells, hidden: Flags, row: int, column: int) -> bool:
    """Whether a hidden cell could be one more or one less, others changing with it.

    What one cell gains, another of its row and another of its column must lose: a round trip from
    row to column along cells that may gain, and back along cells that may lose. In a table of one
    line the rule of the line is enough.
    """
    if 1 in hidden.shape:
        return True
    others = hidden.copy()
    others[row, column] = False
    some = cells.counts > 0
    gains, loses = cells.inside | some, ~cells.inside | some
    ways = _Ways(others & gains, others & loses)
    rises = bool(gains[row, column]) and ways.to_row(column, row)
    return rises or (bool(loses[row, column]) and ways.to_column(row, column))


@dataclass(frozen=True)
class _Ways:
    """Ways through a table: row to column by cells that may gain, column to row by cells that may lose."""

    gaining: Flags
    losing: Flags

    def to_row(self, column: int, row: int) -> bool:
        """Whether a row can be reached from a column."""
        return bool(self._rows(self.losing[:, column])[row])

    def to_column(self, row: int, column: int) -> bool:
        """Whether a column can be reached from a row."""
        start = np.arange(len(self.gaining)) == row
        return bool(self.gaining[self._rows(start), column].any())

    def _rows(self, rows: Flags) -> Flags:
        """Add to some rows all that can be reached from them through a column."""
        count = -1
        while count < (count := int(rows.sum())):
            columns = self.gaining[rows].any(axis=0)
            rows = rows | self.losing[:, columns].any(axis=1)
        return rows


def _near(hidden: Flags, row: int, column: int) -> Flags:
    """Return the cells in sight of the same row or column."""
    cross = np.zeros_like(hidden)
    cross[row, :] = cross[:, column] = True
    near: Flags = cross & ~hidden
    return near


def _smallest(cells: Cells, among: Flags) -> tuple[int, int]:
    """Return the place of the smallest of some counts, the first in reading order."""
    places = np.argwhere(among)
    row, column = places[int(np.argmin(cells.counts[among]))]
    return int(row), int(column)
