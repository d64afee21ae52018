"""The table of alerts: something that an answer said and that somebody must act on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# The code of an alert that somebody of the staff raised on a text.
BY_STAFF = "by_staff"
# Why somebody is treated badly, where it is known.
REASONS = ("sex", "origin", "age", "disability", "religion", "other")
# How an alert ended.
OUTCOMES = ("talked", "helped", "passed_on", "no_danger", "not_reached")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Alert(Base):
    """One alert. It refers to the very answer that raised it, so that it stays when the answer is changed.

    `code` is that of the instrument's alert, or BY_STAFF; `raised_by` the account of the staff
    who raised it, empty where the answers did.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("administration_id", "code", "item", name="one_each"),
        ForeignKeyConstraint(
            ["administration_id", "item", "revision"],
            ["answer.administration_id", "answer.item", "answer.revision"],
            name="fk_alert_answer",
        ),
        CheckConstraint(f"reason IN ({_listed(REASONS)})", name="known_reason"),
        CheckConstraint(f"outcome IN ({_listed(OUTCOMES)})", name="known_outcome"),
        CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_has_reader"),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (outcome IS NULL)",
            name="closed_has_outcome",
        ),
        CheckConstraint("closed_at IS NULL OR read_at IS NOT NULL", name="closed_was_read"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"))
    code: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(String(24))
    revision: Mapped[int]
    reason: Mapped[str | None] = mapped_column(String(12))
    raised_at: Mapped[datetime]
    raised_by: Mapped[str] = mapped_column(String(254), default="")
    read_at: Mapped[datetime | None]
    read_by: Mapped[str | None] = mapped_column(String(254))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(254))
    outcome: Mapped[str | None] = mapped_column(String(12))
