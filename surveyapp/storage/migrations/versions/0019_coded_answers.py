"""Open answers are coded as notes are, without a copy of their words; criteria say where they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LENGTHS = {"instrument": 40, "version": 20, "item": 40, "form": 8, "variant": 8}


def upgrade() -> None:
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.add_column(sa.Column("origin", sa.String(length=200), server_default="", nullable=False))
    with op.batch_alter_table("excerpt") as batch_op:
        batch_op.alter_column("focus_group_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("answer_id", sa.Integer(), nullable=True))
        for name, length in LENGTHS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), server_default="", nullable=False))
        batch_op.drop_constraint(op.f("ck_excerpt_text_fits"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_excerpt_text_fits"),
            "(answer_id IS NULL AND length(text) BETWEEN 1 AND 4000)"
            " OR (answer_id IS NOT NULL AND text = '')",
        )
        batch_op.create_check_constraint(
            op.f("ck_excerpt_said_or_written"), "(answer_id IS NULL) = (focus_group_id IS NOT NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_excerpt_answer_has_question"), "(answer_id IS NULL) = (item = '')"
        )
        batch_op.create_unique_constraint(op.f("uq_excerpt_one_answer"), ["answer_id"])
        batch_op.create_foreign_key(op.f("fk_excerpt_answer_id"), "answer", ["answer_id"], ["id"])


def downgrade() -> None:
    # A coded answer has no meeting to go back to: where there is one, this stops and nothing changes.
    with op.batch_alter_table("excerpt") as batch_op:
        batch_op.drop_constraint(op.f("fk_excerpt_answer_id"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_excerpt_one_answer"), type_="unique")
        batch_op.drop_constraint(op.f("ck_excerpt_answer_has_question"), type_="check")
        batch_op.drop_constraint(op.f("ck_excerpt_said_or_written"), type_="check")
        batch_op.drop_constraint(op.f("ck_excerpt_text_fits"), type_="check")
        batch_op.create_check_constraint(op.f("ck_excerpt_text_fits"), "length(text) BETWEEN 1 AND 4000")
        for name in reversed(LENGTHS):
            batch_op.drop_column(name)
        batch_op.drop_column("answer_id")
        batch_op.alter_column("focus_group_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_column("origin")
