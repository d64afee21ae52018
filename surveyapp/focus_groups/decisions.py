"""Proposals about the instruments: what they rest on, as it is typed, and what is missing in them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# The first word of a line of evidence, and the kind it stands for.
KINDS: Mapping[str, str] = {"estratto": "excerpt", "giudizio": "rating", "prova": "reader_test"}
NUMBERED = re.compile(rf"({'|'.join(KINDS)})\s+(\d{{1,9}})", re.IGNORECASE)
LONGEST_LINE = 300
LONGEST_TEXT = 4000

Evidence = tuple[str, str]  # kind, reference


@dataclass(frozen=True)
class Proposal:
    """What is proposed about what, as it was typed."""

    instrument: str
    object_kind: str
    object_id: str
    proposal: str
    evidence: str
    meeting: str = ""

    @property
    def grounds(self) -> list[Evidence]:
        """The lines of evidence: an excerpt, a rating or a reader's test by number, else a note in words."""
        return [_ground(line) for line in self.evidence.splitlines() if line.strip()]


def _ground(line: str) -> Evidence:
    found = NUMBERED.fullmatch(line.strip())
    if found is None:
        return "note", line.strip()[:LONGEST_LINE]
    return KINDS[found[1].lower()], found[2]
