"""Every page a participant can meet reads easily: short sentences and a high Gulpease (B2, B3)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from surveyapp.instruments.plain_language import EASY, gulpease, too_long
from tests.web.page import Page, words
from tests.web.walk import PARTICIPANTS

# What is read as one piece; what stands inside another one is read with it.
BLOCKS = ("h1", "h2", "h3", "p", "li", "label", "button", "a", "summary", "dt", "dd", "legend")
# A page of few words says nothing to the index.
FEWEST_WORDS = 20


def test_every_page_of_a_participant_reads_easily(walked: dict[str, Page]) -> None:
    pages = {name: texts_of(page) for name, page in walked.items() if name in PARTICIPANTS}
    assert set(pages) == set(PARTICIPANTS)
    long = {name: [one for text in texts for one in too_long(text)] for name, texts in pages.items()}
    assert {name: found for name, found in long.items() if found} == {}
    indices = {
        name: round(gulpease(texts))
        for name, texts in pages.items()
        if sum(len(text.split()) for text in texts) >= FEWEST_WORDS
    }
    assert {name: index for name, index in indices.items() if index < EASY} == {}


def texts_of(page: Page) -> list[str]:
    """Everything that is read on a page, piece by piece."""
    body = page.tree.find(".//body")
    assert body is not None
    return [text for text in _pieces(body) if text]


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in BLOCKS and not any(
            inner.tag in BLOCKS for inner in child.iter() if inner is not child
        ):
            yield words(child)
        elif child.get("hidden") is None:
            yield from _pieces(child)
