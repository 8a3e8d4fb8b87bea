"""The Web API of the stand-in workspace: the methods that a bot of this kind needs, refused as Slack refuses them."""

import copy
import secrets
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.limits import MESSAGE_CHARACTERS, TEXT, characters, message_refusals, view_refusals
from bot.sandbox.workspace import TEAM, Channel, Message, Refusal, User, Workspace

Answer = dict[str, Any]
_BURST = 4
"""Messages that a channel takes at once before one a second is enforced."""

SCOPES: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.info": ("channels:read", "groups:read", "im:read"),
    "conversations.members": ("channels:read", "groups:read", "im:read"),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "conversations.open": ("im:write",),
    "users.info": ("users:read",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("channel",),
    "chat.update": ("channel", "ts"),
    "chat.delete": ("channel", "ts"),
    "chat.postEphemeral": ("channel", "user"),
    "chat.getPermalink": ("channel", "message_ts"),
    "conversations.info": ("channel",),
    "conversations.members": ("channel",),
    "conversations.history": ("channel",),
    "conversations.replies": ("channel", "ts"),
    "conversations.open": ("users",),
    "users.info": ("user",),
    "views.open": ("trigger_id", "view"),
    "views.push": ("trigger_id", "view"),
    "views.update": ("view",),
    "views.publish": ("user_id", "view"),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.completeUploadExternal": ("files",),
}


