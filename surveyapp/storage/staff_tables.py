"""Tables of the people who work with the questionnaires: their accounts and their open sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# Of the whole project, and of one territory: which roles there are, and how much of the study they see.
CENTRAL_ROLES = ("administrator", "socialis", "lead_partner")
TERRITORY_ROLES = ("territory_office", "caseworker")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Account(Base):
    """Somebody of the staff who may sign in. `password` is an argon2 hash; the e-mail is in lower case.

    `uniquifier` changes with the password, the role and the territory: sessions opened before end there.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("email", name="one_email"),
        UniqueConstraint("uniquifier", name="one_uniquifier"),
        CheckConstraint(f"role IN ({_listed(CENTRAL_ROLES + TERRITORY_ROLES)})", name="known_role"),
        CheckConstraint(
            f"(role IN ({_listed(TERRITORY_ROLES)})) = (province <> '')", name="territory_where_it_applies"
        ),
        CheckConstraint("ambito = '' OR province <> ''", name="ambito_in_province"),
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    password: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    province: Mapped[str] = mapped_column(String(40), default="")
    ambito: Mapped[str] = mapped_column(String(80), default="")
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    uniquifier: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class StaffSession(Base):
    """An open session: only the sha256 of what the cookie holds is kept.

    `uniquifier` is the account's when it signed in: once the two differ, the session opens nothing.
    """

    __tablename__ = "staff_session"
    __table_args__ = (Index("ix_staff_session_account_id", "account_id"),)

    id_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    uniquifier: Mapped[str] = mapped_column(String(64))
    data: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
