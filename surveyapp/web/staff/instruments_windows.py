"""When an occasion is due, in the words of the staff pages: those of sheets.windows, or their English."""

from collections.abc import Iterator

from markupsafe import Markup

from surveyapp.instruments.model import Instrument, Occasion, Window
from surveyapp.web.languages import around, ngettext
from surveyapp.web.languages import gettext as _
from surveyapp.web.staff.instruments_labels import ANCHORS
from surveyapp.web.staff.instruments_words import quoted


def occasion_words(occasion: Occasion, instrument: Instrument) -> str:
    """The window of an occasion and, for a retest, what it repeats."""
    return Markup(" ").join(_sentences(occasion, instrument))


def _sentences(occasion: Occasion, instrument: Instrument) -> Iterator[str]:
    window = occasion.window
    yield ANCHORS[window.anchor].format(days="; ".join(_days(window)))
    if window.every_days:
        yield _("Poi ogni {} giorni, finché dura l'inserimento.").format(window.every_days)
    if repeated := instrument.occasions.get(occasion.repeats or ""):
        yield around(_("Chiede di nuovo le domande di {title}."), title=quoted(repeated.title))


def _days(window: Window) -> Iterator[str]:
    first = _day(window.from_days, _("dal giorno stesso"), _("da {}"))
    last = _day(window.to_days, _("al giorno stesso"), _("a {}"))
    yield f"{first} {last}"
    if window.late_days > window.to_days:
        yield _day(window.late_days, _("in ritardo fino al giorno stesso"), _("in ritardo fino a {}"))


def _day(days: int, same_day: str, another: str) -> str:
    if days == 0:
        return same_day
    if days > 0:
        return another.format(ngettext("%(num)s giorno dopo", "%(num)s giorni dopo", days))
    return another.format(ngettext("%(num)s giorno prima", "%(num)s giorni prima", -days))
