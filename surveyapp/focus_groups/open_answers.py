"""Open answers to be coded as notes are: which questions have them, which count, what is said of whom.

An answer on a branch that was left counts nowhere, and is not shown here either.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from surveyapp.instruments.answers import Answer, ResponseFormat
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.model import Item
from surveyapp.instruments.path import Questionnaire, path
from surveyapp.storage import answering
from surveyapp.storage import open_answers as stored
from surveyapp.storage.excerpts import key_of
from surveyapp.storage.pinned import context_of
from surveyapp.storage.scope import Scope

# Fewer people than these in a month and territory could be recognised: their territory is not said.
SMALLEST_CELL = 5
# Instruments that are interviews of companies; what is written in all others is an open answer.
INTERVIEWS = frozenset({"acc"})
GIVEN_TO = ("instrument", "version", "item", "form", "variant")


@dataclass(frozen=True)
class OpenQuestion:
    """A question of an instrument answered in free words: its id, its criterion, its items (one a record)."""

    instrument: str
    id: str
    criterion: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class OpenAnswer:
    """An answer to be coded, without a word on who wrote it.

    `given_to` are instrument, version, item, form and variant; `month` is its first day; `place` is None
    where it could tell who wrote it.
    """

    id: int
    key: str
    text: str
    given_to: Mapping[str, str]
    month: date
    place: tuple[str, str] | None
    excerpt: int | None


def source_of(instrument: str) -> str:
    """What an excerpt of this instrument is: an interview, or an answer."""
    return "interview" if instrument in INTERVIEWS else "answer"


def is_open(asked: ResponseFormat) -> bool:
    """Whether a format takes an open answer: text on one line only is a fact, such as a code or a role."""
    return asked.kind == "text" and asked.lines != 1


def questions(catalogue: Catalogue, instrument: str) -> dict[str, OpenQuestion]:
    """The open questions of an instrument in any of its versions, by id; the newest words of each."""
    found: dict[str, list[Item]] = {}
    versions = [one for (name, _), one in catalogue.instruments.items() if name == instrument]
    for item in (item for one in versions for item in one.items.values()):
        if any(is_open(wording.format) for wording in item.wordings.values()):
            found.setdefault(item.declared, []).append(item)
    return {name: _question(instrument, name, items) for name, items in found.items()}


def _question(instrument: str, name: str, items: Sequence[Item]) -> OpenQuestion:
    return OpenQuestion(
        instrument, name, items[-1].criterion, tuple(dict.fromkeys(item.id for item in items))
    )


def answers(
    scope: Scope,
    connection: Connection,
    catalogue: Catalogue,
    question: OpenQuestion,
    zone: ZoneInfo,
) -> list[OpenAnswer]:
    """The answers to an open question that count, in an order that says nothing of who wrote when."""
    rows = stored.written(scope, connection, question.instrument, question.items)
    asked = {row.id: _questionnaire(catalogue, row) for row in rows}
    there = [row for row in rows if _is_open_here(asked[row.id], row)]
    hanging = {row.administration_id: row for row in there if _hangs(asked[row.id], row)}
    beside = _beside(stored.beside(scope, connection, hanging)) if hanging else {}
    on_path = {
        administration: _on_path(connection, asked[row.id], row, beside[administration])
        for administration, row in hanging.items()
    }
    kept = [
        row for row in there if not _hangs(asked[row.id], row) or row.item in on_path[row.administration_id]
    ]
    return in_mixed_order(kept, zone)


def in_mixed_order(rows: Sequence[Row[Any]], zone: ZoneInfo) -> list[OpenAnswer]:
    """Rows as answers; territory and month stand together only where enough people share both."""
    months = {row.id: row.answered_at.astimezone(zone).date().replace(day=1) for row in rows}
    cells = large_cells((row.subject, _cell(row, months[row.id])) for row in rows)
    found = [_answer(row, months[row.id], shown=_cell(row, months[row.id]) in cells) for row in rows]
    return sorted(found, key=lambda one: hashlib.sha256(f"order of {one.key}".encode()).digest())


def large_cells(people: Iterable[tuple[str, tuple[Any, ...]]]) -> set[tuple[Any, ...]]:
    """The cells with at least five different people, from (person, cell)."""
    counted = Counter(cell for _, cell in set(people))
    return {cell for cell, number in counted.items() if number >= SMALLEST_CELL}


def _cell(row: Row[Any], month: date) -> tuple[Any, ...]:
    return row.province, row.ambito, month, row.form


def _answer(row: Row[Any], month: date, *, shown: bool) -> OpenAnswer:
    place = (row.province, row.ambito) if shown else None
    given_to = {name: getattr(row, name) for name in GIVEN_TO}
    return OpenAnswer(row.id, key_of(row.id), row.text, given_to, month, place, row.excerpt)


def _questionnaire(catalogue: Catalogue, row: Row[Any]) -> Questionnaire:
    """As it was answered. Raises CatalogueError where a pinned version is not here unchanged."""
    instrument = catalogue.pinned(row.instrument, row.version, row.digest)
    context = context_of(row.context)
    return Questionnaire(instrument, row.form, row.asked_in, row.occasion, context, row.length)


def _is_open_here(asked: Questionnaire, row: Row[Any]) -> bool:
    """Numbers, dates and lists are kept as texts too; and the item must be one that is asked here."""
    item = asked.asked_by_id.get(row.item)
    return item is not None and is_open(asked.wording(item).format)


def _beside(rows: Iterable[Row[Any]]) -> Mapping[int, Mapping[str, Answer]]:
    found: dict[int, dict[str, Answer]] = {}
    for row in rows:
        found.setdefault(row.administration_id, {})[row.item] = Answer(row.value, row.text, row.reason)
    return found


def _hangs(asked: Questionnaire, row: Row[Any]) -> bool:
    """Whether an item is asked only after some answers."""
    item = asked.asked_by_id[row.item]
    return item.show_if is not None or item.carries is not None


def _on_path(
    connection: Connection, asked: Questionnaire, row: Row[Any], beside: Mapping[str, Answer]
) -> set[str]:
    """The items that the questionnaire of a row asks, given all of its answers."""
    carried = answering.carried_answers(connection, row.subject, asked, row.number, row.rater)
    return {item.id for item in path(asked, beside, carried)}
