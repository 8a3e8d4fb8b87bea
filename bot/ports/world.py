"""What the desk asks of pages, people and the clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.extract.page import ArchivedCopy, Extract
from bot.ports.values import Person


class Pages(Protocol):
    """Reads a page, and raises PageTrouble where it cannot; knows whether an archive has a copy of one.

    What was read lately may be remembered; `afresh` asks the page itself.
    """

    async def read(self, url: str, *, afresh: bool = False) -> Extract: ...
    async def archived(self, url: str) -> ArchivedCopy | None: ...


class ChannelOutOfReachError(Exception):
    """Nobody can say who is in a channel: it is gone, or the bot is in it no more."""


class People(Protocol):
    """Asks the workspace who somebody is, and who is in a channel, which raises ChannelOutOfReachError where it cannot.

    `look_up` and `channel_name` give None where there is no answer, too; `ask` raises what stood in its way.
    """

    async def look_up(self, workspace: str, person: str) -> Person | None: ...
    async def ask(self, workspace: str, person: str) -> Person | None: ...
    async def present(self, workspace: str, channel: str) -> Sequence[str]: ...
    async def channel_name(self, workspace: str, channel: str) -> str | None: ...


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def __call__(self) -> datetime: ...
