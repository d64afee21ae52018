"""The table of recordings: somebody's voice, or a voice made by a program, reading a question aloud."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# A question with its options is read in half a minute: even a careless recording fits.
MAX_BYTES = 2 * 1024 * 1024


class Recording(Base):
    """The sound of one text: the words of an item with its options, in a form and variant.

    It belongs to a text, not to a version of the instrument: `text_sha256` is that of the words that were
    read, and every version with the same words uses it. Where the words are others it is out of date.
    `source` is 'voice' for a person's, which is used first, or 'generated'. `digest` is the sha256 of the
    content, so that the address of a sound that was replaced is another one.
    """

    __tablename__ = "recording"
    __table_args__ = (
        UniqueConstraint(
            "instrument", "item", "form", "variant", "text_sha256", "source", name="one_of_each_source"
        ),
        CheckConstraint("source IN ('voice', 'generated')", name="known_source"),
        CheckConstraint("media_type IN ('audio/mpeg', 'audio/ogg')", name="known_media_type"),
        CheckConstraint(f"length(content) BETWEEN 1 AND {MAX_BYTES}", name="size"),
        CheckConstraint("length(text_sha256) = 64 AND length(digest) = 64", name="whole_digests"),
        CheckConstraint("seconds >= 0", name="seconds_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(24))
    form: Mapped[str] = mapped_column(String(4))
    variant: Mapped[str] = mapped_column(String(8))
    text_sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(12))
    media_type: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    seconds: Mapped[int | None]
    uploaded_by: Mapped[str] = mapped_column(String(254))
    uploaded_at: Mapped[datetime]
