"""What makes a wording hard to read, counted: for the editor, which warns and never blocks. Pure."""

import re
from dataclasses import dataclass

from surveyapp.instruments.plain_language import gulpease, sentences

# Words that deny: hard to read, and one more of them turns an answer round.
_NEGATIVE = re.compile(r"\b(?:non|mai|nessun\w*|niente|nulla|né|senza)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Measured:
    """Words in all and of the longest sentence (between blanks), words that deny, Gulpease (0 to 100).

    Gulpease is meant for a whole page: on one sentence it says little.
    """

    words: int
    longest: int
    negatives: tuple[str, ...]
    gulpease: int


def measured(text: str) -> Measured:
    """How hard a wording is to read. A text without words has no longest sentence: 0."""
    longest = max((len(sentence.split()) for sentence in sentences(text)), default=0)
    denied = tuple(word.lower() for word in _NEGATIVE.findall(text))
    index = round(min(100.0, max(0.0, gulpease([text]))))
    return Measured(len(text.split()), longest, denied, index)
