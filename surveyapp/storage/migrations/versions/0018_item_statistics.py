"""What the answers say of each question, as the last validation report computed it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_statistic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("length", sa.String(length=8), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("scale", sa.String(length=40), nullable=False),
        sa.Column("statistic", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data_digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "statistic IN ('missing', 'not_known', 'floor', 'ceiling', 'item_rest', 'alpha_if_dropped',"
            " 'scale_change')",
            name=op.f("ck_item_statistic_known_statistic"),
        ),
        sa.CheckConstraint("n >= 0", name=op.f("ck_item_statistic_counted")),
        sa.CheckConstraint(
            "value IS NULL OR n >= 10 OR statistic IN ('missing', 'not_known')",
            name=op.f("ck_item_statistic_few_have_no_value"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_statistic")),
        sa.UniqueConstraint(
            "instrument",
            "item",
            "version",
            "form",
            "variant",
            "length",
            "occasion",
            "scale",
            "statistic",
            name=op.f("uq_item_statistic_one_number"),
        ),
    )


def downgrade() -> None:
    op.drop_table("item_statistic")
