"""Comparing two things field by field: what each field means for the version stands in a table."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from surveyapp.instruments.comparison_model import EQUAL, MAJOR, MINOR, Asked, Change, Effect

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Field:
    """One thing to look at: its name in places and in Italian, how to get it, what a change of it means."""

    name: str
    words: str
    get: Callable[[Any], object]
    step: str
    level: str = EQUAL


def fields(
    place: str, who: str, before: object, after: object, looked_at: Iterable[Field], touches: frozenset[Asked]
) -> Iterator[Change]:
    """The fields that differ; `touches` is what they change for respondents and scores."""
    for field in looked_at:
        old, new = field.get(before), field.get(after)
        if old != new:
            sentence = f"{who}: cambia {field.words}{_from_to(old, new)}"
            yield Change(f"{place}.{field.name}", sentence, field.step, field.level, touches)


def _from_to(old: object, new: object) -> str:
    """The two values, where they are short enough to be read."""
    shown = [_shown(value) for value in (old, new)]
    return f" (da {shown[0]} a {shown[1]})" if all(shown) else ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, tuple | frozenset):
        parts = [str(part) for part in (value if isinstance(value, tuple) else sorted(value))]
        return (", ".join(parts) or "niente") if all(len(part) < 20 for part in parts) else ""
    if value is None:
        return "niente"
    return str(value) if isinstance(value, str | int) else ""


def come_and_gone(
    place: str, words: str, before: Iterable[str], after: Iterable[str], gone: Effect = (MAJOR, EQUAL)
) -> Iterator[Change]:
    """What only one of the two has: what is new needs MINOR, what is `gone` a step and level of its own.

    `words` are "la scala", or "scheda P: la versione".
    """
    who, _, what = words.rpartition(": ")
    who = f"{who}: " if who else ""
    old, new = list(before), list(after)
    for name in new:
        if name not in old:
            yield Change(f"{place}.{name}", f"{who}si aggiunge {what} {name}", MINOR)
    for name in old:
        if name not in new:
            yield Change(f"{place}.{name}", f"{who}si toglie {what} {name}", *gone)


def grouped(found: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    """Names by what they share, in order, each once."""
    groups: dict[Key, dict[str, None]] = {}
    for key, name in found:
        groups.setdefault(key, {})[name] = None
    return {key: list(names) for key, names in groups.items()}


def in_both(names: Iterable[Key], others: Iterable[Key]) -> list[Key]:
    """Those of the names that the others have too, in the order of the names."""
    known = set(others)
    return [name for name in names if name in known]
