"""The methods of the Web API that are answered: their arguments, and the scopes that allow them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.records import Refusal

READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
_EVERYWHERE = frozenset({"token", "team_id"})
_JSON = frozenset({"attachments", "blocks", "event_payload", "files", "metadata", "view"})
_NUMBERS = frozenset({"length", "limit"})
_FLAGS = frozenset(
    {
        "as_user",
        "exclude_archived",
        "full",
        "include_all_metadata",
        "include_count",
        "include_disabled",
        "include_locale",
        "include_num_members",
        "include_users",
        "inclusive",
        "link_names",
        "mrkdwn",
        "prevent_creation",
        "reply_broadcast",
        "return_im",
        "unfurl_links",
        "unfurl_media",
    }
)


@dataclass(frozen=True, slots=True)
class Method:
    """Any one of the scopes allows a method; one without scopes is open to every token."""

    required: frozenset[str]
    optional: frozenset[str]
    scopes: tuple[str, ...]

    def check(self, args: Mapping[str, Any], provided: frozenset[str]) -> None:
        """Raise Refusal for a scope that the app has not, an argument that is missing, or one that is not known."""
        if self.scopes and not provided.intersection(self.scopes):
            refuse_scope(self.scopes, provided)
        missing = [name for name in sorted(self.required) if args.get(name) in (None, "")]
        unknown = sorted(args.keys() - self.required - self.optional - _EVERYWHERE)
        if missing or unknown:
            messages = [f"[ERROR] missing required field: {name}" for name in missing]
            messages += [f"[ERROR] unknown argument: {name}" for name in unknown]
            raise Refusal("invalid_arguments", {"response_metadata": {"messages": messages}})


def refuse_scope(needed: tuple[str, ...], provided: frozenset[str]) -> None:
    raise Refusal("missing_scope", {"needed": ",".join(needed), "provided": ",".join(sorted(provided))})


def decoded(args: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as JSON values, whichever way they came; what cannot be read stays as it is."""
    return {name: _decoded(name, value) for name, value in args.items()}


def _decoded(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in _JSON:
        try:
            return json.loads(value)
        except ValueError:
            return value
    if name in _FLAGS and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    return int(value) if name in _NUMBERS and value.isdecimal() else value


def _method(required: str = "", optional: str = "", scopes: tuple[str, ...] = ()) -> Method:
    return Method(frozenset(required.split()), frozenset(optional.split()), scopes)


_SHOWN = "as_user attachments blocks link_names markdown_text parse text"
_LOOK = ("channels:read", "groups:read", "im:read", "mpim:read")
_REREAD = ("channels:history", "groups:history", "im:history", "mpim:history")
_SPAN = "cursor include_all_metadata inclusive latest limit oldest"

METHODS: Mapping[str, Method] = {
    "apps.connections.open": _method(),
    "auth.test": _method(),
    "bots.info": _method(optional="bot", scopes=("users:read",)),
    "chat.delete": _method("channel ts", "as_user", ("chat:write",)),
    "chat.getPermalink": _method("channel message_ts"),
    "chat.postEphemeral": _method("channel user", f"{_SHOWN} icon_emoji icon_url thread_ts username", ("chat:write",)),
    "chat.postMessage": _method(
        "channel",
        f"{_SHOWN} icon_emoji icon_url metadata mrkdwn reply_broadcast thread_ts unfurl_links unfurl_media username",
        ("chat:write",),
    ),
    "chat.update": _method("channel ts", f"{_SHOWN} file_ids metadata reply_broadcast", ("chat:write",)),
    "conversations.history": _method("channel", _SPAN, _REREAD),
    "conversations.info": _method("channel", "include_locale include_num_members", _LOOK),
    "conversations.join": _method("channel", scopes=("channels:join",)),
    "conversations.list": _method(optional="cursor exclude_archived limit types", scopes=_LOOK),
    "conversations.members": _method("channel", "cursor limit", _LOOK),
    "conversations.open": _method(optional="channel prevent_creation return_im users", scopes=("im:write",)),
    "conversations.replies": _method("channel ts", _SPAN, _REREAD),
    "files.completeUploadExternal": _method(
        "files", "blocks channel_id channels initial_comment thread_ts", ("files:write",)
    ),
    "files.getUploadURLExternal": _method("filename length", "alt_txt snippet_type", ("files:write",)),
    "reactions.add": _method("channel name timestamp", scopes=("reactions:write",)),
    "reactions.get": _method(optional="channel file file_comment full timestamp", scopes=("reactions:read",)),
    "reactions.remove": _method("name", "channel file file_comment timestamp", ("reactions:write",)),
    "team.info": _method(optional="domain team", scopes=("team:read",)),
    "usergroups.list": _method(optional="include_count include_disabled include_users", scopes=("usergroups:read",)),
    "usergroups.users.list": _method("usergroup", "include_disabled", ("usergroups:read",)),
    "users.conversations": _method(optional="cursor exclude_archived limit types user", scopes=_LOOK),
    "users.info": _method("user", "include_locale", ("users:read",)),
    "users.list": _method(optional="cursor include_locale limit", scopes=("users:read",)),
    "views.open": _method("view", "interactivity_pointer trigger_id"),
    "views.publish": _method("user_id view", "hash"),
    "views.push": _method("view", "interactivity_pointer trigger_id"),
    "views.update": _method("view", "external_id hash view_id"),
}
