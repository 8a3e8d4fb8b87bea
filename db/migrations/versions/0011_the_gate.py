"""The gate keeps what became of pages, what members attest, and what editors let pass."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them; pages that were read before are looked at once more before their issue is published."""
    op.create_table(
        "waivers",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id", "finding", name=op.f("pk_waivers")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_waivers_issue_id_issues")),
    )
    op.add_column("items", sa.Column("checked", sa.JSON(), nullable=True))
    op.add_column("items", sa.Column("checked_at", UtcDateTime(), nullable=True))
    op.add_column("items", sa.Column("check_at", UtcDateTime(), nullable=True))
    op.add_column("items", sa.Column("attestation", sa.JSON(), nullable=True))
    due = sa.text("check_at IS NOT NULL")
    op.create_index("ix_items_check_due", "items", ["check_at"], sqlite_where=due, postgresql_where=due)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_items_check_due", "items")
    for column in ("attestation", "check_at", "checked_at", "checked"):
        op.drop_column("items", column)
    op.drop_table("waivers")
