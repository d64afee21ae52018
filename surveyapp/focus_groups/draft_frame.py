"""What stands around the questions of a draft as fields to fill in, and fields as edits. Pure.

Names of fields: `title..` for the file, `title.sections.BEN`, `minimum.AUT_BEN.P`, `meaning.tutor`.
"""

from collections.abc import Callable, Iterator, Mapping

from surveyapp.focus_groups.draft_fields import Document
from surveyapp.focus_groups.edit_frame import TITLED
from surveyapp.focus_groups.edit_model import AddMeaning, Edit, SetMeaning, SetMinimum, SetTitle

# The fields of a word that is not in the glossary yet.
NEW_TERM, NEW_MEANING = "new_term", "new_meaning"


def fields(document: Document) -> dict[str, str]:
    """The fields by name, in order."""
    return dict((*_titles(document), *_minima(document), *_meanings(document)))


def _titles(document: Document) -> Iterator[tuple[str, str]]:
    yield "title..", str(document.get("title", ""))
    for of in TITLED:
        listed = document.get(of, ())
        named = listed if isinstance(listed, dict) else {str(one.get("id")): one for one in listed}
        yield from ((f"title.{of}.{code}", str(one.get("title", ""))) for code, one in named.items())


def _minima(document: Document) -> Iterator[tuple[str, str]]:
    for scale in document.get("scales", ()):
        for form, number in scale.get("min_valid", {}).items():
            yield f"minimum.{scale.get('id')}.{form}", str(number)


def _meanings(document: Document) -> Iterator[tuple[str, str]]:
    yield from ((f"meaning.{term}", words) for term, words in document.get("glossary", {}).items())


def edits(document: Document, typed: Mapping[str, str]) -> list[Edit]:
    """The edits that make the fields what was typed; of fields that the draft has not, none."""
    known = fields(document)
    changed = [name for name, words in known.items() if typed.get(name, words) != words]
    term, words = typed.get(NEW_TERM, ""), typed.get(NEW_MEANING, "")
    new = [AddMeaning(term, words)] if term or words else []
    return [*(_edit(name, typed[name]) for name in changed), *new]


def _edit(name: str, words: str) -> Edit:
    kind, _, rest = name.partition(".")
    return _EDITS[kind](rest, words)


def _title(name: str, words: str) -> Edit:
    of, _, code = name.partition(".")
    return SetTitle(of, code, words)


def _minimum(name: str, words: str) -> Edit:
    scale, _, form = name.partition(".")
    return SetMinimum(scale, form, words)


_EDITS: Mapping[str, Callable[[str, str], Edit]] = {
    "title": _title,
    "minimum": _minimum,
    "meaning": SetMeaning,
}
