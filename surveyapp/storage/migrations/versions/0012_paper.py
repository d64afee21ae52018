"""Questionnaires filled in on paper: their sheets, and what each entry read on them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ONE_VALUE = (
    "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN text IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1"
)

APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER paper_reading_append_only BEFORE UPDATE ON paper_reading"
        " BEGIN SELECT RAISE(ABORT, 'readings are never changed: add another one'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_reading_update() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'readings are never changed: add another one'; END $$",
        "CREATE TRIGGER paper_reading_append_only BEFORE UPDATE ON paper_reading"
        " FOR EACH ROW EXECUTE FUNCTION refuse_reading_update()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("administration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("first_by", sa.String(length=254), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_by", sa.String(length=254), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("differences", sa.Integer(), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(second_by IS NULL) = (second_at IS NULL)", name=op.f("ck_paper_sheet_second_has_moment")
        ),
        sa.CheckConstraint(
            "(differences IS NULL) = (compared_at IS NULL)", name=op.f("ck_paper_sheet_compared_has_number")
        ),
        sa.CheckConstraint(
            "compared_at IS NULL OR second_at IS NOT NULL", name=op.f("ck_paper_sheet_compared_after_second")
        ),
        sa.CheckConstraint(
            "differences IS NULL OR differences >= 0", name=op.f("ck_paper_sheet_differences_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_paper_sheet_administration_id")
        ),
        sa.PrimaryKeyConstraint("administration_id", name=op.f("pk_paper_sheet")),
    )
    op.create_table(
        "paper_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("entry IN (1, 2)", name=op.f("ck_paper_reading_known_entry")),
        sa.CheckConstraint(ONE_VALUE, name=op.f("ck_paper_reading_one_value")),
        sa.CheckConstraint(
            "reason IN ('NS', 'NA', 'NO', 'blank', 'unclear')", name=op.f("ck_paper_reading_known_reason")
        ),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_paper_reading_administration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_reading")),
    )
    op.create_index("ix_paper_reading_administration_id", "paper_reading", ["administration_id"])
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_paper_reading_administration_id", table_name="paper_reading")
    op.drop_table("paper_reading")
    op.drop_table("paper_sheet")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_reading_update()")
