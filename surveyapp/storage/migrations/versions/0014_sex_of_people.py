"""The sex of people, where the register says it: results by sex, where enough people allow them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("sex", sa.String(length=1), nullable=True))
        batch_op.create_check_constraint(op.f("ck_person_known_sex"), "sex IN ('F', 'M', 'X')")


def downgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_constraint(op.f("ck_person_known_sex"), type_="check")
        batch_op.drop_column("sex")
