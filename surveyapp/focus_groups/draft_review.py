"""From a draft to its approval: sent to review by who signs it as author, approved by somebody else."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row

from surveyapp.focus_groups.drafts import Family, Review, overtaken
from surveyapp.instruments.comparison_model import numbers
from surveyapp.storage import drafts as stored

DRAFT, IN_REVIEW, APPROVED = "draft", "in_review", "approved"
# What stands in the way, by name; the pages have the words.
FAULTS, OVERTAKEN, NOTHING, UNEXPLAINED, UNDECLARED, NEW_MEANING, TOO_SMALL = (
    "faults",
    "overtaken",
    "nothing",
    "unexplained",
    "undeclared",
    "new meaning",
    "too small",
)


def obstacles(draft: Row[Any], family: Family, review: Review) -> list[str]:
    """Everything that keeps a draft from review, by name."""
    return list(_obstacles(draft, family, review))


def _obstacles(draft: Row[Any], family: Family, review: Review) -> Iterator[str]:
    if overtaken(draft, family):
        yield OVERTAKEN
    if review.faults or review.comparison is None:
        yield FAULTS
        return
    if not review.changes:
        yield NOTHING
    if review.unexplained:
        yield UNEXPLAINED
    if review.undeclared:
        yield UNDECLARED
    if review.comparison.new_meanings:
        yield NEW_MEANING
    if numbers(draft.version) < numbers(review.comparison.least_version):
        yield TOO_SMALL


def submit(connection: Connection, draft: Row[Any], found: list[str], by: str) -> bool:
    """Send a draft without obstacles to review; who does signs as its author. False where it cannot be."""
    if draft.status != DRAFT or found:
        return False
    stored.note_status(connection, draft.id, IN_REVIEW, author=by, approver="")
    return True


def approve(connection: Connection, draft: Row[Any], found: list[str], by: str) -> bool:
    """Approve a draft in review: never its author. False where it cannot be."""
    if draft.status != IN_REVIEW or found or by == draft.author:
        return False
    stored.note_status(connection, draft.id, APPROVED, author=draft.author, approver=by)
    return True


def send_back(connection: Connection, draft: Row[Any]) -> bool:
    """Let a draft in review, or approved, be written again; its approval is gone."""
    if draft.status not in (IN_REVIEW, APPROVED):
        return False
    stored.note_status(connection, draft.id, DRAFT, author=draft.author, approver="")
    return True
