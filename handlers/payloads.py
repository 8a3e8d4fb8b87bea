"""What a click says, read into a value by one function each."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked where, and the trigger that may open a form for three seconds."""

    workspace: str
    member: str
    trigger: str

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> "Click":
        team = body.get("team") or {}
        user = body["user"]
        return cls(
            workspace=str(team.get("id") or user.get("team_id") or ""),
            member=str(user["id"]),
            trigger=str(body.get("trigger_id") or ""),
        )


@dataclass(frozen=True, slots=True)
class Command:
    """What a member typed, and where; `ticket` is unique to this use of the command."""

    word: str
    rest: str
    workspace: str
    channel: str
    member: str
    ticket: str

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> "Command":
        word, _, rest = str(body.get("text") or "").strip().partition(" ")
        return cls(
            word=word.lower() or "help",
            rest=rest.strip(),
            workspace=str(body["team_id"]),
            channel=str(body["channel_id"]),
            member=str(body["user_id"]),
            ticket=str(body["trigger_id"]),
        )


def chosen(action: dict[str, Any]) -> str:
    """The value of a button, or of the option that was selected."""
    option = action.get("selected_option")
    return str(option["value"] if option else action["value"])


def item_and_choice(action: dict[str, Any]) -> tuple[int, str]:
    """`7:iran` as item 7 and the choice `iran`."""
    item, _, choice = chosen(action).partition(":")
    return int(item), choice


def review_place(value: str) -> tuple[int, str, int]:
    """`3:1610360000.000100:1` as desk, message and page; the message may hold colons."""
    desk, _, rest = value.partition(":")
    message, _, page = rest.rpartition(":")
    return int(desk), message, int(page)
