"""What the numbers of a validation report say of each question, read from its results.json."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from surveyapp.storage import item_statistics as stored
from surveyapp.storage.statistic_tables import COUNTS, VALUE_FROM

# What is there once for a question, whatever scales it counts in.
_MISSING, _CODE = re.compile(r"missing_\w+"), re.compile(r"count_(-?\d+)")
_NOT_KNOWN = "missing_NS"
# What depends on a scale, and what the change of a scale is called in the report.
_OF_A_SCALE = ("item_rest", "alpha_if_dropped")
_CHANGE = "mean_change"
# As results.json names what holds all territories, and what holds several variants.
EVERYWHERE, SEVERAL = "Tutti i territori", "all"

Result = Mapping[str, Any]
# Version, form, variant, length, occasion, item.
_Asked = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class ItemNumber:
    """One number on one question, as the table `item_statistic` has it."""

    item: str
    version: str
    form: str
    variant: str
    length: str
    occasion: str
    scale: str
    statistic: str
    value: float | None
    n: int

    @property
    def known_by(self) -> tuple[str, ...]:
        """What makes it the same number."""
        asked = (self.item, self.version, self.form, self.variant, self.length, self.occasion)
        return (*asked, self.scale, self.statistic)


def keep_numbers(connection: Connection, instrument: str, results: bytes, now: datetime) -> None:
    """Keep what the results.json of a whole validation report says of each question of an instrument."""
    read = json.loads(results)
    rows = [vars(one) for one in item_numbers(read["results"])]
    stored.keep(connection, instrument, rows, read["data_digest"], now)


def item_numbers(results: Iterable[Result]) -> list[ItemNumber]:
    """The numbers of every question, all territories together; of fewer than ten answers counts only.

    Each result is one of results.json. A question of a section that repeats is left out: its repetitions
    are about other things. The change is that of a scale, repeated for each of its questions.
    """
    found = [one for one in results if _is_whole(one["about"])]
    by_item: dict[_Asked, dict[str, Result]] = {}
    scaled: list[ItemNumber] = []
    for one in found:
        item = one["about"].get("item", "")
        if item and "." not in item:
            by_item.setdefault(_asked(one["about"]), {}).setdefault(one["statistic"], one)
            scaled += _of_a_scale(one)
    counts = [number for asked, numbers in by_item.items() for number in _counts(asked, numbers)]
    once: dict[tuple[str, ...], ItemNumber] = {}
    for number in (*counts, *scaled, *_changes(found)):
        once.setdefault(number.known_by, number)
    return list(once.values())


def _is_whole(about: Mapping[str, str]) -> bool:
    whole = about.get("territory") == EVERYWHERE and not about.get("subset")
    return whole and about.get("variant", SEVERAL) != SEVERAL


def _asked(about: Mapping[str, str]) -> _Asked:
    names = ("version", "form", "variant", "length", "occasion", "item")
    version, form, variant, length, occasion, item = (about.get(name, "") for name in names)
    return version, form, variant, length, occasion, item


def _counts(asked: _Asked, numbers: Mapping[str, Result]) -> Iterator[ItemNumber]:
    """Missing answers, and how many chose the first and the last of the options."""
    if _NOT_KNOWN in numbers:
        missing = [one for name, one in numbers.items() if _MISSING.fullmatch(name)]
        lost = sum(one["value"] or 0 for one in missing)
        yield _number(asked, "", "missing", lost, missing[0]["n"])
        yield _number(asked, "", "not_known", numbers[_NOT_KNOWN]["value"], missing[0]["n"])
    codes = {int(match[1]): one for name, one in numbers.items() if (match := _CODE.fullmatch(name))}
    if codes:
        for name, code in (("floor", min(codes)), ("ceiling", max(codes))):
            yield _number(asked, "", name, codes[code]["value"], codes[code]["n"])


def _of_a_scale(result: Result) -> Iterator[ItemNumber]:
    scale, name = result["about"].get("scale"), result["statistic"]
    if scale and name in _OF_A_SCALE:
        yield _number(_asked(result["about"]), scale, name, result["value"], result["n"])


def _changes(found: list[Result]) -> Iterator[ItemNumber]:
    """The mean change of each scale, for each question that counts in it there."""
    members: dict[tuple[str, ...], dict[str, None]] = {}
    for one in found:
        about = one["about"]
        if about.get("item") and about.get("scale") and "." not in about["item"]:
            members.setdefault(_scored(about), {})[about["item"]] = None
    for one in found:
        about = one["about"]
        if one["statistic"] == _CHANGE and about.get("scale") and not about.get("item"):
            for item in members.get(_scored(about), ()):
                asked = _asked({**about, "item": item})
                yield _number(asked, about["scale"], "scale_change", one["value"], one["n"])


def _scored(about: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(about.get(name, "") for name in ("version", "form", "variant", "length", "scale"))


def _number(asked: _Asked, scale: str, statistic: str, value: float | None, n: int) -> ItemNumber:
    version, form, variant, length, occasion, item = asked
    shown = value if n >= VALUE_FROM or statistic in COUNTS else None
    return ItemNumber(item, version, form, variant, length, occasion, scale, statistic, shown, n)
