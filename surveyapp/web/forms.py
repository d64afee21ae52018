"""The form of a question page: what it sent, and what it would send for an answer given before.

No token against forged requests here: access.refuse_other_origins checks where a form comes from, without a
time limit that could lose an answer.
"""

import re
from datetime import timedelta
from urllib.parse import unquote_to_bytes

from flask import request

from surveyapp.instruments.answers import SKIPPED, Answer, ResponseFormat
from surveyapp.sheets.answers import as_written
from surveyapp.web.reading import WRITTEN, Sent

SKIP = Answer(reason=SKIPPED)
LONGEST_WAIT = 7 * 24 * 3600  # seconds; after that the script wipes an answer that could not be sent

_ESCAPED_BYTE = re.compile(r"%[89A-F][0-9A-F]")


def sent_now(declared: ResponseFormat, item: str = "") -> Sent:
    """What the request sends for a question of this format, without blanks at the ends and empty fields.

    `item` is its id on a page with several questions.
    """
    end = f".{item}" if item else ""
    values = [value.strip() for value in request.form.getlist(f"answer{end}")]
    reasons = tuple(filter(None, request.form.getlist(f"reason{end}")))
    if declared.kind not in WRITTEN:
        return Sent(tuple(filter(None, values)), reasons)
    readable = [_readable(value) for value in values]
    written = [_lines(declared, value).strip() for value in readable]
    return Sent(tuple(filter(None, written)), reasons, unreadable=readable != values)


def waited() -> timedelta:
    """How long this answer stood on the device before there was a line (static/coda.js); nothing for others.

    So answers sent all together keep the pace at which they were given.
    """
    seconds = request.form.get("waited", "")
    if not (seconds.isascii() and seconds.isdecimal()) or len(seconds) > len(str(LONGEST_WAIT)):
        return timedelta(0)
    return timedelta(seconds=min(int(seconds), LONGEST_WAIT))


def as_sent(declared: ResponseFormat, answer: Answer) -> Sent:
    """An answer as its page sends it: boxes ticked, or the text written."""
    if answer.reason == SKIPPED:
        return Sent()
    if answer.reason:
        beside = declared.kind in (*WRITTEN, "multi")
        return Sent(reasons=(answer.reason,)) if beside else Sent((answer.reason,))
    if declared.kind in WRITTEN:
        return Sent((as_written(declared, answer),))
    return Sent(tuple((answer.text or str(answer.value)).split(",")))


def _readable(text: str) -> str:
    """The text without what no column can hold: null characters, and bytes that are not UTF-8."""
    clean = text.replace("\x00", "")
    if _ESCAPED_BYTE.search(clean) and not _sent_as_utf8():
        clean = _ESCAPED_BYTE.sub("", clean)
    return clean


def _sent_as_utf8() -> bool:
    # The form parser leaves bytes that are not UTF-8 as %FF, which a person may also have typed.
    try:
        unquote_to_bytes(request.get_data()).decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(declared: ResponseFormat, text: str) -> str:
    text = text.replace("\r\n", "\n")
    has_lines = declared.kind == "text" and declared.lines != 1
    return text if has_lines else text.replace("\n", " ")
