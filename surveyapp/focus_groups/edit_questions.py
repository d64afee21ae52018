"""Edits on the questions of an instrument file: words, rule, verse, place. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from surveyapp.focus_groups.edit_model import (
    AddItem,
    MoveItem,
    MoveToSection,
    RemoveItem,
    SetCriterion,
    SetReversed,
    SetRule,
    SetWording,
)
from surveyapp.focus_groups.edit_tree import (
    Document,
    NotMadeError,
    ids,
    inside,
    item_of,
    listed,
    section_of,
    within,
)
from surveyapp.focus_groups.rule_trees import tree_of
from surveyapp.instruments.read_rules import MOST_CONDITIONS

# What a new item has in common with the one that it comes after.
IN_COMMON = ("format", "occasions", "source")
# What a question may leave to its section, beside the formats.
SAID_BY_SECTION = ("occasions", "source")


def _set_wording(document: Document, edit: SetWording, _used: frozenset[str]) -> None:
    item, (form, variant) = item_of(document, edit.item), edit.seen_as
    if variant not in within(within(item, "text"), form):
        raise NotMadeError(edit.item, f"la scheda {form}, versione {variant}, non chiede {edit.item}")
    if edit.words or edit.key == "text":
        inside(inside(item, edit.key), form)[variant] = edit.words
    else:
        _without_hint(item, form, variant)


def _without_hint(item: Document, form: str, variant: str) -> None:
    hints = within(item, "hint")
    within(hints, form).pop(variant, None)
    if not hints.get(form):
        hints.pop(form, None)
    if not hints:
        item.pop("hint", None)


def _set_criterion(document: Document, edit: SetCriterion, _used: frozenset[str]) -> None:
    item_of(document, edit.item)["criterion"] = edit.words


def _set_rule(document: Document, edit: SetRule, _used: frozenset[str]) -> None:
    item = item_of(document, edit.item)
    if edit.rule and edit.rule.size() > MOST_CONDITIONS:
        # No reader would read it back: its question would look as if it had none.
        raise NotMadeError(
            edit.item, f"la regola è troppo lunga: al massimo {MOST_CONDITIONS} fra voci e numeri"
        )
    if edit.rule is None:
        item.pop("show_if", None)
    elif "show_if" in item:
        item["show_if"] = tree_of(edit.rule)
    else:
        _before(item, "text", "show_if", tree_of(edit.rule))


def _set_reversed(document: Document, edit: SetReversed, _used: frozenset[str]) -> None:
    item = item_of(document, edit.item)
    item.pop("reversed", None)
    if edit.reversed:
        _before(item, "text", "reversed", "true")


def _before(node: Document, following: str, name: str, said: Any) -> None:
    """A new entry where files have it: before the long one that follows."""
    entries = list(node.items())
    place = list(node).index(following) if following in node else len(entries)
    node.clear()
    node.update([*entries[:place], (name, said), *entries[place:]])


def _move(document: Document, edit: MoveItem, _used: frozenset[str]) -> None:
    section, place = section_of(document, edit.item)
    items, to = section["items"], place + edit.steps
    if not 0 <= to < len(items):
        raise NotMadeError(edit.item, f"{edit.item} è già in fondo o in cima alla sua sezione")
    items.insert(to, items.pop(place))


def _move_to_section(document: Document, edit: MoveToSection, _used: frozenset[str]) -> None:
    """What the old section said of the question goes with it: it is asked and answered as it was."""
    old, place = section_of(document, edit.item)
    new = listed(document, "sections", edit.section, f"la sezione {edit.section} non è in questo file")
    if new is old:
        raise NotMadeError(edit.item, f"{edit.item} è già nella sezione {edit.section}")
    if len(old["items"]) == 1:
        raise NotMadeError(edit.item, f"{edit.item} è l'unica domanda della sua sezione")
    item = old["items"].pop(place)
    for name in SAID_BY_SECTION:
        if name not in item and name in old and old[name] != new.get(name):
            _before(item, "text", name, old[name])
    _keep_formats(item, old, new)
    new.setdefault("items", []).append(item)


def _keep_formats(item: Document, old: Document, new: Document) -> None:
    """The formats of a question as its own, where its new section says another one or none."""
    for form, variants in within(item, "text").items():
        for variant in variants:
            own = within(within(item, "format"), form).get(variant)
            was, now = (within(within(one, "format"), form).get(variant) for one in (old, new))
            if own is None and was is not None and was != now:
                if "format" not in item:
                    _before(item, "text", "format", {})
                inside(inside(item, "format"), form)[variant] = was


def _add(document: Document, edit: AddItem, used: frozenset[str]) -> None:
    if edit.item in used | ids(document):
        raise NotMadeError(edit.item, f"l'id {edit.item} è già stato usato: una domanda nuova ha un id nuovo")
    section, place = section_of(document, edit.after)
    like = section["items"][place]
    texts: Document = {}
    for (form, variant), words in edit.texts.items():
        texts.setdefault(form, {})[variant] = words
    forms = {name: _of_forms(like[name], texts) for name in IN_COMMON if name in like}
    kept = {name: found for name, found in forms.items() if found}
    new = {"id": edit.item, "criterion": edit.criterion, **kept, "text": texts}
    section["items"].insert(place + 1, new)


def _of_forms(node: Any, texts: Document) -> Any:
    """An entry by form, of the forms that ask the new item; another one as it is."""
    return {form: one for form, one in node.items() if form in texts} if isinstance(node, dict) else node


def _remove(document: Document, edit: RemoveItem, _used: frozenset[str]) -> None:
    section, place = section_of(document, edit.item)
    if len(section["items"]) == 1:
        raise NotMadeError(edit.item, f"{edit.item} è l'unica domanda della sua sezione")
    del section["items"][place]


MADE: Mapping[type, Callable[[Document, Any, frozenset[str]], None]] = {
    SetWording: _set_wording,
    SetCriterion: _set_criterion,
    SetRule: _set_rule,
    SetReversed: _set_reversed,
    MoveItem: _move,
    MoveToSection: _move_to_section,
    AddItem: _add,
    RemoveItem: _remove,
}
