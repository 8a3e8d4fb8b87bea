"""The tables of who owns and edits a desk."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class EditorRow(Base):
    """Somebody who is named to a role."""

    __tablename__ = "editors"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    role: Mapped[str] = mapped_column(server_default="editor")
    since: Mapped[datetime]


class EditorGroupRow(Base):
    """A user group whose members are editors, as they were when the workspace last said so."""

    __tablename__ = "editor_groups"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    name: Mapped[str]
    members: Mapped[list[str]]
    asked_at: Mapped[datetime | None]


class TeamRow(Base):
    """How often it was changed who is named at a desk, and by whom last; it has none before the first change."""

    __tablename__ = "teams"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), primary_key=True)
    workspace: Mapped[str]
    version: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
