"""Items know what says that they are opinions, and a workspace has rows of its own in the registry of outlets."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them to what is there: what was read before is an opinion when it is read again."""
    for column in ("opinion", "appeal", "reclassified"):
        op.add_column("items", sa.Column(column, sa.JSON(), nullable=True))
    op.create_table(
        "own_outlets",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("control", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "domain", name=op.f("pk_own_outlets")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("own_outlets")
    for column in ("reclassified", "appeal", "opinion"):
        op.drop_column("items", column)
