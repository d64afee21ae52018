"""The fields of a question of a draft as its pages show them: what stands, what was typed, how hard it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.focus_groups import draft_fields, drafts
from surveyapp.focus_groups.draft_fields import DraftItem
from surveyapp.focus_groups.wording import Measured, measured
from surveyapp.web.languages import later

NAMES: Mapping[str, str] = {
    "criterion": later("Criterio"),
    "text": later("Testo"),
    "hint": later("Riga sotto la domanda"),
    "label": later("Risposta"),
}


@dataclass(frozen=True)
class Field:
    """A text to write: `theirs` is what stands in the draft where somebody else wrote it meanwhile."""

    name: str
    label: str
    words: str
    measured: Measured | None
    easy: bool
    theirs: str | None = None

    @property
    def code(self) -> str:
        """The last part of its name: of an answer, its code."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Form:
    """The wordings of a form, variant by variant; or answers of one format."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Typed:
    """What somebody sent that was not saved: the words, and why it was not."""

    words: Mapping[str, str]
    outcome: str
    faults: tuple[str, ...] = ()


def field(item: DraftItem, name: str, sent: Typed | None) -> Field:
    """A field of an item, with what was typed where that is not saved."""
    stands = item.fields[name]
    words = sent.words.get(name, stands) if sent else stands
    kind, *of = name.split(".")
    is_wording = kind in draft_fields.WORDINGS
    conflict = sent is not None and sent.outcome == drafts.STALE and words != stands
    return Field(
        name=name,
        label=f"{NAMES[kind]} {of[-1]}" if kind == "label" else str(NAMES[kind]),
        words=words,
        measured=measured(words) if is_wording and words else None,
        easy=is_wording and of[1] == "easy",
        theirs=stands if conflict else None,
    )


def wordings(document: draft_fields.Document, item: DraftItem, sent: Typed | None) -> list[Form]:
    """The wordings, one block for each form and variant."""
    return [
        Form(
            f"{form}, {draft_fields.variant_title(document, form, variant)}",
            tuple(field(item, f"{key}.{form}.{variant}", sent) for key in draft_fields.WORDINGS),
        )
        for form, variant in item.seen_as
    ]


def answers(item: DraftItem, sent: Typed | None) -> list[Form]:
    """The options of the formats that the item is answered with."""
    formats = dict.fromkeys(name.split(".")[1] for name in item.fields if name.startswith("label."))
    return [
        Form(
            found,
            tuple(field(item, name, sent) for name in item.fields if name.startswith(f"label.{found}.")),
        )
        for found in formats
    ]
