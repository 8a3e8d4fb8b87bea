"""A page may give several dates: those beside the one used are kept, to be shown."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; pages that were read before gave no others."""
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("other_days", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    with op.batch_alter_table("items") as items:
        items.alter_column("other_days", server_default=None)


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("items") as items:
        items.drop_column("other_days")
