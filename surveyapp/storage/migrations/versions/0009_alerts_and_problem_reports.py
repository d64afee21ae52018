"""Alerts, problem reports, and jobs that wait before they are tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REASONS = "reason IN ('sex', 'origin', 'age', 'disability', 'religion', 'other')"
OUTCOMES = "outcome IN ('talked', 'helped', 'passed_on', 'no_danger', 'not_reached')"
CLOSED = "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (outcome IS NULL)"
ANSWERED = "(answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (answer IS NULL)"


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(length=254), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.String(length=254), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=254), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.CheckConstraint(REASONS, name=op.f("ck_alert_known_reason")),
        sa.CheckConstraint(OUTCOMES, name=op.f("ck_alert_known_outcome")),
        sa.CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name=op.f("ck_alert_read_has_reader")),
        sa.CheckConstraint(CLOSED, name=op.f("ck_alert_closed_has_outcome")),
        sa.CheckConstraint("closed_at IS NULL OR read_at IS NOT NULL", name=op.f("ck_alert_closed_was_read")),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_alert_administration_id")
        ),
        sa.ForeignKeyConstraint(
            ["administration_id", "item", "revision"],
            ["answer.administration_id", "answer.item", "answer.revision"],
            name="fk_alert_answer",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("administration_id", "code", "item", name=op.f("uq_alert_one_each")),
    )
    _create_problem_report()
    op.add_column("job", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))


def _create_problem_report() -> None:
    op.create_table(
        "problem_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("telephone", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=254), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 2000", name=op.f("ck_problem_report_text_fits")),
        sa.CheckConstraint(ANSWERED, name=op.f("ck_problem_report_answered_has_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_report")),
        sa.UniqueConstraint("key", name=op.f("uq_problem_report_one_key")),
    )
    op.create_index("ix_problem_report_source", "problem_report", ["source"])


def downgrade() -> None:
    op.drop_column("job", "not_before")
    op.drop_index("ix_problem_report_source", table_name="problem_report")
    op.drop_table("problem_report")
    op.drop_table("alert")
