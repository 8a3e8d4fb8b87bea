"""Fault 12: whatever happens to a socket, events resume, and what was lost meanwhile is looked for."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import RETRY_AFTER
from bot.sandbox.stand_in import StandIn
from handlers.manifest import manifest
from handlers.sockets import Pace, connected
from tests.sandbox.newcomer import bolt_app

QUICK = Pace(ping_every_s=0.3, watch_every_s=0.05, replace_after_s=1)


class Listener:
    """An app that hears messages over two sockets."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.app = bolt_app(stand_in)
        self.heard: list[str] = []
        self._news = asyncio.Condition()
        self._renewed = asyncio.Semaphore(0)
        self.app.event("message")(self._hear)

    async def _hear(self, event: dict[str, Any]) -> None:
        async with self._news:
            self.heard.append(event["text"])
            self._news.notify_all()

    def _renew(self) -> None:
        self._renewed.release()

    @asynccontextmanager
    async def listens(self) -> Any:  # noqa: ANN401 - a context
        async with connected(self.app, self.stand_in.app_token, stop_within_s=1, renewed=self._renew, pace=QUICK):
            yield

    async def has_two_new_sockets(self) -> None:
        for _ in range(QUICK.sockets):
            await self._renewed.acquire()

    async def hears(self, text: str) -> None:
        """Somebody posts until the app has taken a message: one that met dead sockets at every try Slack gives up."""
        while not self._took(text):
            await self.stand_in.member("ana").posts("#vric", text)
            for _ in RETRY_AFTER:
                self.stand_in.clock.advance(timedelta(minutes=5))
                await self.stand_in.settled()
        async with self._news:
            await self._news.wait_for(lambda: text in self.heard)

    def _took(self, text: str) -> bool:
        sent = [each for each in self.stand_in.deliveries if each.body.get("event", {}).get("text") == text]
        return any(each.is_accepted for each in sent)


def break_off(stand_in: StandIn) -> None:
    stand_in.breaks_sockets()


def fall_silent(stand_in: StandIn) -> None:
    stand_in.breaks_sockets(silently=True)


def fall_silent_and_let_the_next_ones_hang(stand_in: StandIn) -> None:
    """Slack's client waits five minutes for the answer to a handshake: only the watchdog ends that."""
    stand_in.deliverer.sockets.stalled = 2
    stand_in.breaks_sockets(silently=True)


@pytest.fixture
async def listener() -> Any:  # noqa: ANN401 - a context
    async with StandIn(manifest(), clock=MovableClock(), patience_s=1) as stand_in:
        stand_in.workspace.channel("#vric").members.add(stand_in.workspace.bot.id)
        yield Listener(stand_in)


async def test_there_are_two_sockets_at_a_time(listener: Listener) -> None:
    async with listener.listens():
        assert listener.stand_in.deliverer.sockets.count == QUICK.sockets == Pace().sockets == 2


@pytest.mark.parametrize("happens", [break_off, fall_silent, fall_silent_and_let_the_next_ones_hang])
async def test_events_resume_after_sockets_break(listener: Listener, happens: Callable[[StandIn], None]) -> None:
    async with listener.listens():
        await listener.hears("before")
        happens(listener.stand_in)
        await listener.has_two_new_sockets()
        await listener.hears("after")

    assert listener.heard == ["before", "after"]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_events_go_on_while_slack_renews_a_socket(listener: Listener, reason: str) -> None:
    async with listener.listens():
        await listener.stand_in.disconnects(reason)
        await listener.has_two_new_sockets()
        await listener.hears("after")

    assert listener.heard == ["after"]


async def test_a_silent_socket_is_noticed_within_a_minute() -> None:
    """A ping goes out every few seconds, and a connection that does not heal is replaced."""
    pace = Pace()

    assert pace.ping_every_s * 2 + pace.replace_after_s + pace.watch_every_s < 60
