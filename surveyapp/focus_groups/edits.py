"""Edits on the text of an instrument file, for who never saw YAML: text in, text out. Pure.

What an edit does not touch keeps its content and, under the writer, its bytes; comments of the file are lost
(the writer does not keep them). An edit that cannot be made says why; whether the whole is sound is told by
`draft_checks`, so that something half written can be kept.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from surveyapp.focus_groups.edit_model import (
    AddItem,
    Edit,
    Edited,
    Fault,
    MoveItem,
    PutInScale,
    RemoveItem,
    SetCriterion,
    SetLabel,
    SetModule,
    SetVersion,
    SetWording,
    TakeFromScale,
)
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.source import InvalidFileError
from surveyapp.instruments.writer import document_of, write_yaml

Document = dict[str, Any]
NOTHING_USED: frozenset[str] = frozenset()
# What a new item has in common with the one that it comes after.
IN_COMMON = ("format", "occasions", "source")
UNWRITABLE = (
    "questo testo ha qualcosa che un file non può tenere (caratteri che non si vedono, o troppo lungo):"
    " cancellalo e riscrivilo"
)


class NotMadeError(Exception):
    """An edit that cannot be made on this document."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(place, sentence)


def edited(text: str, edit: Edit, used: frozenset[str] = NOTHING_USED) -> Edited:
    """The text after an edit, as the writer writes it; `used` are the ids of all versions (see `ids_ever`).

    Never raises for what a draft or a person can hold: the reason stands in `faults`.
    """
    try:
        document = document_of(text.encode())
        _MADE[type(edit)](document, edit, used)
        return Edited(write_yaml(document))
    except NotMadeError as error:
        return Edited(text, (error.fault,))
    except InvalidFileError as error:
        return Edited(text, tuple(Fault("", found.message) for found in error.problems))
    except ValueError:  # the writer's, and that of letters which are none (half a pair)
        return Edited(text, (Fault(_place(edit), UNWRITABLE),))


def normal(text: str) -> str:
    """A file as the writer writes it, the same content. Raises InvalidFileError."""
    return write_yaml(document_of(text.encode()))


def ids_ever(versions: Iterable[Instrument]) -> frozenset[str]:
    """The ids of the items of all versions: none of them is ever used for another question."""
    return frozenset(item for version in versions for item in version.declared)


def _place(edit: Edit) -> str:
    return str(getattr(edit, "item", getattr(edit, "format", "")))


def _sections(document: Document) -> list[Document]:
    return _documents(document.get("sections"))


def _documents(found: Any) -> list[Document]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _found(document: Document, item: str) -> tuple[list[Document], int]:
    """The items of the section that has an item, and its place among them. Raises NotMadeError."""
    for section in _sections(document):
        for place, one in enumerate(_documents(section.get("items"))):
            if one.get("id") == item:
                return section["items"], place
    raise NotMadeError(item, f"la domanda {item} non è fra quelle di questo file")


def _item(document: Document, item: str) -> Document:
    items, place = _found(document, item)
    return items[place]


def _scale(document: Document, scale: str) -> Document:
    for one in _documents(document.get("scales")):
        if one.get("id") == scale and isinstance(one.get("items"), list):
            return one
    raise NotMadeError(f"scales.{scale}", f"la scala {scale} non è fra quelle di questo file")


def _set_wording(document: Document, edit: SetWording, _used: frozenset[str]) -> None:
    item, (form, variant) = _item(document, edit.item), edit.seen_as
    if variant not in _within(_within(item, "text"), form):
        raise NotMadeError(edit.item, f"la scheda {form}, versione {variant}, non chiede {edit.item}")
    if edit.words or edit.key == "text":
        _inside(_inside(item, edit.key), form)[variant] = edit.words
    else:
        _without_hint(item, form, variant)


def _within(node: Document, name: str) -> Document:
    """What stands under a name; nothing where there is none."""
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def _inside(node: Document, name: str) -> Document:
    """What stands under a name, made where there is nothing."""
    node[name] = found = _within(node, name)
    return found


