"""Links that somebody sent to the bot alone while it is not clear for which desk, and the records of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.editorial.revision import Revision


@dataclass(frozen=True, slots=True)
class OfferedDesk:
    """A desk to choose, by the name that its channel had when it was offered."""

    id: int
    channel: str
    name: str


@dataclass(frozen=True, slots=True)
class DirectLinks:
    """Links of a direct message as of its newest revision; `desk_id` is None until their sender says for which desk."""

    workspace: str
    channel: str
    message: str
    thread: str | None
    person: str
    newest: Revision
    desks: tuple[OfferedDesk, ...]
    desk_id: int | None = None


class DirectMessageLinks(Protocol):
    async def add(self, links: DirectLinks, at: datetime) -> None: ...
    async def find(self, workspace: str, channel: str, message: str) -> DirectLinks | None: ...
    async def revise(self, links: DirectLinks, newest: Revision) -> None: ...
    async def choose(self, links: DirectLinks, desk_id: int) -> DirectLinks | None: ...
