"""The one exception of this package."""

from collections.abc import Iterable

from surveyapp.instruments.near import meant


class SheetError(Exception):
    """What was asked for cannot be made; the message is an Italian sentence that says what to do."""


def known(name: str, allowed: Iterable[str], what: str) -> str:
    """The name if it is one of those allowed.

    Raises SheetError with the nearest names and all of them. `what` begins the sentence.
    """
    names = list(allowed)
    if name in names:
        return name
    raise SheetError(f"{what} «{name}» non c'è{meant(name, names)}; ci sono: {', '.join(names)}")
