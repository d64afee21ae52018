"""English pages whose words are the Italian messages between marks: what is outside of them has no English.

The marks cannot be seen, so that tests still find a button by its words.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient

BEGIN, END = "\u2063", "\u2064"
# Read aloud, or shown, as words.
ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
# Words that are no message: names, addresses, codes, and what Babel writes of a date.
NO_MESSAGE = re.compile(
    r"OpenSource in Rete|Mestieri Lombardia|Socialis|surveyapp|\S+@\S+|https?://\S+"
    r"|\b[0-9a-f]{12}\b|\b[A-Z0-9][A-Z0-9_.-]*\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_READ = ("script", "style", "textarea", "title")


class Marked(NullTranslations):
    """Each message between the two marks, in place of its English."""

    def gettext(self, message: str) -> str:
        return f"{BEGIN}{message}{END}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    ugettext, ungettext = gettext, ngettext


class EnglishClient(FlaskClient):
    """A browser whose staff or company has chosen English."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        if self._cookies is not None:
            self.set_cookie("lingua", "en")


def mark(app: Flask) -> None:
    """From now on every new client of this application reads marked pages."""
    app.extensions["babel"].instance.domain_instance.cache["en"] = Marked()
    app.test_client_class = EnglishClient


def without_marks(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def not_translated(tree: Element) -> list[str]:
    """The words of a marked page that are neither a message nor in a part with a language of its own.

    A title cannot say the language of its parts: what of it stands in such a part of the page is no message.
    """
    title = tree.findtext(".//title") or ""
    for words in sorted(_in_parts(tree), key=len, reverse=True):
        title = title.replace(words, " ")
    parts = [title, *_attributes(tree), "\n", *_texts(tree)]
    found, depth = [], 0
    for text in parts:
        kept = []
        for part in re.split(f"([{BEGIN}{END}])", text):
            depth += (part == BEGIN) - (part == END)
            if depth == 0 and part != END:
                kept.append(part)
        left = " ".join(NO_MESSAGE.sub(" ", "".join(kept)).split())
        if WORD.search(left):
            found.append(left)
    return found


def _in_parts(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        words = "".join(element.itertext()).strip()
        if element is not tree and element.get("lang") and words:
            yield words


def _texts(element: Element) -> Iterator[str]:
    if element.tag in NOT_READ:
        return
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if not child.get("lang"):
            yield from _texts(child)
        yield child.tail or ""


def _attributes(element: Element) -> Iterator[str]:
    yield from (element.get(name, "") for name in ATTRIBUTES)
    for child in element:
        if isinstance(child.tag, str) and not child.get("lang"):
            yield from _attributes(child)
