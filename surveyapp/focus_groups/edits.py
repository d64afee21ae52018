"""Edits on the text of an instrument file, for who never saw YAML: text in, text out. Pure.

What an edit does not touch keeps its content and, under the writer, its bytes; comments of the file are lost
(the writer does not keep them). An edit that cannot be made says why; whether the whole is sound is told by
`draft_checks`, so that something half written can be kept.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from surveyapp.focus_groups import edit_answers, edit_frame, edit_questions
from surveyapp.focus_groups.edit_model import Edit, Edited, Fault
from surveyapp.focus_groups.edit_tree import Document, NotMadeError
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.source import InvalidFileError
from surveyapp.instruments.writer import document_of, write_yaml

NOTHING_USED: frozenset[str] = frozenset()
UNWRITABLE = (
    "questo testo ha qualcosa che un file non può tenere (caratteri che non si vedono, o troppo lungo):"
    " cancellalo e riscrivilo"
)
MADE: Mapping[type, Callable[[Document, Any, frozenset[str]], None]] = {
    **edit_questions.MADE,
    **edit_answers.MADE,
    **edit_frame.MADE,
}


def edited(text: str, edit: Edit, used: frozenset[str] = NOTHING_USED) -> Edited:
    """The text after an edit, as the writer writes it; `used` are the ids of all versions (see `ids_ever`).

    Never raises for what a draft or a person can hold: the reason stands in `faults`.
    """
    try:
        document = document_of(text.encode())
        MADE[type(edit)](document, edit, used)
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
