"""Telephone calls: each attempt to reach a company, and how it went."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OUTCOMES = "outcome IN ('answered', 'no_answer', 'call_back', 'refused', 'wrong_number')"


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.CheckConstraint(OUTCOMES, name=op.f("ck_call_known_outcome")),
        sa.CheckConstraint("length(note) <= 200", name=op.f("ck_call_short_note")),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_call_administration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("administration_id", "key", name=op.f("uq_call_one_per_key")),
    )
    with op.batch_alter_table("call") as batch_op:
        batch_op.create_index(batch_op.f("ix_call_administration_id"), ["administration_id"])


def downgrade() -> None:
    op.drop_table("call")
