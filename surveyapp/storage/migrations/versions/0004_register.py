"""The register: organisations, agreements, placements, accompaniments; administrations about any of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (
    "'company', 'cooperative_b', 'consortium', 'social_enterprise', 'non_commercial_third_sector',"
    " 'benefit_company', 'public_body', 'other'"
)
PER_OCCASION = ["instrument", "form", "occasion", "number", "rater"]
ONE_SUBJECT = (
    "(CASE WHEN path_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN accompaniment_id IS NULL THEN 0 ELSE 1 END) = 1"
    " AND (placement_id IS NULL OR path_id IS NOT NULL)"
)
SUBJECT = (
    "subject = COALESCE('accompaniment:' || accompaniment_id, 'agreement:' || agreement_id,"
    " 'placement:' || placement_id, 'path:' || path_id)"
)
NEW = (
    "subject",
    "placement_id",
    "agreement_id",
    "accompaniment_id",
    "length",
    "context",
    "modules",
    "retest_of",
)
# What the schema before cannot hold.
LOST = (
    "SELECT COUNT(*) FROM administration"
    " WHERE path_id IS NULL OR placement_id IS NOT NULL OR length <> 'full' OR retest_of IS NOT NULL"
)


def upgrade() -> None:
    _organisations()
    _agreements()
    with op.batch_alter_table("path") as batch_op:
        batch_op.add_column(sa.Column("activity_started_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_path_activity_after_start"),
            "activity_started_on IS NULL OR activity_started_on >= started_on",
        )
    _placements()
    _accompaniments()
    _administrations()


def _organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("ambito", sa.String(length=80), nullable=False),
        sa.Column("size_class", sa.String(length=16), nullable=True),
        sa.Column("sector", sa.String(length=80), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_organisation_known_kind")),
        sa.CheckConstraint(
            "size_class IN ('under_15', '15_to_35', '36_to_50', 'over_50')",
            name=op.f("ck_organisation_known_size_class"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_one_code")),
    )


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("ambito", sa.String(length=80), nullable=False),
        sa.Column("executing_body_id", sa.Integer(), nullable=False),
        sa.Column("client_firm_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("expires_on >= signed_on", name=op.f("ck_agreement_expires_after_signing")),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= signed_on", name=op.f("ck_agreement_ends_after_signing")
        ),
        sa.CheckConstraint("executing_body_id <> client_firm_id", name=op.f("ck_agreement_two_parties")),
        sa.ForeignKeyConstraint(
            ["executing_body_id"], ["organisation.id"], name=op.f("fk_agreement_executing_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_firm_id"], ["organisation.id"], name=op.f("fk_agreement_client_firm_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("code", name=op.f("uq_agreement_one_code")),
    )


def _placements() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=4), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=80), nullable=True),
        sa.Column("minutes_a_week", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Boolean(), nullable=True),
        sa.Column("duld", sa.Boolean(), nullable=True),
        sa.Column("duld_outcome", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "type IN ('SFA', 'LAB', 'TIS', 'TIR', 'ISO', 'ACA', 'A14', 'ASS')",
            name=op.f("ck_placement_known_type"),
        ),
        sa.CheckConstraint("type = 'SFA' OR host_id IS NOT NULL", name=op.f("ck_placement_has_host")),
        sa.CheckConstraint(
            "(type = 'A14') = (agreement_id IS NOT NULL)",
            name=op.f("ck_placement_agreement_where_it_applies"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_placement_ends_after_start")
        ),
        sa.CheckConstraint("minutes_a_week BETWEEN 1 AND 3600", name=op.f("ck_placement_possible_hours")),
        sa.ForeignKeyConstraint(["path_id"], ["path.id"], name=op.f("fk_placement_path_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_placement_host_id")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_placement_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("code", name=op.f("uq_placement_one_code")),
        sa.UniqueConstraint("id", "path_id", name=op.f("uq_placement_of_one_path")),
    )
    op.create_index(op.f("ix_placement_path_id"), "placement", ["path_id"])


def _accompaniments() -> None:
    op.create_table(
        "accompaniment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_accompaniment_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_accompaniment_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accompaniment")),
        sa.UniqueConstraint("code", name=op.f("uq_accompaniment_one_code")),
    )


def _administrations() -> None:
    with op.batch_alter_table("administration") as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("placement_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("agreement_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accompaniment_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("length", sa.String(length=8), server_default="full", nullable=False))
        batch_op.add_column(sa.Column("context", sa.Text(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("modules", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("retest_of", sa.Integer(), nullable=True))
    op.execute("UPDATE administration SET subject = 'path:' || path_id")
    with op.batch_alter_table("administration") as batch_op:
        batch_op.alter_column("subject", existing_type=sa.String(length=24), nullable=False)
        batch_op.alter_column("path_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("length", existing_type=sa.String(length=8), server_default=None)
        batch_op.alter_column("context", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("modules", existing_type=sa.String(length=120), server_default=None)
        batch_op.drop_constraint(op.f("uq_administration_one_per_occasion"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_administration_one_per_occasion"), ["subject", *PER_OCCASION]
        )
        batch_op.create_foreign_key(
            op.f("fk_administration_placement_id"),
            "placement",
            ["placement_id", "path_id"],
            ["id", "path_id"],
        )
        for name in ("agreement_id", "accompaniment_id"):
            batch_op.create_foreign_key(
                op.f(f"fk_administration_{name}"), name.removesuffix("_id"), [name], ["id"]
            )
        batch_op.create_foreign_key(
            op.f("fk_administration_retest_of"), "administration", ["retest_of"], ["id"]
        )
        batch_op.create_check_constraint(op.f("ck_administration_one_subject"), ONE_SUBJECT)
        batch_op.create_check_constraint(op.f("ck_administration_subject_is_named"), SUBJECT)
        batch_op.create_check_constraint(
            op.f("ck_administration_known_length"), "length IN ('full', 'short', 'mini')"
        )
        batch_op.create_index(op.f("ix_administration_path_id"), ["path_id"])


def downgrade() -> None:
    """Refuses where there are administrations that the schema before cannot hold: answers are never lost."""
    if op.get_bind().exec_driver_sql(LOST).scalar_one():
        raise RuntimeError("the schema before 0004 cannot hold all the administrations: restore a backup")
    with op.batch_alter_table("administration") as batch_op:
        batch_op.drop_index(op.f("ix_administration_path_id"))
        for name in ("one_subject", "subject_is_named", "known_length"):
            batch_op.drop_constraint(op.f(f"ck_administration_{name}"), type_="check")
        for name in ("placement_id", "agreement_id", "accompaniment_id", "retest_of"):
            batch_op.drop_constraint(op.f(f"fk_administration_{name}"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_administration_one_per_occasion"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_administration_one_per_occasion"), ["path_id", *PER_OCCASION]
        )
        batch_op.alter_column("path_id", existing_type=sa.Integer(), nullable=False)
        for name in NEW:
            batch_op.drop_column(name)
    op.drop_table("accompaniment")
    op.drop_index(op.f("ix_placement_path_id"), "placement")
    op.drop_table("placement")
    with op.batch_alter_table("path") as batch_op:
        batch_op.drop_constraint(op.f("ck_path_activity_after_start"), type_="check")
        batch_op.drop_column("activity_started_on")
    op.drop_table("agreement")
    op.drop_table("organisation")
