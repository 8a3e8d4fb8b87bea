"""While many events wait for their answer, what works in the background steps back."""

import asyncio
from contextlib import ExitStack

import pytest

from handlers.pressure import Pressure
from handlers.workers import Wake, Workers

AGES_S = 3600
"""No test lives to see the end of it: whoever goes on was let go."""


def waits(pressure: Pressure, count: int) -> ExitStack:
    """So many events that wait until the stack is closed."""
    stack = ExitStack()
    for _ in range(count):
        stack.enter_context(pressure.event())
    return stack


async def test_a_few_events_hold_nobody_up() -> None:
    pressure = Pressure(many=3, calm_s=AGES_S)

    with waits(pressure, 2):
        await pressure.eases(AGES_S)

    assert not pressure.is_high


async def test_it_eases_when_the_events_are_on_record() -> None:
    pressure = Pressure(many=3, calm_s=0.001)
    events = waits(pressure, 3)
    easing = asyncio.create_task(pressure.eases(AGES_S))

    for _ in range(20):
        await asyncio.sleep(0)
    assert pressure.is_high
    assert not easing.done()
    events.close()

    await easing
    assert not pressure.is_high


async def test_events_that_come_again_at_once_are_taken_for_the_same_crowd() -> None:
    """Those that share a transaction are answered together: for a moment none waits."""
    pressure = Pressure(many=3, calm_s=AGES_S)

    waits(pressure, 3).close()

    assert pressure.is_high


async def test_nobody_steps_back_for_ever() -> None:
    pressure = Pressure(many=3, calm_s=0.001)

    with waits(pressure, 3):
        await pressure.eases(0.005)

        assert pressure.is_high


async def test_an_event_that_is_refused_waits_no_more() -> None:
    pressure = Pressure(many=1, calm_s=0)

    with pytest.raises(OSError, match="disk"), pressure.event():
        raise OSError("disk")

    assert not pressure.is_high


async def test_no_step_begins_while_many_events_wait() -> None:
    pressure, begun = Pressure(many=2, calm_s=0.001), asyncio.Event()

    async def step() -> bool:
        begun.set()
        return False

    workers = Workers([step], Wake(), pressure=pressure)
    with waits(pressure, 2):
        workers.start()
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert not begun.is_set()

    await begun.wait()
    await workers.stop(AGES_S)
