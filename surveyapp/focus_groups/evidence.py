"""The chains of items and criteria, gathered from everything that was said, judged and decided about them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.ledger import (
    Asked,
    Chain,
    Decided,
    Ground,
    Measured,
    Said,
    Understood,
    rated,
    wordings,
)
from surveyapp.focus_groups.notes import drawn
from surveyapp.instruments.model import Instrument
from surveyapp.storage import decisions, item_statistics
from surveyapp.storage import evidence as stored
from surveyapp.storage.focus_tables import UNDERSTOOD

# Where two have coded an excerpt, a third one cannot spoil their agreement.
CODERS = 2
Rows = Sequence[Row[Any]]


def chains_of(
    connection: Connection,
    instrument: str,
    versions: Sequence[Instrument],
    criteria: Mapping[str, str],
    viewer: str = "",
) -> list[Chain]:
    """The chains of some items, or new criteria, by id and title; in this order.

    `viewer` is who reads: excerpts that this person is still to code blindly are withheld. Without a viewer
    so are all that still wait for a second coder.
    """
    found = stored.said(connection, criteria)
    hidden = _to_be_coded(connection, {row.focus_group_id for row in found}, viewer)
    judged = _by("criterion", stored.judged(connection, criteria))
    tested = _by("item", stored.reader_tests(connection, criteria))
    decided = decided_about(connection, criteria)
    measured = item_statistics.of_items(connection, instrument, criteria)
    coded = _by("criterion", found)
    return [
        Chain(
            instrument=instrument,
            item=item,
            criterion=title,
            wordings=wordings(versions, item),
            said=_said(coded.get(item, ()), hidden),
            rated=rated((_asked(row), row.value) for row in judged.get(item, ())),
            understood=_understood(tested.get(item, ())),
            decided=tuple(decided.get(item, ())),
            measured=tuple(map(_measured, measured.get(item, ()))),
            withheld=len({row.excerpt for row in coded.get(item, ())} & hidden),
        )
        for item, title in criteria.items()
    ]


def decided_about(connection: Connection, items: Iterable[str]) -> dict[str, list[Decided]]:
    """The decisions by item: those that name it, and those that explain a change of its words or options."""
    wanted = set(items)
    reasons = [row for row in stored.carried_out(connection) if _item_of(row.place) in wanted]
    changing: dict[str, set[int]] = {}
    for row in reasons:
        changing.setdefault(_item_of(row.place), set()).add(row.decision_id)
    rows = stored.decisions(connection, wanted, {row.decision_id for row in reasons})
    told = decided(connection, rows)
    return {
        item: [
            told[row.id] for row in rows if row.object_id == item or row.id in changing.get(item, frozenset())
        ]
        for item in wanted
    }


def decided(connection: Connection, rows: Rows) -> dict[int, Decided]:
    """Decisions with what they rest on and the versions that carry them out, by their row's id."""
    grounds = decisions.evidence(connection, [row.id for row in rows])
    versions: dict[int, dict[str, None]] = {}
    for row in stored.carried_out(connection):
        versions.setdefault(row.decision_id, {})[f"{row.instrument} {row.version}"] = None
    return {
        row.id: Decided(
            code=row.code,
            proposal=row.proposal,
            outcome=row.outcome,
            reason=row.reason,
            by=row.decided_by,
            on=row.decided_on,
            evidence=tuple(Ground(kind, reference) for kind, reference in grounds.get(row.id, ())),
            version=", ".join(versions.get(row.id, ())),
        )
        for row in rows
    }


def _to_be_coded(connection: Connection, meetings: set[int], viewer: str) -> set[int]:
    """The excerpts drawn for a second coder that none, nor this viewer, has coded yet."""
    by_meeting: dict[int, dict[int, str]] = {}
    for row in stored.keys(connection, meetings):
        by_meeting.setdefault(row.focus_group_id, {})[row.id] = row.key
    coders = stored.coders(connection, meetings)
    number = Counter(excerpt for excerpt, _coder in coders)
    chosen = {excerpt for keys in by_meeting.values() for excerpt in drawn(keys)}
    return {one for one in chosen if number[one] < CODERS and (one, viewer) not in coders}


def _said(rows: Rows, hidden: set[int]) -> tuple[Said, ...]:
    """One line an excerpt and kind, whoever coded it."""
    found = [
        Said(
            excerpt=row.excerpt,
            meeting=row.meeting,
            meeting_id=row.focus_group_id,
            audience=row.audience,
            on=row.held_on,
            kind=row.kind,
            text=row.text if row.quotable else "",
        )
        for row in rows
        if row.excerpt not in hidden
    ]
    return tuple(dict.fromkeys(found))


def _asked(row: Row[Any]) -> Asked:
    about = (row.title, row.round_id, row.meeting, row.audience)
    return Asked(*about, row.scale, row.version, row.form, row.variant)


def _understood(rows: Rows) -> tuple[Understood, ...]:
    """One line a wording and meeting; what the same reader said later takes the place of what came before."""
    found: dict[tuple[Any, ...], dict[str, Row[Any]]] = {}
    for row in rows:
        wording = (row.focus_group_id, row.version, row.form, row.variant)
        found.setdefault(wording, {})[row.reader] = row
    return tuple(_of_wording([*by_reader.values()]) for by_reader in found.values())


def _of_wording(rows: Rows) -> Understood:
    first, said = rows[0], [row.understood for row in rows]
    return Understood(
        meeting=first.meeting,
        meeting_id=first.focus_group_id,
        version=first.version,
        form=first.form,
        variant=first.variant,
        **{word: said.count(word) for word in UNDERSTOOD},
        meanings=_meanings(rows),
    )


def _meanings(rows: Iterable[Row[Any]]) -> tuple[str, ...]:
    return tuple(row.meaning for row in rows if row.meaning and row.quotable)


def _measured(row: Row[Any]) -> Measured:
    asked = (row.version, row.form, row.variant, row.length, row.occasion)
    return Measured(*asked, row.scale, row.statistic, row.value, row.n)


def _item_of(place: str) -> str:
    """The item that a place of a file is about, where it is about one."""
    return place.partition(".")[0]


def _by(name: str, rows: Rows) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
