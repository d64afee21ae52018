"""Tables of the short codes, and of the wrong ones that were tried."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base


class ShortCode(Base):
    """A code of ten letters that opens an administration as a link does: only its HMAC is kept.

    `purpose` is the one of the links that it makes.
    """

    __tablename__ = "short_code"
    __table_args__ = (
        UniqueConstraint("code_hmac", name="one_code"),
        CheckConstraint("purpose IN ('personal', 'tablet')", name="known_purpose"),
        CheckConstraint("expires_at > created_at", name="expires_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"), index=True)
    code_hmac: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class WrongCode(Base):
    """A try that opened nothing: from where (HMAC of the address) and when. Deleted after an hour."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index("ix_wrong_code_tried_at", "tried_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_hmac: Mapped[str] = mapped_column(String(64))
    tried_at: Mapped[datetime]
