"""Events: on record before Slack is answered, worked on afterwards."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.desk.trace import trace_of_event
from bot.metrics import Metrics
from bot.ports import Clock, LeaseLostError, Queue, RawEvent, Receipt, UnitOfWorkFactory
from handlers.acceptance import Acceptance
from handlers.alerts import Alerts
from handlers.direct import DirectMessages
from handlers.message_links import links_of
from handlers.people import person_of
from handlers.pressure import Pressure
from handlers.reactions import Reactions
from handlers.refusals import pause_of
from handlers.rest import Rest
from handlers.said import drop_of, is_own, own_users

log = structlog.get_logger()

_LEASE = timedelta(seconds=60)
_MOST_ATTEMPTS = 5
_ACCEPT_WITHIN_S = 2.5
"""Slack waits three seconds; whoever would answer later says at once that the event has to come again."""


class EventRecorder:
    """Runs before anything else of Bolt's that may fail: if the write fails Slack gets 500 and sends again."""

    def __init__(
        self,
        *,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        wake: Callable[[], None],
        metrics: Metrics,
        pressure: Pressure,
        is_outage: Callable[[BaseException], bool],
    ) -> None:
        self._pressure = pressure
        self._acceptance = Acceptance(unit_of_work, is_outage=is_outage)
        self._metrics = metrics
        self._clock = clock
        self._wake = wake

    async def __call__(
        self, req: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        body = req.body
        if body.get("type") == "app_rate_limited":
            log.error("Slack holds events back", minute=body.get("minute_rate_limited"))
            return BoltResponse(status=200)
        if body.get("type") != "event_callback":
            return await next_()
        event = RawEvent(str(body["event_id"]), str(body.get("team_id") or ""), _stored(body), self._clock())
        kind = str(body["event"].get("type"))
        with self._pressure.event(), self._metrics.event(kind) as seen:
            async with asyncio.timeout(_ACCEPT_WITHIN_S):
                seen.new = await self._acceptance.accept(event)
        log.info("event accepted", event_id=event.event_id, kind=kind, new=seen.new, trace=trace_of_event(body))
        self._wake()
        return BoltResponse(status=200)


class IntakeWorker:
    """Claims events and tells the desk what they mean."""

    def __init__(
        self,
        *,
        desk: Desk,
        reactions: Reactions,
        direct: DirectMessages,
        rest: Rest,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        metrics: Metrics,
        bots: Collection[str],
        alerts: Alerts,
        is_outage: Callable[[BaseException], bool],
    ) -> None:
        self._is_outage = is_outage
        self._desk = desk
        self._reactions = reactions
        self._direct = direct
        self._alerts = alerts
        self._bots = bots
        self._rest = rest
        self._metrics = metrics
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def take_next(self) -> bool:
        """Work on the oldest event that is due; False where none is.

        An event that fails is tried again later, and parked with its reason when it fails too often: it is never
        dropped, and it never stops those behind it. An outage of the database is nothing that an event could help: it
        is tried for as long as that lasts.
        """
        now = self._clock()
        async with self._unit_of_work() as work:
            receipt = await work.inbox.claim(now, now + _LEASE)
        if receipt is None:
            return False
        self._metrics.tried("inbox", receipt.attempt)
        try:
            body = json.loads(receipt.body)
            structlog.contextvars.bind_contextvars(trace=trace_of_event(body))
            await self._read(body, receipt)
        except LeaseLostError:
            log.warning("event taken over", inbox=receipt.id)
        except Exception as failure:
            log.exception("event not worked on", inbox=receipt.id, attempt=receipt.attempt)
            await self._put_back(receipt, failure)
        finally:
            structlog.contextvars.unbind_contextvars("trace")
        return True

    async def _put_back(self, receipt: Receipt, failure: Exception) -> None:
        kind, now = type(failure).__name__, self._clock()
        trouble = f"{kind}: {failure}"[:500]
        async with self._unit_of_work() as work:
            if receipt.attempt >= _MOST_ATTEMPTS and not self._is_outage(failure):
                await work.inbox.park(receipt, trouble)
                await self._alerts.parked(work, Queue.INBOX, receipt.workspace, kind, now)
            else:
                pause = timedelta(seconds=2 ** min(receipt.attempt, _MOST_ATTEMPTS))
                asked = pause_of(failure) if isinstance(failure, SlackApiError) else None
                await work.inbox.put_back(receipt, now + max(pause, asked or pause), trouble)

    async def _read(self, body: Mapping[str, Any], receipt: Receipt) -> None:
        event, workspace, now = body["event"], str(body.get("team_id") or ""), self._clock()
        match event.get("type"):
            case "message" if event.get("channel_type") == "im":
                await self._direct.read(body, workspace, now=now, receipt=receipt)
            case "message":
                drop = drop_of(body, bots=self._bots)
                if drop is None:
                    await self._desk.dismiss(receipt)
                else:
                    taken = await self._desk.take_in(drop, now=now, receipt=receipt)
                    log.info("taken in", items=[item.id for item in taken.items])
            case "app_mention" if not links_of(event) and not event.get("bot_id") and not is_own(event, body):
                await self._desk.answer_mention(_mention(workspace, event), now=now, receipt=receipt)
            case "member_joined_channel" if event.get("user") in own_users(body):
                channel, editor = str(event["channel"]), event.get("inviter")
                await self._desk.welcome(workspace, channel, editor=editor, now=now, receipt=receipt)
            case "app_home_opened" if event.get("tab", "home") == "home":
                await self._desk.show_home(workspace, str(event["user"]), now=now, receipt=receipt)
            case "reaction_added" | "reaction_removed":
                await self._reactions.read(body, receipt)
            case _:
                await self._read_of_workspace(event, workspace, receipt)

    async def _read_of_workspace(self, event: Mapping[str, Any], workspace: str, receipt: Receipt) -> None:
        """What the workspace says of itself: of the app, its channels, its people."""
        now = self._clock()
        match event.get("type"):
            case "app_uninstalled" | "tokens_revoked" if _takes_the_token(event):
                self._rest.begin(str(event["type"]))
                await self._desk.dismiss(receipt)
            case "channel_unarchive" | "group_unarchive":
                await self._desk.come_back(workspace, str(event["channel"]), now=now, receipt=receipt)
            case "subteam_members_changed" | "subteam_updated":
                group, name = _group_of(event)
                await self._desk.group_changed(workspace, group, name=name, now=now, receipt=receipt)
            case "user_change":
                await self._desk.person_changed(workspace, person_of(event["user"]), now=now, receipt=receipt)
            case _:
                await self._desk.dismiss(receipt)


def _mention(workspace: str, event: Mapping[str, Any]) -> Drop:
    ts = str(event["ts"])
    thread = str(event.get("thread_ts") or ts)
    return Drop(workspace, str(event["channel"]), ts, thread, str(event.get("user") or ""), ())


def _group_of(event: Mapping[str, Any]) -> tuple[str, str | None]:
    """The user group that an event is about, and its name where it says that."""
    group = event.get("subteam") or {"id": event.get("subteam_id")}
    return str(group["id"]), group.get("name")


def _takes_the_token(event: Mapping[str, Any]) -> bool:
    """Whether an event says that the bot's own token is gone, and not some member's."""
    return event.get("type") == "app_uninstalled" or bool((event.get("tokens") or {}).get("bot"))


def _stored(body: Mapping[str, Any]) -> str:
    """The event as it is worked on later, without the token that older apps still get."""
    return json.dumps({name: value for name, value in body.items() if name != "token"}, ensure_ascii=False)
