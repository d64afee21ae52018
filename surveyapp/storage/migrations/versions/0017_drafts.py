"""The revision ledger: decisions, and the drafts that they open."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("based_on", sa.String(length=20), nullable=False),
        sa.Column("based_on_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("held_by", sa.String(length=254), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author", sa.String(length=254), nullable=False),
        sa.Column("approver", sa.String(length=254), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(held_by = '') = (held_until IS NULL)", name=op.f("ck_draft_held_until_a_moment")
        ),
        sa.CheckConstraint("kind IN ('instrument', 'module')", name=op.f("ck_draft_known_kind")),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'approved', 'published', 'discarded')",
            name=op.f("ck_draft_known_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft") as batch_op:
        batch_op.create_index(
            "uq_draft_one_living",
            ["kind", "instrument"],
            unique=True,
            sqlite_where=sa.text("status IN ('draft', 'in_review', 'approved')"),
            postgresql_where=sa.text("status IN ('draft', 'in_review', 'approved')"),
        )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("focus_group_id", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=12), nullable=False),
        sa.Column("object_id", sa.String(length=60), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=254), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=254), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'open') = (decided_on IS NULL) AND (outcome = 'open') = (decided_by = '')"
            " AND (outcome = 'open' OR reason <> '')",
            name=op.f("ck_decision_decided_has_reason"),
        ),
        sa.CheckConstraint(
            "object_kind IN ('criterion', 'item', 'scale', 'rule', 'instrument')",
            name=op.f("ck_decision_known_object"),
        ),
        sa.CheckConstraint(
            "outcome IN ('open', 'accepted', 'rejected', 'postponed')", name=op.f("ck_decision_known_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["focus_group_id"], ["focus_group.id"], name=op.f("fk_decision_focus_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("code", name=op.f("uq_decision_one_code")),
    )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_focus_group_id"), ["focus_group_id"], unique=False)
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=254), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_revision_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("draft_id", "revision", name=op.f("uq_draft_revision_one_revision")),
    )
    with op.batch_alter_table("draft_revision") as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_revision_draft_id"), ["draft_id"], unique=False)
    op.create_table(
        "decision_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "kind IN ('excerpt', 'rating', 'reader_test', 'statistic', 'note')",
            name=op.f("ck_decision_evidence_known_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_evidence_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_evidence")),
        sa.UniqueConstraint(
            "decision_id", "kind", "reference", name=op.f("uq_decision_evidence_one_of_each")
        ),
    )
    with op.batch_alter_table("decision_evidence") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_evidence_decision_id"), ["decision_id"], unique=False)
    op.create_table(
        "draft_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_draft_reason_decision_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_reason_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reason")),
        sa.UniqueConstraint("draft_id", "place", name=op.f("uq_draft_reason_one_reason")),
    )
    with op.batch_alter_table("draft_reason") as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_reason_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_reason_draft_id"), ["draft_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("draft_reason") as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_reason_draft_id"))
        batch_op.drop_index(batch_op.f("ix_draft_reason_decision_id"))
    op.drop_table("draft_reason")
    with op.batch_alter_table("decision_evidence") as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_evidence_decision_id"))
    op.drop_table("decision_evidence")
    with op.batch_alter_table("draft_revision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_revision_draft_id"))
    op.drop_table("draft_revision")
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_focus_group_id"))
    op.drop_table("decision")
    with op.batch_alter_table("draft") as batch_op:
        batch_op.drop_index(
            "uq_draft_one_living",
            sqlite_where=sa.text("status IN ('draft', 'in_review', 'approved')"),
            postgresql_where=sa.text("status IN ('draft', 'in_review', 'approved')"),
        )
    op.drop_table("draft")
