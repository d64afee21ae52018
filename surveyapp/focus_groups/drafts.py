"""The draft of the next version: opened, written by one at a time, compared with what it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.exc import IntegrityError

from surveyapp.focus_groups import draft_checks as checks
from surveyapp.focus_groups.draft_places import untouched
from surveyapp.focus_groups.edit_model import Edit, Fault, SetVersion
from surveyapp.focus_groups.edits import edited, ids_ever, normal
from surveyapp.instruments.catalogue import MODULES, Catalogue
from surveyapp.instruments.comparison import compare
from surveyapp.instruments.comparison_model import KINDS, PATCH, Change, Comparison, numbers, stepped
from surveyapp.instruments.file_checks import Modules, modules_in
from surveyapp.instruments.model import Instrument
from surveyapp.instruments.writer import document_of
from surveyapp.storage import drafts as stored

# How long a draft stays with who saved last.
HELD = timedelta(minutes=10)
INSTRUMENT, MODULE = "instrument", "module"
# How a save ended. "stale": somebody else wrote at the same place since the page was opened.
SAVED, UNCHANGED, STALE, TAKEN, CLOSED, REFUSED = (
    "saved",
    "unchanged",
    "stale",
    "taken",
    "closed",
    "refused",
)


@dataclass(frozen=True)
class Family:
    """The versions of an instrument or module, and what a draft of it is read with.

    `text` is the newest version as the writer writes it; `used` are the ids of all versions.
    """

    kind: str
    versions: Mapping[str, Instrument]
    newest: Instrument
    text: str
    used: frozenset[str]
    modules: Modules


@dataclass(frozen=True)
class Saved:
    """How a save ended, and the draft as it stands now; `faults` say why an edit could not be made."""

    outcome: str
    draft: Row[Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Explained:
    """A change with the decision that explains it: its code and id, "" and 0 where there is none."""

    change: Change
    decision: str = ""
    decision_id: int = 0


@dataclass(frozen=True)
class Review:
    """What a draft is: its problems, else the instrument, how it differs, and why."""

    faults: tuple[Fault, ...]
    instrument: Instrument | None = None
    comparison: Comparison | None = None
    changes: tuple[Explained, ...] = ()

    @property
    def unexplained(self) -> tuple[Explained, ...]:
        """The changes that no decision explains."""
        return tuple(one for one in self.changes if not one.decision)

    @property
    def undeclared(self) -> tuple[Explained, ...]:
        """The changed texts of which nobody has said whether they still mean the same."""
        return tuple(one for one in self.changes if not one.change.declared)


def family_of(catalogue: Catalogue, folder: Path, instrument_id: str) -> Family | None:
    """The instrument, else the module, with this id; None where there is none. Raises OSError."""
    for kind, known in ((INSTRUMENT, catalogue.instruments), (MODULE, catalogue.modules)):
        versions = {
            version: found for (found_id, version), found in known.items() if found_id == instrument_id
        }
        if versions:
            newest = versions[max(versions, key=numbers)]
            text = text_of(catalogue, folder, instrument_id, newest.version) or ""
            used = ids_ever(versions.values())
            return Family(kind, versions, newest, text, used, modules_in(folder))
    return None


def text_of(catalogue: Catalogue, folder: Path, instrument_id: str, version: str) -> str | None:
    """A version as the writer writes it; None where there is none. Raises OSError."""
    known = (("", catalogue.instruments), (MODULES, catalogue.modules))
    start = next((start for start, found in known if (instrument_id, version) in found), None)
    if start is None:
        return None
    return normal((folder / f"{start}{instrument_id}/{version}.yaml").read_text(encoding="utf-8-sig"))


def open_draft(
    connection: Connection, family: Family, author: str, now: datetime, text: str | None = None
) -> int:
    """The living draft of an instrument, else a new one from its newest version, one PATCH ahead.

    `text` is that of an older version, for who wants to go back to it: compared with the newest all the same.
    """
    there = stored.living(connection, family.kind, family.newest.id)
    if there is not None:
        return there
    version = stepped(family.newest.version, PATCH)
    try:
        with connection.begin_nested():
            return stored.add(
                connection,
                now,
                kind=family.kind,
                instrument=family.newest.id,
                based_on=family.newest.version,
                based_on_digest=family.newest.digest,
                version=version,
                document=edited(text or family.text, SetVersion(version)).text,
                author=author,
            )
    except IntegrityError:  # somebody else opened it in the same moment
        there = stored.living(connection, family.kind, family.newest.id)
        if there is None:
            raise
        return there


def holder(draft: Row[Any], now: datetime) -> str:
    """Who writes a draft now; "" for nobody."""
    held = draft.held_until is not None and draft.held_until > now
    return str(draft.held_by) if held else ""


def held_since(draft: Row[Any]) -> datetime | None:
    """When who holds a draft saved or took it last."""
    return None if draft.held_until is None else draft.held_until - HELD


def take(connection: Connection, draft_id: int, by: str, now: datetime) -> None:
    """Hold a draft, also where somebody else does: what they saved is there, their next save is told."""
    stored.hold(connection, draft_id, by, now + HELD)


def release(connection: Connection, draft_id: int, by: str) -> None:
    """Let others write, where it is held by who says so."""
    draft = stored.found(connection, draft_id, to_change=True)
    if draft is not None and draft.held_by == by:
        stored.hold(connection, draft_id, "", None)


@dataclass(frozen=True)
class Save:
    """What somebody saves: edits on the text that their page showed, of that revision."""

    edits: Sequence[Edit]
    revision: int
    by: str
    used: frozenset[str]


def save(connection: Connection, draft_id: int, asked: Save, now: datetime) -> Saved | None:
    """Save edits on a draft, all or none; None where there is no such draft.

    An earlier revision is no hindrance where nothing changed at the places of the edits since.
    """
    draft = stored.found(connection, draft_id, to_change=True)
    if draft is None:
        return None
    if draft.status != stored.DRAFT:
        return Saved(CLOSED, draft)
    if holder(draft, now) not in ("", asked.by):
        return Saved(TAKEN, draft)
    if asked.revision != draft.revision and not _still_so(connection, draft, asked):
        return Saved(STALE, draft)
    text, faults = _after(draft.document, asked)
    if faults:
        return Saved(REFUSED, draft, faults)
    if text != draft.document:
        stored.save(connection, draft, text, asked.by, now, now + HELD)
        stored.note_version(connection, draft_id, _version(text))
    return Saved(SAVED if text != draft.document else UNCHANGED, stored.found(connection, draft_id) or draft)


def _after(text: str, asked: Save) -> tuple[str, tuple[Fault, ...]]:
    for edit in asked.edits:
        done = edited(text, edit, asked.used)
        if done.faults:
            return text, done.faults
        text = done.text
    return text, ()


def _version(text: str) -> str:
    return str(document_of(text.encode()).get("version", ""))[:20]


def _still_so(connection: Connection, draft: Row[Any], asked: Save) -> bool:
    """Whether the places of the edits are as the page of an earlier revision showed them."""
    shown = stored.text_at(connection, draft.id, asked.revision)
    return shown is not None and untouched(shown, draft.document, asked.edits)


def discard(connection: Connection, draft_id: int, by: str, now: datetime) -> str:
    """End a draft without publishing it; how it went. Its texts stay."""
    draft = stored.found(connection, draft_id, to_change=True)
    if draft is None or draft.status not in stored.LIVING:
        return CLOSED
    if holder(draft, now) not in ("", by):
        return TAKEN
    stored.close(connection, draft_id, "discarded", now)
    return SAVED


def overtaken(draft: Row[Any], family: Family) -> bool:
    """Whether another version came into use since the draft was opened: it must be compared anew."""
    return (draft.based_on, draft.based_on_digest) != (family.newest.version, family.newest.digest)


def compare_anew(connection: Connection, draft_id: int, family: Family) -> None:
    """Compare a draft with the newest version from now on; its text stays as it is."""
    stored.note_base(connection, draft_id, family.newest.version, family.newest.digest)


def review(draft: Row[Any], family: Family, reasons: Mapping[str, Row[Any]]) -> Review:
    """The problems of a draft; where there is none, what changed since its base, and why."""
    found = checks.faults(draft.document, family.modules, family.kind)
    base = family.versions.get(draft.based_on)
    if found or base is None:
        return Review(found)
    instrument = checks.read(draft.document, family.modules, family.kind)
    kinds = {place: row.kind for place, row in reasons.items() if row.kind}
    comparison = compare(base, instrument, kinds)
    changes = tuple(_explained(change, reasons) for change in comparison.changes)
    faults = checks.reused(instrument, base, family.used)
    return Review(faults, instrument, comparison, changes)


def _explained(change: Change, reasons: Mapping[str, Row[Any]]) -> Explained:
    reason = reasons.get(change.place)
    return Explained(change, reason.code, reason.decision_id) if reason else Explained(change)


def explain(connection: Connection, draft: Row[Any], change: Change, decision_id: int, kind: str) -> bool:
    """Note which decision a change comes from, and for a text its kind; False for what is neither.

    Only an accepted decision on the same instrument explains a change.
    """
    known = {row.id for row in stored.accepted(connection, draft.instrument)}
    if decision_id not in known or (kind not in KINDS if change.kind else kind):
        return False
    stored.put_reason(connection, draft.id, change.place, decision_id, kind)
    return True
