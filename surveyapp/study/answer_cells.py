"""One answer written in a cell: codes as they are printed on the sheet, numbers, dates, texts, reasons."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from surveyapp.instruments.answers import OFFERED_REASONS, Answer, ResponseFormat
from surveyapp.study import cells
from surveyapp.study.cells import CellError
from surveyapp.study.csv_file import shortened

_CODE = re.compile(r"[+-]?[0-9]{1,9}")
_CODES = re.compile(r"-?[0-9]{1,9}( ?\+ ?-?[0-9]{1,9})*")
_NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,2})?")


def read_answer(written: str, asked: ResponseFormat) -> Answer:
    """What a cell that is not empty answers; raises CellError where the format does not offer it."""
    reason = written.replace(".", "").upper()
    if reason in OFFERED_REASONS and reason in asked.no_value:
        return Answer(reason=reason)
    return _READ[asked.kind](written, asked)


def _one(written: str, asked: ResponseFormat) -> Answer:
    if not _CODE.fullmatch(written) or int(written) not in _codes(asked):
        raise _not_offered(written, asked)
    return Answer(value=int(written))


def _several(written: str, asked: ResponseFormat) -> Answer:
    if not _CODES.fullmatch(written):
        raise _not_offered(written, asked, "separati da +: ")
    given = sorted({int(code) for code in written.split("+")})
    if not set(given) <= set(_codes(asked)):
        raise _not_offered(written, asked, "separati da +: ")
    return Answer(text=",".join(map(str, given)))


def _number(written: str, asked: ResponseFormat) -> Answer:
    number = Decimal(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None
    if number is None or not asked.least <= number <= asked.most:
        raise CellError(
            f"«{shortened(written)}» non va bene: serve un numero da {asked.least} a {asked.most}"
        )
    if round(number, asked.decimals) != number:
        decimals = f"con {asked.decimals} cifre decimali al massimo" if asked.decimals else "intero"
        raise CellError(f"«{written}» non va bene: serve un numero {decimals}")
    whole = number == number.to_integral_value()
    return Answer(value=int(number)) if whole else Answer(text=f"{number.normalize():f}")


def _day(written: str, _asked: ResponseFormat) -> Answer:
    return Answer(text=cells.day(written).isoformat())


def _text(written: str, asked: ResponseFormat) -> Answer:
    if len(written) > asked.max_length:
        raise CellError(f"{len(written)} caratteri: il testo arriva fino a {asked.max_length}")
    return Answer(text=written)


_READ: Mapping[str, Callable[[str, ResponseFormat], Answer]] = {
    "choice": _one,
    "steps": _one,
    "multi": _several,
    "number": _number,
    "date": _day,
    "text": _text,
}


def _codes(asked: ResponseFormat) -> list[int]:
    return [option.code for option in asked.options]


def _not_offered(written: str, asked: ResponseFormat, how: str = "") -> CellError:
    offered = ", ".join([*map(str, _codes(asked)), *asked.no_value])
    return CellError(f"«{shortened(written)}» non è fra le risposte possibili ({how}{offered})")
