"""Items are pinned to the top of their section."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Nothing is pinned yet. The table of items is not made anew: the triggers of its index stay."""
    op.add_column("items", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget what was pinned."""
    op.drop_column("items", "pinned")
