"""What a message brings, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.editorial.item import Item


@dataclass(frozen=True, slots=True)
class Drop:
    """What a member's message says: `thread` is where its card goes, None for the channel itself.

    `links` are those of the message as of `revision`, `before` those it had until then. Without a revision, what is
    said is newer than all that is known. `told_at` is when it was written or changed, where that is known, and
    `shown_in` the summary that shows it in place of a card. `by_app` says that an app wrote it. `added_by` is
    whoever adds the links of somebody's message, `desk` the one for which a direct message is, None where the channel
    is one. `previews` is what Slack shows of pages, by their key.
    """

    workspace: str
    channel: str
    message: str
    thread: str | None
    member: str
    links: tuple[str, ...]
    before: tuple[str, ...] = ()
    revision: str = ""
    deleted: bool = False
    told_at: datetime | None = None
    shown_in: str | None = None
    by_app: bool = False
    added_by: str | None = None
    desk: int | None = None
    previews: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def brought_by(self) -> str:
        return self.added_by or self.member


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the links of a drop; `kept` are filed items whose link is in the message no more."""

    items: tuple[Item, ...] = ()
    duplicates: tuple[Item, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[Item, ...] = ()
    kept: tuple[Item, ...] = ()
