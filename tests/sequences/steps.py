"""What happens in a sequence, decided by its seed alone."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What somebody does, or what befalls the bot."""

    POST = "post"
    REPLY = "reply"
    DIRECT = "write to the bot alone"
    EDIT = "edit"
    DELETE = "delete"
    TAKE_AWAY = "delete what the bot said"
    UNFURL = "unfurl"
    LANGUAGE = "language detected"
    PIN = "pin"
    STAR = "star"
    SHORTCUT = "shortcut"
    CLICK = "click"
    STALE = "click on what was shown before"
    FORM = "form"
    COMMAND = "command"
    HOME = "home"
    TIME = "time"
    RESTART = "restart"
    REDELIVER = "redeliver"
    LOSE = "lose a delivery"
    FAULT = "fault"


WEIGHTS = {
    Deed.POST: 20,
    Deed.REPLY: 7,
    Deed.DIRECT: 3,
    Deed.EDIT: 11,
    Deed.DELETE: 6,
    Deed.TAKE_AWAY: 1,
    Deed.UNFURL: 3,
    Deed.LANGUAGE: 1,
    Deed.PIN: 5,
    Deed.STAR: 2,
    Deed.SHORTCUT: 5,
    Deed.CLICK: 34,
    Deed.STALE: 6,
    Deed.FORM: 14,
    Deed.COMMAND: 5,
    Deed.HOME: 3,
    Deed.TIME: 6,
    Deed.RESTART: 2,
    Deed.REDELIVER: 6,
    Deed.LOSE: 3,
    Deed.FAULT: 6,
}
"""What happens, by how often."""

QUIET = frozenset({Deed.UNFURL, Deed.LANGUAGE, Deed.RESTART, Deed.REDELIVER, Deed.LOSE, Deed.FAULT, Deed.TAKE_AWAY})
"""What changes nothing, and has nothing said."""

WRITING = QUIET | {Deed.POST, Deed.REPLY, Deed.DIRECT, Deed.EDIT, Deed.DELETE}
"""What changes items by the links of messages alone."""

PEOPLE = {"ana": 8, "ben": 8, "cleo": 4, "gus": 2, "feed": 1, "stray": 1}
"""Who does it: an editor, two members, a guest, an app that is read and one that is not."""

_HASTY = 0.15
_FIRST = 2
"""So many messages stand there before anything else happens: there is nothing to press before."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: `dice` seeds every choice in it; after one that is `hasty` the next comes at once."""

    deed: Deed
    who: str
    dice: int
    hasty: bool = False

    def __str__(self) -> str:
        return f"{self.who}: {self.deed.value} ({self.dice}{', hasty' if self.hasty else ''})"


def draw(seed: int, length: int) -> tuple[Step, ...]:
    """Draw a sequence; the same seed and length draw the same one."""
    dice = random.Random(seed)  # noqa: S311 - a seed must replay
    return tuple(_step(dice, is_first=number < _FIRST) for number in range(length))


def _step(dice: random.Random, *, is_first: bool) -> Step:
    (deed,) = dice.choices(list(WEIGHTS), list(WEIGHTS.values())) if not is_first else (Deed.POST,)
    (who,) = dice.choices(list(PEOPLE), list(PEOPLE.values()))
    return Step(deed, who, dice.randrange(1_000_000), dice.random() < _HASTY)
