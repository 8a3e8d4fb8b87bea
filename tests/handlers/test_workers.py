"""Workers repeat their steps while these find work, and can be woken and stopped."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from handlers.workers import Step, Wake, Workers

NEVER_S = 3600
"""A pause that no test lives to see the end of: whoever goes on was woken."""


class Desk:
    """Has so many things to do, and says when one was done and when there was none."""

    def __init__(self, waiting: int = 0) -> None:
        self.waiting = waiting
        self.done = 0
        self.asked = asyncio.Condition()
        self.idle = 0

    async def step(self) -> bool:
        async with self.asked:
            worked = self.waiting > 0
            self.waiting -= worked
            self.done += worked
            self.idle += not worked
            self.asked.notify_all()
        return worked

    async def rests(self, times: int = 1) -> None:
        async with self.asked:
            await self.asked.wait_for(lambda: self.idle >= times)


@pytest.fixture
def wake() -> Wake:
    return Wake()


@pytest.fixture
async def at_work() -> AsyncIterator[list[Workers]]:
    """Workers that are stopped when the test ends."""
    started: list[Workers] = []
    yield started
    for workers in started:
        await workers.stop(0)


def start(at_work: list[Workers], wake: Wake, *steps: Step, pause_s: float = NEVER_S) -> Workers:
    workers = Workers(steps, wake, pause_s=pause_s, rest_s=0)
    workers.start()
    at_work.append(workers)
    return workers


async def test_a_step_is_repeated_while_it_finds_work(at_work: list[Workers], wake: Wake) -> None:
    desk = Desk(waiting=50)

    start(at_work, wake, desk.step)
    await desk.rests()

    assert (desk.done, desk.waiting) == (50, 0)


async def test_who_rests_is_woken(at_work: list[Workers], wake: Wake) -> None:
    desk, other = Desk(), Desk()
    start(at_work, wake, desk.step, other.step)
    await desk.rests()
    await other.rests()
    desk.waiting = other.waiting = 1

    wake()
    await desk.rests(2)
    await other.rests(2)

    assert (desk.done, other.done) == (1, 1)


async def test_who_was_woken_once_asks_once_and_rests(at_work: list[Workers], wake: Wake) -> None:
    desk = Desk()
    start(at_work, wake, desk.step)
    await desk.rests()

    wake()
    await desk.rests(2)
    for _ in range(20):
        await asyncio.sleep(0)

    assert desk.idle == 2


async def test_who_is_not_woken_asks_again_after_a_pause(at_work: list[Workers], wake: Wake) -> None:
    desk = Desk()

    start(at_work, wake, desk.step, pause_s=0)

    await desk.rests(3)


async def test_to_be_woken_while_at_work_is_not_forgotten(at_work: list[Workers], wake: Wake) -> None:
    asked = 0
    again = asyncio.Event()

    async def finds_nothing_while_work_arrives() -> bool:
        nonlocal asked
        asked += 1
        if asked == 1:
            wake()
        else:
            again.set()
        return False

    start(at_work, wake, finds_nothing_while_work_arrives)

    await again.wait()


async def test_a_step_that_fails_stops_no_other_and_is_tried_again(at_work: list[Workers], wake: Wake) -> None:
    failed = asyncio.Event()
    recovered = asyncio.Event()

    async def fails_first() -> bool:
        if failed.is_set():
            recovered.set()
            return False
        failed.set()
        raise ConnectionResetError("Slack hung up")

    desk = Desk(waiting=1)
    with capture_logs() as logs:
        start(at_work, wake, fails_first, desk.step)
        await failed.wait()
        await desk.rests()
        wake()
        await recovered.wait()

    assert desk.done == 1
    assert [(line["event"], line["log_level"]) for line in logs] == [("step failed", "error")]
    assert logs[0]["step"].endswith("fails_first")


async def test_what_is_in_hand_is_finished_before_stopping(wake: Wake, at_work: list[Workers]) -> None:
    begun, let_go, ended = asyncio.Event(), asyncio.Event(), []

    async def slow() -> bool:
        begun.set()
        await let_go.wait()
        ended.append("sent")
        return True

    workers = start(at_work, wake, slow)
    await begun.wait()
    stopping = asyncio.create_task(workers.stop(NEVER_S))
    await asyncio.sleep(0)
    let_go.set()
    await stopping

    assert ended == ["sent"]


async def test_what_takes_too_long_is_given_up(wake: Wake, at_work: list[Workers]) -> None:
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def hangs() -> bool:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.set()
            raise
        return True

    workers = start(at_work, wake, hangs)
    await begun.wait()

    await workers.stop(0)

    assert given_up.is_set()


async def test_who_rests_stops_at_once(wake: Wake, at_work: list[Workers]) -> None:
    desk = Desk()
    workers = start(at_work, wake, desk.step)
    await desk.rests()

    await workers.stop(NEVER_S)
    desk.waiting = 1
    wake()

    assert desk.done == 0


async def test_to_stop_what_never_started_or_has_stopped_does_nothing(wake: Wake) -> None:
    workers = Workers([Desk().step], wake)

    await workers.stop(NEVER_S)
    await workers.stop(NEVER_S)
