"""The table of telephone calls: each attempt to reach a company, and how it went."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

OUTCOMES = ("answered", "no_answer", "call_back", "refused", "wrong_number")
LONGEST_NOTE = 200


class Call(Base):
    """One call about an administration. Never updated: what happened stays written.

    `note` holds no names nor numbers; `email` is the account that called; `key` is made by the page, so that
    sending it twice adds one row.
    """

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("administration_id", "key", name="one_per_key"),
        CheckConstraint(f"outcome IN ({', '.join(map(repr, OUTCOMES))})", name="known_outcome"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="short_note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"), index=True)
    called_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    email: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(40))
