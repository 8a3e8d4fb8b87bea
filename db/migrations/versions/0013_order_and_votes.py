"""Items are pinned to the top of their section, and members vote with stars."""

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
    op.create_table(
        "votes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "message", "person", name="pk_votes"),
    )


def downgrade() -> None:
    """Forget votes, and what was pinned."""
    op.drop_table("votes")
    op.drop_column("items", "pinned")
