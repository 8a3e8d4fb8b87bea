"""The tables of what members chose for themselves, and of the homes that they look at."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PreferenceRow(Base):
    """What a member chose: None is what nobody has asked them yet, or what they left to the house."""

    __tablename__ = "preferences"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id"))
    language: Mapped[str | None]
    welcomed_at: Mapped[datetime | None]


class HomeRow(Base):
    """A member's home of the app: when they opened it, and up to which change of its desk it was asked for."""

    __tablename__ = "homes"
    __table_args__ = (Index("ix_homes_opened", "opened_at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    seen: Mapped[int]
