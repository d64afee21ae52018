"""Tables of questionnaires filled in on paper: what is known of a sheet, and what was read on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base


class PaperSheet(Base):
    """The sheet of one administration: the day on which it was filled in, and who typed it, once or twice.

    `differences` is how many questions the two entries read differently, known when they were compared.
    People of the staff are kept by the e-mail of their account, as in the table of jobs.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint("(second_by IS NULL) = (second_at IS NULL)", name="second_has_moment"),
        CheckConstraint("(differences IS NULL) = (compared_at IS NULL)", name="compared_has_number"),
        CheckConstraint("compared_at IS NULL OR second_at IS NOT NULL", name="compared_after_second"),
        CheckConstraint("differences IS NULL OR differences >= 0", name="differences_not_negative"),
    )

    administration_id: Mapped[int] = mapped_column(
        ForeignKey("administration.id"), primary_key=True, autoincrement=False
    )
    filled_on: Mapped[date]
    first_by: Mapped[str] = mapped_column(String(254))
    first_at: Mapped[datetime]
    second_by: Mapped[str | None] = mapped_column(String(254))
    second_at: Mapped[datetime | None]
    differences: Mapped[int | None]
    compared_at: Mapped[datetime | None]


class PaperReading(Base):
    """What one entry (1 or 2) read on the sheet for an item. Never updated: the newest row is current.

    Beside the reasons of an answer there are `blank` and `unclear` (illegible, or two crosses): both become
    the answer `skipped`, and stay told apart here.
    """

    __tablename__ = "paper_reading"
    __table_args__ = (
        CheckConstraint("entry IN (1, 2)", name="known_entry"),
        CheckConstraint(
            "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN text IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_value",
        ),
        CheckConstraint("reason IN ('NS', 'NA', 'NO', 'blank', 'unclear')", name="known_reason"),
        Index("ix_paper_reading_administration_id", "administration_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"))
    entry: Mapped[int]
    item: Mapped[str] = mapped_column(String(24))
    value: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(8))
    read_at: Mapped[datetime]
