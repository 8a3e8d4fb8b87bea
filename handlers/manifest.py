"""Everything the app asks of Slack, declared once: `python -m handlers.manifest` prints the manifest."""

import json
import sys
from collections.abc import Collection, Sequence
from typing import Any

COMMAND = "/vric"
ADD_TO_ISSUE, ADD_LINK = "add_to_issue", "add_link"
"""What shortcuts are called where they are used: one of messages, and one of everywhere."""

BOT_SCOPES = {
    "app_mentions:read": "is asked how the issue stands",
    "channels:history": "reads links in the desk's channel, and looks there before posting a second time",
    "channels:read": "knows who is in the channel, to remind those who are short",
    "chat:write": "posts cards, reminders and the draft",
    "commands": "offers /vric and the two shortcuts",
    "files:read": "reads narratives from the text files that editors drop into the conversation with the bot",
    "files:write": "uploads the draft as Markdown or text",
    "groups:history": "the same in a private channel",
    "groups:read": "the same in a private channel",
    "im:history": "looks into a conversation before posting a reminder there a second time",
    "im:write": "opens a conversation to remind a member",
    "reactions:read": "adds the links of a message that a member marks with an emoji, and counts stars as votes",
    "usergroups:read": "knows who is in a user group whose members are the editors of a desk",
    "users:read": "knows names, zones, guests and admins, and hears when somebody leaves",
}


def lacking(granted: Collection[str]) -> Sequence[str]:
    """The scopes that the app needs and was not granted."""
    return sorted(set(BOT_SCOPES) - set(granted))


BOT_EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_unarchive",
    "group_unarchive",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "subteam_members_changed",
    "subteam_updated",
    "tokens_revoked",
    "user_change",
)
EVENT_TYPES = frozenset(name.partition(".")[0] for name in BOT_EVENTS)
"""The types of these events as they come."""


def manifest() -> dict[str, Any]:
    """The app manifest: paste it at *Create an app from a manifest*; Socket Mode needs no public address."""
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "VRIC desk",
            "description": "Links become cited items, items become an issue, and its promise is computed.",
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "vric", "always_online": True},
            "shortcuts": [
                {
                    "name": "Add to issue",
                    "type": "message",
                    "callback_id": ADD_TO_ISSUE,
                    "description": "Adds the links of this message, whoever wrote it and however long ago",
                },
                {
                    "name": "Add a link",
                    "type": "global",
                    "callback_id": ADD_LINK,
                    "description": "Adds links to the open issue of your desk, from wherever you are",
                },
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "The desk: status, quota, calendar, draft, issue, deadline, add, find",
                    "usage_hint": "help | add URL | status | quota | calendar | draft | issue | deadline | find WORDS"
                    " | why OUTLET | outlets | waiting | team | setup | doctor | language",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(BOT_EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(manifest(), indent=2) + "\n")
