"""Edits on what stands around the questions: titles, glossary, modules, version. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from surveyapp.focus_groups.edit_model import AddMeaning, SetMeaning, SetModule, SetTitle, SetVersion
from surveyapp.focus_groups.edit_tree import Document, NotMadeError, documents, inside, listed, within

# How the things with a title are called in a sentence.
TITLED: Mapping[str, str] = {
    "sections": "la sezione {} non è in questo file",
    "scales": "la scala {} non è fra quelle di questo file",
    "forms": "la scheda {} non è in questo file",
    "occasions": "la rilevazione {} non è in questo file",
}


def titled(document: Document, of: str, code: str) -> Document:
    """What has a title: an entry of TITLED, else the file itself. Raises NotMadeError."""
    if not of:
        return document
    if of not in TITLED:
        raise NotMadeError(of, f"{of} non ha un titolo")
    named = within(document, of)
    return within(named, code) if code in named else listed(document, of, code, TITLED[of].format(code))


def _set_title(document: Document, edit: SetTitle, _used: frozenset[str]) -> None:
    titled(document, edit.of, edit.code)["title"] = edit.words


def _add_meaning(document: Document, edit: AddMeaning, _used: frozenset[str]) -> None:
    if not edit.term or not edit.words:
        raise NotMadeError("glossary", "per una parola nuova servono la parola e la sua spiegazione")
    if edit.term in within(document, "glossary"):
        raise NotMadeError(f"glossary.{edit.term}", f"«{edit.term}» è già nel glossario: cambiala lì")
    inside(document, "glossary")[edit.term] = edit.words


def _set_meaning(document: Document, edit: SetMeaning, _used: frozenset[str]) -> None:
    found = within(document, "glossary")
    if edit.term not in found:
        raise NotMadeError(f"glossary.{edit.term}", f"«{edit.term}» non è nel glossario")
    if edit.words:
        found[edit.term] = edit.words
    elif len(found) == 1:
        del document["glossary"]
    else:
        del found[edit.term]


def _set_module(document: Document, edit: SetModule, _used: frozenset[str]) -> None:
    for one in documents(document.get("include")):
        if one.get("module") == edit.module:
            one["version"] = edit.version
            return
    raise NotMadeError("include", f"il modulo {edit.module} non è fra quelli di questo file")


def _set_version(document: Document, edit: SetVersion, _used: frozenset[str]) -> None:
    document["version"] = edit.version


MADE: Mapping[type, Callable[[Document, Any, frozenset[str]], None]] = {
    SetTitle: _set_title,
    AddMeaning: _add_meaning,
    SetMeaning: _set_meaning,
    SetModule: _set_module,
    SetVersion: _set_version,
}
