"""What the desk asks of pages, people and the clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.extract.page import ArchivedCopy, Extract
from bot.ports.team import UserGroup
from bot.ports.values import Person


class Pages(Protocol):
    """Reads a page, and raises PageTrouble where it cannot; knows whether an archive has a copy of one.

    What was read lately may be remembered; `afresh` asks the page itself.
    """

    async def read(self, url: str, *, afresh: bool = False) -> Extract: ...
    async def archived(self, url: str) -> ArchivedCopy | None: ...


class ChannelOutOfReachError(Exception):
    """Nobody can say who is in a channel: it is gone, or the bot is in it no more."""


class WorkspaceSilentError(Exception):
    """The workspace did not answer; whatever asked for it is to be asked again."""


class People(Protocol):
    """Asks the workspace who somebody is, and who is in a channel, which raises ChannelOutOfReachError where it cannot.

    `look_up`, `channel_name` and what is asked of user groups give None where there is no answer, too; `ask` raises
    what stood in its way. A user group that is gone or switched off has no members.
    """

    async def look_up(self, workspace: str, person: str) -> Person | None: ...
    async def ask(self, workspace: str, person: str) -> Person | None: ...
    async def present(self, workspace: str, channel: str) -> Sequence[str]: ...
    async def channel_name(self, workspace: str, channel: str) -> str | None: ...
    async def groups(self, workspace: str) -> Sequence[UserGroup] | None: ...
    async def members_of(self, workspace: str, group: str) -> Sequence[str] | None: ...


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def __call__(self) -> datetime: ...
