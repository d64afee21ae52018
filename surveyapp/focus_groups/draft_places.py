"""Whether the places of some edits changed since a page showed them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from surveyapp.focus_groups.edit_model import (
    AddItem,
    Edit,
    MoveItem,
    PutInScale,
    SetLabel,
    SetModule,
    SetVersion,
    TakeFromScale,
)
from surveyapp.instruments.writer import document_of

# Edits whose place is a whole entry of the file.
ENTRIES: Mapping[type, str] = {SetVersion: "version", SetModule: "include"}


def untouched(shown: str, now: str, edits: Sequence[Edit]) -> bool:
    """Whether a draft still has, at the places of the edits, what an earlier text of it had."""
    was, is_now = document_of(shown.encode()), document_of(now.encode())
    return all(_at(was, edit) == _at(is_now, edit) for edit in edits)


def _at(document: Mapping[str, Any], edit: Edit) -> Any:
    """What stands at the place of an edit; nothing for a new item, whose id says whether it can be there."""
    if type(edit) in ENTRIES:
        return document.get(ENTRIES[type(edit)])
    if isinstance(edit, PutInScale | TakeFromScale):
        return _with_id(document.get("scales", ()), edit.scale)
    if isinstance(edit, SetLabel):
        return document.get("formats", {}).get(edit.format)
    if isinstance(edit, AddItem):
        return None
    items = [item for section in document.get("sections", ()) for item in section.get("items", ())]
    in_order = [item.get("id") for item in items]
    return in_order if isinstance(edit, MoveItem) else _with_id(items, getattr(edit, "item", ""))


def _with_id(found: Iterable[Mapping[str, Any]], wanted: str) -> Mapping[str, Any] | None:
    return next((one for one in found if one.get("id") == wanted), None)
