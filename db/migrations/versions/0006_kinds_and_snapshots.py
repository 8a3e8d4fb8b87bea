"""Items know what kind of page they are from and what Slack showed of it, and what was read is kept."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them; of pages that were read before the kind is not known."""
    with op.batch_alter_table("items") as items:
        for column in _new():
            items.add_column(column)
    with op.batch_alter_table("items") as items:
        items.alter_column("paywalled", server_default=None)
        items.alter_column("preview", server_default=None)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_snapshots_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    op.create_index("ix_snapshots_item", "snapshots", ["item_id", "id"])
    op.create_index("ix_snapshots_at", "snapshots", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("snapshots")
    with op.batch_alter_table("items") as items:
        for column in reversed(_new()):
            items.drop_column(column.name)


def _new() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("paywalled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("archived_url", sa.Text(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("preview", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    )
