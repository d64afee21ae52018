"""What can be answered to the questions of a draft, for the rules that look at them. Pure.

Read from the plain tree, so that a draft with problems can be edited too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.focus_groups.draft_fields import Document, formats_of
from surveyapp.instruments.answers import Option, ResponseFormat
from surveyapp.instruments.fields import as_integer
from surveyapp.instruments.rule import CONTEXT_VALUES

# What a condition on a number can look at.
DEGREES = ("choice", "steps", "number")


@dataclass(frozen=True)
class Asked:
    """A question that a rule may look at: its options by code, in any form, and whether they are degrees."""

    id: str
    criterion: str
    options: Mapping[str, str]
    has_degrees: bool


def before(document: Document, item: str) -> list[tuple[str, list[Asked]]]:
    """The questions that come before an item, by section; records of another section are out of its sight."""
    found: list[tuple[str, list[Asked]]] = []
    for section in document.get("sections", ()):
        ids = [str(one.get("id")) for one in section.get("items", ())]
        own = item in ids
        seen = ids[: ids.index(item)] if own else ids
        if seen and (own or "repeat" not in section):
            known = (asked(document, one) for one in seen)
            found.append((str(section.get("title", "")), [one for one in known if one]))
        if own:
            break
    return found


def asked(document: Document, item: str) -> Asked | None:
    """A question with everything that can be answered to it; None where there is none."""
    for section in document.get("sections", ()):
        for one in section.get("items", ()):
            if one.get("id") == item:
                formats = _formats(document, section, one)
                return Asked(item, str(one.get("criterion", "")), _options(formats), _has_degrees(formats))
    return None


def _formats(document: Document, section: Document, item: Document) -> list[Document]:
    return [document.get("formats", {}).get(name, {}) for name in dict.fromkeys(formats_of(section, item))]


def _options(formats: list[Document]) -> dict[str, str]:
    """Options by code, with the words of each format where they differ."""
    words: dict[str, dict[str, None]] = {}
    for found in formats:
        for code, label in found.get("options", {}).items():
            words.setdefault(code, {})[label] = None
    return {code: " / ".join(labels) for code, labels in words.items()}


def _has_degrees(formats: list[Document]) -> bool:
    return bool(formats) and all(found.get("kind") in DEGREES for found in formats)


def response_format(document: Document, item: str) -> ResponseFormat | None:
    """The first format of a question, for sentences about its answers; None where there is none."""
    for section in document.get("sections", ()):
        for one in section.get("items", ()):
            names = list(formats_of(section, one)) if one.get("id") == item else []
            if names:
                return _read(names[0], document.get("formats", {}).get(names[0], {}))
    return None


def _read(name: str, found: Document) -> ResponseFormat:
    options = ((as_integer(code), words) for code, words in found.get("options", {}).items())
    return ResponseFormat(
        name,
        str(found.get("kind", "")),
        tuple(Option(code, words) for code, words in options if code is not None),
        tuple(found.get("no_value", ())),
    )


def own_values(document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    """The closed lists of the context with the titles that the file gives: occasions, forms, variants."""
    occasions, forms = document.get("occasions", {}), document.get("forms", {})
    yield (
        "occasion",
        {code: one.get("title", code) for code, one in occasions.items() if "repeats" not in one},
    )
    yield "form", {code: one.get("title", code) for code, one in forms.items()}
    variants = [one.get("variants", {}) for one in forms.values()]
    yield "variant", {code: one.get("title", code) for found in variants for code, one in found.items()}


def context_values(document: Document) -> dict[str, dict[str, str]]:
    """The values of each field of the context that a rule may name: none where they are free."""
    closed = {field: {value: value for value in values} for field, values in CONTEXT_VALUES.items()}
    return closed | dict(own_values(document))
