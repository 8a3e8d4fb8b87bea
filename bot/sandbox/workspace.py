"""The state of the stand-in workspace: who is there, where, and what was said."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.records import SLACKBOT, TOMBSTONE, Channel, Group, Message, Refusal, User

__all__ = ["Channel", "Message", "Refusal", "User", "Workspace"]


class Workspace:
    """Holds everything that people and the app see; every change gets a new revision."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last_ts = 0.0
        self.name = "Sandbox"
        self.history_lag_s = 0.0
        self.changes = Changes()
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.channels: dict[str, Channel] = {}
        self.log: dict[str, list[Message]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.notices: list[dict[str, str]] = []
        self.bot_id = "B0VRIC"
        self.app_id = "A0VRIC"
        self.bot = self.add_user("vric", "vric", is_bot=True)
        ana = self.add_user("ana", "Ana Ruiz", is_admin=True)
        ben = self.add_user("ben", "Ben Okafor", tz="America/Bogota")
        self.add_channel("vric", [ana.id, ben.id])

    @property
    def revision(self) -> int:
        return self.changes.revision

    def add_user(self, name: str, real_name: str, **marks: Any) -> User:  # noqa: ANN401 - fields of User
        """Let somebody into the workspace, and into no channel yet."""
        user = User(f"U{len(self.users):03d}{name.upper()}"[:11], name, real_name, **marks)
        self.users[user.id] = user
        self.changed()
        return user

    def add_channel(self, name: str, members: Sequence[str], **marks: Any) -> Channel:  # noqa: ANN401 - fields of Channel
        """Make a channel; its members are given by id."""
        prefix = "D" if marks.get("is_im") else "C"
        channel = Channel(f"{prefix}{len(self.channels):03d}{name.upper()}"[:11], name, set(members), **marks)
        self.channels[channel.id] = channel
        self.log[channel.id] = []
        self.changed()
        return channel

    def add_group(self, name: str, members: Sequence[str]) -> Group:
        """Make a user group; its members are given by id."""
        group = Group(f"S{len(self.groups):03d}{''.join(filter(str.isalnum, name.upper()))}"[:11], name, list(members))
        self.groups[group.id] = group
        self.changed()
        return group

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
            if name == channel.id or (name == f"#{channel.name}" and not channel.is_im):
                return channel
        raise Refusal("channel_not_found")

    def conversation_with(self, user: str) -> Channel:
        """The direct conversation of the bot and a user, opened when first asked for."""
        for channel in self.channels.values():
            if channel.is_im and user in channel.members:
                return channel
        return self.add_channel(self.users[user].name, [user, self.bot.id], is_im=True)

    def open_conversations(self) -> None:
        """Give each person the direct conversation with the bot that Slack offers before a word was said in it."""
        for user in [user for user in self.users.values() if not user.is_bot]:
            self.conversation_with(user.id)

    def next_ts(self) -> str:
        """The time of a message, which is its name in its channel: never the same twice."""
        self._last_ts = max(self._clock().timestamp(), self._last_ts + 0.000_1)
        return f"{self._last_ts:.6f}"

    def put(self, channel: Channel, user: str, text: str, **more: Any) -> Message:  # noqa: ANN401 - fields of Message
        """Add a message. What answers a reply joins the reply's thread; what answers nothing stands in the channel."""
        message = Message(channel.id, self.next_ts(), user, text, self._clock(), **more)
        parent = self._find(channel.id, message.thread_ts)
        if parent is not None and parent.is_reply:
            parent = self._find(channel.id, parent.thread_ts)
        message.thread_ts = parent.ts if parent else None
        message.parent_user = parent.user if parent else None
        if parent is not None and message.seen_by is None:
            parent.thread_ts = parent.ts
        self.log[channel.id].append(message)
        self.changed(message)
        return message

    def app_says(self, channel: Channel, text: str, **more: Any) -> Message:  # noqa: ANN401 - fields of Message
        """Add a message of the app's."""
        return self.put(channel, self.bot.id, text, bot_id=self.bot_id, app_id=self.app_id, **more)

    def message(self, channel: str, ts: str) -> Message:
        found = self._find(channel, ts)
        if found is None:
            raise Refusal("message_not_found")
        return found

    def remove(self, message: Message) -> bool:
        """Delete a message; whether it is gone, as one that was replied to leaves a tombstone."""
        gone = not self.thread(message.channel, message.ts)
        if gone:
            self.log[message.channel].remove(message)
        else:
            message.text, message.user, message.subtype = TOMBSTONE, SLACKBOT, "tombstone"
            message.blocks, message.attachments, message.metadata, message.edited = [], [], None, None
        self.changed(message)
        return gone

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The replies to a message that everybody sees."""
        return [m for m in self.log[channel] if m.thread_ts == ts and m.ts != ts and m.seen_by is None]

    def is_in_history(self, message: Message) -> bool:
        """Whether the Web API shows a message already: history may lag behind what people see."""
        return (self._clock() - message.at).total_seconds() >= self.history_lag_s

    def root(self, message: Message) -> Message | None:
        """The first message of the thread of a reply that is shown in the channel too."""
        return self._find(message.channel, message.thread_ts) if message.subtype == "thread_broadcast" else None

    def threaded(self, message: Message, *, with_metadata: bool = False) -> dict[str, Any]:
        """A message as history shows it: with what is known of its thread."""
        found, replies = message.as_slack(with_metadata=with_metadata), self.thread(message.channel, message.ts)
        if replies:
            people = list(dict.fromkeys(reply.user for reply in replies))
            found |= {
                "reply_count": len(replies),
                "reply_users": people,
                "reply_users_count": len(people),
                "latest_reply": replies[-1].ts,
                "is_locked": False,
                "subscribed": False,
            }
        return found

    def notice(self, user: str, text: str) -> None:
        """Something that Slack's client says to a person, such as that an app took too long."""
        self.notices.append({"user": user, "text": text})
        self.changed()

    def changed(self, message: Message | None = None) -> None:
        revision = self.changes.tell()
        if message is not None:
            message.revision = revision

    def _find(self, channel: str, ts: str | None) -> Message | None:
        return next((message for message in self.log.get(channel, ()) if message.ts == ts), None)
