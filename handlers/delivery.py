"""The outbox's sender: renders what is to be shown as it stands now, and posts it once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.trace import trace_of_show
from bot.metrics import Metrics
from bot.ports import (
    Clock,
    LeaseLostError,
    Posted,
    Queue,
    Show,
    Showing,
    ShowingKind,
    UnitOfWork,
    UnitOfWorkFactory,
)
from handlers.alerts import Alerts
from handlers.refusals import PASSING, code_of, is_failure, pause_of
from handlers.rest import Rest, token_refused

log = structlog.get_logger()

METADATA_EVENT = "vric_showing"

_LEASE = timedelta(seconds=60)
_PAUSE = timedelta(seconds=1)
RECONCILE_AFTER = timedelta(seconds=15)
"""How long a lost answer rests before the message is looked for: history may lag behind."""

_LONGEST_PAUSE = timedelta(minutes=5)
_MOST_ATTEMPTS = 12
_GONE = frozenset({"message_not_found", "thread_not_found"})
_UNREACHABLE = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action")
"""How Slack's words begin for what a channel does not take until somebody changes the channel."""

_HISTORY_PAGES = 5


@dataclass(frozen=True)
class Part:
    """A message, or a home view, to be shown; `thread` is a ts, `after_first` puts it below the first part."""

    name: str
    text: str
    blocks: Sequence[Block] = ()
    thread: str | None = None
    after_first: bool = False
    view: View | None = None

    @cached_property
    def content(self) -> Mapping[str, Any]:
        if self.view is not None:
            return {"view": self.view.to_dict()}
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}

    @cached_property
    def digest(self) -> str:
        return sha256(repr(self.content).encode()).hexdigest()[:32]


Composer = Callable[[Showing], Awaitable[Sequence[Part]]]


