"""The HTTP side: who is let in, and what is answered to everything that Slack sends."""

import hashlib
import hmac
import json
import shutil
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.extract.worker import Parser
from bot.settings import Transport, read_settings
from bot.startup import Bot, opened, probes_of
from handlers.web import SLACK_PATH, create_web

SECRET = "8f742231b10e8888abcd99baac85a5d6"
RECORDED = (
    "AppHomeOpenedPayload",
    "AppMentionPayload",
    "AppRateLimitedPayload",
    "AppUninstalledPayload",
    "ChannelArchivePayload",
    "ChannelRenamePayload",
    "LinkSharedPayload",
    "MemberJoinedChannelPayload",
    "MemberLeftChannelPayload",
    "MessageBotPayload",
    "MessageChangedPayload",
    "MessageDeletedPayload",
    "MessageFileSharePayload",
    "MessagePayload",
    "MessageRepliedPayload",
    "MessageThreadBroadcastPayload",
    "ReactionAddedPayload",
    "ReactionRemovedPayload",
    "TeamJoinPayload",
    "TokensRevokedPayload",
    "UserChangePayload",
)


class Edge:
    """The bot's web side, and somebody who posts to it."""

    def __init__(self, bot: Bot, client: httpx.AsyncClient) -> None:
        self.bot = bot
        self._client = client

    async def asked(self, path: str) -> httpx.Response:
        return await self._client.get(path)

    async def posted(
        self, body: dict[str, Any], *, secret: str = SECRET, age_s: int = 0, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Post a body, signed as Slack does so many seconds ago."""
        content = json.dumps(body).encode()
        stamp = str(int(time.time()) - age_s)
        mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + content, hashlib.sha256)
        signed = {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mac.hexdigest()}"}
        return await self._client.post(
            SLACK_PATH, content=content, headers={"content-type": "application/json", **signed, **(headers or {})}
        )

    async def posted_raw(self, content: bytes | AsyncIterator[bytes], kind: str) -> httpx.Response:
        """Post whatever it is, unsigned."""
        return await self._client.post(SLACK_PATH, content=content, headers={"content-type": kind})

    async def waiting(self) -> int:
        """Work through the events on record; gives how many there were."""
        count = 0
        while await self.bot.edge.intake.take_next():
            count += 1
        return count

    async def left_over(self) -> bool:
        """Whether an event waits to be tried again."""
        async with self.bot.database.unit_of_work() as work:
            return await work.inbox.next_due_at() is not None


@pytest.fixture
async def edge(tmp_path: Path, sqlite_template: Path, parser: Parser) -> AsyncIterator[Edge]:
    """The bot over HTTP; Slack's Web API is nowhere to be found."""
    shutil.copy(sqlite_template, tmp_path / "desk.db")
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-1",
        slack_signing_secret=SECRET,
        slack_api_url="http://127.0.0.1:9/api/",
        database_url=f"sqlite:///{tmp_path / 'desk.db'}",
    )
    async with opened(settings, Transport.HTTP, parser=parser) as bot:
        transport = httpx.ASGITransport(create_web(bot.edge.app, SECRET, probes_of(bot)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://vric.example") as client:
            yield Edge(bot, client)


def event(event_id: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of an event
    return {"type": "event_callback", "event_id": event_id, "team_id": "T024", "event": fields}


def joined(event_id: str) -> dict[str, Any]:
    return event(event_id, type="member_joined_channel", user="U061", channel="C024")


async def test_who_asks_whether_it_lives_is_told(edge: Edge) -> None:
    answer = await edge.asked("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/slack/install", 404), (SLACK_PATH, 405)])
async def test_nothing_else_is_served(edge: Edge, path: str, status: int) -> None:
    assert (await edge.asked(path)).status_code == status


async def test_a_signed_event_is_on_record_before_it_is_answered(edge: Edge) -> None:
    answer = await edge.posted(joined("Ev1"))

    assert answer.status_code == 200
    assert await edge.waiting() == 1


@pytest.mark.parametrize("age_s", [301, 3600, -301], ids=["five minutes old", "an hour old", "from the future"])
async def test_a_timestamp_that_is_more_than_five_minutes_off_is_refused(edge: Edge, age_s: int) -> None:
    answer = await edge.posted(joined("Ev1"), age_s=age_s)

    assert answer.status_code == 401
    assert await edge.waiting() == 0


async def test_a_timestamp_of_four_minutes_ago_is_taken(edge: Edge) -> None:
    assert (await edge.posted(joined("Ev1"), age_s=240)).status_code == 200


async def test_a_signature_of_another_secret_is_refused(edge: Edge) -> None:
    answer = await edge.posted(joined("Ev1"), secret="another secret")

    assert answer.status_code == 401
    assert await edge.waiting() == 0


def test_without_a_signing_secret_nothing_is_served(edge: Edge) -> None:
    with pytest.raises(ValueError, match="signing secret"):
        create_web(edge.bot.edge.app, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0="},
        {"x-slack-signature": f"v1={'0' * 64}"},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "0"},
        {"x-slack-request-timestamp": "soon"},
        {"x-slack-request-timestamp": "1e9"},
    ],
)
async def test_a_request_that_is_not_signed_is_refused(edge: Edge, headers: dict[str, str]) -> None:
    answer = await edge.posted(joined("Ev1"), headers=headers)

    assert answer.status_code == 401
    assert await edge.waiting() == 0


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b'{"type": ', b"[]", b"null", b"payload=%7B", b"payload=[]", b"\0" * 100]
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain; charset=x"])
async def test_a_strangers_nonsense_is_refused(edge: Edge, content: bytes, kind: str) -> None:
    answer = await edge.posted_raw(content, kind)

    assert answer.status_code == 401


