"""Dependent interviewing: what an inventory told at an earlier occasion, to be confirmed or corrected now."""

from collections.abc import Mapping

from surveyapp.collection.response import Response
from surveyapp.instruments.answers import SKIPPED, Answer
from surveyapp.instruments.model import Instrument, Item, Repeat
from surveyapp.instruments.rules import has_value


def told_facts(response: Response) -> tuple[Item, ...]:
    """The items of known records that are not asked again: what was said of them can be confirmed.

    The question whether there is another record is no fact about it.
    """
    inventory = _inventory(response.questionnaire.instrument)
    return tuple(
        item
        for item in response.known
        if item.record
        and (repeat := inventory.get(item.declared))
        and item.declared != repeat.gate
        and response.carried[item.id].reason != SKIPPED
    )


def told_answer(response: Response, item: Item) -> Answer | None:
    """What fills in a question of a known record that is asked again; None where it starts empty.

    Measures always start empty: who sees an old degree stays near it, and change would look too small.
    """
    instrument = response.questionnaire.instrument
    repeat = _inventory(instrument).get(item.declared)
    before = response.carried.get(item.id)
    if not item.record or repeat is None or item.declared == repeat.gate or not has_value(before):
        return None
    return None if _is_measure(response, item) else before


def names_record(response: Response, item: Item) -> bool:
    """Whether an item is the text by which its record is known."""
    repeat = _inventory(response.questionnaire.instrument).get(item.declared)
    return repeat is not None and repeat.known_by == item.declared


def is_confirmed(response: Response, facts: tuple[Item, ...]) -> bool:
    """Whether each of these facts was said again in this response."""
    return all(item.id in response.answers for item in facts)


def _is_measure(response: Response, item: Item) -> bool:
    scales = response.questionnaire.instrument.scales
    in_a_scale = any(name in scale.items for scale in scales for name in (item.id, item.declared))
    return in_a_scale or response.questionnaire.wording(item).format.kind == "steps"


def _inventory(instrument: Instrument) -> Mapping[str, Repeat]:
    """The items of sections whose records are known again at later occasions, by the id of the file."""
    if instrument.digest not in _INVENTORIES:
        _INVENTORIES[instrument.digest] = {
            item.id: section.repeat
            for section in instrument.sections
            if section.repeat and section.repeat.known_by
            for item in section.items
        }
    return _INVENTORIES[instrument.digest]


# Published versions never change.
_INVENTORIES: dict[str, Mapping[str, Repeat]] = {}
