"""Every table. The rules that the data must obey are named constraints; answers are append-only rows."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(constraint_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone: stored as UTC (SQLite keeps no zone), given back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; raises ValueError for a moment without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC again: a database that keeps the zone gives it back in its own."""
        return value and value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """The same in one step for the texts of SQLite, which are UTC: every answer has one."""
        if dialect.name == "sqlite":
            return lambda text: text and datetime.fromisoformat(f"{text}+00:00")
        return super().result_processor(dialect, coltype)


class Base(DeclarativeBase):
    """Tables share one metadata, whose constraint names are the same on every database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy reads it as declared


class Person(Base):
    """A participant, known here by a code only; names live elsewhere.

    `sex` is F, M or X (other), null where the register does not say it: for results of groups only.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint("sex IN ('F', 'M', 'X')", name="known_sex"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    province: Mapped[str] = mapped_column(String(40))
    ambito: Mapped[str] = mapped_column(String(80))
    sex: Mapped[str | None] = mapped_column(String(1))
    demonstration: Mapped[bool]
    created_at: Mapped[datetime]


class Path(Base):
    """A person's path (percorso), from taking in charge to its end; it keeps the variant first chosen.

    `reading` is how the person wants to read (see collection.reading_settings). `activity_started_on` is when
    the first activity began in which the person could be observed.
    """

    __tablename__ = "path"
    __table_args__ = (
        UniqueConstraint("person_id", "number", name="one_number"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        CheckConstraint(
            "activity_started_on IS NULL OR activity_started_on >= started_on", name="activity_after_start"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int] = mapped_column(default=1)
    started_on: Mapped[date]
    activity_started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(80))
    variant: Mapped[str | None] = mapped_column(String(8))
    reading: Mapped[str] = mapped_column(String(60), default="", server_default="")


_SUBJECT = (
    "subject = COALESCE('accompaniment:' || accompaniment_id, 'agreement:' || agreement_id,"
    " 'placement:' || placement_id, 'path:' || path_id)"
)
_ONE_SUBJECT = (
    "(CASE WHEN path_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN accompaniment_id IS NULL THEN 0 ELSE 1 END) = 1"
    " AND (placement_id IS NULL OR path_id IS NOT NULL)"
)


def _named_subject(context: Any) -> str:
    """The subject of a row that is being added, from what it refers to."""
    row = context.get_current_parameters()
    kinds = ("accompaniment", "agreement", "placement")
    kind = next((kind for kind in kinds if row.get(f"{kind}_id")), "path")
    return f"{kind}:{row.get(f'{kind}_id')}"


class Administration(Base):
    """One form of one instrument version, due from one respondent about one subject at one occasion.

    `subject` names the row that it is about: 'path:12', 'placement:7', 'agreement:3', 'accompaniment:5'. It
    follows from the references by itself. A placement's administration refers to the path too.
    `number` counts repeats within the occasion, `rater` tells second observers apart; `respondent` is the
    code of who answers. `source` says how the answers came (web, paper, legacy). `length` is full, short or
    mini; `context` (see storage.pinned) and `modules` ("mcr@0.1.0") are kept as they were when it was made;
    `retest_of` is the administration whose items are asked again.

    How it was answered: `reading` the settings in use, `mode` what was declared at the end, `helper` who
    helped and `help_kinds` how ("explained,read"), `practice` how the trial questions went, `flags` what the
    quality checks found at the end ("acquiescence,too_quick"; empty is nothing, null is not looked at: not
    sent yet, not about the own view of a participant, or gathered elsewhere).
    """

    __tablename__ = "administration"
    __table_args__ = (
        UniqueConstraint("key", name="one_key"),
        UniqueConstraint(
            "subject", "instrument", "form", "occasion", "number", "rater", name="one_per_occasion"
        ),
        ForeignKeyConstraint(["placement_id", "path_id"], ["placement.id", "placement.path_id"]),
        CheckConstraint(_ONE_SUBJECT, name="one_subject"),
        CheckConstraint(_SUBJECT, name="subject_is_named"),
        CheckConstraint("length IN ('full', 'short', 'mini')", name="known_length"),
        CheckConstraint("due_to IS NULL OR due_to >= due_from", name="window_runs_forward"),
        CheckConstraint(
            "state IN ('open', 'submitted', 'refused', 'withdrawn', 'impossible')", name="known_state"
        ),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_date"),
        CheckConstraint("state <> 'submitted' OR variant IS NOT NULL", name="submitted_has_variant"),
        CheckConstraint(
            "mode IN ('self', 'read_aloud', 'assisted', 'interview', 'paper')", name="known_mode"
        ),
        CheckConstraint(
            "helper IN ('operator', 'tutor', 'family', 'educator', 'other')", name="known_helper"
        ),
        CheckConstraint(
            "practice IN ('passed', 'with_help', 'not_passed', 'skipped')", name="known_practice"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(24), default=_named_subject)
    path_id: Mapped[int | None] = mapped_column(ForeignKey("path.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    accompaniment_id: Mapped[int | None] = mapped_column(ForeignKey("accompaniment.id"), index=True)
    respondent: Mapped[str] = mapped_column(String(40))
    instrument: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    form: Mapped[str] = mapped_column(String(4))
    occasion: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(default=1)
    rater: Mapped[int] = mapped_column(default=1)
    length: Mapped[str] = mapped_column(String(8), default="full")
    context: Mapped[str] = mapped_column(Text, default="{}")
    modules: Mapped[str] = mapped_column(String(120), default="")
    retest_of: Mapped[int | None] = mapped_column(ForeignKey("administration.id"), index=True)
    variant: Mapped[str | None] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(8), default="web")
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    late_to: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12), default="open")
    state_reason: Mapped[str | None] = mapped_column(String(200))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reading: Mapped[str] = mapped_column(String(60), default="", server_default="")
    mode: Mapped[str | None] = mapped_column(String(12))
    helper: Mapped[str | None] = mapped_column(String(12))
    help_kinds: Mapped[str] = mapped_column(String(60), default="", server_default="")
    practice: Mapped[str | None] = mapped_column(String(12))
    flags: Mapped[str | None] = mapped_column(String(120))


class Link(Base):
    """A personal link: only the sha256 of its token is kept.

    `purpose` says who holds it: the respondent, a tablet that several people use one after the other (then
    `seen_at` is when it was last used), or an interviewer on the telephone. `code_id` is the short code that
    made it, if one did.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("token_sha256", name="one_token"),
        CheckConstraint("purpose IN ('personal', 'tablet', 'interview')", name="known_purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    purpose: Mapped[str] = mapped_column(String(12), default="personal", server_default="personal")
    seen_at: Mapped[datetime | None]
    code_id: Mapped[int | None] = mapped_column(ForeignKey("short_code.id"), index=True)


class ConsentText(Base):
    """A consent text exactly as it was shown, gaps filled, so that it can be read again byte for byte."""

    __tablename__ = "consent_text"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    consent: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    variant: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)


class Consent(Base):
    """One decision about taking part; append-only, the latest stands."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("decision IN ('accepted', 'refused', 'talk', 'withdrawn')", name="known_decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"), index=True)
    text_digest: Mapped[str] = mapped_column(ForeignKey("consent_text.digest"), index=True)
    decision: Mapped[str] = mapped_column(String(10))
    optional: Mapped[str] = mapped_column(String(200), default="")
    mode: Mapped[str] = mapped_column(String(12), default="self")
    decided_at: Mapped[datetime]


class Answer(Base):
    """The value for one item, or why there is none. Never updated: the highest revision is current.

    `key` is made by the page that was shown, so that sending the page twice adds one row. `reading` are the
    settings with which the question was read.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("administration_id", "item", "revision", name="one_per_revision"),
        CheckConstraint(
            "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN text IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_value",
        ),
        CheckConstraint("reason IN ('NS', 'NA', 'NO', 'skipped')", name="known_reason"),
        CheckConstraint("revision >= 1", name="revision_from_one"),
        Index("ix_answer_administration_item", "administration_id", "item"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    administration_id: Mapped[int] = mapped_column(ForeignKey("administration.id"))
    item: Mapped[str] = mapped_column(String(24))
    revision: Mapped[int]
    value: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(8))
    variant: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(12), default="self")
    reading: Mapped[str] = mapped_column(String(60), default="", server_default="")
    key: Mapped[str] = mapped_column(String(40))
    answered_at: Mapped[datetime]
