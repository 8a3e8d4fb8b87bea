"""Items are found by words: a text of them, and an index of each database's own over it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.editorial.plain_words import plain_words

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ITEMS = sa.table(
    "items",
    sa.column("id", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("summary", sa.Text),
    sa.column("source", sa.Text),
    sa.column("host", sa.String),
    sa.column("search", sa.Text),
)
_WORDS = 5_000
_FORGET = "INSERT INTO items_search(items_search, rowid, search) VALUES ('delete', old.id, old.search);"
_KEEP = "INSERT INTO items_search(rowid, search) VALUES (new.id, new.search);"
_TRIGGERS = {
    "items_search_added": f"AFTER INSERT ON items BEGIN {_KEEP} END",
    "items_search_removed": f"AFTER DELETE ON items BEGIN {_FORGET} END",
    "items_search_changed": f"AFTER UPDATE OF search ON items BEGIN {_FORGET} {_KEEP} END",
}
"""They keep SQLite's index in step. A later migration that makes the table of items anew makes them anew, too."""


def upgrade() -> None:
    """Write the text of what is there, then index it."""
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("search", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    said = sa.select(_ITEMS.c.id, _ITEMS.c.title, _ITEMS.c.summary, _ITEMS.c.source, _ITEMS.c.host)
    for row in connection.execute(said).all():
        words = plain_words("\n".join(filter(None, (row.title, row.summary, row.source, row.host))))
        connection.execute(sa.update(_ITEMS).where(_ITEMS.c.id == row.id).values(search=" ".join(words[:_WORDS])))
    if connection.dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_items_search ON items USING gin (to_tsvector('simple', search))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE items_search USING fts5("
        "search, content='items', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO items_search(items_search) VALUES ('rebuild')")
    for name, does in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {does}")


def downgrade() -> None:
    """Drop the index and the text."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_items_search", table_name="items")
    else:
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.drop_table("items_search")
    with op.batch_alter_table("items") as items:
        items.drop_column("search")
