"""What a comparison of two versions finds, as frozen objects, and how versions step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# From the least to the greatest.
PATCH, MINOR, MAJOR = STEPS = ("PATCH", "MINOR", "MAJOR")
EQUAL, TO_JUSTIFY, NOT_COMPARABLE = LEVELS = ("equal", "to justify", "not comparable")
TYPO, SAME_MEANING, NEW_MEANING = KINDS = ("typo", "same meaning", "new meaning")
PROPOSED = SAME_MEANING
# On screen.
LEVEL_WORDS = {EQUAL: "uguale", TO_JUSTIFY: "da motivare", NOT_COMPARABLE: "non confrontabile"}

# What a short form scores is a scale of its own (scoring.scores gives it this id).
SHORT_SUFFIX = "_br"

# A question as one form and variant ask it: item (without the number of a record), form, variant.
Asked = tuple[str, str, str]
# What a change means for the version: least step, comparability.
Effect = tuple[str, str]
# A scale (or index), form and variant: what comparability is declared for.
Measure = tuple[str, str, str]

NOTHING: frozenset[Asked] = frozenset()


@dataclass(frozen=True)
class Change:
    """One thing that changed, in an Italian sentence, with the least step and the comparability it leaves.

    `touches` are the questions that respondents meet in another way, and the scales (in a form and variant)
    that score them in another way. `kind` is for texts whose kind must be declared: as declared, or as
    proposed where `declared` is False.
    """

    place: str
    sentence: str
    step: str
    level: str = EQUAL
    touches: frozenset[Asked] = NOTHING
    kind: str = ""
    declared: bool = True

    @property
    def rescored(self) -> bool:
        """Whether questions stay as they are and only their scoring changes."""
        return self.step == MAJOR and self.level == EQUAL and bool(self.touches)


@dataclass(frozen=True)
class Comparability:
    """Whether the scores of a scale, in one form and variant, can be compared between two versions.

    `common` are the items on which pairs can be made; `reasons` are Italian sentences.
    """

    measure: Measure
    level: str
    reasons: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two versions of an instrument.

    `step` is the least step of the version, "" when nothing changed; `unchanged_places` are those whose kind
    was declared although no text there has changed.
    """

    instrument: str
    before: str
    after: str
    changes: tuple[Change, ...]
    comparability: Mapping[Measure, Comparability]
    unchanged_places: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        """The greatest of the steps that the changes need."""
        return greatest((change.step for change in self.changes), STEPS)

    @property
    def least_version(self) -> str:
        """The lowest version that the newer of the two may have."""
        return stepped(self.before, self.step or PATCH)

    @property
    def undeclared(self) -> tuple[Change, ...]:
        """The changed texts whose kind nobody has declared."""
        return tuple(change for change in self.changes if not change.declared)

    @property
    def new_meanings(self) -> tuple[Change, ...]:
        """The changed texts that now mean something else: they need an id of their own."""
        return tuple(change for change in self.changes if change.kind == NEW_MEANING)


def greatest(found: Iterable[str], order: tuple[str, ...]) -> str:
    """The last in the order among those found; "" when there is none."""
    return max(found, key=order.index, default="")


def numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version, to be put in order."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def stepped(version: str, step: str) -> str:
    """The version after a step. Below 1.0.0 a major change steps MINOR."""
    major, minor, patch = numbers(version)
    if step == PATCH:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major}.{minor + 1}.0" if step == MINOR or major == 0 else f"{major + 1}.0.0"
