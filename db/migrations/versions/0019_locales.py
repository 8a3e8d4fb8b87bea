"""People are spoken to in their own language: what Slack is in for them is known beside their zone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Whoever is known by now is asked for again within the hour."""
    op.add_column("people", sa.Column("locale", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Forget in which language Slack is for whom."""
    op.drop_column("people", "locale")
