"""The tables of what the bot works through: events that came in, and messages that go out."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial


class InboxRow(Base):
    """A raw event, on record before Slack is answered."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    workspace: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    trouble: Mapped[str | None] = mapped_column(Text)


class OutboxRow(Base):
    """Something to show, and how often that was asked; what it says is rendered when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "key"),
        partial("ix_outbox_owed", "workspace", "channel", "id", where="wanted > shown"),
        partial("ix_outbox_shown", "due_at", where="wanted <= shown"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    workspace: Mapped[str]
    channel: Mapped[str]
    thread: Mapped[str | None]
    recipient: Mapped[str | None]
    kind: Mapped[str]
    subject: Mapped[dict[str, Any]]
    state: Mapped[str]
    wanted: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(Text)


class PostedRow(Base):
    """A message that shows a part of an outbox row."""

    __tablename__ = "posted"

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    ts: Mapped[str]
    digest: Mapped[str]


class LaneRow(Base):
    """When a channel may next be posted to."""

    __tablename__ = "lanes"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class HeartbeatRow(Base):
    """When the clock's last beat was done, by whichever process: one row."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
