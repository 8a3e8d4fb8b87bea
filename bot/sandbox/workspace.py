"""The state of the stand-in workspace: people, channels, messages, views."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.text import elements_of, options_of, visible

TEAM = "T0SANDBOX"


@dataclass(slots=True)
class User:
    id: str
    name: str
    real_name: str
    tz: str = "America/New_York"
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False

    def as_slack(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "team_id": TEAM,
            "name": self.name,
            "real_name": self.real_name,
            "tz": self.tz,
            "is_bot": self.is_bot,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_stranger": self.is_stranger,
            "deleted": self.deleted,
            "profile": {"real_name": self.real_name, "display_name": self.real_name},
        }


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False

    @property
    def kind(self) -> str:
        return "im" if self.is_im else "group" if self.is_private else "channel"

    def as_slack(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.is_im,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
        }


@dataclass(slots=True)
class Message:
    """A message; `seen_by` is set where only one person sees it."""

    channel: str
    ts: str
    user: str
    text: str
    at: datetime
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    metadata: dict[str, Any] | None = None
    edited: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    seen_by: str | None = None
    revision: int = 0

    @property
    def words(self) -> str:
        """Everything that a reader sees."""
        return visible({"text": self.text, "blocks": self.blocks})

    @property
    def buttons(self) -> list[str]:
        return [e["text"]["text"] for _, e in elements_of({"blocks": self.blocks}) if e["type"] == "button"]

    @property
    def options(self) -> list[str]:
        found = elements_of({"blocks": self.blocks})
        return [option["text"]["text"] for _, element in found for option in options_of(element)]

    def as_slack(self, *, with_metadata: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM}
        optional = {
            "blocks": self.blocks,
            "thread_ts": self.thread_ts,
            "bot_id": self.bot_id,
            "edited": self.edited,
            "attachments": self.attachments,
            "metadata": self.metadata if with_metadata else None,
        }
        return found | {name: value for name, value in optional.items() if value}


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818 - an answer of Slack's, not a fault of ours
    """`{"ok": false, "error": code}`, with whatever Slack adds to it."""

    code: str
    more: dict[str, Any] = field(default_factory=dict)


class Workspace:
    """Holds everything that people and the app see; every change gets a new `revision`."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last_ts = 0.0
        self.name = "Sandbox"
        self.revision = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.log: dict[str, list[Message]] = {}
        self.modals: dict[str, list[dict[str, Any]]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.notices: list[dict[str, str]] = []
        self.bot = self.add_user("vric", "vric", is_bot=True)
        self.bot_id = "B0VRIC"
        self.app_id = "A0VRIC"
        ana = self.add_user("ana", "Ana Ruiz", is_admin=True)
        ben = self.add_user("ben", "Ben Okafor", tz="America/Bogota")
        self.add_channel("vric", [ana.id, ben.id])

    def add_user(self, name: str, real_name: str, **marks: Any) -> User:  # noqa: ANN401 - fields of User
        user = User(f"U{len(self.users):03d}{name.upper()}"[:11], name, real_name, **marks)
        self.users[user.id] = user
        self.changed()
        return user

    def add_channel(self, name: str, members: Sequence[str], **marks: Any) -> Channel:  # noqa: ANN401 - fields of Channel
        prefix = "D" if marks.get("is_im") else "C"
        channel = Channel(f"{prefix}{len(self.channels):03d}{name.upper()}"[:11], name, set(members), **marks)
        self.channels[channel.id] = channel
        self.log[channel.id] = []
        self.changed()
        return channel

    def user(self, name: str) -> User:
        """A user by name or id."""
        for user in self.users.values():
            if name in {user.name, user.id}:
                return user
        raise KeyError(name)

    def user_id(self, name: str) -> str | None:
        return next((user.id for user in self.users.values() if user.name == name), None)

    def channel(self, name: str) -> Channel:
        """A channel by `#name` or id."""
        for channel in self.channels.values():
            if name in {f"#{channel.name}", channel.id}:
                return channel
        raise Refusal("channel_not_found")

    def conversation_with(self, user: str) -> Channel:
        """The direct conversation of the bot and a user, opened when first asked for."""
        for channel in self.channels.values():
            if channel.is_im and user in channel.members:
                return channel
        return self.add_channel(self.users[user].name, [user, self.bot.id], is_im=True)

    def next_ts(self) -> str:
        """The time of a message, which is its name in its channel: never the same twice."""
        self._last_ts = max(self._clock().timestamp(), self._last_ts + 0.000_1)
        return f"{self._last_ts:.6f}"

    def put(self, channel: Channel, user: str, text: str, **more: Any) -> Message:  # noqa: ANN401 - fields of Message
        message = Message(channel.id, self.next_ts(), user, text, self._clock(), **more)
        self.log[channel.id].append(message)
        self.changed(message)
        return message

    def message(self, channel: str, ts: str) -> Message:
        for message in self.log.get(channel, ()):
            if message.ts == ts:
                return message
        raise Refusal("message_not_found")

    def remove(self, message: Message) -> None:
        self.log[message.channel].remove(message)
        self.changed()

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The replies to a message that everybody sees."""
        return [m for m in self.log[channel] if m.thread_ts == ts and m.ts != ts and m.seen_by is None]

    def notice(self, user: str, text: str) -> None:
        """Something that Slack's client would say to a person, such as that an app took too long."""
        self.notices.append({"user": user, "text": text})
        self.changed()

    def changed(self, message: Message | None = None) -> None:
        self.revision += 1
        if message is not None:
            message.revision = self.revision

    def find_view(self, view_id: str) -> tuple[str, list[dict[str, Any]], int]:
        """The person, the stack and the place of an open modal."""
        for user, stack in self.modals.items():
            for place, view in enumerate(stack):
                if view["id"] == view_id:
                    return user, stack, place
        raise Refusal("not_found")

    def as_view(self, view: Mapping[str, Any], *, previous: str | None = None) -> dict[str, Any]:
        """A view as Slack keeps it: with ids, a hash, and the values that its inputs begin with."""
        blocks = []
        for place, block in enumerate(view.get("blocks") or []):
            blocks.append({"block_id": f"b{place}", **block})
        view_id = f"V{secrets.token_hex(5).upper()}"
        return {
            "id": view_id,
            "team_id": TEAM,
            "app_id": self.app_id,
            "bot_id": self.bot_id,
            "callback_id": "",
            "private_metadata": "",
            "submit": None,
            "close": None,
            **view,
            "blocks": blocks,
            "hash": secrets.token_hex(8),
            "root_view_id": previous or view_id,
            "previous_view_id": previous,
            "state": {"values": {}},
        }
