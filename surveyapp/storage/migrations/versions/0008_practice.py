"""Practice answers, in append-only rows of their own; a practice that was skipped has a name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MODES = "mode IN ('self', 'read_aloud', 'assisted', 'interview', 'paper')"
REASONS = "reason IN ('NS', 'NA', 'NO', 'skipped')"
ONE_VALUE = "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1"
OUTCOMES = "practice IN ('passed', 'with_help', 'not_passed', 'skipped')"
OUTCOMES_BEFORE = "practice IN ('passed', 'with_help', 'not_passed')"
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER practice_answer_append_only BEFORE UPDATE ON practice_answer"
        " BEGIN SELECT RAISE(ABORT, 'practice answers are never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_practice_answer_update() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'practice answers are never changed'; END $$",
        "CREATE TRIGGER practice_answer_append_only BEFORE UPDATE ON practice_answer"
        " FOR EACH ROW EXECUTE FUNCTION refuse_practice_answer_update()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "practice_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=True),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ONE_VALUE, name=op.f("ck_practice_answer_one_value")),
        sa.CheckConstraint(REASONS, name=op.f("ck_practice_answer_known_reason")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_practice_answer_place_from_one")),
        sa.CheckConstraint("round IN (1, 2)", name=op.f("ck_practice_answer_known_round")),
        sa.CheckConstraint(MODES, name=op.f("ck_practice_answer_known_mode")),
        sa.ForeignKeyConstraint(
            ["administration_id"],
            ["administration.id"],
            name=op.f("fk_practice_answer_administration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answer")),
    )
    op.create_index(op.f("ix_practice_answer_administration_id"), "practice_answer", ["administration_id"])
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
    _know(OUTCOMES)


def _know(outcomes: str) -> None:
    with op.batch_alter_table("administration") as batch_op:
        batch_op.drop_constraint(op.f("ck_administration_known_practice"), type_="check")
        batch_op.create_check_constraint(op.f("ck_administration_known_practice"), outcomes)


def downgrade() -> None:
    op.execute("UPDATE administration SET practice = NULL WHERE practice = 'skipped'")
    _know(OUTCOMES_BEFORE)
    op.drop_table("practice_answer")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_practice_answer_update")
