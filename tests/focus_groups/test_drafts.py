"""The draft of the next version: one each, one writer at a time, nothing lost, every change explained."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Row, insert, select

from surveyapp.focus_groups import drafts
from surveyapp.focus_groups.drafts import Family, Save
from surveyapp.focus_groups.edit_model import (
    AddItem,
    Edit,
    MoveItem,
    PutInScale,
    RemoveItem,
    SetVersion,
    SetWording,
    TakeFromScale,
)
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.instruments.file_checks import problems_of
from surveyapp.storage import drafts as stored
from surveyapp.storage.engine import writing
from surveyapp.storage.revision_tables import Decision, DraftRevision
from tests.bundled import FOLDER

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=9)
ANNA, BRUNO = "anna@example.org", "bruno@example.org"
EASY, STD = ("P", "easy"), ("P", "std")
WORDS = SetWording("AUT_OCC3", EASY, "Hai deciso che cosa vuoi fare?")


@pytest.fixture(scope="module")
def family(catalogue: Catalogue) -> Family:
    found = drafts.family_of(catalogue, FOLDER, "aut")
    assert found is not None
    return found


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


@pytest.fixture
def draft(connection: Connection, family: Family) -> int:
    return drafts.open_draft(connection, family, ANNA, NOW)


def row(connection: Connection, draft: int) -> Row[Any]:
    found = stored.found(connection, draft)
    assert found is not None
    return found


def save(
    connection: Connection,
    draft: int,
    *edits: Edit,
    revision: int = 1,
    by: str = ANNA,
    now: datetime = NOW,
    used: frozenset[str] = frozenset(),
) -> drafts.Saved:
    done = drafts.save(connection, draft, Save(edits, revision, by, used), now)
    assert done is not None
    return done


def decide(connection: Connection, *, outcome: str = "accepted", instrument: str = "aut") -> int:
    values = {"code": f"DEC-{connection.scalar(select(Decision.id).order_by(Decision.id.desc())) or 0}"}
    values |= {"instrument": instrument, "object_kind": "item", "object_id": "AUT_OCC3", "proposal": "x"}
    values |= {"proposed_by": ANNA, "outcome": outcome, "reason": "x", "decided_by": BRUNO}
    dated = {**values, "proposed_at": NOW, "decided_on": NOW.date()}
    return int(connection.execute(insert(Decision).values(**dated).returning(Decision.id)).scalar_one())


def test_a_draft_begins_as_the_newest_version_one_step_ahead(
    connection: Connection, draft: int, family: Family
) -> None:
    found = row(connection, draft)
    assert (found.based_on, found.version, found.status) == ("0.1.0", "0.1.1", "draft")
    review = drafts.review(found, family, {})
    assert (review.faults, review.changes) == ((), ())


def test_there_is_one_living_draft_of_an_instrument(
    connection: Connection, draft: int, family: Family
) -> None:
    assert drafts.open_draft(connection, family, BRUNO, LATER) == draft
    assert drafts.discard(connection, draft, ANNA, LATER) == drafts.SAVED
    assert drafts.discard(connection, draft, ANNA, LATER) == drafts.CLOSED
    assert drafts.open_draft(connection, family, BRUNO, LATER) != draft
    assert save(connection, draft, WORDS).outcome == drafts.CLOSED


def test_every_save_stays(connection: Connection, draft: int) -> None:
    assert save(connection, draft, WORDS).outcome == drafts.SAVED
    assert save(connection, draft, WORDS, revision=2).outcome == drafts.UNCHANGED
    assert save(connection, draft, SetVersion("0.2.0"), revision=2).draft.version == "0.2.0"
    texts = connection.execute(
        select(DraftRevision.revision, DraftRevision.written_by).order_by(DraftRevision.id)
    )
    assert [tuple(one) for one in texts] == [(1, ANNA), (2, ANNA), (3, ANNA)]


def test_a_second_writer_is_told_who_holds_it(connection: Connection, draft: int) -> None:
    save(connection, draft, WORDS)
    told = save(connection, draft, replace(WORDS, words="Altro?"), revision=2, by=BRUNO, now=LATER)
    assert told.outcome == drafts.TAKEN
    assert (drafts.holder(told.draft, LATER), drafts.held_since(told.draft)) == (ANNA, NOW)
    assert drafts.discard(connection, draft, BRUNO, LATER) == drafts.TAKEN


@pytest.mark.parametrize("way", ["after ten minutes", "released", "taken over"])
def test_a_hold_ends(connection: Connection, draft: int, way: str) -> None:
    save(connection, draft, WORDS)
    now = NOW + timedelta(minutes=11) if way == "after ten minutes" else LATER
    if way == "released":
        drafts.release(connection, draft, BRUNO)  # not theirs
        assert drafts.holder(row(connection, draft), now) == ANNA
        drafts.release(connection, draft, ANNA)
    if way == "taken over":
        drafts.take(connection, draft, BRUNO, now)
        assert save(connection, draft, SetVersion("0.3.0"), revision=2, now=now).outcome == drafts.TAKEN
    done = save(connection, draft, SetVersion("0.2.0"), revision=2, by=BRUNO, now=now)
    assert done.outcome == drafts.SAVED


def test_a_stale_save_changes_nothing(connection: Connection, draft: int) -> None:
    save(connection, draft, WORDS)
    stale = save(connection, draft, replace(WORDS, words="Altro?"))
    assert stale.outcome == drafts.STALE
    assert WORDS.words in stale.draft.document
    assert save(connection, draft, RemoveItem("AUT_OCC3")).outcome == drafts.STALE


def test_an_earlier_page_may_save_where_nothing_changed_since(connection: Connection, draft: int) -> None:
    save(connection, draft, WORDS)
    done = save(connection, draft, SetWording("AUT_OCC1", EASY, "Ti piace questo?"))
    assert done.outcome == drafts.SAVED
    assert WORDS.words in done.draft.document
    new = AddItem("AUT_OCC3", "AUT_OCC9", "x", {EASY: "x"})
    assert save(connection, draft, new).outcome == drafts.SAVED
    assert save(connection, draft, MoveItem("AUT_OCC3", -1)).outcome == drafts.STALE
    assert save(connection, draft, TakeFromScale("AUT_OCC", "AUT_OCC3")).outcome == drafts.SAVED
    assert save(connection, draft, PutInScale("AUT_OCC", "AUT_OCC3")).outcome == drafts.STALE


def test_edits_are_saved_all_or_none(connection: Connection, draft: int, family: Family) -> None:
    again = AddItem("AUT_OCC3", "AUT_BEN1", "x", {EASY: "x"})
    done = save(connection, draft, WORDS, again, used=family.used)
    assert done.outcome == drafts.REFUSED
    assert [fault.place for fault in done.faults] == ["AUT_BEN1"]
    assert row(connection, draft).revision == 1


def test_every_change_has_its_decision_or_is_told(connection: Connection, draft: int, family: Family) -> None:
    done = save(connection, draft, WORDS)
    review = drafts.review(done.draft, family, {})
    (change,) = [one.change for one in review.unexplained]
    assert change.place == "AUT_OCC3.text.P.easy"
    assert review.undeclared
    decision = decide(connection)
    assert not drafts.explain(connection, done.draft, change, decision, "")
    assert not drafts.explain(connection, done.draft, change, decide(connection, outcome="rejected"), "typo")
    assert not drafts.explain(connection, done.draft, change, decide(connection, instrument="qil"), "typo")
    assert drafts.explain(connection, done.draft, change, decision, "typo")
    assert drafts.explain(connection, done.draft, change, decision, "same meaning")
    review = drafts.review(done.draft, family, stored.reasons(connection, draft))
    assert (review.unexplained, review.undeclared) == ((), ())
    assert review.changes[0].decision == "DEC-0"
    assert review.comparison is not None
    assert (review.comparison.step, review.comparison.least_version) == ("MINOR", "0.2.0")


def test_a_draft_with_problems_is_kept_and_they_are_told(
    connection: Connection, draft: int, family: Family
) -> None:
    done = save(connection, draft, replace(WORDS, words="Chi è {nessuno}?"))
    review = drafts.review(done.draft, family, {})
    assert [fault.place for fault in review.faults] == ["AUT_OCC3"]
    assert review.comparison is None


def test_a_draft_overtaken_by_a_publication_is_compared_anew(
    connection: Connection, draft: int, family: Family
) -> None:
    assert not drafts.overtaken(row(connection, draft), family)
    newer = replace(family.newest, version="0.2.0", digest="another")
    after = replace(family, newest=newer, versions={**family.versions, "0.2.0": newer})
    assert drafts.overtaken(row(connection, draft), after)
    drafts.compare_anew(connection, draft, after)
    assert not drafts.overtaken(row(connection, draft), after)


def test_a_draft_as_a_file_passes_the_check_of_files(
    connection: Connection, draft: int, tmp_path: Any
) -> None:
    done = save(connection, draft, WORDS, SetVersion("0.2.0"))
    for name in ("modules", "consents"):
        (tmp_path / name).symlink_to(FOLDER / name)
    path = tmp_path / "aut" / "0.2.0.yaml"
    path.parent.mkdir()
    path.write_bytes(done.draft.document.encode())
    assert problems_of(path) == []


def test_a_module_has_drafts_too(connection: Connection, catalogue: Catalogue) -> None:
    family = drafts.family_of(catalogue, FOLDER, "mcr")
    assert family is not None
    found = row(connection, drafts.open_draft(connection, family, ANNA, NOW))
    assert (found.kind, drafts.review(found, family, {}).faults) == ("module", ())
    assert drafts.family_of(catalogue, FOLDER, "nothere") is None
