"""The revision ledger: ratings by experts, tests by readers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_rating_round_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_round")),
    )
    with op.batch_alter_table("rating_round") as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_round_focus_group_id"), ["focus_group_id"], unique=False)
    op.create_table(
        "reader_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("understood", sa.String(length=8), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=254), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("understood IN ('yes', 'partly', 'no')", name=op.f("ck_reader_test_known_answer")),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_reader_test_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_test")),
    )
    with op.batch_alter_table("reader_test") as batch_op:
        batch_op.create_index(batch_op.f("ix_reader_test_focus_group_id"), ["focus_group_id"], unique=False)
    op.create_table(
        "rater",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("organisation", sa.String(length=40), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "audience IN ('CM', 'COOP', 'JOINT', 'READERS')", name=op.f("ck_rater_known_audience")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rating_round.id"], name=op.f("fk_rater_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_rater_one_code")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_rater_one_token")),
    )
    with op.batch_alter_table("rater") as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_round_id"), ["round_id"], unique=False)
    op.create_table(
        "rating_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=12), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(scale = 'clarity') = (form <> '')", name=op.f("ck_rating_question_wording_where_it_applies")
        ),
        sa.CheckConstraint("scale IN ('relevance', 'clarity')", name=op.f("ck_rating_question_known_scale")),
        sa.ForeignKeyConstraint(["round_id"], ["rating_round.id"], name=op.f("fk_rating_question_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_rating_question_one_position")),
    )
    with op.batch_alter_table("rating_question") as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_question_round_id"), ["round_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 4", name=op.f("ck_rating_possible_value")),
        sa.ForeignKeyConstraint(["question_id"], ["rating_question.id"], name=op.f("fk_rating_question_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["rater.id"], name=op.f("fk_rating_rater_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("rater_id", "question_id", "revision", name=op.f("uq_rating_one_revision")),
    )
    with op.batch_alter_table("rating") as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_rater_id"), ["rater_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rating") as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_rater_id"))
        batch_op.drop_index(batch_op.f("ix_rating_question_id"))
    op.drop_table("rating")
    with op.batch_alter_table("rating_question") as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_question_round_id"))
    op.drop_table("rating_question")
    with op.batch_alter_table("rater") as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_round_id"))
    op.drop_table("rater")
    with op.batch_alter_table("reader_test") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reader_test_focus_group_id"))
    op.drop_table("reader_test")
    with op.batch_alter_table("rating_round") as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_round_focus_group_id"))
    op.drop_table("rating_round")
