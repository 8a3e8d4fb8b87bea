"""What a person says: messages, edits, files, emoji."""

from typing import Any

from bot.sandbox import events
from bot.sandbox.forms import NotThereError
from bot.sandbox.person import Person
from bot.sandbox.records import Channel, Message
from bot.sandbox.shared_files import shared_file
from bot.sandbox.text import typed


class Talking(Person):
    """Each act is delivered to the app, and ends when the app has answered."""

    async def posts(
        self,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        also_in_channel: bool = False,
        **more: Any,  # noqa: ANN401 - fields of Message
    ) -> str:
        """Post what a person types, in a channel or in answer to a message; returns the message's ts."""
        place = self._writable(channel)
        words, blocks = typed(text, self._workspace.user_id)
        message = self._workspace.put(
            place,
            self.user.id,
            words,
            blocks=blocks,
            thread_ts=thread_ts,
            subtype="thread_broadcast" if also_in_channel and thread_ts else more.pop("subtype", None),
            team=self.user.team,
            **more,
        )
        self._stand_in.emit("message", events.said(message, place, self._workspace.root(message)))
        if message.subtype == "thread_broadcast":
            self._stand_in.emit_change(message, message.as_slack())
        if f"<@{self._workspace.bot.id}>" in words:
            self._stand_in.emit("app_mention", events.mention(message, place))
        await self._stand_in.settled()
        return message.ts

    async def shares_file(self, channel: str, name: str, text: str = "", *, content: bytes = b"") -> str:
        """Post a file with a comment; returns the message's ts."""
        self._writable(channel)
        file = shared_file(self._workspace, self.user.id, name, content, url=self._stand_in.url)
        return await self.posts(channel, text, files=[dict(file)], subtype="file_share")

    async def forwards(self, channel: str, message: Message, text: str = "") -> str:
        """Share somebody's message into a channel; returns the ts of the new one."""
        url = f"{self._stand_in.url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
        inner = {"team": message.team, "channel": message.channel, "ts": message.ts}
        shared = {
            "is_msg_unfurl": True,
            "is_share": True,
            "from_url": url,
            "original_url": url,
            "ts": message.ts,
            "channel_id": message.channel,
            "author_id": message.user,
            "text": message.text,
            "message_blocks": [{**inner, "message": {"blocks": message.blocks}}],
            "fallback": message.text,
            "footer": "Posted in a channel",
        }
        return await self.posts(channel, text, attachments=[shared])

    async def edits(self, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        message = self._own(channel, ts)
        before = message.as_slack()
        message.text, message.blocks = typed(text, self._workspace.user_id)
        message.edited = {"user": self.user.id, "ts": self._workspace.next_ts()}
        self._workspace.changed(message)
        self._stand_in.emit_change(message, before)
        await self._stand_in.settled()

    async def deletes(self, channel: str, ts: str) -> None:
        """Delete one's own message, or any as an admin. One that was replied to leaves a tombstone."""
        message = self._own(channel, ts, may=self.user.is_admin)
        before = message.as_slack()
        if self._workspace.remove(message):
            place = self._workspace.channels[message.channel]
            self._stand_in.emit("message", events.deleted(before, place, self._workspace.next_ts()))
        else:
            self._stand_in.emit_change(message, before)
        await self._stand_in.settled()

    async def reacts(self, channel: str, ts: str, name: str) -> None:
        """Add an emoji to a message, or take one's own away again."""
        message = self._message(channel, ts)
        people = message.reactions.setdefault(name, [])
        added = self.user.id not in people
        people.append(self.user.id) if added else people.remove(self.user.id)
        if not people:
            del message.reactions[name]
        self._workspace.changed(message)
        event = events.reaction(self.user.id, name, message, self._workspace.next_ts(), added=added)
        self._stand_in.emit(str(event["type"]), event)
        await self._stand_in.settled()

    def _writable(self, channel: str) -> Channel:
        place = self._place(channel)
        if place.is_archived:
            raise NotThereError(f"#{place.name} is archived.")
        if place.is_im and not self._stand_in.takes_direct_messages:
            raise NotThereError("The app takes no direct messages.")
        if self.user.deleted:
            raise NotThereError(f"{self.user.real_name} has left.")
        return place

    def _own(self, channel: str, ts: str, *, may: bool = False) -> Message:
        message = self._message(channel, ts)
        if message.user != self.user.id and not may:
            raise NotThereError("Somebody else wrote this message.")
        return message
