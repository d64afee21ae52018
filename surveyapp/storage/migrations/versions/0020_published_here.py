"""Versions that were published or retired on the site: their file, what is known of them, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("instrument_version") as batch_op:
        batch_op.add_column(sa.Column("file", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("record", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("instrument_version") as batch_op:
        batch_op.drop_column("changed_at")
        batch_op.drop_column("record")
        batch_op.drop_column("file")
