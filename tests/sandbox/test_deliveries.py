"""Events over HTTP: signed, within three seconds, and three more times where they were not taken."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import Deliverer
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint, manifest, serving


def _events(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [json.loads(body)["event"] for _, body in endpoint.requests]


def _retries(endpoint: Endpoint) -> list[str | None]:
    return [headers.get("x-slack-retry-num") for headers, _ in endpoint.requests]


async def test_a_request_is_signed_as_slack_signs(stand_in: StandIn, endpoint: Endpoint) -> None:
    await stand_in.member("ana").posts("#vric", "Zürich & Þingvellir")
    await stand_in.member("ana").commands("#vric", "/vric status")

    verifier, stranger = SignatureVerifier(stand_in.signing_secret), SignatureVerifier("0" * 32)
    for headers, body in endpoint.requests:
        assert verifier.is_valid_request(body, headers)
        assert not stranger.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)
    assert len(endpoint.requests) == 2


async def test_an_event_says_where_it_comes_from(stand_in: StandIn, endpoint: Endpoint, vric: str) -> None:
    ts = await stand_in.member("ana").posts("#vric", "https://reuters.example/a")

    headers, body = endpoint.requests[0]
    envelope = json.loads(body)
    assert headers["content-type"] == "application/json"
    assert envelope["type"] == "event_callback"
    assert envelope["authorizations"][0]["user_id"] == stand_in.workspace.bot.id
    assert envelope["event_time"] == int(stand_in.clock().timestamp())
    event = envelope["event"]
    assert (event["type"], event["user"]) == ("message", "U001ANA")
    assert (event["channel"], event["channel_type"]) == (vric, "channel")
    assert (event["ts"], event["event_ts"]) == (ts, ts)
    assert event["text"] == "<https://reuters.example/a>"


async def test_an_event_that_is_refused_comes_again_at_once_and_after_one_and_five_minutes(
    stand_in: StandIn, endpoint: Endpoint, clock: MovableClock
) -> None:
    endpoint.answers = [500, 404, 500, 500]

    await stand_in.member("ana").posts("#vric", "a link")
    seen = [_retries(endpoint)]
    for wait in (timedelta(seconds=59), timedelta(seconds=1), timedelta(seconds=299), timedelta(seconds=1)):
        clock.advance(wait)
        await stand_in.settled()
        seen.append(_retries(endpoint))
    clock.advance(timedelta(hours=1))
    await stand_in.settled()

    assert seen == [
        [None, "1"],
        [None, "1"],
        [None, "1", "2"],
        [None, "1", "2"],
        [None, "1", "2", "3"],
    ]
    assert _retries(endpoint) == [None, "1", "2", "3"]
    assert {headers.get("x-slack-retry-reason") for headers, _ in endpoint.requests} == {None, "http_error"}
    assert len({json.loads(body)["event_id"] for _, body in endpoint.requests}) == 1


async def test_an_event_that_is_taken_does_not_come_again(
    stand_in: StandIn, endpoint: Endpoint, clock: MovableClock
) -> None:
    await stand_in.member("ana").posts("#vric", "a link")
    clock.advance(timedelta(hours=1))
    await stand_in.settled()

    assert _retries(endpoint) == [None]


async def test_an_app_can_ask_for_no_retry(stand_in: StandIn, endpoint: Endpoint) -> None:
    endpoint.answers, endpoint.headers = [500], {"x-slack-no-retry": "1"}

    await stand_in.member("ana").posts("#vric", "a link")

    assert _retries(endpoint) == [None]


@pytest.mark.parametrize("patience_s", [0.05])
async def test_an_answer_that_is_late_counts_as_none(stand_in: StandIn, endpoint: Endpoint) -> None:
    endpoint.waits_for = asyncio.Event()

    await stand_in.member("ana").posts("#vric", "a link")
    endpoint.waits_for.set()

    assert [delivery.status for delivery in stand_in.deliveries] == [None, None]
    assert stand_in.deliveries[1].headers == {}
    assert endpoint.requests[1][0]["x-slack-retry-reason"] == "http_timeout"


async def test_an_app_that_is_not_there_is_tried_again_later(stand_in: StandIn, clock: MovableClock) -> None:
    async with serving(Endpoint()) as url:
        gone = url
    stand_in.request_url = gone
    await stand_in.member("ana").posts("#vric", "a link")
    back = Endpoint()

    async with serving(back) as url:
        stand_in.request_url = url
        clock.advance(timedelta(minutes=1))
        await stand_in.settled()

    assert _retries(back) == ["2"]
    assert back.requests[0][0]["x-slack-retry-reason"] == "connection_failed"


async def test_of_a_lost_delivery_only_the_retry_arrives(stand_in: StandIn, endpoint: Endpoint) -> None:
    stand_in.lose_deliveries(1)

    await stand_in.member("ana").posts("#vric", "a link")
    await stand_in.member("ana").posts("#vric", "another")

    assert _retries(endpoint) == ["1", None]
    assert [delivery.attempt for delivery in stand_in.deliveries] == [0, 1, 0]


async def test_an_event_is_delivered_again_on_request_with_the_same_body(stand_in: StandIn, endpoint: Endpoint) -> None:
    await stand_in.member("ana").posts("#vric", "a link")
    first = endpoint.requests[0][1]

    await stand_in.redelivers(json.loads(first)["event_id"], times=3)

    assert [body for _, body in endpoint.requests] == [first] * 4
    assert _retries(endpoint) == [None, "1", "2", "3"]


async def test_interactions_and_commands_are_never_sent_again(stand_in: StandIn, endpoint: Endpoint) -> None:
    endpoint.answers = [500]

    delivery = await stand_in.member("ana").commands("#vric", "/vric status")

    assert delivery.status == 500
    assert len(endpoint.requests) == 1
    assert "dispatch_failed" in stand_in.member("ana").notices[0]


async def test_a_command_is_a_form(stand_in: StandIn, endpoint: Endpoint, vric: str) -> None:
    await stand_in.member("ben").commands("#vric", "/vric add  https://a.example/?x=1&y=2")

    headers, body = endpoint.requests[0]
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert (form["command"], form["text"]) == ("/vric", "add  https://a.example/?x=1&y=2")
    assert (form["channel_id"], form["channel_name"], form["user_id"]) == (vric, "vric", "U002BEN")
    assert form["response_url"].startswith(stand_in.url)


async def test_nothing_is_delivered_to_another_machine(stand_in: StandIn) -> None:
    for url in ("https://desk.example/slack/events", "http://10.0.0.7/", "http://169.254.169.254/", "nonsense"):
        with pytest.raises(ValueError, match="this machine"):
            stand_in.request_url = url


async def test_the_app_hears_only_what_it_subscribed_to_where_it_is(
    clock: MovableClock,
) -> None:
    quiet = manifest(without=("groups:history",))
    endpoint = Endpoint()
    async with StandIn(quiet, clock=clock) as stand_in, serving(endpoint) as url:
        stand_in.request_url = url
        ana, bot = stand_in.member("ana"), stand_in.workspace.bot.id
        await ana.posts("#vric", "the app is not here yet")
        stand_in.workspace.add_channel("secret", [ana.user.id, bot], is_private=True)
        await ana.posts("#secret", "there is no scope for this")
        stand_in.workspace.add_channel("open", [ana.user.id, bot])
        await ana.posts("#open", "this is heard")

    assert [event["text"] for event in _events(endpoint)] == ["this is heard"]


async def test_the_app_hears_its_own_posts_and_updates(
    stand_in: StandIn, endpoint: Endpoint, client: AsyncWebClient, vric: str
) -> None:
    ts = (await client.chat_postMessage(channel=vric, text="a card"))["ts"]
    await client.chat_update(channel=vric, ts=ts, text="the card, filed")
    await client.chat_postEphemeral(channel=vric, user="U001ANA", text="only you")
    await client.chat_delete(channel=vric, ts=ts)
    await stand_in.settled()

    posted, changed, deleted = _events(endpoint)
    assert (posted["bot_id"], posted["app_id"]) == ("B0VRIC", "A0VRIC")
    assert (changed["subtype"], changed["message"]["bot_id"]) == ("message_changed", "B0VRIC")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)


async def test_while_time_passes_by_itself_a_retry_needs_nobody_to_move_the_clock() -> None:
    endpoint = Endpoint(answers=[500, 500])
    soon = timedelta(milliseconds=1)
    deliverer = Deliverer(signing_secret="s", app_id="A0", clock=MovableClock(), retry_after=(soon, soon))

    async with serving(endpoint) as url:
        deliverer.request_url = url
        deliverer.send({"event_id": "Ev1"})
        await endpoint.took(3)
        await deliverer.close()

    assert _retries(endpoint) == [None, "1", "2"]
