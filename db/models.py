"""The tables. Rows stay in this package; everything else sees editorial values."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, partial
from db.lane_models import DirectLinkRow, LateRequestRow
from db.people_models import HomeRow, PreferenceRow
from db.team_models import EditorGroupRow, EditorRow, TeamRow
from db.work_models import HeartbeatRow, InboxRow, LaneRow, OutboxRow, PostedRow
from db.writing_models import PassageRow, PublicationRow, TextRow, VoteRow, WaiverRow

__all__ = [
    "ON_THE_LIST",
    "Base",
    "ChangeRow",
    "ClaimRow",
    "DeskRow",
    "DirectLinkRow",
    "EditorGroupRow",
    "EditorRow",
    "HabitRow",
    "HeartbeatRow",
    "HomeRow",
    "InboxRow",
    "IssueRow",
    "ItemRow",
    "LaneRow",
    "LateRequestRow",
    "MessageRow",
    "OutboxRow",
    "OutletRow",
    "OwnOutletRow",
    "PassageRow",
    "PersonRow",
    "PostedRow",
    "PreferenceRow",
    "PublicationRow",
    "ReminderRow",
    "RulingRow",
    "SnapshotRow",
    "SnoozeRow",
    "TeamRow",
    "TextRow",
    "VoteRow",
    "WaiverRow",
]

ON_THE_LIST = "state IN ('pending', 'filed', 'held', 'held over')"
"""An item in one of these states holds its link: the same page cannot enter the issue twice."""


class DeskRow(Base):
    __tablename__ = "desks"
    __table_args__ = (UniqueConstraint("workspace", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    channel: Mapped[str]
    created_at: Mapped[datetime]
    seen: Mapped[str | None]
    summary: Mapped[str | None]
    summary_at: Mapped[datetime | None]
    roster: Mapped[list[str]] = mapped_column(server_default="[]")
    roster_at: Mapped[datetime | None]
    house: Mapped[str] = mapped_column(server_default="")
    title: Mapped[str] = mapped_column(server_default="")
    zone: Mapped[str] = mapped_column(server_default="")


class PersonRow(Base):
    """What the workspace last said of a person, so that names and roles survive its silence."""

    __tablename__ = "people"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="")
    standing: Mapped[str]
    seen_at: Mapped[datetime]
    away_until: Mapped[datetime | None]


class IssueRow(Base):
    __tablename__ = "issues"
    __table_args__ = (
        UniqueConstraint("desk_id", "number"),
        partial("uq_issues_open", "desk_id", where="state = 'open'", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    workspace: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    window_start: Mapped[date]
    window_end: Mapped[date]
    deadline: Mapped[datetime]
    closes_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


class ItemRow(Base):
    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("workspace", "channel", "message", "key"),
        partial("uq_items_on_the_list", "issue_id", "key", where=ON_THE_LIST, unique=True),
        Index("ix_items_reading_due", "reading", "read_at"),
        Index("ix_items_issue", "issue_id", "state"),
        Index("ix_items_shown_in", "shown_in"),
        partial("ix_items_check_due", "check_at", where="check_at IS NOT NULL"),
        Index("ix_items_page", "desk_id", "key"),
        Index("ix_items_second_of", "second_of"),
        Index("ix_items_similar_to", "similar_to"),
        Index("ix_items_replies_to", "replies_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"))
    channel: Mapped[str]
    message: Mapped[str]
    thread: Mapped[str | None]
    shown_in: Mapped[str | None]
    url: Mapped[str] = mapped_column(Text)
    dropped: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    host: Mapped[str]
    state: Mapped[str]
    reading: Mapped[str]
    read_attempts: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime]
    trouble: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    alternative: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date | None]
    other_days: Mapped[list[str]] = mapped_column(default=list)
    stamped_at: Mapped[datetime | None]
    language: Mapped[str | None]
    author: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None]
    paywalled: Mapped[bool] = mapped_column(default=False)
    agency: Mapped[str | None]
    pages: Mapped[int | None]
    seconds: Mapped[int | None]
    account: Mapped[str | None]
    publisher: Mapped[str | None]
    site_part: Mapped[str | None]
    archived_url: Mapped[str | None] = mapped_column(Text)
    archived_on: Mapped[date | None]
    preview: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str | None] = mapped_column(Text)
    checked: Mapped[dict[str, Any] | None]
    checked_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    attestation: Mapped[dict[str, Any] | None]
    ruling: Mapped[str | None]
    rank: Mapped[int | None]
    pinned: Mapped[bool] = mapped_column(server_default=false())
    section: Mapped[str | None]
    moved_from: Mapped[str | None]
    found_by: Mapped[str]
    filed_by: Mapped[str | None]
    filed_at: Mapped[datetime | None]
    edited: Mapped[dict[str, Any]] = mapped_column(default=dict)
    earlier: Mapped[dict[str, Any] | None]
    used_again: Mapped[dict[str, Any] | None]
    kept_outside: Mapped[dict[str, Any] | None]
    opinion: Mapped[dict[str, Any] | None]
    appeal: Mapped[dict[str, Any] | None]
    reclassified: Mapped[dict[str, Any] | None]
    asked: Mapped[dict[str, Any] | None]
    similar_to: Mapped[int | None]
    kept_beside: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    second_of: Mapped[int | None]
    replies_to: Mapped[int | None]
    added_by: Mapped[str | None]
    late: Mapped[dict[str, Any] | None]
    search: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class SnapshotRow(Base):
    """What was read of an item's page: after a while the copy goes, and what proves it stays."""

    __tablename__ = "snapshots"
    __table_args__ = (Index("ix_snapshots_item", "item_id", "id"), Index("ix_snapshots_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    at: Mapped[datetime]
    url: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    size: Mapped[int]
    headers: Mapped[dict[str, Any]]
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)


class MessageRow(Base):
    """The newest revision of a message that is known: its events may come in any order."""

    __tablename__ = "messages"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str]
    links: Mapped[list[str]]
    deleted: Mapped[bool]


class ChangeRow(Base):
    """The event log: appended to, never altered."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_item", "item_id", "id"),
        Index("ix_changes_issue", "issue_id", "at"),
        Index("ix_changes_desk", "desk_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    verb: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class ClaimRow(Base):
    """A due time that was taken: by name and period, once."""

    __tablename__ = "claims"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desks.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    at: Mapped[datetime]
    outcome: Mapped[str]


class SnoozeRow(Base):
    """A member who asked not to be reminded of an issue until a moment."""

    __tablename__ = "snoozes"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    until: Mapped[datetime]


class ReminderRow(Base):
    """A reminder of an issue that was sent to a member, by the key of what shows it."""

    __tablename__ = "reminders"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    person: Mapped[str]
    at: Mapped[datetime]


class OutletRow(Base):
    __tablename__ = "outlets"

    domain: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str | None]
    control: Mapped[str]
    ruling: Mapped[str | None]
    evidence: Mapped[str] = mapped_column(Text)


class RulingRow(Base):
    """What a workspace's people decided about an outlet; it outranks the registry."""

    __tablename__ = "rulings"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    ruling: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class OwnOutletRow(Base):
    """What a workspace says of an outlet in place of the registry; a ruling outranks it as it outranks the registry."""

    __tablename__ = "own_outlets"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str | None]
    control: Mapped[str]
    evidence: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime]


class HabitRow(Base):
    """What a workspace's people said once of a host, or of a part of one: it holds for its later pages.

    The kinds are those of `Habit`. The value is None where they took it back.
    """

    __tablename__ = "habits"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]
