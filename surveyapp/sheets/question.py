"""One question as a form on paper shows it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire
from surveyapp.sheets.choices import Choice, options, reasons

MANY = 12  # more options than these stand in two columns
# What fits beside each other on A4 at 12.5 pt, in millimetres: the line, a letter of a label, one of a code,
# a box with the room around it and around the code.
LINE, LETTER, SMALL_LETTER, BOX = 165, 2.2, 2.1, 12.8
SEVERAL = "Si possono scegliere più risposte."
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Piece:
    """A bit of text: `text` as it is, `blank` a line to write on, `see` an answer that stands elsewhere."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Question:
    """Everything of a question on paper. `lines` are those of a text, `limits` say what number is expected.

    `rule` says who answers it, `note` where to go on, `terms` explain words.
    """

    number: int
    code: str
    kind: str
    text: tuple[Piece, ...]
    hint: tuple[Piece, ...]
    stem: str | None
    options: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    lines: int = 0
    unit: str = ""
    limits: str = ""
    rule: str = ""
    note: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def many(self) -> bool:
        """Whether the options are so many that they need two columns."""
        return len(self.options) > MANY

    def tall(self, choices: tuple[Choice, ...]) -> bool:
        """Whether these options or reasons need a line each also in the standard variant."""
        return self.kind == "multi" or sum(map(_width, choices)) > LINE

    def with_words(
        self, *, rule: str, note: str, terms: tuple[tuple[str, str], ...], stem: str | None
    ) -> "Question":
        """The same question with what stands around it."""
        return replace(self, rule=rule, note=note, terms=terms, stem=stem)

    def says(self, word: str) -> bool:
        """Whether the question or its hint uses a word."""
        text = " ".join(piece.text for piece in (*self.text, *self.hint))
        return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


def _width(choice: Choice) -> float:
    return len(choice.label) * LETTER + len(choice.key) * SMALL_LETTER + BOX


def pieces(text: str, named: Callable[[str], Piece]) -> tuple[Piece, ...]:
    """A text with what stands in braces replaced by pieces."""
    parts = _BRACES.split(text)
    found = [Piece("text", part) if place % 2 == 0 else named(part) for place, part in enumerate(parts)]
    return tuple(piece for piece in found if piece.kind != "text" or piece.text)


def question(questionnaire: Questionnaire, item: Item, numbers: Mapping[str, int]) -> Question:
    """An item as a question with its number; texts of earlier answers point to them, or leave a line."""
    wording = questionnaire.wording(item)
    declared = wording.format

    def named(_name: str) -> Piece:
        return _earlier(item, numbers)

    return Question(
        number=numbers[item.id],
        code=item.id,
        kind=declared.kind,
        text=pieces(questionnaire.words(wording.text), named),
        hint=pieces(questionnaire.words(wording.hint or _several(declared.kind)), named),
        stem=declared.stem,
        options=options(declared),
        reasons=reasons(questionnaire, item),
        lines=declared.lines,
        unit=declared.unit or "",
        limits=f"da {declared.least} a {declared.most}" if declared.kind == "number" else "",
    )


def _several(kind: str) -> str:
    return SEVERAL if kind == "multi" else ""


def _earlier(item: Item, numbers: Mapping[str, int]) -> Piece:
    origin = item.recalls or ""
    if origin in numbers:
        return Piece("see", f"risposta alla domanda {numbers[origin]}")
    return Piece("blank")
