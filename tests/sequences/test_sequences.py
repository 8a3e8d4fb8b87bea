"""The short form of `make sequences`: whatever is done to the desk, nothing is lost, doubled or shown as it is not."""

from pathlib import Path

import pytest

from bot.extract.worker import Parser
from bot.settings import Transport
from tests.sequences.run import played
from tests.sequences.steps import Deed, draw

_WAYS = ((Transport.HTTP, "sqlite"), (Transport.SOCKET, "postgresql"))
_STEPS = 30


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("transport", "database_url"), _WAYS, indirect=["database_url"], ids=map("-".join, _WAYS))
@pytest.mark.parametrize("seed", [1, 2])
async def test_after_every_step_nothing_is_lost_doubled_or_shown_as_it_is_not(
    seed: int, transport: Transport, database_url: str, parser: Parser, recorded_calls: Path
) -> None:
    outcome = await played(draw(seed, _STEPS), database_url, transport, parser, recorded_calls)

    assert not outcome.findings, "\n".join((*outcome.notes, *outcome.findings))
    assert outcome.steps == _STEPS
    assert outcome.count["looks"] > _STEPS / 2


def test_a_seed_draws_the_same_sequence_every_time_and_in_time_everything_happens() -> None:
    assert draw(7, 40) == draw(7, 40)
    assert draw(8, 40) != draw(9, 40)
    assert {step.deed for step in draw(1, 1000)} == set(Deed)
