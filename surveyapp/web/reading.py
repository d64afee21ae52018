"""What a question page sent, read as an answer of its format; nothing else is ever stored."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from surveyapp.instruments.answers import Answer, ResponseFormat

# Kinds that a person writes; the others are chosen.
WRITTEN = ("number", "date", "text")

FIRST_YEAR, LAST_YEAR = 1900, 2100
_LONGEST = 40  # letters of a number or a date, blanks included
_NUMBER = re.compile(r"[+-]?0*[0-9]{1,9}(?P<fraction>[.,][0-9]*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


@dataclass(frozen=True)
class Sent:
    """What a page sent: choices or the text written, and the reasons ticked beside.

    `unreadable` is true when bytes were taken out that no text can hold.
    """

    values: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    unreadable: bool = False

    @property
    def written(self) -> str:
        """The text that was written."""
        return self.values[0] if self.values else ""


class RefusedError(Exception):
    """What was sent is no answer. `words` names a sentence of web.voice, `details` fill its gaps."""

    def __init__(self, words: str, **details: object) -> None:
        super().__init__(words)
        self.words = words
        self.details = details


def read(declared: ResponseFormat, sent: Sent) -> Answer | None:
    """The answer that was sent; None when nothing was. Raises RefusedError."""
    if any(reason not in declared.no_value for reason in sent.reasons):
        raise RefusedError("not_an_option")
    if len(sent.values) > 1 and declared.kind != "multi":
        raise RefusedError("several")
    if len(sent.reasons) > (0 if sent.values else 1):
        raise RefusedError("both_written" if sent.values and declared.kind in WRITTEN else "both_chosen")
    if sent.reasons:
        return Answer(reason=sent.reasons[0])
    return _READERS[declared.kind](declared, sent) if sent.values else None


def _one(declared: ResponseFormat, sent: Sent) -> Answer:
    if sent.written in declared.no_value:
        return Answer(reason=sent.written)
    return Answer(value=_codes(declared, sent)[0])


def _several(declared: ResponseFormat, sent: Sent) -> Answer:
    return Answer(text=",".join(map(str, sorted(set(_codes(declared, sent))))))


def _codes(declared: ResponseFormat, sent: Sent) -> list[int]:
    known = {str(option.code): option.code for option in declared.options}
    if any(value not in known for value in sent.values):
        raise RefusedError("not_an_option")
    return [known[value] for value in sent.values]


def _text(declared: ResponseFormat, sent: Sent) -> Answer:
    if sent.unreadable:
        raise RefusedError("unreadable")
    if len(sent.written) > declared.max_length:
        raise RefusedError("too_long", limit=declared.max_length)
    return Answer(text=sent.written)


def _number(declared: ResponseFormat, sent: Sent) -> Answer:
    bounds = {"least": declared.least, "most": declared.most}
    found = _NUMBER.fullmatch(sent.written) if len(sent.written) <= _LONGEST else None
    if sent.unreadable or found is None:
        raise RefusedError("not_a_number", **bounds)
    number = Decimal(sent.written.replace(",", "."))
    # 1.000 may be meant as a thousand: what has three decimals, or any where none is asked, is never guessed.
    if number != round(number, declared.decimals) or len(found["fraction"] or "") > _ROOM[declared.decimals]:
        raise RefusedError(_TOO_FINE[declared.decimals], **bounds)
    if not declared.least <= number <= declared.most:
        raise RefusedError("not_a_number", **bounds)
    whole = number == int(number)
    return Answer(value=int(number)) if whole else Answer(text=f"{number.normalize():f}")


_ROOM = (0, 3, 3)  # a separator with one or two digits
_TOO_FINE = ("not_whole", "one_decimal", "two_decimals")


def _date(_declared: ResponseFormat, sent: Sent) -> Answer:
    year, month, day = _parts(sent)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RefusedError("strange_year", year=year)
    try:
        return Answer(text=date(year, month, day).isoformat())
    except ValueError:
        raise RefusedError("no_such_day") from None


def _parts(sent: Sent) -> tuple[int, int, int]:
    """Year, month and day as they were written, whatever they are."""
    if not sent.unreadable and len(sent.written) <= _LONGEST:
        if found := _DAY_FIRST.fullmatch(sent.written):
            return int(found[3]), int(found[2]), int(found[1])
        if found := _YEAR_FIRST.fullmatch(sent.written):
            return int(found[1]), int(found[2]), int(found[3])
    raise RefusedError("not_a_date")


_READERS: Mapping[str, Callable[[ResponseFormat, Sent], Answer]] = {
    "choice": _one,
    "steps": _one,
    "multi": _several,
    "number": _number,
    "date": _date,
    "text": _text,
}