class WebApi:
    """Answers calls of one app. `echo` delivers what the app posted back to it, as Slack does."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        clock: Callable[[], datetime],
        scopes: frozenset[str],
        url: Callable[[], str],
        echo: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._workspace = workspace
        self._clock = clock
        self._scopes = scopes
        self._url = url
        self._echo = echo
        self._triggers: dict[str, tuple[datetime, str]] = {}
        self._used_triggers: set[str] = set()
        self._posts: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._uploads: dict[str, dict[str, Any]] = {}
        self._tickets: set[str] = set()
        self._methods: dict[str, Callable[[Mapping[str, Any]], Awaitable[Answer]]] = {
            "auth.test": self._auth_test,
            "apps.connections.open": self._connections_open,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.getPermalink": self._permalink,
            "conversations.info": self._info,
            "conversations.members": self._members,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.open": self._open,
            "users.info": self._user_info,
            "views.open": self._views_open,
            "views.push": self._views_push,
            "views.update": self._views_update,
            "views.publish": self._views_publish,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._complete_upload,
        }

    async def call(self, method: str, args: Mapping[str, Any]) -> Answer:
        """Answer a call whose token was checked.

        Raises:
            Refusal: as Slack would refuse it.
        """
        answer = self._methods.get(method)
        if answer is None:
            raise Refusal("unknown_method")
        needed = SCOPES.get(method, ())
        if needed and not self._scopes.intersection(needed):
            raise Refusal("missing_scope", {"needed": ",".join(needed), "provided": ",".join(sorted(self._scopes))})
        missing = [name for name in _REQUIRED.get(method, ()) if args.get(name) in (None, "")]
        if missing:
            messages = [f"[ERROR] missing required field: {name}" for name in missing]
            raise Refusal("invalid_arguments", {"response_metadata": {"messages": messages}})
        return {"ok": True, **await answer(args)}

    def new_trigger(self, user: str) -> str:
        """A trigger that opens one view within three seconds."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.token_hex(8)}"
        self._triggers[trigger] = (self._clock(), user)
        return trigger

    def take_ticket(self, ticket: str) -> bool:
        """Whether a socket may be opened with this ticket; each is good once."""
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known

    def store_upload(self, file_id: str, content: bytes) -> bool:
        if file_id not in self._uploads:
            return False
        self._uploads[file_id]["content"] = content
        return True

    async def _auth_test(self, _: Mapping[str, Any]) -> Answer:
        bot = self._workspace.bot
        return {
            "url": f"{self._url()}/",
            "team": self._workspace.name,
            "user": bot.name,
            "team_id": TEAM,
            "user_id": bot.id,
            "bot_id": self._workspace.bot_id,
            "is_enterprise_install": False,
        }

    async def _connections_open(self, _: Mapping[str, Any]) -> Answer:
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return {"url": f"{self._url().replace('http', 'ws', 1)}/link/?ticket={ticket}"}

    async def _post_message(self, args: Mapping[str, Any]) -> Answer:
        name = str(args["channel"])
        channel = self._workspace.conversation_with(name) if name.startswith("U") else self._own(name)
        blocks = _blocks(args)
        _check_text(args, blocks)
        self._pace(channel)
        thread = args.get("thread_ts") or None
        if thread is not None:
            self._workspace.message(channel.id, str(thread))
        message = self._workspace.put(
            channel,
            self._workspace.bot.id,
            str(args.get("text") or ""),
            blocks=blocks,
            thread_ts=thread,
            bot_id=self._workspace.bot_id,
            metadata=copy.deepcopy(args.get("metadata")),
        )
        self._echo("message", self._event(message, channel))
        return {"channel": channel.id, "ts": message.ts, "message": message.as_slack(with_metadata=True)}

    async def _update(self, args: Mapping[str, Any]) -> Answer:
        channel = self._own(str(args["channel"]))
        message = self._workspace.message(channel.id, str(args["ts"]))
        if message.bot_id != self._workspace.bot_id:
            raise Refusal("cant_update_message")
        blocks = _blocks(args)
        _check_text(args, blocks)
        before = message.as_slack()
        message.text, message.blocks = str(args.get("text") or ""), blocks
        message.edited = {"user": message.user, "ts": self._workspace.next_ts()}
        message.metadata = copy.deepcopy(args.get("metadata")) or message.metadata
        self._workspace.changed(message)
        changed = {"subtype": "message_changed", "message": message.as_slack(), "previous_message": before}
        self._echo("message", self._event(message, channel) | changed | {"hidden": True})
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_slack()}

    async def _delete(self, args: Mapping[str, Any]) -> Answer:
        channel = self._own(str(args["channel"]))
        message = self._workspace.message(channel.id, str(args["ts"]))
        if message.bot_id != self._workspace.bot_id:
            raise Refusal("cant_delete_message")
        self._workspace.remove(message)
        return {"channel": channel.id, "ts": message.ts}

    async def _post_ephemeral(self, args: Mapping[str, Any]) -> Answer:
        channel = self._own(str(args["channel"]))
        user = self._user(str(args["user"]))
        if user.id not in channel.members:
            raise Refusal("user_not_in_channel")
        blocks = _blocks(args)
        _check_text(args, blocks)
        message = self.whisper(channel, user.id, str(args.get("text") or ""), blocks, args.get("thread_ts") or None)
        return {"message_ts": message.ts}

    def whisper(
        self, channel: Channel, user: str, text: str, blocks: list[dict[str, Any]], thread: str | None = None
    ) -> Message:
        """Show one person a message of the app's."""
        return self._workspace.put(
            channel,
            self._workspace.bot.id,
            text,
            blocks=blocks,
            thread_ts=thread,
            bot_id=self._workspace.bot_id,
            seen_by=user,
        )

    async def _permalink(self, args: Mapping[str, Any]) -> Answer:
        message = self._workspace.message(str(args["channel"]), str(args["message_ts"]))
        return {"channel": message.channel, "permalink": f"{self._url()}/#{message.channel}/{message.ts}"}

    async def _info(self, args: Mapping[str, Any]) -> Answer:
        return {"channel": self._workspace.channel(str(args["channel"])).as_slack()}

    async def _members(self, args: Mapping[str, Any]) -> Answer:
        members = sorted(self._workspace.channel(str(args["channel"])).members)
        return {"members": members, "response_metadata": {"next_cursor": ""}}

    async def _history(self, args: Mapping[str, Any]) -> Answer:
        channel = self._own(str(args["channel"]))
        found = [m for m in self._workspace.log[channel.id] if m.seen_by is None and m.thread_ts in (None, m.ts)]
        return _page([m for m in reversed(found) if _between(m, args)], args)

    async def _replies(self, args: Mapping[str, Any]) -> Answer:
        channel = self._own(str(args["channel"]))
        parent = self._workspace.message(channel.id, str(args["ts"]))
        found = [parent, *(m for m in self._workspace.thread(channel.id, parent.ts) if _between(m, args))]
        return _page(found, args)

    async def _open(self, args: Mapping[str, Any]) -> Answer:
        return {"channel": {"id": self._workspace.conversation_with(self._user(str(args["users"])).id).id}}

    async def _user_info(self, args: Mapping[str, Any]) -> Answer:
        return {"user": self._user(str(args["user"])).as_slack()}

    async def _views_open(self, args: Mapping[str, Any]) -> Answer:
        user = self._pull(str(args["trigger_id"]))
        view = self._checked(args)
        self._workspace.modals[user] = [view]
        self._workspace.changed()
        return {"view": view}

    async def _views_push(self, args: Mapping[str, Any]) -> Answer:
        user = self._pull(str(args["trigger_id"]))
        stack = self._workspace.modals.setdefault(user, [])
        if len(stack) >= 3:  # noqa: PLR2004 - Slack's stack of views
            raise Refusal("push_limit_reached")
        stack.append(self._checked(args, previous=stack[-1]["id"] if stack else None))
        self._workspace.changed()
        return {"view": stack[-1]}

    async def _views_update(self, args: Mapping[str, Any]) -> Answer:
        _, stack, place = self._workspace.find_view(str(args.get("view_id") or ""))
        if args.get("hash") and args["hash"] != stack[place]["hash"]:
            raise Refusal("hash_conflict")
        stack[place] = self._checked(args) | {"id": stack[place]["id"]}
        self._workspace.changed()
        return {"view": stack[place]}

    async def _views_publish(self, args: Mapping[str, Any]) -> Answer:
        user = self._user(str(args["user_id"]))
        self._workspace.homes[user.id] = self._checked(args)
        self._workspace.changed()
        return {"view": self._workspace.homes[user.id]}

    async def _upload_url(self, args: Mapping[str, Any]) -> Answer:
        file_id = f"F{secrets.token_hex(5).upper()}"
        self._uploads[file_id] = {"id": file_id, "name": str(args["filename"]), "content": b""}
        return {"upload_url": f"{self._url()}/upload/{file_id}", "file_id": file_id}

    async def _complete_upload(self, args: Mapping[str, Any]) -> Answer:
        files = []
        for each in args["files"]:
            upload = self._uploads.pop(str(each["id"]), None)
            if upload is None:
                raise Refusal("file_not_found")
            stored = upload | {"title": each.get("title") or upload["name"]}
            self._workspace.files[stored["id"]] = stored
            files.append({"id": stored["id"], "title": stored["title"]})
            if args.get("channel_id"):
                channel = self._own(str(args["channel_id"]))
                text = f"{stored['title']} ({stored['name']}, {len(stored['content'])} bytes)"
                thread = args.get("thread_ts") or None
                bot = self._workspace.bot_id
                self._workspace.put(channel, self._workspace.bot.id, text, thread_ts=thread, bot_id=bot)
        return {"files": files}

    def _own(self, name: str) -> Channel:
        """A channel that the app is in."""
        channel = self._workspace.channel(name)
        if channel.is_archived:
            raise Refusal("is_archived")
        if self._workspace.bot.id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def _user(self, name: str) -> User:
        user = self._workspace.users.get(name)
        if user is None:
            raise Refusal("user_not_found")
        return user

    def _pace(self, channel: Channel) -> None:
        """About one message a second and channel, with a short burst."""
        now, recent = self._clock(), self._posts[channel.id]
        while recent and now - recent[0] >= timedelta(seconds=_BURST):
            recent.popleft()
        if len(recent) >= _BURST:
            raise Refusal("ratelimited", {"retry_after": 1})
        recent.append(now)

    def _pull(self, trigger: str) -> str:
        if trigger in self._used_triggers:
            raise Refusal("exchanged_trigger_id")
        issued, user = self._triggers.pop(trigger, (None, ""))
        if issued is None:
            raise Refusal("invalid_trigger_id")
        self._used_triggers.add(trigger)
        if self._clock() - issued > timedelta(seconds=3):
            raise Refusal("expired_trigger_id")
        return user

    def _checked(self, args: Mapping[str, Any], previous: str | None = None) -> dict[str, Any]:
        view = copy.deepcopy(args["view"])
        refusals = view_refusals(view)
        if refusals:
            raise Refusal("invalid_arguments", {"response_metadata": {"messages": refusals}})
        return self._workspace.as_view(view, previous=previous)

    def _event(self, message: Message, channel: Channel) -> dict[str, Any]:
        event = message.as_slack()
        return event | {"channel": channel.id, "channel_type": channel.kind, "event_ts": message.ts}


