"""Events as Slack sends them: signed, each of a message with a link of its own."""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.stand_in import StandIn
from bot.sandbox.transport import signature

_PATIENCE_S = 10
"""Longer than Slack's three seconds: what comes too late is measured, too."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An event and its answer; `status` is None where there was none."""

    link: str
    channel: str
    ts: str
    sent_at: float
    status: int | None
    seconds: float

    @property
    def is_accepted(self) -> bool:
        return self.status == 200


class Wire:
    """Posts events to one address; channels take turns."""

    def __init__(self, session: aiohttp.ClientSession, url: str, stand_in: StandIn, channels: Sequence[str]) -> None:
        self._session = session
        self._url = url
        self._stand_in = stand_in
        self._channels = channels
        self._user = stand_in.workspace.user("ana").id
        self._sent = 0

    async def post(self, link: str) -> Answered:
        """Send one event and wait for its answer."""
        self._sent += 1
        channel, ts = self._channels[self._sent % len(self._channels)], self._stand_in.workspace.next_ts()
        content = json.dumps(self._event(link, channel, ts)).encode()
        headers = {"Content-Type": "application/json", **signature(self._stand_in.signing_secret, content)}
        began, status = time.perf_counter(), None
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.post(self._url, data=content, headers=headers) as answer:
                status = answer.status
        return Answered(link, channel, ts, began, status, time.perf_counter() - began)

    async def at_rate(self, links: Iterable[str], per_s: float) -> list[Answered]:
        """Send events at fixed moments, whether or not those before were answered."""
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), list[asyncio.Task[Answered]]()
        for link in links:
            await asyncio.sleep(began + len(sent) / per_s - loop.time())
            sent.append(asyncio.create_task(self.post(link)))
        return list(await asyncio.gather(*sent))

    async def at_once(self, links: Iterable[str], clients: int) -> tuple[list[Answered], float]:
        """Send events one after the other from several clients; gives how long all of it took, too."""
        left, answers = iter(links), list[Answered]()

        async def client() -> None:
            for link in left:
                answer = await self.post(link)
                answers.append(answer)

        began = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(clients)))
        return answers, time.perf_counter() - began

    def _event(self, link: str, channel: str, ts: str) -> dict[str, Any]:
        workspace = self._stand_in.workspace
        message = {"type": "message", "channel": channel, "user": self._user, "ts": ts, "event_ts": ts}
        return {
            "type": "event_callback",
            "event_id": f"Ev{ts}",
            "team_id": "T0SANDBOX",
            "api_app_id": workspace.app_id,
            "event": {**message, "text": f"Look at this: <{link}>"},
            "authorizations": [{"team_id": "T0SANDBOX", "user_id": workspace.bot.id, "is_bot": True}],
        }


def session() -> aiohttp.ClientSession:
    """A client with as many connections as it needs."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=_PATIENCE_S)
    )
