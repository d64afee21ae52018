"""The table of problems with the site that anybody reports."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

LONGEST_TEXT = 2000


class ProblemReport(Base):
    """One report. `page` is the kind of page, never its address; `key` is made by the page that sends it.

    `source` is a keyed digest of the network address it came from. It goes after an hour: it only serves to
    count.
    """

    __tablename__ = "problem_report"
    __table_args__ = (
        UniqueConstraint("key", name="one_key"),
        CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_TEXT}", name="text_fits"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (answer IS NULL)",
            name="answered_has_answer",
        ),
        Index("ix_problem_report_source", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    page: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(String(254))
    telephone: Mapped[str] = mapped_column(String(30))
    source: Mapped[str | None] = mapped_column(String(64))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(254))
    answer: Mapped[str | None] = mapped_column(Text)
