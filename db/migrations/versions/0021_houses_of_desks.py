"""A desk may have a house, a title and a zone of its own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them: the desks that there are keep the default house."""
    for name in ("house", "title", "zone"):
        op.add_column("desks", sa.Column(name, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Drop them; every desk has the default house again."""
    for name in ("zone", "title", "house"):
        op.drop_column("desks", name)
