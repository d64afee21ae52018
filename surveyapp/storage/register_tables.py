"""Where people work: organisations, agreements, placements, accompaniments. Codes only, no names."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.instruments.rule import PLACEMENT_TYPES
from surveyapp.storage.tables import Base

# What an organisation is. All but the first and the public bodies may execute an agreement under article 14.
ORGANISATION_KINDS = (
    "company",
    "cooperative_b",
    "consortium",
    "social_enterprise",
    "non_commercial_third_sector",
    "benefit_company",
    "public_body",
    "other",
)
# By number of employees, as law 68/1999 divides them.
SIZE_CLASSES = ("under_15", "15_to_35", "36_to_50", "over_50")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Organisation(Base):
    """A company, a cooperative or another body, known here by a code only."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint(f"kind IN ({_listed(ORGANISATION_KINDS)})", name="known_kind"),
        CheckConstraint(f"size_class IN ({_listed(SIZE_CLASSES)})", name="known_size_class"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(32))
    province: Mapped[str] = mapped_column(String(40))
    ambito: Mapped[str] = mapped_column(String(80))
    size_class: Mapped[str | None] = mapped_column(String(16))
    sector: Mapped[str | None] = mapped_column(String(80))
    demonstration: Mapped[bool]
    created_at: Mapped[datetime]


class Agreement(Base):
    """An agreement under article 14 (convenzione): a client firm, and the body that executes its orders."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint("expires_on >= signed_on", name="expires_after_signing"),
        CheckConstraint("ended_on IS NULL OR ended_on >= signed_on", name="ends_after_signing"),
        CheckConstraint("executing_body_id <> client_firm_id", name="two_parties"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    province: Mapped[str] = mapped_column(String(40))
    ambito: Mapped[str] = mapped_column(String(80))
    executing_body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    client_firm_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    signed_on: Mapped[date]
    expires_on: Mapped[date]
    ended_on: Mapped[date | None]
    demonstration: Mapped[bool]


class Placement(Base):
    """An experience of work or training within a path (inserimento). Its territory is the person's.

    `ended_on` may be a day to come; `minutes_a_week` is how long the person works; `paid` whether they
    receive a wage or an allowance; the DULD is the regional grant that may pay for it.
    """

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        UniqueConstraint("id", "path_id", name="of_one_path"),
        CheckConstraint(f"type IN ({_listed(PLACEMENT_TYPES)})", name="known_type"),
        CheckConstraint("type = 'SFA' OR host_id IS NOT NULL", name="has_host"),
        CheckConstraint("(type = 'A14') = (agreement_id IS NOT NULL)", name="agreement_where_it_applies"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        CheckConstraint("minutes_a_week BETWEEN 1 AND 3600", name="possible_hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    path_id: Mapped[int] = mapped_column(ForeignKey("path.id"), index=True)
    type: Mapped[str] = mapped_column(String(4))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(80))
    minutes_a_week: Mapped[int | None]
    paid: Mapped[bool | None]
    duld: Mapped[bool | None]
    duld_outcome: Mapped[str | None] = mapped_column(String(80))


class Accompaniment(Base):
    """The time in which a company or cooperative is helped to adapt its places of work."""

    __tablename__ = "accompaniment"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    demonstration: Mapped[bool]
