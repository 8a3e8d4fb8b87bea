"""One sequence, from its steps to what did not hold."""

import io
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.extract.worker import Parser
from bot.logs import configure_logs
from bot.settings import Transport
from tests.opening import open_newsroom
from tests.sequences.play import FEED, Play
from tests.sequences.steps import Step
from tests.sequences.verdict import Verdict


@dataclass(slots=True)
class Outcome:
    """What happened: `findings` are of the moment after the first step after which anything did not hold."""

    findings: list[str] = field(default_factory=list)
    steps: int = 0
    notes: list[str] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    seconds: float = 0


async def played(
    steps: Sequence[Step], database_url: str, transport: Transport, parser: Parser, record_to: Path
) -> Outcome:
    """Play a sequence until something does not hold."""
    began, lines, outcome = time.monotonic(), io.StringIO(), Outcome()
    configure_logs("ERROR", lines)
    try:
        async with open_newsroom(database_url, transport, parser, record_to, vric_bots=FEED) as newsroom:
            await newsroom.opens_desk()
            play = Play(newsroom)
            verdict = Verdict(play)
            outcome.count, outcome.notes = play.count, play.notes
            await verdict.findings()
            for number, step in enumerate(steps, start=1):
                outcome.steps = number
                play.notes.append(f"{number}. {step}")
                if await play.perform(step) or number == len(steps):
                    await play.settles()
                    outcome.findings = [*await verdict.findings(), *_errors(lines)]
                    play.count["looks"] += 1
                if outcome.findings:
                    break
    finally:
        configure_logs("WARNING")
        outcome.seconds = time.monotonic() - began
    return outcome


def _errors(lines: io.StringIO) -> list[str]:
    """What the bot logged as an error: nobody did anything that it has no words for."""
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [f"logged: {line['event']} {line.get('exception', line)}" for line in found]
