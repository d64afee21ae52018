"""Tables of decisions and of the drafts that they open: from a proposal to the next version."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.focus_tables import OUTCOMES
from surveyapp.storage.tables import Base

# What a decision is about, and what it may rest on.
OBJECTS = ("criterion", "item", "scale", "rule", "instrument")
EVIDENCE = ("excerpt", "rating", "reader_test", "statistic", "note")
DRAFT_STATUSES = ("draft", "in_review", "approved", "published", "discarded")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_LIVING = text("status IN ('draft', 'in_review', 'approved')")


class Decision(Base):
    """A proposal with its outcome. `code` ("DEC-014") is what versions and reports name.

    An outcome has a reason, a day and somebody who took it.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint(f"outcome IN ({_listed(OUTCOMES)})", name="known_outcome"),
        CheckConstraint(f"object_kind IN ({_listed(OBJECTS)})", name="known_object"),
        CheckConstraint(
            "(outcome = 'open') = (decided_on IS NULL) AND (outcome = 'open') = (decided_by = '')"
            " AND (outcome = 'open' OR reason <> '')",
            name="decided_has_reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12))
    focus_group_id: Mapped[int | None] = mapped_column(ForeignKey("focus_group.id"), index=True)
    instrument: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str] = mapped_column(String(12))
    object_id: Mapped[str] = mapped_column(String(60))
    proposal: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(254))
    proposed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(12), default="open")
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(254), default="")
    decided_on: Mapped[date | None]


class DecisionEvidence(Base):
    """What a decision rests on: the id of an excerpt, a rating question or a reader test, or a sentence."""

    __tablename__ = "decision_evidence"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "reference", name="one_of_each"),
        CheckConstraint(f"kind IN ({_listed(EVIDENCE)})", name="known_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    reference: Mapped[str] = mapped_column(String(300))


class Draft(Base):
    """The next version of an instrument or module while it is written. One living draft each.

    `document` is the text of its YAML file; `based_on` the version and digest that it was opened from, so
    that a draft that another publication overtook is compared anew. `held_by` is who writes now, until
    `held_until`.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("kind IN ('instrument', 'module')", name="known_kind"),
        CheckConstraint(f"status IN ({_listed(DRAFT_STATUSES)})", name="known_status"),
        CheckConstraint("(held_by = '') = (held_until IS NULL)", name="held_until_a_moment"),
        Index(
            "uq_draft_one_living",
            "kind",
            "instrument",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    instrument: Mapped[str] = mapped_column(String(40))
    based_on: Mapped[str] = mapped_column(String(20))
    based_on_digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(20))
    document: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(12), default="draft")
    held_by: Mapped[str] = mapped_column(String(254), default="")
    held_until: Mapped[datetime | None]
    author: Mapped[str] = mapped_column(String(254))
    approver: Mapped[str] = mapped_column(String(254), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class DraftRevision(Base):
    """The text of a draft after each save: nothing typed is lost, and who wrote what is known."""

    __tablename__ = "draft_revision"
    __table_args__ = (UniqueConstraint("draft_id", "revision", name="one_revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    revision: Mapped[int]
    document: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(254))
    written_at: Mapped[datetime]


class DraftReason(Base):
    """Why a place of a draft changed: the decision, and for a text its kind (typo, same or new meaning)."""

    __tablename__ = "draft_reason"
    __table_args__ = (UniqueConstraint("draft_id", "place", name="one_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="")
