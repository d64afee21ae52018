"""Values of the register as messages show them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from surveyapp.study.cells import first_words
from surveyapp.study.register_cells import KINDS, SIZES

KIND_WORDS = first_words(KINDS)
SIZE_WORDS = first_words(SIZES)


def day_shown(day: date) -> str:
    """A day as it is written in Italy: 15/06/2026."""
    return day.strftime("%d/%m/%Y")


def hours_shown(minutes: int) -> str:
    """Minutes as hours: 20, or 22,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def shown(column: str, value: Any) -> str:
    """A value of a column; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day_shown(value)
    if isinstance(value, bool):
        return "sì" if value else "no"
    return _SHOWN.get(column, str)(value)


_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "kind": KIND_WORDS.__getitem__,
    "size_class": SIZE_WORDS.__getitem__,
    "minutes_a_week": hours_shown,
}
