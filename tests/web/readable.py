"""How hard the words of a page are: the Gulpease index, and its longest sentences."""

import re
from collections.abc import Iterator

from tests.web.page import Page, words

BLOCKS = ("h1", "h2", "p", "li", "label", "legend", "dt", "dd")
LONGEST_SENTENCE = 12


def sentences(page: Page) -> Iterator[list[str]]:
    """The words of each sentence of a page's content; a colon ends one too."""
    for element in page.main.iter():
        if element.tag in BLOCKS:
            for sentence in re.split(r"[.!?:](?:\s|$)", words(element)):
                found = re.findall(r"[^\W\d_]+|\d+", sentence)
                if found:
                    yield found


def gulpease(page: Page) -> float:
    """The index of Lucisano and Piemontese: from 80 on, who has finished primary school reads it."""
    found = list(sentences(page))
    every = [word for sentence in found for word in sentence]
    return 89 + (300 * len(found) - 10 * sum(map(len, every))) / len(every)


def long_sentences(page: Page) -> list[str]:
    """The sentences with more words than a participant should have to hold in mind."""
    return [" ".join(found) for found in sentences(page) if len(found) > LONGEST_SENTENCE]
