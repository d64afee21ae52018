"""A draft that somebody wrote and somebody else approved, for tests of its publication."""

from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from surveyapp.focus_groups import draft_review, drafts
from surveyapp.focus_groups.edit_model import Edit, SetVersion, SetWording
from surveyapp.instruments.catalogue import Catalogue
from surveyapp.storage import decisions
from surveyapp.storage import drafts as stored
from tests.factories import NOW

ANNA, BRUNO = "anna@study.example", "bruno@study.example"
WORDS = "Sai che lavoro vuoi fare?"
EASIER = SetWording("AUT_OCC3", ("P", "easy"), WORDS)


def create_decision(connection: Connection, instrument: str = "aut", item: str = "AUT_OCC3") -> int:
    """An accepted one; its id."""
    code = decisions.propose(
        connection,
        [("note", "Tre esperti su otto non la trovano chiara.")],
        instrument=instrument,
        object_kind="item",
        object_id=item,
        proposal="Parole più semplici.",
        proposed_by=ANNA,
        proposed_at=NOW,
    )
    decisions.decide(connection, code, "accepted", "Chiarezza .625, sotto .83.", BRUNO, date(2026, 11, 25))
    found = decisions.found(connection, code)
    assert found is not None
    return int(found.id)


def create_approved(
    connection: Connection,
    catalogue: Catalogue,
    folder: Path,
    edits: tuple[Edit, ...] = (EASIER,),
    version: str = "0.2.0",
    instrument: str = "aut",
) -> int:
    """A draft with these edits, each change explained by one decision; its id."""
    family = drafts.family_of(catalogue, folder, instrument)
    assert family is not None
    draft, decision = (
        drafts.open_draft(connection, family, ANNA, NOW),
        create_decision(connection, instrument),
    )
    wanted = drafts.Save((*edits, SetVersion(version)), 1, ANNA, family.used)
    saved = drafts.save(connection, draft, wanted, NOW)
    assert saved is not None
    assert saved.outcome == drafts.SAVED, saved.faults
    for one in drafts.review(saved.draft, family, {}).changes:
        kind = "same meaning" if one.change.kind else ""
        assert drafts.explain(connection, saved.draft, one.change, decision, kind)
    assert draft_review.submit(connection, saved.draft, [], ANNA)
    sent = stored.found(connection, draft)
    assert sent is not None
    assert draft_review.approve(connection, sent, [], BRUNO)
    return draft
