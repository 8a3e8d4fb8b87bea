"""The tables of what comes by another way than the desk's channel, or after the freeze."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class LateRequestRow(Base):
    """Somebody asks to add an item to a closed issue, once: what an editor decided, and whether it was taken back."""

    __tablename__ = "late_requests"
    __table_args__ = (UniqueConstraint("item_id", "issue_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    editors: Mapped[list[str]]
    state: Mapped[str]
    by: Mapped[str | None]
    at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text)


class DirectLinkRow(Base):
    """Links of a direct message as of its newest revision, and the desk that they are for once that is said."""

    __tablename__ = "direct_links"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    thread: Mapped[str | None]
    person: Mapped[str]
    links: Mapped[list[str]]
    revision: Mapped[str]
    deleted: Mapped[bool]
    desks: Mapped[list[dict[str, Any]]]
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desks.id"))
    at: Mapped[datetime]
