"""What was done with is removed: events that nobody delivers again, messages that nobody shows again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.base import DeskBase
from bot.ports import ShowingKind

_EVENTS_KEPT = timedelta(days=7)
"""Slack delivers an event again for hours, at most; while its row is there it is known."""

_MESSAGES_KEPT = timedelta(days=90)
_MOST = 500
"""Rows of a queue that one call removes: a transaction that removes a year's would keep the desk waiting."""

_SAID_ONCE = frozenset(
    {
        ShowingKind.DUPLICATE,
        ShowingKind.LINK_REMOVED,
        ShowingKind.SOURCE_DELETED,
        ShowingKind.REFUSED_LINKS,
        ShowingKind.MOVED,
        ShowingKind.HELD_NEWS,
        ShowingKind.STATUS,
        ShowingKind.MEMBER_REMINDER,
        ShowingKind.SECTION_REMINDER,
        ShowingKind.EDITOR_REMINDER,
        ShowingKind.ISSUE_CHANGED,
        ShowingKind.UNREACHABLE,
        ShowingKind.DIRECT,
        ShowingKind.ALERT,
    }
)
"""Nothing asks for these again. A card can still change when its message is edited, a draft when somebody refreshes it,
even of a closed issue: without its row it would be posted a second time. That a channel is out of reach is told anew
under another key, and that a source was deleted never again: the message's last revision is kept."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was removed."""

    events: int
    showings: int
    copies: int


class Tidying(DeskBase):
    async def tidy(self, *, now: datetime) -> Tidied:
        """Remove a bounded number of rows and copies that nothing needs any more.

        Items, the event log, and what proves what was read are never removed.
        """
        async with self._unit_of_work() as work:
            events = await work.inbox.forget_done(now - _EVENTS_KEPT, _MOST)
        before = now - _MESSAGES_KEPT
        async with self._unit_of_work() as work:
            showings = await work.outbox.forget_shown(before, _MOST, kinds=_SAID_ONCE)
        async with self._unit_of_work() as work:
            copies = await work.snapshots.forget_copies(now - self._copies_kept, _MOST)
        return Tidied(events, showings, copies)
