"""Items know which others tell their story, and who added them to the list."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them to what is there: no item is similar to another until it is read or edited."""
    op.add_column("items", sa.Column("similar_to", sa.Integer(), nullable=True))
    op.add_column("items", sa.Column("kept_beside", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("items", sa.Column("second_of", sa.Integer(), nullable=True))
    op.add_column("items", sa.Column("added_by", sa.String(), nullable=True))
    op.create_index("ix_items_second_of", "items", ["second_of"])
    op.create_index("ix_items_similar_to", "items", ["similar_to"])


def downgrade() -> None:
    """Drop them; what was a second source counts as withdrawn, which is a state that older versions know."""
    items = sa.table("items", sa.column("state", sa.String))
    op.execute(items.update().where(items.c.state == "second source").values(state="withdrawn"))
    op.drop_index("ix_items_similar_to", table_name="items")
    op.drop_index("ix_items_second_of", table_name="items")
    op.drop_column("items", "added_by")
    op.drop_column("items", "second_of")
    op.drop_column("items", "kept_beside")
    op.drop_column("items", "similar_to")
