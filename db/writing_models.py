"""The tables of what editors write and decide around the items of an issue, and of what members say to that."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PassageRow(Base):
    """A part of what editors write around an issue's items, as it stands; what it was before is in the event log."""

    __tablename__ = "passages"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    value: Mapped[dict[str, Any]]
    version: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]


class PublicationRow(Base):
    """A version of an issue as it was published: never altered, a correction is another one."""

    __tablename__ = "publications"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    manifest: Mapped[dict[str, Any]]


class WaiverRow(Base):
    """Something that would block an issue and that an editor lets pass; taking it back removes it, the log keeps it."""

    __tablename__ = "waivers"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    finding: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class TextRow(Base):
    """A text file that an editor brought: its paragraphs by chapter, and what became of each."""

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    channel: Mapped[str]
    person: Mapped[str]
    name: Mapped[str]
    key: Mapped[str]
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"))
    parts: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime]


class VoteRow(Base):
    """A star that somebody gave a message or its card, or took back: its events may come in any order."""

    __tablename__ = "votes"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    given: Mapped[bool]
    told: Mapped[str]
