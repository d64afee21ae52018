"""What a page of a draft sends: words, buttons that are edits, the text on which it was written."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import abort, request
from sqlalchemy import Connection, Row

from surveyapp.focus_groups import draft_fields
from surveyapp.focus_groups.draft_fields import DraftItem
from surveyapp.focus_groups.edit_model import (
    AddItem,
    AddOption,
    Edit,
    MoveItem,
    MoveToSection,
    PutInScale,
    RemoveOption,
    SetReversed,
    TakeFromScale,
)
from surveyapp.storage import drafts as stored

Words = Mapping[str, str]


def clean(text: str) -> str:
    """What somebody typed, as a file can have it."""
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def typed() -> dict[str, str]:
    """The words that a page sends, by field."""
    return {name: clean(text) for name, text in request.form.items()}


def shown_text(connection: Connection, row: Row[Any]) -> tuple[str, int]:
    """The text that a page showed, and its revision; 422 for one that never was."""
    written = request.form.get("revision", "")
    is_number = written.isascii() and written.isdigit() and len(written) < 10
    shown = stored.text_at(connection, row.id, int(written)) if is_number else None
    if shown is None:
        abort(422)
    return shown, int(written)


def pressed(item: DraftItem, words: Words) -> Iterator[Edit]:
    """The edits that a button of a question asks beside its words: `up`, or `drop.R3.1`."""
    do, _, about = words.get("do", "").partition(".")
    if do in _BUTTONS:
        yield from _BUTTONS[do](item, about, words)


def _move(steps: int) -> Callable[[DraftItem, str, Words], list[Edit]]:
    return lambda item, _about, _words: [MoveItem(item.id, steps)]


def _add(item: DraftItem, _about: str, words: Words) -> list[Edit]:
    texts = dict.fromkeys(item.seen_as, "")
    return [AddItem(item.id, words.get("new_id", ""), words.get("new_criterion", ""), texts)]


def _option(_item: DraftItem, about: str, words: Words) -> list[Edit]:
    return [AddOption(about, words.get(f"new_code.{about}", ""), words.get(f"new_label.{about}", ""))]


def _drop(_item: DraftItem, about: str, _words: Words) -> list[Edit]:
    response_format, _, code = about.rpartition(".")
    return [RemoveOption(response_format, code)]


_BUTTONS: Mapping[str, Callable[[DraftItem, str, Words], list[Edit]]] = {
    "up": _move(-1),
    "down": _move(1),
    "section": lambda item, _about, words: [MoveToSection(item.id, words.get("section", ""))],
    "turn": lambda item, _about, _words: [SetReversed(item.id, not item.is_reversed)],
    "add": _add,
    "remove": lambda item, _about, _words: draft_fields.removal(item),
    "put": lambda item, _about, words: [PutInScale(words.get("scale", ""), item.id)],
    "out": lambda item, about, _words: [TakeFromScale(about, item.id)],
    "option": _option,
    "drop": _drop,
}
