"""The revision ledger: meetings, what was said there and how it was coded."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "focus_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("moderator", sa.String(length=120), nullable=False),
        sa.Column("observer", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("guide", sa.Text(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "audience IN ('CM', 'COOP', 'JOINT', 'READERS')", name=op.f("ck_focus_group_known_audience")
        ),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 1 AND 600", name=op.f("ck_focus_group_possible_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_group")),
        sa.UniqueConstraint("code", name=op.f("uq_focus_group_one_code")),
    )
    op.create_table(
        "criterion",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("found_in", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["found_in"], ["focus_group.id"], name=op.f("fk_criterion_found_in")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_criterion")),
    )
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_found_in"), ["found_in"], unique=False)
    op.create_table(
        "focus_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=40), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("recordable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_focus_participant_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_participant")),
        sa.UniqueConstraint("focus_group_id", "code", name=op.f("uq_focus_participant_one_code")),
    )
    with op.batch_alter_table("focus_participant") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_focus_participant_focus_group_id"), ["focus_group_id"], unique=False
        )
    op.create_table(
        "focus_version",
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_focus_version_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("focus_group_id", "instrument", "version", name=op.f("pk_focus_version")),
    )
    op.create_table(
        "excerpt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("written_by", sa.String(length=254), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('live', 'transcript', 'answer', 'interview')", name=op.f("ck_excerpt_known_source")
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_excerpt_text_fits")),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_excerpt_focus_group_id")
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["focus_participant.id"], name=op.f("fk_excerpt_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpt")),
        sa.UniqueConstraint("key", name=op.f("uq_excerpt_one_key")),
    )
    with op.batch_alter_table("excerpt") as batch_op:
        batch_op.create_index(batch_op.f("ix_excerpt_focus_group_id"), ["focus_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excerpt_speaker_id"), ["speaker_id"], unique=False)
    op.create_table(
        "focus_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points BETWEEN 1 AND 5", name=op.f("ck_focus_vote_possible_points")),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_focus_vote_focus_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["focus_participant.id"], name=op.f("fk_focus_vote_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_vote")),
        sa.UniqueConstraint("participant_id", "criterion", name=op.f("uq_focus_vote_one_vote")),
    )
    with op.batch_alter_table("focus_vote") as batch_op:
        batch_op.create_index(batch_op.f("ix_focus_vote_focus_group_id"), ["focus_group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_focus_vote_participant_id"), ["participant_id"], unique=False)
    op.create_table(
        "excerpt_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("excerpt_id", sa.Integer(), nullable=False),
        sa.Column("coder", sa.String(length=254), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('new_criterion', 'confirmation', 'wording', 'risk', 'context', 'good_practice')",
            name=op.f("ck_excerpt_code_known_kind"),
        ),
        sa.ForeignKeyConstraint(["excerpt_id"], ["excerpt.id"], name=op.f("fk_excerpt_code_excerpt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpt_code")),
        sa.UniqueConstraint(
            "excerpt_id", "coder", "criterion", "kind", name=op.f("uq_excerpt_code_one_of_each")
        ),
    )
    with op.batch_alter_table("excerpt_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_excerpt_code_excerpt_id"), ["excerpt_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("excerpt_code") as batch_op:
        batch_op.drop_index(batch_op.f("ix_excerpt_code_excerpt_id"))
    op.drop_table("excerpt_code")
    with op.batch_alter_table("focus_vote") as batch_op:
        batch_op.drop_index(batch_op.f("ix_focus_vote_participant_id"))
        batch_op.drop_index(batch_op.f("ix_focus_vote_focus_group_id"))
    op.drop_table("focus_vote")
    with op.batch_alter_table("excerpt") as batch_op:
        batch_op.drop_index(batch_op.f("ix_excerpt_speaker_id"))
        batch_op.drop_index(batch_op.f("ix_excerpt_focus_group_id"))
    op.drop_table("excerpt")
    op.drop_table("focus_version")
    with op.batch_alter_table("focus_participant") as batch_op:
        batch_op.drop_index(batch_op.f("ix_focus_participant_focus_group_id"))
    op.drop_table("focus_participant")
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_found_in"))
    op.drop_table("criterion")
    op.drop_table("focus_group")
