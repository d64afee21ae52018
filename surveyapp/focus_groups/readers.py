"""The reading panel (prova dei lettori): what readers understood of a wording."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.storage.focus_tables import UNDERSTOOD

# So many readers, at least, for each wording (blueprint 5.1).
FEWEST_READERS = 3


@dataclass(frozen=True, order=True)
class Read:
    """A wording that was read: an item of one version, in one form and variant."""

    instrument: str
    version: str
    item: str
    form: str
    variant: str


@dataclass(frozen=True)
class Tried:
    """What one reader, known by a code, understood of a wording, said that it means, would write instead.

    `id` is the number by which a decision names it.
    """

    wording: Read
    reader: str
    understood: str
    meaning: str
    proposal: str
    id: int = 0


@dataclass(frozen=True)
class Understood:
    """A wording with its tests, the last one of each reader; `counts` are in the order of UNDERSTOOD."""

    wording: Read
    tests: tuple[Tried, ...]
    counts: tuple[int, ...]

    @property
    def to_change(self) -> list[int]:
        """The tests that speak for other words: not understood by all, or with words to put instead."""
        return [one.id for one in self.tests if one.understood != UNDERSTOOD[0] or one.proposal]

    @property
    def readers(self) -> int:
        """How many readers."""
        return len(self.tests)

    @property
    def is_enough(self) -> bool:
        """Whether as many readers as there should be have read it."""
        return self.readers >= FEWEST_READERS


def by_wording(tests: Iterable[Tried]) -> list[Understood]:
    """The tests wording by wording; what the same reader said later takes the place of what came before."""
    found: dict[Read, dict[str, Tried]] = {}
    for one in tests:
        found.setdefault(one.wording, {})[one.reader] = one
    return [_understood(wording, tuple(last.values())) for wording, last in sorted(found.items())]


def _understood(wording: Read, tests: tuple[Tried, ...]) -> Understood:
    said = [one.understood for one in tests]
    return Understood(wording, tests, tuple(said.count(word) for word in UNDERSTOOD))
