"""Pages around codes and tablets in plain words: Gulpease at least 80, sentences of at most 12 words."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from surveyapp.web.voice import PAIRS
from tests.web.page import words
from tests.web.walk import plain_pages

LEAST, LONGEST = 80, 12
SENTENCE = re.compile(r"(?<=[.!?:])\s+")
# What people read as one piece; a code or an address is no word.
BLOCKS = ("h1", "h2", "p", "li", "label", "button")
NO_WORDS = re.compile(r"https?://\S+|[A-Z0-9]{4}-[A-Z0-9]{3}-[A-Z0-9]{3}\.?")


def sentences(main: Element) -> list[str]:
    """The sentences of a page, each block beginning a new one."""
    blocks = (words(one) for one in main.iter() if one.tag in BLOCKS)
    return [part for block in blocks for part in SENTENCE.split(NO_WORDS.sub("", block)) if part.strip()]


def gulpease(text: list[str]) -> float:
    """89 + (300 x sentences - 10 x letters) / words."""
    spoken = re.findall(r"\w+", " ".join(text))
    return 89 + (300 * len(text) - 10 * sum(map(len, spoken))) / len(spoken)


def problems(name: str, text: list[str]) -> Iterator[str]:
    if gulpease(text) < LEAST:
        yield f"{name}: {gulpease(text):.0f}"
    yield from (f"{name}: {one}" for one in text if len(re.findall(r"[\w'’]+", one)) > LONGEST)


@pytest.mark.parametrize("database", ["sqlite"])
def test_pages_around_codes_are_easy_to_read(app: Flask) -> None:
    pages = list(plain_pages(app))
    assert len(pages) > 8
    assert [found for name, page in pages for found in problems(name, sentences(page.main))] == []


def test_the_letter_is_easy_to_read() -> None:
    letter = [pair[0].format("31 dic 2026") for name, pair in PAIRS.items() if name.startswith("letter")]
    text = [part for block in letter for part in re.split(r"\s*\n|(?<=[.!?:])\s+", block)]
    assert list(problems("letter", text)) == []


def test_hard_words_are_caught() -> None:
    hard = ["La compilazione presuppone l'autorizzazione preventiva del responsabile del procedimento."]
    assert list(problems("hard", hard))
    assert list(problems("long", ["a b c d e f g h i l m n o"]))
