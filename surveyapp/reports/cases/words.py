"""Words of the sheets: days, options, versions, and texts that must fit."""

from collections.abc import Iterable
from datetime import date

from surveyapp.instruments.model import Item
from surveyapp.instruments.rules import codes_of
from surveyapp.reports.frames import ROME, Response
from surveyapp.reports.italian import day
from surveyapp.sheets.labels import VALUES

PLACEMENT_TYPES = VALUES["placement_type"]
# How much of a text fits on a sheet.
LONGEST = 220


def day_in_figures(moment: date | None) -> str:
    """A day as 27/11/2026; nothing where there is none."""
    return f"{moment:%d/%m/%Y}" if moment else ""


def since(moment: date) -> str:
    """From which day, in words: "dal 3 maggio 2026", "dall'8 maggio 2026"."""
    return f"{'dall’' if moment.day in (8, 11) else 'dal '}{day(moment)}".replace("’", "'")


def closed_on(response: Response) -> date | None:
    """The day on which a response was sent."""
    closed = response.administration.closed_at
    return closed.astimezone(ROME).date() if closed else None


def day_of(response: Response) -> str:
    """The day on which a response was sent, in figures."""
    return day_in_figures(closed_on(response))


def versions_of(responses: Iterable[Response]) -> str:
    """The instrument with the versions that were answered: "strumento qil 0.1.0"."""
    found = list(responses)
    versions = sorted({one.version for one in found})
    return f"strumento {found[0].administration.instrument} {' + '.join(versions)}"


def said(response: Response | None, item_id: str) -> str:
    """The words chosen at an item, or those of the reason for no value; nothing without either."""
    given = response.given.get(item_id) if response else None
    if response is None or given is None:
        return ""
    item = response.questionnaire.instrument.items[item_id]
    if given.answer.reason:
        return _reason(response, item, given.answer.reason)
    chosen = codes_of(given.answer)
    options = response.questionnaire.wording(item).format.options
    return ", ".join(option.label for option in options if option.code in chosen)


def written(response: Response | None, item_id: str) -> str:
    """The text written at an item, shortened to what fits; nothing where there is none."""
    given = response.given.get(item_id) if response else None
    return shortened(given.answer.text) if given and given.answer.text else ""


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text in one line; cut at a word, and marked, where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[:longest].rpartition(' ')[0] or line[:longest]} […]"


def _reason(response: Response, item: Item, reason: str) -> str:
    offered = response.questionnaire.wording(item).format.no_value
    return response.questionnaire.no_value_label(item, reason) if reason in offered else ""
