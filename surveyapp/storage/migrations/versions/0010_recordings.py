"""Recordings of questions that are read aloud."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.String(length=254), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('voice', 'generated')", name=op.f("ck_recording_known_source")),
        sa.CheckConstraint(
            "media_type IN ('audio/mpeg', 'audio/ogg')", name=op.f("ck_recording_known_media_type")
        ),
        sa.CheckConstraint("length(content) BETWEEN 1 AND 2097152", name=op.f("ck_recording_size")),
        sa.CheckConstraint(
            "length(text_sha256) = 64 AND length(digest) = 64", name=op.f("ck_recording_whole_digests")
        ),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_recording_seconds_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint(
            "instrument",
            "item",
            "form",
            "variant",
            "text_sha256",
            "source",
            name=op.f("uq_recording_one_of_each_source"),
        ),
    )


def downgrade() -> None:
    op.drop_table("recording")
