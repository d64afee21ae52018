"""Tables of the revision ledger: focus groups, what was said there, how wordings were judged.

Participants are known by role and code only. What was said is never changed once a decision rests on it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.storage.tables import Base

# Who was invited: the employment offices, the cooperatives, both, or readers with disabilities.
AUDIENCES = ("CM", "COOP", "JOINT", "READERS")
# What an excerpt is about (blueprint 5.1).
EXCERPT_KINDS = ("new_criterion", "confirmation", "wording", "risk", "context", "good_practice")
# Where an excerpt comes from: notes taken live, a transcript, an open answer, an interview.
EXCERPT_SOURCES = ("live", "transcript", "answer", "interview")
# Criteria are asked for relevance once, criticised wordings for clarity (rulings R20).
SCALES = ("relevance", "clarity")
UNDERSTOOD = ("yes", "partly", "no")
OUTCOMES = ("open", "accepted", "rejected", "postponed")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class FocusGroup(Base):
    """One meeting, planned or held: its guide, who was invited, what was recorded.

    `guide` are the questions and blocks, as they are read out. `closed_at` ends the notes.
    """

    __tablename__ = "focus_group"
    __table_args__ = (
        UniqueConstraint("code", name="one_code"),
        CheckConstraint(f"audience IN ({_listed(AUDIENCES)})", name="known_audience"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 600", name="possible_minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    planned_for: Mapped[date]
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    moderator: Mapped[str] = mapped_column(String(120), default="")
    observer: Mapped[str] = mapped_column(String(120), default="")
    minutes: Mapped[int | None]
    recorded: Mapped[bool] = mapped_column(default=False)
    guide: Mapped[str] = mapped_column(Text, default="")
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class FocusVersion(Base):
    """An instrument version that a meeting discusses."""

    __tablename__ = "focus_version"

    focus_group_id: Mapped[int] = mapped_column(ForeignKey("focus_group.id"), primary_key=True)
    instrument: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)


class FocusParticipant(Base):
    """Somebody in a meeting, by code and role; `quotable` is the consent to be quoted without a name."""

    __tablename__ = "focus_participant"
    __table_args__ = (UniqueConstraint("focus_group_id", "code", name="one_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    focus_group_id: Mapped[int] = mapped_column(ForeignKey("focus_group.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(40), default="")
    quotable: Mapped[bool] = mapped_column(default=False)
    recordable: Mapped[bool] = mapped_column(default=False)


class Criterion(Base):
    """What placements are judged by. Those of the instruments have the id of an item; new ones stand here.

    `found_in` is the meeting where a new criterion came up; `origin` says in words where one comes from that
    came up elsewhere.
    """

    __tablename__ = "criterion"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    found_in: Mapped[int | None] = mapped_column(ForeignKey("focus_group.id"), index=True)
    origin: Mapped[str] = mapped_column(String(200), default="", server_default="")
    created_at: Mapped[datetime]


class Excerpt(Base):
    """A note or a sentence of a meeting; or an open answer that somebody coded. Without names.

    `key` is made by the page that sends it, so that a note sent twice is there once. Of an answer only the
    reference is kept, with the question and the version, form and variant that it was given to: its words
    stay where they were written, and go with them.
    """

    __tablename__ = "excerpt"
    __table_args__ = (
        UniqueConstraint("key", name="one_key"),
        UniqueConstraint("answer_id", name="one_answer"),
        CheckConstraint(
            "(answer_id IS NULL AND length(text) BETWEEN 1 AND 4000)"
            " OR (answer_id IS NOT NULL AND text = '')",
            name="text_fits",
        ),
        CheckConstraint(f"source IN ({_listed(EXCERPT_SOURCES)})", name="known_source"),
        CheckConstraint("(answer_id IS NULL) = (focus_group_id IS NOT NULL)", name="said_or_written"),
        CheckConstraint("(answer_id IS NULL) = (item = '')", name="answer_has_question"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    focus_group_id: Mapped[int | None] = mapped_column(ForeignKey("focus_group.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("focus_participant.id"), index=True)
    minute: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(12))
    written_by: Mapped[str] = mapped_column(String(254))
    written_at: Mapped[datetime]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    instrument: Mapped[str] = mapped_column(String(40), default="", server_default="")
    version: Mapped[str] = mapped_column(String(20), default="", server_default="")
    item: Mapped[str] = mapped_column(String(40), default="", server_default="")
    form: Mapped[str] = mapped_column(String(8), default="", server_default="")
    variant: Mapped[str] = mapped_column(String(8), default="", server_default="")


class ExcerptCode(Base):
    """What one coder says an excerpt is about: a criterion (an item of the instruments, or a new one).

    Second coders work without seeing the first one's codes; `coder` tells them apart.
    """

    __tablename__ = "excerpt_code"
    __table_args__ = (
        UniqueConstraint("excerpt_id", "coder", "criterion", "kind", name="one_of_each"),
        CheckConstraint(f"kind IN ({_listed(EXCERPT_KINDS)})", name="known_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    excerpt_id: Mapped[int] = mapped_column(ForeignKey("excerpt.id"), index=True)
    coder: Mapped[str] = mapped_column(String(254))
    criterion: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    coded_at: Mapped[datetime]


class Vote(Base):
    """Points that a participant gives to a criterion in a nominal group (five points a person)."""

    __tablename__ = "focus_vote"
    __table_args__ = (
        UniqueConstraint("participant_id", "criterion", name="one_vote"),
        CheckConstraint("points BETWEEN 1 AND 5", name="possible_points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    focus_group_id: Mapped[int] = mapped_column(ForeignKey("focus_group.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("focus_participant.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(40))
    points: Mapped[int]


class RatingRound(Base):
    """A list of criteria or wordings that experts judge by link, for one meeting."""

    __tablename__ = "rating_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    focus_group_id: Mapped[int] = mapped_column(ForeignKey("focus_group.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class RatingQuestion(Base):
    """One thing to judge: relevance of a criterion (once), or clarity of one wording of an item."""

    __tablename__ = "rating_question"
    __table_args__ = (
        UniqueConstraint("round_id", "position", name="one_position"),
        CheckConstraint(f"scale IN ({_listed(SCALES)})", name="known_scale"),
        CheckConstraint("(scale = 'clarity') = (form <> '')", name="wording_where_it_applies"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rating_round.id"), index=True)
    position: Mapped[int]
    scale: Mapped[str] = mapped_column(String(12))
    criterion: Mapped[str] = mapped_column(String(40))
    instrument: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[str] = mapped_column(String(20), default="")
    form: Mapped[str] = mapped_column(String(8), default="")
    variant: Mapped[str] = mapped_column(String(8), default="")
    text: Mapped[str] = mapped_column(Text)


class Rater(Base):
    """Somebody who judges by link; only the sha256 of the link's token is kept."""

    __tablename__ = "rater"
    __table_args__ = (
        UniqueConstraint("token_sha256", name="one_token"),
        UniqueConstraint("round_id", "code", name="one_code"),
        CheckConstraint(f"audience IN ({_listed(AUDIENCES)})", name="known_audience"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rating_round.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(8))
    organisation: Mapped[str] = mapped_column(String(40), default="")
    token_sha256: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class Rating(Base):
    """One judgement, 1 to 4; a later one of the same rater stands beside the earlier: `revision` counts."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("rater_id", "question_id", "revision", name="one_revision"),
        CheckConstraint("value BETWEEN 1 AND 4", name="possible_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rater_id: Mapped[int] = mapped_column(ForeignKey("rater.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("rating_question.id"), index=True)
    revision: Mapped[int]
    value: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    rated_at: Mapped[datetime]


class ReaderTest(Base):
    """What a reader with a disability understood of one wording (prova dei lettori)."""

    __tablename__ = "reader_test"
    __table_args__ = (CheckConstraint(f"understood IN ({_listed(UNDERSTOOD)})", name="known_answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    focus_group_id: Mapped[int] = mapped_column(ForeignKey("focus_group.id"), index=True)
    reader: Mapped[str] = mapped_column(String(20))
    instrument: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(8))
    variant: Mapped[str] = mapped_column(String(8))
    understood: Mapped[str] = mapped_column(String(8))
    meaning: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    written_by: Mapped[str] = mapped_column(String(254))
    written_at: Mapped[datetime]