class Sender:
    """Sends one message a step; rows of a channel go in order, one a second."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        rest: Rest,
        unit_of_work: UnitOfWorkFactory,
        compose: Composer,
        clock: Clock,
        metrics: Metrics,
        alerts: Alerts,
    ) -> None:
        self._rest = rest
        self._alerts = alerts
        self._metrics = metrics
        self._client = client
        self._unit_of_work = unit_of_work
        self._compose = compose
        self._clock = clock

    async def send_next(self) -> bool:
        """Send the next message that is due; False where none is."""
        now = self._clock()
        async with self._unit_of_work() as work:
            showing = await work.outbox.claim(now, now + _LEASE, now + _PAUSE)
        if showing is None:
            return False
        self._metrics.tried("outbox", showing.attempt)
        structlog.contextvars.bind_contextvars(trace=trace_of_show(showing.show))
        try:
            await self._send(showing)
        except LeaseLostError:
            log.warning("outbox row taken over", key=showing.show.key)
            await self._mend(showing)
        finally:
            structlog.contextvars.unbind_contextvars("trace")
        return True

    async def _mend(self, showing: Showing) -> None:
        """Whoever was held for longer than its lease may have written an older state over a newer one."""
        if showing.show.recipient is None:
            async with self._unit_of_work() as work:
                await work.outbox.show_anew(showing)

    async def _send(self, showing: Showing) -> None:
        """Send one message, and put back or give up what Slack does not take."""
        try:
            await self._step_unless_at_rest(showing)
        except SlackApiError as refusal:
            await self._refused(showing, refusal)
        except (aiohttp.ClientError, TimeoutError) as lost:
            await self._in_doubt(showing, type(lost).__name__)

    async def _step_unless_at_rest(self, showing: Showing) -> None:
        until = await self._rest.lasts_until()
        if until is None:
            await self._step(showing)
        else:
            async with self._unit_of_work() as work:
                await work.outbox.put_back(showing, until, "at rest", in_doubt=False)

    async def _step(self, showing: Showing) -> None:
        parts = await self._compose(showing)
        if showing.in_doubt and await self._finds_again(showing, parts):
            return
        waiting = []
        for part in parts:
            await asyncio.sleep(0)  # to put one together takes milliseconds, and others go in between
            if _shown(showing, part) != part.digest:
                waiting.append(part)
        if not waiting:
            async with self._unit_of_work() as work:
                await work.outbox.finish(showing)
            return
        part = waiting[0]
        posted = await self._show(showing, part)
        async with self._unit_of_work() as work:
            if posted is not None:
                await work.outbox.posted(showing, part.name, posted)
            if len(waiting) == 1 and posted is not None and posted.digest == part.digest:
                await work.outbox.finish(showing)
            else:
                await work.outbox.go_on(showing)
        log.info("shown", key=showing.show.key, part=part.name, kind=showing.show.kind.value)

    async def _show(self, showing: Showing, part: Part) -> Posted | None:
        """Show one part: publish, whisper, update, find again, or post."""
        show = showing.show
        if part.view is not None:
            await self._client.views_publish(user_id=show.channel, view=part.view)
            return Posted(show.channel, "", part.digest)
        if show.recipient is not None:
            return await self._whisper(showing, part)
        there = showing.posted.get(part.name)
        if there is not None:
            await self._client.chat_update(
                channel=there.channel, ts=there.ts, metadata=_metadata(showing, part), **part.content
            )
            return Posted(there.channel, there.ts, part.digest)
        channel = await self._conversation(show.channel)
        thread = showing.posted[""].ts if part.after_first else part.thread
        answer = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            metadata=_metadata(showing, part),
            unfurl_links=False,
            unfurl_media=False,
            **part.content,
        )
        return Posted(str(answer["channel"]), str(answer["ts"]), part.digest)

    async def _whisper(self, showing: Showing, part: Part) -> Posted:
        """Say something to one person. It cannot be looked for, so in doubt it counts as said."""
        show = showing.show
        if not showing.in_doubt:
            await self._client.chat_postEphemeral(
                channel=show.channel, user=str(show.recipient), thread_ts=show.thread, **part.content
            )
        return Posted(show.channel, "", part.digest)

    async def _conversation(self, channel: str) -> str:
        """The channel itself, or the direct conversation with a member."""
        if not channel.startswith(("U", "W")):
            return channel
        answer = await self._client.conversations_open(users=channel)
        return str(answer["channel"]["id"])

    async def _finds_again(self, showing: Showing, parts: Sequence[Part]) -> bool:
        """Put on record what a lost answer left behind, whichever part it was; False where there is nothing.

        The part in doubt need not be the next one: what is shown may have changed since, and doubt ends with any step.
        """
        show, first = showing.show, showing.posted.get("")
        if show.recipient is not None:
            return False
        missing = [part for part in parts if part.name not in showing.posted and part.view is None]
        missing = [part for part in missing if part.after_first == (first is not None)]
        if not missing:
            return False
        channel = await self._conversation(show.channel)
        thread = first.ts if first is not None else missing[0].thread
        found = await self._find(channel, thread, showing, {part.name for part in missing})
        if not found:
            return False
        async with self._unit_of_work() as work:
            for name, ts in found.items():
                await work.outbox.posted(showing, name, Posted(channel, ts, ""))
            await work.outbox.go_on(showing)
        log.info("found again", key=show.key, parts=sorted(found))
        return True

    async def _find(
        self, channel: str, thread: str | None, showing: Showing, names: Collection[str]
    ) -> Mapping[str, str]:
        """Look for messages by the key in their metadata; gives the ts of each part that is there."""
        found: dict[str, str] = {}
        cursor = None
        for _ in range(_HISTORY_PAGES):
            if thread is not None:
                answer = await self._client.conversations_replies(
                    channel=channel, ts=thread, include_all_metadata=True, limit=200, cursor=cursor
                )
            else:
                answer = await self._client.conversations_history(
                    channel=channel, include_all_metadata=True, limit=200, cursor=cursor
                )
            for message in answer["messages"]:
                said = (message.get("metadata") or {}).get("event_payload") or {}
                if said.get("key") == showing.show.key and said.get("part") in names:
                    found.setdefault(str(said["part"]), str(message["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return found

    async def _refused(self, showing: Showing, refusal: SlackApiError) -> None:
        code, pause, now = code_of(refusal) or "no answer", pause_of(refusal), self._clock()
        if token_refused(refusal):
            async with self._unit_of_work() as work:
                await work.outbox.put_back(showing, self._rest.begin(code), code, in_doubt=False)
        elif pause is not None:
            async with self._unit_of_work() as work:
                await work.outbox.put_back(showing, now + pause, "ratelimited", in_doubt=False)
                await work.outbox.hold_lane(showing.show.workspace, showing.show.channel, now + pause)
            log.warning("rate limited", key=showing.show.key, seconds=pause.total_seconds())
        elif code in PASSING or is_failure(refusal):
            await self._in_doubt(showing, code)
        elif code in _GONE and showing.posted:
            async with self._unit_of_work() as work:
                await work.outbox.forget_posted(showing)
                await work.outbox.go_on(showing)
            log.warning("message was deleted, it is posted again", key=showing.show.key)
        elif code == "thread_not_found":
            async with self._unit_of_work() as work:  # a reply may stand there that nobody can find: none may follow
                await work.outbox.finish(showing, in_doubt=True)
            log.warning("not shown: the message that it answers was deleted", key=showing.show.key)
        elif code.startswith(_UNREACHABLE):
            await self._out_of_reach(showing, code, now)
        else:
            async with self._unit_of_work() as work:
                await self._park(work, showing, code, now)
            log.error("parked: Slack refuses", key=showing.show.key, kind=showing.show.kind.value, reason=code)

    async def _park(self, work: UnitOfWork, showing: Showing, reason: str, now: datetime) -> None:
        """Keep what will not be tried again by itself; an alert that cannot be given is in the log alone."""
        await work.outbox.park(showing, reason)
        if showing.show.kind is not ShowingKind.ALERT:
            await self._alerts.parked(work, Queue.OUTBOX, showing.show.workspace, reason, now)

    async def _out_of_reach(self, showing: Showing, code: str, now: datetime) -> None:
        """Keep what a channel does not take, and tell the desk's editors, once until it takes messages again."""
        show = showing.show
        async with self._unit_of_work() as work:
            desk = await work.desks.find(show.workspace, show.channel)
            if desk is not None:
                await work.desks.hold(desk.id)
            told = await work.outbox.has_trouble(show.workspace, show.channel, code)
            await self._park(work, showing, code, now)
            for editor in await work.desks.editors(desk) if desk is not None and not told else ():
                key = f"unreachable:{show.channel}:{code}:{now.isoformat()}:{editor}"
                about = {"channel": show.channel, "reason": code}
                await work.outbox.show(
                    Show(key, ShowingKind.UNREACHABLE, show.workspace, editor, subject=about), at=now
                )
        log.error("parked: the channel is out of reach", key=show.key, kind=show.kind.value, reason=code)

    async def _in_doubt(self, showing: Showing, reason: str) -> None:
        """Rest before the next attempt, which looks for the message first."""
        if showing.attempt >= _MOST_ATTEMPTS:
            async with self._unit_of_work() as work:
                await self._park(work, showing, reason, self._clock())
            log.error("parked: too many attempts", key=showing.show.key, reason=reason)
            return
        pause = min(RECONCILE_AFTER * 2 ** (showing.attempt - 1), _LONGEST_PAUSE)
        async with self._unit_of_work() as work:
            await work.outbox.put_back(showing, self._clock() + pause, reason, in_doubt=True)
        log.warning("answer lost", key=showing.show.key, reason=reason, seconds=pause.total_seconds())


def _shown(showing: Showing, part: Part) -> str | None:
    there = showing.posted.get(part.name)
    return there.digest if there is not None else None


def _metadata(showing: Showing, part: Part) -> dict[str, Any]:
    return {"event_type": METADATA_EVENT, "event_payload": {"key": showing.show.key, "part": part.name}}
