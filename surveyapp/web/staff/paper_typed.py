"""What is typed in the field of a question, and what it means: a code, NS, nothing, or a question mark."""

import re

from surveyapp.instruments.answers import OFFERED_REASONS, Answer, ResponseFormat
from surveyapp.sheets.answers import as_written
from surveyapp.sheets.paper_entry import BLANK, UNCLEAR
from surveyapp.web.languages import gettext as _
from surveyapp.web.reading import WRITTEN, RefusedError, Sent, read
from surveyapp.web.voice import voice

UNCLEAR_MARK = "?"
_BETWEEN_CODES = re.compile(r"[+,;/\s]+")
_LONGEST_SHOWN = 20


class TypedError(Exception):
    """What was typed is no answer; the message says what would be."""


def read_typed(declared: ResponseFormat, typed: str) -> Answer:
    """What was read on the sheet. Raises TypedError."""
    if typed in ("", UNCLEAR_MARK):
        return UNCLEAR if typed else BLANK
    reason = typed.replace(".", "").upper()
    offered = reason in OFFERED_REASONS and reason in declared.no_value
    sent = Sent(reasons=(reason,)) if offered else Sent(_values(declared, typed))
    try:
        found = read(declared, sent)
    except RefusedError as refused:
        raise TypedError(_sentence(declared, typed, refused)) from None
    if found is None:  # a + alone, say
        raise TypedError(_sentence(declared, typed, RefusedError("not_an_option")))
    return found


def as_typed(declared: ResponseFormat, answer: Answer) -> str:
    """What to type to say this: the same as was typed, in its shortest form."""
    if answer in (BLANK, UNCLEAR):
        return UNCLEAR_MARK if answer == UNCLEAR else ""
    if answer.reason:
        return answer.reason
    if declared.kind == "multi":
        return (answer.text or "").replace(",", "+")
    return as_written(declared, answer)


def _values(declared: ResponseFormat, typed: str) -> tuple[str, ...]:
    if declared.kind != "multi":
        return (typed,)
    return tuple(filter(None, _BETWEEN_CODES.split(typed)))


def _sentence(declared: ResponseFormat, typed: str, refused: RefusedError) -> str:
    if declared.kind in WRITTEN:
        # Staff read the sentences that are not for participants.
        return voice("operator")[refused.words].format(**refused.details)
    codes = [str(option.code) for option in declared.options] + [*declared.no_value, UNCLEAR_MARK]
    short = typed if len(typed) <= _LONGEST_SHOWN else f"{typed[:_LONGEST_SHOWN]}…"
    words = _("«{typed}» non è una risposta di questa domanda: {codes}, o niente.")
    return words.format(typed=short, codes=", ".join(codes))
