"""The methods `conversations.*`: channels, who is in them, and what was said there."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox import events
from bot.sandbox.methods import HISTORY, READ
from bot.sandbox.records import Channel, Message, Refusal
from bot.sandbox.response_urls import Echo
from bot.sandbox.web_access import Access, Answer, page_of
from bot.sandbox.workspace import Workspace

_KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_REPLIES = 1000


class Conversations:
    def __init__(self, workspace: Workspace, access: Access, echo: Echo) -> None:
        self._workspace = workspace
        self._access = access
        self._echo = echo

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {
            "conversations.list": self.all,
            "conversations.info": self.info,
            "conversations.members": self.members,
            "conversations.history": self.history,
            "conversations.replies": self.replies,
            "conversations.open": self.open,
            "conversations.join": self.join,
            "users.conversations": self.of_user,
        }

    def all(self, args: Mapping[str, Any]) -> Answer:
        bot = self._workspace.bot.id
        return self._listed(args, lambda channel: channel.kind == "channel" or bot in channel.members)

    def of_user(self, args: Mapping[str, Any]) -> Answer:
        """The channels of a user that the app can see; of the app itself where none is named."""
        bot = self._workspace.bot.id
        user = self._access.user(str(args.get("user") or bot)).id
        return self._listed(
            args, lambda channel: user in channel.members and (channel.kind == "channel" or bot in channel.members)
        )

    def info(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.seen(str(args["channel"]), READ)
        return {"channel": channel.as_slack(self._workspace.bot.id)}

    def members(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.seen(str(args["channel"]), READ)
        found, cursor = page_of(sorted(channel.members), args)
        return {"members": found, "response_metadata": {"next_cursor": cursor}}

    def history(self, args: Mapping[str, Any]) -> Answer:
        """What stands in the channel itself, newest first.

        Where only `oldest` is given, the page is the one next to it; else the one next to `latest`.
        """
        channel = self._access.joined(str(args["channel"]), HISTORY)
        said = [m for m in self._workspace.log[channel.id] if self._shown(m, args) and _stands_in_channel(m)]
        if args.get("latest") or not args.get("oldest"):
            said.reverse()
        chosen, cursor = page_of(said, args)
        shown = sorted(chosen, key=lambda message: float(message.ts), reverse=True)
        return self._said(shown, cursor, args)

    def replies(self, args: Mapping[str, Any]) -> Answer:
        """A thread from its first message on; the first message stands before the span that was asked for."""
        channel = self._access.joined(str(args["channel"]), HISTORY)
        try:
            first = self._workspace.message(channel.id, str(args["ts"]))
        except Refusal as refusal:
            raise Refusal("thread_not_found") from refusal
        if first.seen_by is not None:
            raise Refusal("thread_not_found")
        replies = [m for m in self._workspace.thread(channel.id, first.ts) if self._shown(m, args)]
        chosen, cursor = page_of([first, *replies], args, _REPLIES)
        return self._said(chosen, cursor, args)

    def open(self, args: Mapping[str, Any]) -> Answer:
        users = [name for name in str(args.get("users") or "").split(",") if name]
        if args.get("channel"):
            channel = self._access.joined(str(args["channel"]))
        elif len(users) == 1:
            user = self._access.user(users[0])
            if user.deleted:
                raise Refusal("user_disabled")
            if user.is_bot:
                raise Refusal("cannot_dm_bot")
            channel = self._workspace.conversation_with(user.id)
        else:
            raise Refusal("too_many_users" if users else "users_list_not_supplied")
        return {"channel": channel.as_slack(self._workspace.bot.id) if args.get("return_im") else {"id": channel.id}}

    def join(self, args: Mapping[str, Any]) -> Answer:
        channel, bot = self._access.seen(str(args["channel"])), self._workspace.bot.id
        if channel.kind != "channel":
            raise Refusal("method_not_supported_for_channel_type")
        if channel.is_archived:
            raise Refusal("is_archived")
        if bot in channel.members:
            return {"channel": channel.as_slack(bot), "warning": "already_in_channel"}
        channel.members.add(bot)
        self._workspace.changed()
        event = events.moved(bot, channel, self._workspace.next_ts(), joined=True)
        self._echo("member_joined_channel", event)
        return {"channel": channel.as_slack(bot)}

    def _listed(self, args: Mapping[str, Any], is_seen: Callable[[Channel], bool]) -> Answer:
        types = [name.strip() for name in str(args.get("types") or "public_channel").split(",")]
        if any(name not in _KINDS for name in types):
            raise Refusal("invalid_types")
        kinds = {_KINDS[name] for name in types} - {"mpim"}
        for kind in kinds:
            self._access.holds(READ[kind])
        channels = [c for c in self._workspace.channels.values() if c.kind in kinds and is_seen(c)]
        if args.get("exclude_archived"):
            channels = [c for c in channels if not c.is_archived]
        chosen, cursor = page_of(channels, args)
        shown = [channel.as_slack(self._workspace.bot.id) for channel in chosen]
        return {"channels": shown, "response_metadata": {"next_cursor": cursor}}

    def _shown(self, message: Message, args: Mapping[str, Any]) -> bool:
        return _between(message, args) and self._workspace.is_in_history(message)

    def _said(self, messages: list[Message], cursor: str, args: Mapping[str, Any]) -> Answer:
        with_metadata = bool(args.get("include_all_metadata"))
        return {
            "messages": [self._workspace.threaded(message, with_metadata=with_metadata) for message in messages],
            "has_more": bool(cursor),
            "pin_count": 0,
            "response_metadata": {"next_cursor": cursor},
        }


def _stands_in_channel(message: Message) -> bool:
    in_channel = not message.is_reply or message.subtype == "thread_broadcast"
    return in_channel and message.seen_by is None


def _between(message: Message, args: Mapping[str, Any]) -> bool:
    ts, oldest, latest = float(message.ts), _moment(args, "oldest"), _moment(args, "latest")
    if args.get("inclusive"):
        return (oldest is None or ts >= oldest) and (latest is None or ts <= latest)
    return (oldest is None or ts > oldest) and (latest is None or ts < latest)


def _moment(args: Mapping[str, Any], name: str) -> float | None:
    value = args.get(name)
    if value in (None, ""):
        return None
    try:
        return float(str(value))
    except ValueError as error:
        raise Refusal(f"invalid_ts_{name}") from error
