"""Items know under whose card their link was posted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add it to what is there: of no item that is on record anybody is asked."""
    op.add_column("items", sa.Column("replies_to", sa.Integer(), nullable=True))
    op.create_index("ix_items_replies_to", "items", ["replies_to"])


def downgrade() -> None:
    op.drop_index("ix_items_replies_to", table_name="items")
    op.drop_column("items", "replies_to")
