"""How easy an Italian text is to read: Gulpease index, and sentences that are too long."""

import re
from collections.abc import Iterable

# Our bar for participants: accessibility promises B2 and B3.
EASY = 80
LONGEST_SENTENCE = 12

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
# A full stop inside a number or an address (2.5, www.example.it) ends nothing.
_END = re.compile(r"[.?!…:;](?=\s|$)|\n")


def gulpease(texts: Iterable[str]) -> float:
    """The Gulpease index of texts read together, 0 (hard) to 100 (easy), not cut at its ends.

    89 + (300 x sentences - 10 x letters) / words, Lucisano and Piemontese 1988; "l'aula" is two words, a text
    without a full stop is a sentence. Meant for a whole page: on one sentence it says little. A text without
    words is as easy as can be.
    """
    found = [sentence for text in texts for sentence in sentences(text)]
    words = sum(len(_WORD.findall(sentence)) for sentence in found)
    letters = sum(len(_LETTER.findall(sentence)) for sentence in found)
    return 89 + (300 * len(found) - 10 * letters) / words if words else 100.0


def sentences(text: str) -> list[str]:
    """The sentences of a text, without those that have no word."""
    return [part.strip() for part in _END.split(text) if _WORD.search(part)]


def too_long(text: str, longest: int = LONGEST_SENTENCE) -> list[str]:
    """The sentences with more words than that, as somebody counts them: between blanks."""
    return [sentence for sentence in sentences(text) if len(sentence.split()) > longest]
