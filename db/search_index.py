"""The index of the words of items, which is of each database's own."""

SEARCH_INDEX = "items_search"
"""SQLite's table of that name, with those that it keeps behind it; PostgreSQL's `ix_items_search`."""


def is_modelled(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether a thing of the database is one that the models describe, as Alembic asks."""
    return kind not in {"table", "index"} or not (name or "").removeprefix("ix_").startswith(SEARCH_INDEX)
