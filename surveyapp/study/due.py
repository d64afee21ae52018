"""What is due for a path: the windows of an instrument's occasions turned into dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from surveyapp.instruments.model import Instrument, Window

Anchor = Callable[[date, date | None], date | None]

ANCHORS: Mapping[str, Anchor] = {
    "path_start": lambda start, _end: start,
    "path_end": lambda _start, end: end,
}


@dataclass(frozen=True)
class Due:
    """One administration to make: answers are due between two dates, and only late until the third."""

    occasion: str
    due_from: date
    due_to: date
    late_to: date


def administrations_due(
    instrument: Instrument, form: str, path_start: date, path_end: date | None
) -> list[Due]:
    """The administrations of a form whose windows are known, in the order of the instrument.

    Occasions that count from the end of the path come when the end is known.
    """
    asked = instrument.forms[form].occasions
    found = [
        _due(occasion.code, occasion.window, path_start, path_end)
        for occasion in instrument.occasions.values()
        if occasion.code in asked
    ]
    return [due for due in found if due]


def _due(occasion: str, window: Window, path_start: date, path_end: date | None) -> Due | None:
    anchor = ANCHORS[window.anchor](path_start, path_end)
    if anchor is None:
        return None
    first, last, late = (
        anchor + timedelta(days) for days in (window.from_days, window.to_days, window.late_days)
    )
    return Due(occasion, first, last, late)
