"""Half years, as the Tavoli di rete meet: 2026-2 is July to December 2026."""

import re
from dataclasses import dataclass
from datetime import date

from surveyapp.study.errors import RefusedError

_WRITTEN = re.compile(r"(\d{4})-([12])")
ORDINALS = {1: "primo", 2: "secondo"}


@dataclass(frozen=True, order=True)
class Half:
    """Half a year; `half` is 1 or 2."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> "Half":
        """The half year before."""
        return Half(self.year, 1) if self.half == 2 else Half(self.year - 1, 2)

    @property
    def words(self) -> str:
        """As people say it: secondo semestre 2026."""
        return f"{ORDINALS[self.half]} semestre {self.year}"

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    def touches(self, start: date, end: date | None) -> bool:
        """Whether something that goes from a day to another (or goes on) lies at least in part in it."""
        return start <= self.last and (end is None or end >= self.first)


def half_of(written: str) -> Half:
    """The half year that is written as 2026-2. Raises RefusedError."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found or found[1] == "0000":
        raise RefusedError(f"«{written}» non è un semestre: si scrive l'anno e 1 o 2, per esempio 2026-2")
    return Half(int(found[1]), int(found[2]))
