"""The way from what was said, judged or read to a proposal about it."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from surveyapp.web.services import services
from surveyapp.web.staff.grounds import WORD_OF


def to_propose(about: str, meeting: int | None = None, **rests_on: Iterable[int]) -> str:
    """The address of the form of a proposal with what is known already; `rests_on` is by kind of evidence."""
    known: dict[str, Any] = {WORD_OF[kind]: list(numbers) for kind, numbers in rests_on.items()}
    instrument = instrument_of(about)
    kind = "item" if instrument else "criterion"
    known |= {"strumento": instrument, "cosa": kind if about else None, "codice": about or None}
    return url_for(".new_decision", incontro=meeting, **known)


def instrument_of(item: str) -> str | None:
    """The first instrument whose newest version has an item; None for a criterion that none has."""
    catalogue = services().catalogue
    known = sorted({one for one, _version in catalogue.instruments})
    return next((one for one in known if item in catalogue.newest(one).declared), None)
