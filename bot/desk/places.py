"""How a message is named at its desk: by its time, and one of another conversation with that before it."""

from bot.ports import DeskRecord

DIRECT = "D"
"""So begin the ids of conversations between the bot and one person."""

_BETWEEN = "/"


def place_of(desk: DeskRecord, channel: str, message: str) -> str:
    """The name of a message of a channel at a desk: `1610360000.000100`, `D012ANA/1610360000.000100`."""
    return message if channel == desk.channel else f"{channel}{_BETWEEN}{message}"


def message_at(desk: DeskRecord, place: str) -> tuple[str, str]:
    """The channel and the message that such a name names."""
    channel, between, message = place.rpartition(_BETWEEN)
    return (channel, message) if between else (desk.channel, place)
