"""Items are held until the issue has room for them, and editors are asked about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ITEMS = sa.table(
    "items",
    sa.column("state", sa.String),
    sa.column("section", sa.String),
    sa.column("filed_by", sa.String),
    sa.column("filed_at", UtcDateTime()),
)
_NOWHERE = {"section": None, "filed_by": None, "filed_at": None}
_ON_THE_LIST = "uq_items_on_the_list"


def upgrade() -> None:
    """A held item holds its link as others do; the table stays as it is, with the triggers of SQLite's search index."""
    op.add_column("items", sa.Column("asked", sa.JSON(), nullable=True))
    _list_anew("state IN ('pending', 'filed', 'held', 'held over')")


def downgrade() -> None:
    """Drop it; what was held waits for a section."""
    op.execute(sa.update(_ITEMS).where(_ITEMS.c.state == "held").values(state="pending", **_NOWHERE))
    _list_anew("state IN ('pending', 'filed', 'held over')")
    op.drop_column("items", "asked")


def _list_anew(states: str) -> None:
    where = sa.text(states)
    op.drop_index(_ON_THE_LIST, "items")
    op.create_index(_ON_THE_LIST, "items", ["issue_id", "key"], unique=True, sqlite_where=where, postgresql_where=where)
