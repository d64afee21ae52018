"""Short codes beside links, the wrong ones that were tried, and which links a code has made."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "short_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("code_hmac", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('personal', 'tablet')", name=op.f("ck_short_code_known_purpose")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_short_code_expires_later")),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_short_code_administration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_code")),
        sa.UniqueConstraint("code_hmac", name=op.f("uq_short_code_one_code")),
    )
    op.create_index("ix_short_code_administration_id", "short_code", ["administration_id"])
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_hmac", sa.String(length=64), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    op.create_index("ix_wrong_code_tried_at", "wrong_code", ["tried_at"])
    with op.batch_alter_table("link") as batch_op:
        batch_op.add_column(sa.Column("code_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_link_code_id"), "short_code", ["code_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("link") as batch_op:
        batch_op.drop_constraint(op.f("fk_link_code_id"), type_="foreignkey")
        batch_op.drop_column("code_id")
    op.drop_index("ix_wrong_code_tried_at", table_name="wrong_code")
    op.drop_table("wrong_code")
    op.drop_index("ix_short_code_administration_id", table_name="short_code")
    op.drop_table("short_code")