def _blocks(args: Mapping[str, Any]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = copy.deepcopy(args.get("blocks") or [])
    refusals = message_refusals(blocks)
    if refusals:
        raise Refusal("invalid_blocks", {"errors": refusals, "response_metadata": {"messages": refusals}})
    if characters(blocks) > MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")
    return [{"block_id": secrets.token_hex(3), **block} for block in blocks]


def _check_text(args: Mapping[str, Any], blocks: list[dict[str, Any]]) -> None:
    text = str(args.get("text") or "")
    if not text and not blocks and not args.get("attachments"):
        raise Refusal("no_text")
    if len(text) > TEXT:
        raise Refusal("msg_too_long")


def _between(message: Message, args: Mapping[str, Any]) -> bool:
    ts, oldest, latest = float(message.ts), args.get("oldest"), args.get("latest")
    return (oldest in (None, "") or ts > float(oldest)) and (latest in (None, "") or ts < float(latest))


def _page(messages: list[Message], args: Mapping[str, Any]) -> Answer:
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    chosen = messages[start : start + limit]
    more = start + limit < len(messages)
    with_metadata = str(args.get("include_all_metadata", "")).lower() in {"true", "1"}
    return {
        "messages": [each.as_slack(with_metadata=with_metadata) for each in chosen],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }
