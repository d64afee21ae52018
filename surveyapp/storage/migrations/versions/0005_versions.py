"""Published versions: instruments, modules, consent texts, study plans as their files have them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_version",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('instrument', 'module', 'consent', 'plan')",
            name=op.f("ck_instrument_version_known_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'approved', 'published', 'retired')",
            name=op.f("ck_instrument_version_known_status"),
        ),
        sa.CheckConstraint(
            "author = '' OR author <> approver", name=op.f("ck_instrument_version_two_people")
        ),
        sa.PrimaryKeyConstraint("kind", "id", "version", name=op.f("pk_instrument_version")),
    )


def downgrade() -> None:
    op.drop_table("instrument_version")
