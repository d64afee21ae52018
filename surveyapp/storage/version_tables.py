"""The table of published versions: what stands in the files, so that several servers can agree on it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base


class InstrumentVersion(Base):
    """One version of an instrument, module, consent text or study plan.

    `document` is the canonical JSON of its file, `digest` the sha256 of that. What is known of it beside its
    content is as published.json has it; a version that was only recorded has no author.

    Of a version published or retired on the site `record` is its entry of published.json and `changed_at` the
    moment; `file` is the text of a file that only this database has.
    """

    __tablename__ = "instrument_version"
    __table_args__ = (
        CheckConstraint("kind IN ('instrument', 'module', 'consent', 'plan')", name="known_kind"),
        CheckConstraint(
            "status IN ('draft', 'in_review', 'approved', 'published', 'retired')", name="known_status"
        ),
        CheckConstraint("author = '' OR author <> approver", name="two_people"),
    )

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    author: Mapped[str] = mapped_column(String(200), default="")
    approver: Mapped[str] = mapped_column(String(200), default="")
    published_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    file: Mapped[str] = mapped_column(Text, default="", server_default="")
    record: Mapped[str] = mapped_column(Text, default="", server_default="")
    changed_at: Mapped[datetime | None]
