"""Issues hold what editors write and what was published; items keep a ruling and a place."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _of_issue(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f(f"fk_{table}_issue_id_issues"))


def upgrade() -> None:
    """Add them; what was filed before stands in the order of its dates, and for what the registry says."""
    op.create_table(
        "passages",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id", "name", name=op.f("pk_passages")),
        _of_issue("passages"),
    )
    op.create_table(
        "publications",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id", "version", name=op.f("pk_publications")),
        _of_issue("publications"),
    )
    with op.batch_alter_table("issues") as issues:
        issues.add_column(sa.Column("published_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("ruling", sa.String(), nullable=True))
        items.add_column(sa.Column("rank", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("items") as items:
        items.drop_column("rank")
        items.drop_column("ruling")
    with op.batch_alter_table("issues") as issues:
        issues.drop_column("published_at")
    op.drop_table("publications")
    op.drop_table("passages")
