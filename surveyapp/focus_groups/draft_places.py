"""Whether the places of some edits changed since a page showed them. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from surveyapp.focus_groups.edit_model import (
    AddItem,
    AddMeaning,
    AddOption,
    Edit,
    MoveItem,
    MoveToSection,
    PutInScale,
    RemoveOption,
    SetLabel,
    SetMeaning,
    SetMinimum,
    SetModule,
    SetRule,
    SetTitle,
    SetVersion,
    TakeFromScale,
)
from surveyapp.instruments.writer import document_of

Document = Mapping[str, Any]


def untouched(shown: str, now: str, edits: Sequence[Edit]) -> bool:
    """Whether a draft still has, at the places of the edits, what an earlier text of it had."""
    was, is_now = document_of(shown.encode()), document_of(now.encode())
    return all(_at(was, edit) == _at(is_now, edit) for edit in edits)


def _at(document: Document, edit: Edit) -> Any:
    look: Callable[[Document, Any], Any] = _PLACES.get(type(edit), _item)
    return look(document, edit)


def _items(document: Document) -> list[Document]:
    return [item for section in document.get("sections", ()) for item in section.get("items", ())]


def _item(document: Document, edit: Any) -> Document | None:
    return _with_id(_items(document), edit.item)


def _order(document: Document, _edit: Any) -> list[list[Any]]:
    """The questions in order, section by section."""
    return [[item.get("id") for item in one.get("items", ())] for one in document.get("sections", ())]


def _title(document: Document, edit: SetTitle) -> Any:
    listed = document.get(edit.of, {}) if edit.of else {"": document}
    named = listed.get(edit.code) if isinstance(listed, dict) else _with_id(listed, edit.code)
    return (named or {}).get("title")


def _with_id(found: Iterable[Document], wanted: str) -> Document | None:
    return next((one for one in found if one.get("id") == wanted), None)


def _format(document: Document, edit: Any) -> Any:
    return document.get("formats", {}).get(edit.format)


def _scale(document: Document, edit: Any) -> Document | None:
    return _with_id(document.get("scales", ()), edit.scale)


# Where an edit looks: nowhere for a new item, whose id says whether it can be there; else at its item.
_PLACES: Mapping[type, Callable[[Document, Any], Any]] = {
    SetVersion: lambda document, _edit: document.get("version"),
    SetModule: lambda document, _edit: document.get("include"),
    SetLabel: _format,
    AddOption: _format,
    RemoveOption: _format,
    PutInScale: _scale,
    TakeFromScale: _scale,
    SetMinimum: _scale,
    SetTitle: _title,
    SetMeaning: lambda document, edit: document.get("glossary", {}).get(edit.term),
    SetRule: lambda document, edit: (_item(document, edit) or {}).get("show_if"),
    AddItem: lambda _document, _edit: None,
    AddMeaning: lambda document, edit: document.get("glossary", {}).get(edit.term),
    MoveItem: _order,
    MoveToSection: _order,
}
