"""The clock's last beat is on record, for whoever asks whether the bot is at work."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add it; there is no beat until the bot runs."""
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("heartbeats")
