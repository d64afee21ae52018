"""What changed in how questions are answered: response formats, and items that go to another one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from surveyapp.instruments.answers import ResponseFormat
from surveyapp.instruments.comparison_fields import Field, fields, in_both
from surveyapp.instruments.comparison_model import MAJOR, MINOR, NOT_COMPARABLE, NOTHING, PATCH, Asked, Change
from surveyapp.instruments.comparison_texts import (
    answered_with,
    asked_items,
    format_texts,
    questions,
    text_change,
)
from surveyapp.instruments.model import Instrument

Switch = tuple[str, str]  # from a format to another


def codes(declared: ResponseFormat) -> tuple[int, ...]:
    """The codes of the options, in the order in which they are shown."""
    return tuple(option.code for option in declared.options)


# What makes the answers another measure; then what only gives more or less room for a text.
SHAPE = (
    Field("kind", "il tipo di risposta", attrgetter("kind"), MAJOR, NOT_COMPARABLE),
    Field("options", "le opzioni", codes, MAJOR, NOT_COMPARABLE),
    Field("no_value", "le risposte senza valore", attrgetter("no_value"), MAJOR, NOT_COMPARABLE),
    Field("pictures", "i disegni accanto alle opzioni", attrgetter("pictures"), MAJOR, NOT_COMPARABLE),
    Field("minimum", "il numero più piccolo", attrgetter("least"), MAJOR, NOT_COMPARABLE),
    Field("maximum", "il numero più grande", attrgetter("most"), MAJOR, NOT_COMPARABLE),
    Field("decimals", "le cifre dopo la virgola", attrgetter("decimals"), MAJOR, NOT_COMPARABLE),
)
ROOM = (
    Field("max_length", "quanto testo ci sta", attrgetter("max_length"), MINOR),
    Field("lines", "le righe del riquadro", attrgetter("lines"), PATCH),
)


def formats(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Formats of both versions that differ (their texts are compared with the other texts)."""
    for name in in_both(before.formats, after.formats):
        old, new = before.formats[name], after.formats[name]
        touches = answered_with(before, name) | answered_with(after, name)
        yield from fields(f"formats.{name}", f"formato {name}", old, new, SHAPE, touches)
        yield from fields(f"formats.{name}", f"formato {name}", old, new, ROOM, NOTHING)


def switched(before: Instrument, after: Instrument, kinds: Mapping[str, str]) -> Iterator[Change]:
    """Questions answered with another format than before; what differs between the two decides."""
    for (was, now), touches in _switches(before, after).items():
        names = ", ".join(dict.fromkeys(name for name, _, _ in sorted(touches)))
        place = f"formats.{was}.{now}"
        who = f"passano dal formato {was} al formato {now}: {names}"
        yield Change(place, who, PATCH)
        old, new = before.formats[was], after.formats[now]
        who = f"dal formato {was} al formato {now}"
        yield from fields(place, who, old, new, SHAPE, touches)
        yield from fields(place, who, old, new, ROOM, NOTHING)
        if codes(old) == codes(new):
            yield from _texts(place, old, new, touches, kinds)


def _switches(before: Instrument, after: Instrument) -> dict[Switch, frozenset[Asked]]:
    old, new = asked_items(before), asked_items(after)
    known = set(questions(after))
    found: dict[Switch, frozenset[Asked]] = {}
    for asked in (asked for asked in questions(before) if asked in known):
        item, form, variant = asked
        was, now = (side[item].wordings[form, variant].format.id for side in (old, new))
        if was != now:
            found[was, now] = found.get((was, now), NOTHING) | {asked}
    return found


def _texts(
    place: str, old: ResponseFormat, new: ResponseFormat, touches: frozenset[Asked], kinds: Mapping[str, str]
) -> Iterator[Change]:
    now = format_texts(new)
    for name, text in format_texts(old).items():
        if name in now and now[name].words != text.words:
            named = f"da {old.id} a {new.id}, {text.name}"
            yield text_change(f"{place}.{name}", replace(text, name=named, touches=touches), now[name], kinds)
