"""What happens in a run, decided by its seed alone."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Death(StrEnum):
    """How a process ends, or is held for longer than a lease."""

    KILLED = "killed"
    BEFORE_COMMIT = "before_commit"
    AFTER_COMMIT = "after_commit"
    BEFORE_POST = "before post"
    AFTER_POST = "after post"
    STOPPED = "stopped"
    STOPPED_IN_POST = "stopped in post"
    DATABASE = "database restart"


class Deed(StrEnum):
    """What a member does."""

    DROP = "drop"
    FILE = "file"
    SELECT = "select"
    UNDO = "undo"
    STATUS = "status"
    EDIT = "edit"
    DELETE = "delete"


class Whim(StrEnum):
    """What becomes of a delivery on its way; `KEPT` is none."""

    KEPT = "delivered"
    LOST = "lost, so that its retry is the only copy"
    UNANSWERED = "answer lost"
    TWICE = "twice at once"
    LATE = "late"
    AGAIN = "again, long after"


@dataclass(frozen=True, slots=True)
class Act:
    """A member does something: `links` are numbers of pages, each with or without a tracking tag."""

    deed: Deed
    member: str
    links: tuple[tuple[int, bool], ...] = ()
    dice: float = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """The next calls of a method fail in the way that the stand-in knows by this name."""

    method: str
    kind: str
    times: int
    retry_after: int


@dataclass(frozen=True, slots=True)
class End:
    """A death: `dice` chooses whose, `commits` how many commits away."""

    death: Death
    dice: float
    commits: int


@dataclass(frozen=True, slots=True)
class Step:
    pause_s: float
    what: Act | Fault | End


@dataclass(frozen=True, slots=True)
class Options:
    seed: int
    deaths: int = 12
    replicas: int = 2
    with_stops: bool = True
    with_restarts: bool = False


@dataclass(slots=True)
class Plan:
    """The steps of a run; equal options give equal plans."""

    options: Options
    steps: list[Step] = field(default_factory=list)

    def whims(self) -> Iterator[tuple[Whim, float]]:
        """What becomes of one delivery after the other, and for how many seconds where it waits."""
        dice = random.Random(f"whims {self.options.seed}")  # noqa: S311 - a seed must replay
        kinds = (Whim.KEPT, Whim.LOST, Whim.UNANSWERED, Whim.TWICE, Whim.LATE, Whim.AGAIN)
        while True:
            (whim,) = dice.choices(kinds, (60, 8, 8, 8, 10, 6))
            yield whim, dice.uniform(0.1, 0.8)


_ACTS_PER_DEATH = 4
_DEEDS = {
    Deed.DROP: 50,
    Deed.FILE: 14,
    Deed.SELECT: 8,
    Deed.UNDO: 6,
    Deed.STATUS: 4,
    Deed.EDIT: 10,
    Deed.DELETE: 8,
}
"""What members do, by how often."""

_FAULTS = ("ratelimited", "500_before", "500_after", "hang_after", "internal_error")
_METHODS = ("chat.postMessage", "chat.update", "conversations.replies", "chat.postEphemeral")


def draw(options: Options) -> Plan:
    """Draw a plan from its seed."""
    dice = random.Random(options.seed)  # noqa: S311 - a seed must replay
    plan = Plan(options)
    pages = 0
    for _ in range(options.deaths):
        for _ in range(_ACTS_PER_DEATH):
            act, pages = _act(dice, pages)
            plan.steps.append(Step(dice.uniform(0.01, 0.15), act))
        if dice.random() < 0.5:
            fault = Fault(
                dice.choices(_METHODS, (5, 3, 1, 1))[0],
                dice.choice(_FAULTS),
                dice.choice((1, 1, 2)),
                dice.choice((2, 5, 30)),
            )
            plan.steps.append(Step(0, fault))
        plan.steps.append(Step(dice.uniform(0, 0.4), _end(dice, options)))
    return plan


def _act(dice: random.Random, pages: int) -> tuple[Act, int]:
    (deed,) = dice.choices(list(_DEEDS), list(_DEEDS.values()))
    member = dice.choice(("ana", "ben"))
    links: list[tuple[int, bool]] = []
    if deed in {Deed.DROP, Deed.EDIT}:
        for _ in range(dice.choices((1, 2, 3, 4, 5), (70, 15, 8, 4, 3))[0]):
            if pages and dice.random() < 0.2:
                links.append((dice.randrange(pages), True))
            else:
                links.append((pages, dice.random() < 0.1))
                pages += 1
    return Act(deed, member, tuple(links), dice.random()), pages


def _end(dice: random.Random, options: Options) -> End:
    stops, restarts = 6 if options.with_stops else 0, 8 if options.with_restarts else 0
    weights = {
        Death.KILLED: 25,
        Death.BEFORE_COMMIT: 18,
        Death.AFTER_COMMIT: 22,
        Death.BEFORE_POST: 8,
        Death.AFTER_POST: 12,
        Death.STOPPED: stops,
        Death.STOPPED_IN_POST: stops,
        Death.DATABASE: restarts,
    }
    (death,) = dice.choices(list(weights), list(weights.values()))
    return End(death, dice.random(), dice.randint(1, 8))
