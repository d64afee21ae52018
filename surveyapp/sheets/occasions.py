"""Which occasions a form has, and what may have been answered before one of them."""

from surveyapp.instruments.model import Form, Instrument, Item


def occasions_of(instrument: Instrument, form: Form) -> tuple[str, ...]:
    """The occasions at which a form is asked: those that it names, and those that repeat one of them."""
    return tuple(code for code, one in instrument.occasions.items() if one.asked_as in form.occasions)


def known_before(instrument: Instrument, item: Item, occasion: str) -> bool:
    """Whether an earlier occasion, or an earlier time of one that comes again, may have asked the item."""
    return bool(instrument.earlier(occasion) & set(item.occasions))
