"""An item of a draft as fields to fill in, and fields as edits. Pure.

Read from the plain tree, so that a draft with problems can be edited too. Names of fields: `criterion`,
`text.P.easy`, `hint.P.easy`, `label.R3.1`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.focus_groups.edit_model import (
    Edit,
    RemoveItem,
    SetCriterion,
    SetLabel,
    SetWording,
    TakeFromScale,
)

Document = Mapping[str, Any]
WORDINGS = ("text", "hint")


@dataclass(frozen=True)
class DraftItem:
    """An item where it stands: its section, its entries, the scales that score it, its fields in order."""

    id: str
    section: Document
    node: Document
    scales: tuple[str, ...]
    fields: Mapping[str, str]

    @property
    def seen_as(self) -> list[tuple[str, str]]:
        """The forms and variants that ask it."""
        names = [name.split(".") for name in self.fields if name.startswith("text.")]
        return [(form, variant) for _, form, variant in names]

    @property
    def is_reversed(self) -> bool:
        """Whether its answers are turned round before scoring."""
        return bool(self.node.get("reversed") == "true")


def items(document: Document) -> Iterator[tuple[Document, Document]]:
    """Every item of a draft with its section."""
    for section in document.get("sections", ()):
        yield from ((section, item) for item in section.get("items", ()))


def item_of(document: Document, wanted: str) -> DraftItem | None:
    """The item with this id; None where there is none."""
    for section, item in items(document):
        if item.get("id") == wanted:
            scored = tuple(one["id"] for one in document.get("scales", ()) if wanted in one.get("items", ()))
            return DraftItem(wanted, section, item, scored, dict(_fields(document, section, item)))
    return None


def _fields(document: Document, section: Document, item: Document) -> Iterator[tuple[str, str]]:
    yield "criterion", str(item.get("criterion", ""))
    for form, variants in item.get("text", {}).items():
        for variant, words in variants.items():
            yield f"text.{form}.{variant}", words
            yield f"hint.{form}.{variant}", item.get("hint", {}).get(form, {}).get(variant, "")
    for name in dict.fromkeys(formats_of(section, item)):
        options = document.get("formats", {}).get(name, {}).get("options", {})
        yield from ((f"label.{name}.{code}", words) for code, words in options.items())


def formats_of(section: Document, item: Document) -> Iterator[str]:
    """The names of the formats with which the forms and variants of an item are answered, one each."""
    for form, variants in item.get("text", {}).items():
        for variant in variants:
            own, usual = (node.get("format", {}).get(form, {}).get(variant, "") for node in (item, section))
            yield own or usual


def variant_title(document: Document, form: str, variant: str) -> str:
    """How a form calls a variant; its code where another file has the form."""
    declared = document.get("forms", {}).get(form, {}).get("variants", {}).get(variant, {})
    return str(declared.get("title", variant))


def edits(item: DraftItem, typed: Mapping[str, str]) -> list[Edit]:
    """The edits that make the fields of an item what was typed; of fields that it has not, none."""
    changed = [name for name in item.fields if typed.get(name, item.fields[name]) != item.fields[name]]
    return [_edit(item.id, name.split("."), typed[name]) for name in changed]


def _edit(item: str, name: Sequence[str], words: str) -> Edit:
    if name[0] in WORDINGS:
        return SetWording(item, (name[1], name[2]), words, key=name[0])
    return SetLabel(name[1], name[2], words) if name[0] == "label" else SetCriterion(item, words)


def removal(item: DraftItem) -> list[Edit]:
    """The edits that take an item out of its scales and of its section."""
    return [*(TakeFromScale(scale, item.id) for scale in item.scales), RemoveItem(item.id)]
