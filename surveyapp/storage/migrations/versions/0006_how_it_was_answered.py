"""How it was read and answered: settings, mode, help, practice, quality flags; who holds a link."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MODES = "mode IN ('self', 'read_aloud', 'assisted', 'interview', 'paper')"
HELPERS = "helper IN ('operator', 'tutor', 'family', 'educator', 'other')"
OUTCOMES = "practice IN ('passed', 'with_help', 'not_passed')"
PURPOSES = "purpose IN ('personal', 'tablet', 'interview')"


def upgrade() -> None:
    for table in ("path", "answer"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(_text("reading", 60))
    with op.batch_alter_table("administration") as batch_op:
        batch_op.add_column(_text("reading", 60))
        batch_op.add_column(sa.Column("mode", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("helper", sa.String(length=12), nullable=True))
        batch_op.add_column(_text("help_kinds", 60))
        batch_op.add_column(sa.Column("practice", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("flags", sa.String(length=120), nullable=True))
        batch_op.create_check_constraint(op.f("ck_administration_known_mode"), MODES)
        batch_op.create_check_constraint(op.f("ck_administration_known_helper"), HELPERS)
        batch_op.create_check_constraint(op.f("ck_administration_known_practice"), OUTCOMES)
    with op.batch_alter_table("link") as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(length=12), server_default="personal", nullable=False)
        )
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_link_known_purpose"), PURPOSES)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("link") as batch_op:
        batch_op.drop_constraint(op.f("ck_link_known_purpose"), type_="check")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("purpose")
    with op.batch_alter_table("administration") as batch_op:
        for rule in ("practice", "helper", "mode"):
            batch_op.drop_constraint(op.f(f"ck_administration_known_{rule}"), type_="check")
        for column in ("flags", "practice", "help_kinds", "helper", "mode", "reading"):
            batch_op.drop_column(column)
    for table in ("answer", "path"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("reading")
