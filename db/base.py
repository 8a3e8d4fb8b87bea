"""What all tables share: their names, their types, and indexes of a part of their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase

from db.types import UtcDateTime

_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of those rows alone that a condition names."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=_CONVENTION)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads the plain attribute
        datetime: UtcDateTime(),
        str: String(),
        dict[str, Any]: JSON(none_as_null=True),  # what is not there is NULL for queries, too
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
    }
