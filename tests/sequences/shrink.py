"""From a sequence that fails to the shortest one that fails alike."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from tests.sequences.run import Outcome
from tests.sequences.steps import Step

_MOST = 120
"""So many sequences are played, at most, to make one shorter."""


async def shortest(
    steps: Sequence[Step], findings: Sequence[str], play: Callable[[Sequence[Step]], Awaitable[Outcome]]
) -> tuple[Step, ...]:
    """Leave out steps, many at a time and then fewer, for as long as what does not hold is of the same kind."""
    wanted, kept, played = _kinds(findings), tuple(steps), 0
    size = max(1, len(kept) // 2)
    while played < _MOST:
        shorter = False
        at = len(kept) - size
        while at >= 0 and played < _MOST:
            less = (*kept[:at], *kept[at + size :])
            played += 1
            if less and wanted & _kinds((await play(less)).findings):
                kept, shorter = less, True
            at = min(at, len(kept)) - size
        if size == 1 and not shorter:
            break
        size = size if shorter and size == 1 else max(1, size // 2)
    patient = tuple(replace(step, hasty=False) for step in kept)
    return patient if wanted & _kinds((await play(patient)).findings) else kept


def _kinds(findings: Sequence[str]) -> frozenset[str]:
    """What a finding says, whatever it says it of."""
    return frozenset(re.sub(r"\W*\d[\w.:/]*|'.*|\".*|\n.*", "", finding, flags=re.DOTALL)[:50] for finding in findings)
