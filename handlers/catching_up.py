"""What was said while the bot was away, or Slack could not be reached: read from history, through the inbox."""

import json
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.ports import Clock, DeskRecord, RawEvent, UnitOfWorkFactory
from handlers.refusals import code_of, is_failure, pause_of
from handlers.said import drop_of

log = structlog.get_logger()

_EVERY = timedelta(hours=1)
"""So often the channels are read anyway: an event that Slack gave up on is found within the hour."""

_AGAIN_FROM = timedelta(minutes=10)
"""Slack tries an event again for six minutes: later ones may have arrived before it."""

_THREADS_FROM = timedelta(days=1)
"""History tells of a thread at its first message: this far back threads are looked at for newer replies."""

_REST = timedelta(seconds=30)
_PAGE = 200


@dataclass(frozen=True, slots=True)
class _Page:
    """A call to be made; `thread` where it asks for replies."""

    desk: DeskRecord
    since: float
    thread: str | None = None
    cursor: str | None = None


class CatchingUp:
    """Makes one call a step, and rests as long as Slack asks it to."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        desk: Desk,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        wake: Callable[[], None],
        bots: Collection[str],
    ) -> None:
        self._bots = bots
        self._client = client
        self._desk = desk
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._wake = wake
        self._due_at: datetime | None = None
        self._resting_until: datetime | None = None
        self._pages: deque[_Page] = deque()
        self._newest: dict[int, str] = {}

    def ask(self) -> None:
        """Read the channels now: events may have been lost."""
        self._due_at = None
        self._wake()

    async def read_next(self) -> bool:
        """Read the next page that is due; False where none is."""
        now = self._clock()
        if self._resting_until is not None and now < self._resting_until:
            return False
        if not self._pages:
            if self._due_at is not None and now < self._due_at:
                return False
            self._due_at = now + _EVERY
            await self._begin()
            return bool(self._pages)
        page = self._pages[0]
        try:
            answer = await self._asked(page)
        except SlackApiError as refusal:
            self._refused(page, refusal)
            return False
        except (aiohttp.ClientError, TimeoutError) as silence:
            log.warning("history not read", channel=page.desk.channel, reason=type(silence).__name__)
            self._resting_until = now + _REST
            return False
        await self._take(page, answer)
        self._pages.popleft()
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if cursor:
            self._pages.appendleft(_Page(page.desk, page.since, page.thread, cursor))
        elif not any(each.desk.id == page.desk.id for each in self._pages):
            await self._finish(page.desk)
        return True

    async def _begin(self) -> None:
        async with self._unit_of_work() as work:
            for desk in await work.desks.all():
                since = float(await work.desks.seen(desk)) - _AGAIN_FROM.total_seconds()
                self._pages.append(_Page(desk, since))

    async def _asked(self, page: _Page) -> Mapping[str, Any]:
        if page.thread is not None:
            oldest = f"{page.since:.6f}"
            found = await self._client.conversations_replies(
                channel=page.desk.channel, ts=page.thread, oldest=oldest, limit=_PAGE, cursor=page.cursor
            )
        else:
            oldest = f"{page.since - _THREADS_FROM.total_seconds():.6f}"
            found = await self._client.conversations_history(
                channel=page.desk.channel, oldest=oldest, limit=_PAGE, cursor=page.cursor
            )
        return dict(found.data) if isinstance(found.data, dict) else {}

    async def _take(self, page: _Page, answer: Mapping[str, Any]) -> None:
        """Put on record what is not known yet, oldest first, as if Slack had told of it."""
        for message in sorted(answer["messages"], key=lambda each: float(each["ts"])):
            ts = str(message["ts"])
            if page.thread is None and float(message.get("latest_reply") or 0) > page.since:
                self._pages.append(_Page(page.desk, page.since, ts))
            if float(ts) > page.since and ts != page.thread:
                self._newest[page.desk.id] = max(self._newest.get(page.desk.id, ts), ts)
                await self._record(page.desk, message)

    async def _record(self, desk: DeskRecord, message: Mapping[str, Any]) -> None:
        event = {**message, "type": "message", "channel": desk.channel}
        body = {"type": "event_callback", "team_id": desk.workspace, "event": event}
        drop = drop_of(body, bots=self._bots)
        if drop is None or await self._desk.has_read(drop):
            return
        name = f"history:{desk.channel}:{drop.message}:{drop.revision}"
        raw = RawEvent(name, desk.workspace, json.dumps(body, ensure_ascii=False), self._clock())
        async with self._unit_of_work() as work:
            await work.inbox.add([raw])
        log.info("message found in history", channel=desk.channel, ts=drop.message)
        self._wake()

    async def _finish(self, desk: DeskRecord) -> None:
        newest = self._newest.pop(desk.id, None)
        if newest is not None:
            async with self._unit_of_work() as work:
                await work.desks.saw(desk, newest)

    def _refused(self, page: _Page, refusal: SlackApiError) -> None:
        """Wait where Slack asks for it, or is at fault; leave a channel that cannot be read until the next time."""
        pause = pause_of(refusal)
        if pause is not None or is_failure(refusal):
            self._resting_until = self._clock() + (pause or _REST)
        else:
            self._pages = deque(each for each in self._pages if each.desk.id != page.desk.id)
        log.warning("history refused", channel=page.desk.channel, reason=code_of(refusal) or "no answer")
