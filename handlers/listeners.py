"""What every set of listeners has at hand."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypedDict, Unpack

from slack_bolt.async_app import AsyncApp

from bot.desk import Desk
from bot.ports import Clock
from bot.render import Renderer


class AtHand(TypedDict):
    """The desk, its words, the time, and how to wake whoever shows what changed."""

    desk: Desk
    render: Renderer
    clock: Clock
    wake: Callable[[], None]


class Listeners(ABC):
    """A subclass registers its listeners; each acknowledges, reads what was sent, and calls the desk once."""

    def __init__(self, **at_hand: Unpack[AtHand]) -> None:
        self._desk = at_hand["desk"]
        self._render = at_hand["render"]
        self._clock = at_hand["clock"]
        self._wake = at_hand["wake"]

    @abstractmethod
    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what is listened to."""