async def test_of_a_strangers_flood_only_the_beginning_is_read(edge: Edge) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 1_000_000

    unending = await edge.posted_raw(endless(), "application/json")
    too_long = await edge.posted_raw(b" " * 4_000_001, "application/json")

    assert (unending.status_code, too_long.status_code) == (413, 413)
    assert read <= 6


@pytest.mark.parametrize("body", [{"type": "app_rate_limited"}, {"type": "url_verification", "challenge": "3eZbrw1a"}])
async def test_what_is_no_event_is_refused_unsigned_as_well(edge: Edge, body: dict[str, Any]) -> None:
    assert (await edge.posted(body, secret="another secret")).status_code == 401


async def test_slack_is_shown_that_the_address_is_ours(edge: Edge) -> None:
    answer = await edge.posted(
        {"type": "url_verification", "token": "old", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY"}
    )

    assert answer.status_code == 200
    assert "3eZbrw1aBm2rZgRNFdxV2595E9CY" in answer.text


async def test_an_event_that_comes_again_is_answered_and_worked_on_once(edge: Edge) -> None:
    answers = [await edge.posted(joined("Ev1"), headers={"x-slack-retry-num": str(attempt)}) for attempt in range(1, 4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await edge.waiting() == 1


async def test_that_slack_holds_events_back_is_heard(edge: Edge) -> None:
    answer = await edge.posted({"type": "app_rate_limited", "team_id": "T024", "minute_rate_limited": 1518467820})

    assert answer.status_code == 200
    assert await edge.waiting() == 0


async def test_an_event_nobody_listens_to_is_answered_and_done_with(edge: Edge) -> None:
    answer = await edge.posted(event("Ev1", type="star_added", user="U061"))

    assert answer.status_code == 200
    assert await edge.waiting() == 1
    assert not await edge.left_over()


@pytest.mark.parametrize("name", RECORDED)
async def test_every_event_that_slack_was_seen_to_send_is_answered_and_done_with(
    edge: Edge, shared: Path, name: str
) -> None:
    recorded = json.loads((shared / "slack" / "payloads" / f"{name}.json").read_text(encoding="utf-8"))
    body = {**recorded, "type": "event_callback", "event_id": f"Ev-{name}"}

    answer = await edge.posted(body)

    assert answer.status_code == 200
    assert await edge.waiting() == 1
    assert not await edge.left_over()


def test_the_list_of_recorded_events_is_whole(shared: Path) -> None:
    recorded = [
        path.stem
        for path in sorted((shared / "slack" / "payloads").glob("*.json"))
        if "event" in json.loads(path.read_text(encoding="utf-8"))
    ]

    assert tuple(recorded) == RECORDED
