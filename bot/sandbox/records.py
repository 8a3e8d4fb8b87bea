"""What the workspace is made of: people, channels, messages, and how Slack shows each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.sandbox.text import elements_of, options_of, rung, targets, visible

TEAM = "T0SANDBOX"
OTHER_TEAM = "T0STRANGER"
TOMBSTONE = "This message was deleted."
SLACKBOT = "USLACKBOT"
_NOT_TYPED = frozenset({"tombstone", "file_share"})


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818 - an answer of Slack's, not a fault of ours
    """`{"ok": false, "error": code}`, with whatever Slack adds to it."""

    code: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class User:
    id: str
    name: str
    real_name: str
    tz: str = "America/New_York"
    locale: str = "en-US"
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0

    @property
    def team(self) -> str:
        """Strangers come from a workspace that shares a channel with this one."""
        return OTHER_TEAM if self.is_stranger else TEAM

    def as_slack(self, now: datetime, *, with_locale: bool = False) -> dict[str, Any]:
        """A user as Slack describes one; the locale is told to whoever asks for it."""
        has_ended = 0 < self.status_expiration <= now.timestamp()  # Slack clears such a status
        status = ("", "", 0) if has_ended else (self.status_text, self.status_emoji, self.status_expiration)
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "profile": {
                "real_name": self.real_name,
                "display_name": self.real_name,
                "status_text": status[0],
                "status_emoji": status[1],
                "status_expiration": status[2],
                "team": self.team,
            },
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 0,
            **({"is_stranger": True} if self.is_stranger else {}),
            **({"locale": self.locale} if with_locale else {}),
            **(self._zone(now) if self.tz else {}),
        }

    def _zone(self, now: datetime) -> dict[str, Any]:
        """Slack leaves these out where nobody ever said where they are."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        label = self.tz.partition("/")[2].replace("_", " ")
        return {"tz": self.tz, "tz_label": label, "tz_offset": int(offset.total_seconds()) if offset else 0}


@dataclass(slots=True)
class Group:
    """A user group; `deleted_at` is when it was switched off, 0 where it is not."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    deleted_at: int = 0

    def as_slack(self, *, with_users: bool = False, with_count: bool = False) -> dict[str, Any]:
        return {
            "id": self.id,
            "team_id": TEAM,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": "",
            "handle": self.name.lower().replace(" ", "-"),
            "is_external": False,
            "date_create": 0,
            "date_update": self.deleted_at,
            "date_delete": self.deleted_at,
            "auto_type": None,
            "created_by": SLACKBOT,
            "updated_by": SLACKBOT,
            "deleted_by": SLACKBOT if self.deleted_at else None,
            "prefs": {"channels": [], "groups": []},
            **({"users": list(self.members)} if with_users else {}),
            **({"user_count": len(self.members)} if with_count else {}),
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
        """`channel`, `group` or `im`, as events call it."""
        return "im" if self.is_im else "group" if self.is_private else "channel"

    @property
    def shown_name(self) -> str:
        """The name that interactions give: private places have none."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)

    def as_slack(self, bot: str) -> dict[str, Any]:
        if self.is_im:
            return {
                "id": self.id,
                "is_im": True,
                "is_archived": self.is_archived,
                "user": next(iter(self.members - {bot}), bot),
            }
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_member": bot in self.members,
            "is_ext_shared": False,
            "num_members": len(self.members),
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
    parent_user: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    metadata: dict[str, Any] | None = None
    edited: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    seen_by: str | None = None
    team: str = TEAM
    client_msg_id: str = field(default_factory=lambda: str(uuid4()))
    revision: int = 0

    @property
    def words(self) -> str:
        """Everything that a reader sees, titles of files included."""
        shared = [f"{file['title']} ({file['name']})" for file in self.files]
        return "\n".join((visible({"text": self.text, "blocks": self.blocks}), *shared)).strip("\n")

    @property
    def buttons(self) -> list[str]:
        return [e["text"]["text"] for _, e in elements_of({"blocks": self.blocks}) if e["type"] == "button"]

    @property
    def options(self) -> list[str]:
        found = elements_of({"blocks": self.blocks})
        return [option["text"]["text"] for _, element in found for option in options_of(element)]

    @property
    def rings(self) -> frozenset[str]:
        """Whom the message notifies by name: ids of people, and `channel`, `here` or `everyone`."""
        return rung({"text": self.text, "blocks": self.blocks})

    @property
    def links(self) -> list[str]:
        """Where the links that the app wrote lead."""
        return targets({"text": self.text, "blocks": self.blocks})

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in (None, self.ts)

    def as_slack(self, *, with_metadata: bool = False) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.bot_id is None and self.subtype not in _NOT_TYPED:
            found["client_msg_id"] = self.client_msg_id
        optional = {
            "subtype": self.subtype,
            "hidden": self.subtype == "tombstone",
            "team": self.team if self.subtype is None else None,
            "blocks": self.blocks,
            "thread_ts": self.thread_ts,
            "parent_user_id": self.parent_user,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "bot_profile": self._bot_profile(),
            "edited": self.edited,
            "attachments": self.attachments,
            "files": self.files,
            "reactions": [{"name": n, "users": list(u), "count": len(u)} for n, u in self.reactions.items()],
            "metadata": self.metadata if with_metadata else None,
        }
        return found | {name: value for name, value in optional.items() if value}

    def _bot_profile(self) -> dict[str, Any] | None:
        if self.bot_id is None:
            return None
        return {
            "id": self.bot_id,
            "app_id": self.app_id,
            "name": "vric",
            "deleted": False,
            "updated": 0,
            "team_id": TEAM,
        }
