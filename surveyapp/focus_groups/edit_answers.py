"""Edits on the answers of an instrument file and on how they are scored: options, scales. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from surveyapp.focus_groups.edit_model import (
    AddOption,
    PutInScale,
    RemoveOption,
    SetLabel,
    SetMinimum,
    TakeFromScale,
)
from surveyapp.focus_groups.edit_tree import (
    Document,
    NotMadeError,
    inside,
    listed,
    options,
    section_of,
    within,
)
from surveyapp.instruments.fields import as_integer


def _option_of(document: Document, response_format: str, code: str) -> Document:
    """The options among which this one is. Raises NotMadeError."""
    found = options(document, response_format)
    if code not in found:
        place = f"formats.{response_format}"
        raise NotMadeError(place, f"il formato {response_format} non ha l'opzione {code}")
    return found


def _set_label(document: Document, edit: SetLabel, _used: frozenset[str]) -> None:
    _option_of(document, edit.format, edit.code)[edit.code] = edit.words


def _add_option(document: Document, edit: AddOption, _used: frozenset[str]) -> None:
    found, place = options(document, edit.format), f"formats.{edit.format}"
    if not found:
        raise NotMadeError(place, f"il formato {edit.format} non ha risposte fra cui scegliere")
    if as_integer(edit.code) is None:
        raise NotMadeError(place, "il codice di una risposta è un numero intero, come 4")
    if edit.code in found:
        raise NotMadeError(place, f"il formato {edit.format} ha già una risposta con il codice {edit.code}")
    entries = _in_order([*found.items(), (edit.code, edit.words)])
    found.clear()
    found.update(entries)


def _in_order(entries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last of the options among the others by its code, where these are in order of code."""
    codes = [as_integer(code) for code, _ in entries]
    numbers = [code for code in codes if code is not None]
    was = numbers[:-1]
    if len(numbers) < len(codes) or was != sorted(was):
        return entries
    place = sum(code < numbers[-1] for code in was)
    return [*entries[:place], entries[-1], *entries[place:-1]]


def _remove_option(document: Document, edit: RemoveOption, _used: frozenset[str]) -> None:
    found = _option_of(document, edit.format, edit.code)
    if len(found) == 1:
        raise NotMadeError(
            f"formats.{edit.format}", f"{edit.code} è l'unica risposta del formato {edit.format}"
        )
    del found[edit.code]


def _scale(document: Document, scale: str) -> Document:
    sentence = f"la scala {scale} non è fra quelle di questo file"
    found = listed(document, "scales", scale, sentence)
    if not isinstance(found.get("items"), list):
        raise NotMadeError(f"scales.{scale}", sentence)
    return found


def _put(document: Document, edit: PutInScale, _used: frozenset[str]) -> None:
    scale = _scale(document, edit.scale)
    section_of(document, edit.item)
    if edit.item in scale["items"]:
        raise NotMadeError(f"scales.{edit.scale}", f"{edit.item} è già nella scala {edit.scale}")
    scale["items"].append(edit.item)


def _take(document: Document, edit: TakeFromScale, _used: frozenset[str]) -> None:
    scale = _scale(document, edit.scale)
    if edit.item not in scale["items"]:
        raise NotMadeError(f"scales.{edit.scale}", f"{edit.item} non è nella scala {edit.scale}")
    scale["items"].remove(edit.item)
    left_out = within(scale, "leave_out")
    for named in (*left_out.values(), within(scale, "short").get("items")):
        if isinstance(named, list) and edit.item in named:
            named.remove(edit.item)
    for form in [form for form, named in left_out.items() if not named]:
        del left_out[form]
    if not left_out:
        scale.pop("leave_out", None)


def _set_minimum(document: Document, edit: SetMinimum, _used: frozenset[str]) -> None:
    scale = _scale(document, edit.scale)
    if edit.form not in within(scale, "min_valid"):
        place = f"scales.{edit.scale}"
        raise NotMadeError(place, f"la scala {edit.scale} non dà punteggio nella scheda {edit.form}")
    inside(scale, "min_valid")[edit.form] = edit.number


MADE: Mapping[type, Callable[[Document, Any, frozenset[str]], None]] = {
    SetLabel: _set_label,
    AddOption: _add_option,
    RemoveOption: _remove_option,
    PutInScale: _put,
    TakeFromScale: _take,
    SetMinimum: _set_minimum,
}
