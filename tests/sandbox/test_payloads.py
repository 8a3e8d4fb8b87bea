"""Every payload has the keys that Slack was seen to send, and no others."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint

BUTTON = {"type": "button", "action_id": "file", "value": "1", "text": {"type": "plain_text", "text": "File"}}
MENU = {
    "type": "static_select",
    "action_id": "choose",
    "options": [{"text": {"type": "plain_text", "text": "Iran"}, "value": "iran"}],
}
ROW = {"type": "actions", "block_id": "row", "elements": [BUTTON, MENU]}
FORM = {
    "type": "modal",
    "callback_id": "edit",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Edit"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "words"}}, ROW],
}
VARYING = frozenset({"state", "values", "blocks", "metadata", "event_payload", "reactions", "files", "attachments"})
"""Below these the keys are the app's own, or of what somebody shared."""

NEVER_RECORDED = frozenset(
    {
        ".event.app_id",
        ".event.root.blocks",
        ".event.root.client_msg_id",
        ".event.view.blocks",
        ".response_urls",
        ".view.blocks",
    }
)
"""Keys that Slack documents or was seen to send, and that the recordings leave out."""


def keys(value: object, path: str = "") -> Iterator[str]:
    """The paths of all keys; members of a list share one."""
    if isinstance(value, Mapping):
        for name, child in value.items():
            here = f"{path}.{name}"
            yield here
            if name not in VARYING:
                yield from keys(child, here)
    elif isinstance(value, list):
        for child in value:
            yield from keys(child, path)


def bodies(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [_body(headers, body) for headers, body in endpoint.requests]


def _body(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    if headers["content-type"] == "application/json":
        found: dict[str, Any] = json.loads(body)
        return found
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return json.loads(form["payload"]) if "payload" in form else form


@pytest.fixture
async def sent(stand_in: StandIn, endpoint: Endpoint, client: AsyncWebClient, vric: str) -> dict[str, dict[str, Any]]:
    """One payload of each kind, by the name of its recording."""
    ana, ben = stand_in.member("ana"), stand_in.member("ben")
    top = await ana.posts("#vric", "https://reuters.example/a")
    await ben.posts("#vric", "@vric hello", thread_ts=top)
    await ana.edits("#vric", top, "https://reuters.example/b")
    await ben.posts("#vric", "for all", thread_ts=top, also_in_channel=True)
    await ben.deletes("#vric", await ben.posts("#vric", "oops"))
    await ben.shares_file("#vric", "scan.pdf")
    await ben.reacts("#vric", top, "pushpin")
    await ben.reacts("#vric", top, "pushpin")
    stand_in.workspace.add_channel("africa", ["U001ANA"])
    await stand_in.invites_bot("#africa", by="ana")
    await client.views_publish(user_id="U001ANA", view={"type": "home", "blocks": [ROW]})
    await ana.opens_home()
    card = (await client.chat_postMessage(channel=vric, text="a card", blocks=[ROW], thread_ts=top))["ts"]
    await stand_in.settled()
    await ana.clicks("#vric", card, "File")
    await ana.selects("#vric", card, "Iran")
    await ana.commands("#vric", "/vric status")
    await ana.uses_message_shortcut("#vric", top, "Add to issue")
    await client.views_open(trigger_id=stand_in.modals.new_trigger("U001ANA"), view=FORM)
    await ana.clicks_in_modal("File")
    await ana.submits()
    await client.views_open(trigger_id=stand_in.modals.new_trigger("U001ANA"), view=FORM)
    await ana.closes()
    await stand_in.admins.changes_person("ben", real_name="Ben Okafor-Lund")
    return {_name(body): body for body in bodies(endpoint)}


RECORDINGS = {
    "message": "MessagePayload",
    "message by the app": "MessagePayload",
    "message.message_changed": "MessageChangedPayload",
    "message.message_deleted": "MessageDeletedPayload",
    "message.thread_broadcast": "MessageThreadBroadcastPayload",
    "message.file_share": "MessageFileSharePayload",
    "app_mention": "AppMentionPayload",
    "app_home_opened": "AppHomeOpenedPayload",
    "member_joined_channel": "MemberJoinedChannelPayload",
    "reaction_added": "ReactionAddedPayload",
    "reaction_removed": "ReactionRemovedPayload",
    "block_actions": "BlockActionPayload",
    "view_submission": "ViewSubmissionPayload",
    "view_closed": "ViewClosedPayload",
    "user_change": "UserChangePayload",
    "message_action": "MessageShortcutPayload",
    "command": "SlashCommandPayload",
}


def _name(body: Mapping[str, Any]) -> str:
    if "command" in body:
        return "command"
    event = body.get("event")
    if event is None:
        return str(body["type"])
    if event.get("bot_id"):
        return "message by the app"
    return f"{event['type']}.{event['subtype']}" if "subtype" in event else str(event["type"])


async def test_every_kind_of_payload_is_sent(sent: dict[str, dict[str, Any]]) -> None:
    assert sent.keys() == RECORDINGS.keys()


@pytest.mark.parametrize("kind", RECORDINGS)
async def test_a_payload_has_no_key_that_slack_never_sent(
    kind: str, sent: dict[str, dict[str, Any]], shared: Path
) -> None:
    recorded = json.loads((shared / "slack" / "payloads" / f"{RECORDINGS[kind]}.json").read_text(encoding="utf-8"))

    assert set(keys(sent[kind])) - set(keys(recorded)) - NEVER_RECORDED == set()


REQUIRED = {
    "message": {"token", "team_id", "api_app_id", "event", "type", "event_id", "event_time", "authorizations"},
    "block_actions": {"type", "user", "api_app_id", "token", "container", "trigger_id", "team", "enterprise"},
    "view_submission": {"type", "team", "user", "api_app_id", "token", "trigger_id", "view", "response_urls"},
    "message_action": {"callback_id", "trigger_id", "message_ts", "response_url", "message", "channel", "action_ts"},
    "command": {
        "command",
        "text",
        "response_url",
        "trigger_id",
        "user_id",
        "channel_id",
        "channel_name",
        "team_domain",
    },
}


@pytest.mark.parametrize("kind", REQUIRED)
async def test_a_payload_has_the_keys_that_apps_rely_on(kind: str, sent: dict[str, dict[str, Any]]) -> None:
    assert sent[kind].keys() >= REQUIRED[kind]
