"""The table of what the answers say of each question, as the last validation report computed it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# Counts: how many gave no answer, how many of these because they did not know.
COUNTS = ("missing", "not_known")
STATISTICS = (*COUNTS, "floor", "ceiling", "item_rest", "alpha_if_dropped", "scale_change")
# From so many answers on a number has a value; below there are counts only (rulings S11).
VALUE_FROM = 10


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class ItemStatistic(Base):
    """One number on one question: in which version, form, variant, length and occasion, with its n.

    `scale` is empty for what does not depend on one; `occasion` is that of the answers, or two with a hyphen
    between for a change. `data_digest` is the sha256 of the answers that it comes from.
    """

    __tablename__ = "item_statistic"
    __table_args__ = (
        UniqueConstraint(
            "instrument",
            "item",
            "version",
            "form",
            "variant",
            "length",
            "occasion",
            "scale",
            "statistic",
            name="one_number",
        ),
        CheckConstraint(f"statistic IN ({_listed(STATISTICS)})", name="known_statistic"),
        CheckConstraint("n >= 0", name="counted"),
        CheckConstraint(
            f"value IS NULL OR n >= {VALUE_FROM} OR statistic IN ({_listed(COUNTS)})",
            name="few_have_no_value",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(8))
    variant: Mapped[str] = mapped_column(String(8))
    length: Mapped[str] = mapped_column(String(8), default="")
    occasion: Mapped[str] = mapped_column(String(40))
    scale: Mapped[str] = mapped_column(String(40), default="")
    statistic: Mapped[str] = mapped_column(String(20))
    value: Mapped[float | None]
    n: Mapped[int]
    computed_at: Mapped[datetime]
    data_digest: Mapped[str] = mapped_column(String(64))
