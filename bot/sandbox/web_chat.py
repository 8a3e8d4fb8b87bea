"""The methods `chat.*`: what the app says, changes and takes back."""

import copy
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox import events
from bot.sandbox.content import content_of
from bot.sandbox.pace import Pace
from bot.sandbox.records import Channel, Message, Refusal
from bot.sandbox.response_urls import Echo
from bot.sandbox.web_access import Access, Answer
from bot.sandbox.workspace import Workspace

_EVENT_TYPE = re.compile(r"[a-z0-9_.:-]{1,128}", re.IGNORECASE)


class Chat:
    """`echo` delivers what the app said back to it, as Slack does."""

    def __init__(
        self,
        workspace: Workspace,
        access: Access,
        *,
        clock: Callable[[], datetime],
        echo: Echo,
        url: Callable[[], str],
        takes_direct_messages: bool,
    ) -> None:
        self._workspace = workspace
        self._access = access
        self._clock = clock
        self._echo = echo
        self._url = url
        self._takes_direct_messages = takes_direct_messages
        self._pace = Pace()

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {
            "chat.postMessage": self.post_message,
            "chat.update": self.update,
            "chat.delete": self.delete,
            "chat.postEphemeral": self.post_ephemeral,
            "chat.getPermalink": self.permalink,
        }

    def post_message(self, args: Mapping[str, Any]) -> Answer:
        channel = self._addressed(str(args["channel"]))
        text, blocks = content_of(args)
        metadata = _metadata_of(args)
        wait = self._pace.wait_s(channel.id, self._clock())
        if wait:
            raise Refusal("ratelimited", {"retry_after": wait})
        message = self._workspace.app_says(
            channel,
            text,
            blocks=blocks,
            thread_ts=args.get("thread_ts") or None,
            subtype="thread_broadcast" if args.get("reply_broadcast") and args.get("thread_ts") else None,
            metadata=metadata,
            attachments=copy.deepcopy(args.get("attachments") or []),
        )
        self._echo("message", events.said(message, channel, self._workspace.root(message)))
        return {"channel": channel.id, "ts": message.ts, "message": message.as_slack(with_metadata=True)}

    def update(self, args: Mapping[str, Any]) -> Answer:
        """Change a message of the app's own: a text without blocks takes the place of blocks."""
        channel = self._access.writable(str(args["channel"]))
        message = self._own(channel, str(args["ts"]), "cant_update_message")
        text, blocks = content_of(args)
        before = message.as_slack()
        message.text, message.blocks = text, blocks
        if not blocks:
            message.edited = {"user": message.bot_id, "ts": self._workspace.next_ts()}
        if "metadata" in args:
            message.metadata = _metadata_of(args)
        self._workspace.changed(message)
        self._echo("message", events.changed(message, before, channel, self._workspace.next_ts()))
        shown = message.as_slack(with_metadata=True)
        return {"channel": channel.id, "ts": message.ts, "text": text, "message": shown}

    def delete(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.joined(str(args["channel"]))
        message = self._own(channel, str(args["ts"]), "cant_delete_message")
        before = message.as_slack()
        gone, ts = self._workspace.remove(message), self._workspace.next_ts()
        event = events.deleted(before, channel, ts) if gone else events.changed(message, before, channel, ts)
        self._echo("message", event)
        return {"channel": channel.id, "ts": message.ts}

    def post_ephemeral(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.writable(str(args["channel"]))
        user = self._access.user(str(args["user"]))
        if user.id not in channel.members:
            raise Refusal("user_not_in_channel")
        text, blocks = content_of(args)
        thread = args.get("thread_ts") or None
        message = self._workspace.app_says(channel, text, blocks=blocks, thread_ts=thread, seen_by=user.id)
        return {"message_ts": message.ts}

    def permalink(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.seen(str(args["channel"]))
        message = self._workspace.message(channel.id, str(args["message_ts"]))
        return {"channel": channel.id, "permalink": f"{self._url()}/#{channel.id}/{message.ts}"}

    def _addressed(self, name: str) -> Channel:
        """A channel by id or `#name`, or the direct conversation with a user."""
        user = self._workspace.users.get(name)
        if user is not None:
            channel = self._workspace.conversation_with(user.id)
        else:
            named = (each.id for each in self._workspace.channels.values() if name in {each.name, f"#{each.name}"})
            channel = self._access.seen(next(named, name))
        if channel.is_im and not self._takes_direct_messages:
            raise Refusal("messages_tab_disabled")
        if channel.kind == "channel" and "chat:write.public" in self._access.scopes and not channel.is_archived:
            return channel
        return self._access.writable(channel.id)

    def _own(self, channel: Channel, ts: str, otherwise: str) -> Message:
        message = self._workspace.message(channel.id, ts)
        if message.seen_by is not None:
            raise Refusal("message_not_found")
        if message.bot_id != self._workspace.bot_id:
            raise Refusal(otherwise)
        return message


def _metadata_of(args: Mapping[str, Any]) -> dict[str, Any] | None:
    metadata = args.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or metadata.keys() - {"event_type", "event_payload", "entities"}:
        raise Refusal("invalid_metadata_format")
    named = isinstance(metadata.get("event_type"), str) and _EVENT_TYPE.fullmatch(metadata["event_type"])
    if not named or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    return copy.deepcopy(metadata)