def _without_hint(item: Document, form: str, variant: str) -> None:
    hints = _within(item, "hint")
    _within(hints, form).pop(variant, None)
    if not hints.get(form):
        hints.pop(form, None)
    if not hints:
        item.pop("hint", None)


def _set_criterion(document: Document, edit: SetCriterion, _used: frozenset[str]) -> None:
    _item(document, edit.item)["criterion"] = edit.words


def _set_label(document: Document, edit: SetLabel, _used: frozenset[str]) -> None:
    options = _within(_within(_within(document, "formats"), edit.format), "options")
    if edit.code not in options:
        place = f"formats.{edit.format}"
        raise NotMadeError(place, f"il formato {edit.format} non ha l'opzione {edit.code}")
    options[edit.code] = edit.words


def _move(document: Document, edit: MoveItem, _used: frozenset[str]) -> None:
    items, place = _found(document, edit.item)
    to = place + edit.steps
    if not 0 <= to < len(items):
        raise NotMadeError(edit.item, f"{edit.item} è già in fondo o in cima alla sua sezione")
    items.insert(to, items.pop(place))


def _add(document: Document, edit: AddItem, used: frozenset[str]) -> None:
    ids = {one.get("id") for section in _sections(document) for one in _documents(section.get("items"))}
    if edit.item in used | ids:
        raise NotMadeError(edit.item, f"l'id {edit.item} è già stato usato: una domanda nuova ha un id nuovo")
    items, place = _found(document, edit.after)
    like = items[place]
    texts: Document = {}
    for (form, variant), words in edit.texts.items():
        texts.setdefault(form, {})[variant] = words
    forms = {name: _of_forms(like[name], texts) for name in IN_COMMON if name in like}
    kept = {name: found for name, found in forms.items() if found}
    items.insert(place + 1, {"id": edit.item, "criterion": edit.criterion, **kept, "text": texts})


def _of_forms(node: Any, texts: Document) -> Any:
    """An entry by form, of the forms that ask the new item; another one as it is."""
    return {form: one for form, one in node.items() if form in texts} if isinstance(node, dict) else node


def _remove(document: Document, edit: RemoveItem, _used: frozenset[str]) -> None:
    items, place = _found(document, edit.item)
    if len(items) == 1:
        raise NotMadeError(edit.item, f"{edit.item} è l'unica domanda della sua sezione")
    del items[place]


def _put(document: Document, edit: PutInScale, _used: frozenset[str]) -> None:
    scale = _scale(document, edit.scale)
    _found(document, edit.item)
    if edit.item in scale["items"]:
        raise NotMadeError(f"scales.{edit.scale}", f"{edit.item} è già nella scala {edit.scale}")
    scale["items"].append(edit.item)


def _take(document: Document, edit: TakeFromScale, _used: frozenset[str]) -> None:
    scale = _scale(document, edit.scale)
    if edit.item not in scale["items"]:
        raise NotMadeError(f"scales.{edit.scale}", f"{edit.item} non è nella scala {edit.scale}")
    scale["items"].remove(edit.item)
    left_out = _within(scale, "leave_out")
    for named in (*left_out.values(), _within(scale, "short").get("items")):
        if isinstance(named, list) and edit.item in named:
            named.remove(edit.item)
    for form in [form for form, named in left_out.items() if not named]:
        del left_out[form]
    if not left_out:
        scale.pop("leave_out", None)


def _set_module(document: Document, edit: SetModule, _used: frozenset[str]) -> None:
    for one in _documents(document.get("include")):
        if one.get("module") == edit.module:
            one["version"] = edit.version
            return
    raise NotMadeError("include", f"il modulo {edit.module} non è fra quelli di questo file")


def _set_version(document: Document, edit: SetVersion, _used: frozenset[str]) -> None:
    document["version"] = edit.version


_MADE: Mapping[type, Callable[[Document, Any, frozenset[str]], None]] = {
    SetWording: _set_wording,
    SetCriterion: _set_criterion,
    SetLabel: _set_label,
    MoveItem: _move,
    AddItem: _add,
    RemoveItem: _remove,
    PutInScale: _put,
    TakeFromScale: _take,
    SetModule: _set_module,
    SetVersion: _set_version,
}
