"""One number, or several, that R computed and we compute too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.analysis.reference import case_of


@dataclass(frozen=True)
class Comparison:
    """`ours` must equal R's value of a key of a case, or some of its `parts`.

    `statistic` is the row of docs/analysis-plan.md. `tolerance` replaces that of the case where R
    itself is less exact, with the reason beside it where it is given.
    """

    statistic: str
    case: str
    key: str
    ours: Callable[[], Any]
    parts: tuple[str, ...] = ()
    tolerance: float | None = None

    @property
    def id(self) -> str:
        return f"{self.statistic}-{self.case}-{self.key}"

    @property
    def allowed(self) -> float:
        declared: float = case_of(self.case)["values"][self.key]["tolerance"]
        return declared if self.tolerance is None else self.tolerance

    @cached_property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Ours beside R's, number by number."""
        theirs = case_of(self.case)["values"][self.key]["value"]
        if self.parts:
            theirs = {part: theirs[part] for part in self.parts}
        mine = self.ours()
        if isinstance(theirs, dict):
            assert list(mine) == list(theirs), self.id
            return list(zip(mine.values(), theirs.values(), strict=True))
        return list(zip(mine, theirs, strict=True)) if isinstance(theirs, list) else [(mine, theirs)]

    @property
    def difference(self) -> float:
        """The largest difference, relative to R's value where that is beyond 1."""
        assert all((mine is None) == (theirs is None) for mine, theirs in self.pairs), self.id
        known = [(mine, theirs) for mine, theirs in self.pairs if theirs is not None]
        return max(abs(float(mine) - theirs) / max(1.0, abs(theirs)) for mine, theirs in known)
