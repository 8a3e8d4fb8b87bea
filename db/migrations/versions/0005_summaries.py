"""What came while the bot was away is read from history: up to where a desk has seen it, and shown in one summary."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_DESKS = sa.table("desks", sa.column("id"), sa.column("seen"))
_ITEMS = sa.table("items", sa.column("desk_id"), sa.column("created_at", UtcDateTime()))


def upgrade() -> None:
    """Add the columns; a desk has seen its channel up to its newest item."""
    with op.batch_alter_table("desks") as desks:
        desks.add_column(sa.Column("seen", sa.String(), nullable=True))
        desks.add_column(sa.Column("summary", sa.String(), nullable=True))
        desks.add_column(sa.Column("summary_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("shown_in", sa.String(), nullable=True))
        items.create_index("ix_items_shown_in", ["shown_in"], unique=False)
    connection = op.get_bind()
    newest = sa.select(_ITEMS.c.desk_id, sa.func.max(_ITEMS.c.created_at, type_=UtcDateTime()).label("at"))
    for desk in connection.execute(newest.group_by(_ITEMS.c.desk_id)).all():
        seen = f"{desk.at.timestamp():.6f}"
        connection.execute(sa.update(_DESKS).where(_DESKS.c.id == desk.desk_id).values(seen=seen))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("items") as items:
        items.drop_index("ix_items_shown_in")
        items.drop_column("shown_in")
    with op.batch_alter_table("desks") as desks:
        desks.drop_column("summary_at")
        desks.drop_column("summary")
        desks.drop_column("seen")
