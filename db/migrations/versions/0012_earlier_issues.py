"""Items know which earlier issue carried their page and why they are used all the same, and wait for the next issue."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ITEMS = sa.table("items", sa.column("state", sa.String))
_ADDED = ("earlier", "used_again", "kept_outside")
_ON_THE_LIST = "uq_items_on_the_list"


def upgrade() -> None:
    """Add them, and find pages by their desk; an item that is held over holds its link as others do.

    The columns are added to the table as it stands: made anew, it would lose the triggers of SQLite's search index.
    """
    for name in _ADDED:
        op.add_column("items", sa.Column(name, sa.JSON(), nullable=True))
    op.create_index("ix_items_page", "items", ["desk_id", "key"])
    _list_anew("state IN ('pending', 'filed', 'held over')")


def downgrade() -> None:
    """Drop them; what was held over waits for a section."""
    op.execute(sa.update(_ITEMS).where(_ITEMS.c.state == "held over").values(state="pending"))
    _list_anew("state IN ('pending', 'filed')")
    op.drop_index("ix_items_page", "items")
    for name in reversed(_ADDED):
        op.drop_column("items", name)


def _list_anew(states: str) -> None:
    where = sa.text(states)
    op.drop_index(_ON_THE_LIST, "items")
    op.create_index(_ON_THE_LIST, "items", ["issue_id", "key"], unique=True, sqlite_where=where, postgresql_where=where)
