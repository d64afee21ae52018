"""First schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER answer_append_only BEFORE UPDATE ON answer"
        " BEGIN SELECT RAISE(ABORT, 'answers are never changed: add a revision'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_answer_update() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'answers are never changed: add a revision'; END $$",
        "CREATE TRIGGER answer_append_only BEFORE UPDATE ON answer"
        " FOR EACH ROW EXECUTE FUNCTION refuse_answer_update()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "consent_text",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_consent_text")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("ambito", sa.String(length=80), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_one_code")),
    )
    op.create_table(
        "path",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=80), nullable=True),
        sa.Column("variant", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_path_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_path_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_path_one_number")),
    )
    op.create_table(
        "administration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("respondent", sa.String(length=40), nullable=False),
        sa.Column("instrument", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("occasion", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rater", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(length=8), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=True),
        sa.Column("due_to", sa.Date(), nullable=True),
        sa.Column("late_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_reason", sa.String(length=200), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_administration_closed_has_date")
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR variant IS NOT NULL",
            name=op.f("ck_administration_submitted_has_variant"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'submitted', 'refused', 'withdrawn', 'impossible')",
            name=op.f("ck_administration_known_state"),
        ),
        sa.CheckConstraint(
            "due_to IS NULL OR due_to >= due_from", name=op.f("ck_administration_window_runs_forward")
        ),
        sa.ForeignKeyConstraint(["path_id"], ["path.id"], name=op.f("fk_administration_path_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administration")),
        sa.UniqueConstraint("key", name=op.f("uq_administration_one_key")),
        sa.UniqueConstraint(
            "path_id",
            "instrument",
            "form",
            "occasion",
            "number",
            "rater",
            name=op.f("uq_administration_one_per_occasion"),
        ),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=True),
        sa.Column("variant", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason IN ('NS', 'NA', 'NO', 'skipped')", name=op.f("ck_answer_known_reason")),
        sa.CheckConstraint(
            "(CASE WHEN value IS NULL THEN 0 ELSE 1 END) + (CASE WHEN text IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN reason IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_answer_one_value"),
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_answer_revision_from_one")),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_answer_administration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("administration_id", "item", "revision", name=op.f("uq_answer_one_per_revision")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_administration_item", ["administration_id", "item"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("optional", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accepted', 'refused', 'talk', 'withdrawn')", name=op.f("ck_consent_known_decision")
        ),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_consent_administration_id")
        ),
        sa.ForeignKeyConstraint(
            ["text_digest"], ["consent_text.digest"], name=op.f("fk_consent_text_digest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_administration_id"), ["administration_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("administration_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["administration_id"], ["administration.id"], name=op.f("fk_link_administration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_link_one_token")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_administration_id"), ["administration_id"], unique=False)

    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_administration_id"))

    op.drop_table("link")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_administration_id"))

    op.drop_table("consent")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_administration_item")

    op.drop_table("answer")
    op.drop_table("administration")
    op.drop_table("path")
    op.drop_table("person")
    op.drop_table("consent_text")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_answer_update()")
