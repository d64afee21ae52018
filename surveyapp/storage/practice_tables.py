"""The table of answers given to try the pages before the first question: never among answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base


class PracticeAnswer(Base):
    """What was answered to a practice question. Never updated: the newest of its round and place stands.

    `place` counts the questions of the form from one; `round` is 2 where they are asked once more with help.
    """

    __tablename__ = "practice_answer"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_value",
        ),
        CheckConstraint("reason IN ('NS', 'NA', 'NO', 'skipped')", name="known_reason"),
        CheckConstraint("place >= 1", name="place_from_one"),
        CheckConstraint("round IN (1, 2)", name="known_round"),
        CheckConstraint(
            "mode IN ('self', 'read_aloud', 'assisted', 'interview', 'paper')", name="known_mode"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"), index=True)
    place: Mapped[int]
    round: Mapped[int]
    value: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(12), default="self")
    answered_at: Mapped[datetime]
