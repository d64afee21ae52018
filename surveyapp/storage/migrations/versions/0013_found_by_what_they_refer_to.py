"""An index for each reference: deleting what is referred to no longer reads whole tables."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

REFERENCES = (
    ("accompaniment", "organisation_id"),
    ("administration", "accompaniment_id"),
    ("administration", "agreement_id"),
    ("administration", "placement_id"),
    ("administration", "retest_of"),
    ("agreement", "client_firm_id"),
    ("agreement", "executing_body_id"),
    ("consent", "text_digest"),
    ("link", "code_id"),
    ("placement", "agreement_id"),
    ("placement", "host_id"),
)


def upgrade() -> None:
    for table, column in REFERENCES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in reversed(REFERENCES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
