"""Whose turn it is where one at a time can go."""

import asyncio

import pytest

from db.turns import Turns

NEVER_S = 60


class Queue:
    """People who take their turn one after the other, in tasks of their own."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.went: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.go_on = asyncio.Event()

    async def comes(self, name: str, *, hurried: bool = False) -> None:
        self.tasks[name] = asyncio.create_task(self._go(name, hurried=hurried))
        await asyncio.sleep(0)

    async def all_go(self) -> list[str]:
        self.go_on.set()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        return self.went

    async def _go(self, name: str, *, hurried: bool) -> None:
        async with self.turns.turn(hurried=hurried, within_s=NEVER_S):
            self.went.append(name)
            await self.go_on.wait()


@pytest.fixture
def queue() -> Queue:
    return Queue()


async def test_one_goes_at_a_time_in_the_order_of_asking(queue: Queue) -> None:
    for name in ("ana", "ben", "eve"):
        await queue.comes(name)

    assert queue.went == ["ana"]
    assert await queue.all_go() == ["ana", "ben", "eve"]


async def test_who_is_in_a_hurry_goes_before_the_others(queue: Queue) -> None:
    for name in ("ana", "ben", "eve"):
        await queue.comes(name)
    await queue.comes("slack", hurried=True)

    assert await queue.all_go() == ["ana", "slack", "ben", "eve"]


async def test_a_line_in_a_hurry_leaves_every_second_turn_to_the_others(queue: Queue) -> None:
    await queue.comes("ana")
    for number in range(3):
        await queue.comes(f"slack {number}", hurried=True)
    for name in ("ben", "eve"):
        await queue.comes(name)

    assert await queue.all_go() == ["ana", "slack 0", "ben", "slack 1", "eve", "slack 2"]


async def test_who_leaves_the_line_is_skipped(queue: Queue) -> None:
    for name in ("ana", "ben", "eve"):
        await queue.comes(name)

    queue.tasks["ben"].cancel()

    assert await queue.all_go() == ["ana", "eve"]


async def test_who_leaves_at_the_moment_of_their_turn_passes_it_on(queue: Queue) -> None:
    async with queue.turns.turn(hurried=False, within_s=NEVER_S):
        for name in ("ben", "eve"):
            await queue.comes(name)
    queue.tasks["ben"].cancel()  # the turn is theirs already, and they do not know it yet

    assert await queue.all_go() == ["eve"]
    await queue.comes("new")
    assert queue.went[-1] == "new"


async def test_whose_turn_does_not_come_in_time_is_told(queue: Queue) -> None:
    await queue.comes("ana")

    with pytest.raises(TimeoutError):
        async with queue.turns.turn(hurried=False, within_s=0):
            queue.went.append("never")

    assert await queue.all_go() == ["ana"]


async def test_a_turn_that_fails_is_over(queue: Queue) -> None:
    with pytest.raises(ValueError, match="broken"):
        async with queue.turns.turn(hurried=True, within_s=NEVER_S):
            raise ValueError("broken")

    await queue.comes("ana")
    assert await queue.all_go() == ["ana"]
