"""Triggers, the stack of forms, hashes, and the home."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import client_of, manifest
from tests.sandbox.test_calls import refusal


def modal(title: str = "Edit", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    words = {"type": "section", "text": {"type": "mrkdwn", "text": title}}
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [words], **more}


HOME = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "3 of 5 items"}}]}


def _trigger(stand_in: StandIn) -> str:
    return stand_in.modals.new_trigger("U001ANA")


async def test_a_trigger_opens_one_form_for_whoever_pulled_it(stand_in: StandIn, client: AsyncWebClient) -> None:
    trigger = _trigger(stand_in)

    view = (await client.views_open(trigger_id=trigger, view=modal()))["view"]

    shown = stand_in.member("ana").modal
    assert shown is not None
    assert (shown["id"], shown["hash"]) == (view["id"], view["hash"])
    assert stand_in.member("ben").modal is None
    assert (await refusal(client.views_open(trigger_id=trigger, view=modal())))["error"] == "exchanged_trigger_id"
    assert (await refusal(client.views_open(trigger_id="7.7", view=modal())))["error"] == "invalid_trigger_id"


async def test_a_trigger_lasts_three_seconds(stand_in: StandIn, client: AsyncWebClient, clock: MovableClock) -> None:
    in_time, late = _trigger(stand_in), _trigger(stand_in)

    clock.advance(timedelta(seconds=3))
    await client.views_open(trigger_id=in_time, view=modal())
    clock.advance(timedelta(milliseconds=1))

    assert (await refusal(client.views_open(trigger_id=late, view=modal())))["error"] == "expired_trigger_id"


async def test_a_form_that_is_refused_leaves_nothing_open(stand_in: StandIn, client: AsyncWebClient) -> None:
    answer = await refusal(client.views_open(trigger_id=_trigger(stand_in), view=modal("A title that is far too long")))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert stand_in.member("ana").modal is None


async def test_three_forms_lie_upon_each_other_and_no_more(stand_in: StandIn, client: AsyncWebClient) -> None:
    nothing_open = await refusal(client.views_push(trigger_id=_trigger(stand_in), view=modal("First")))
    root = (await client.views_open(trigger_id=_trigger(stand_in), view=modal("First")))["view"]

    second = (await client.views_push(trigger_id=_trigger(stand_in), view=modal("Second")))["view"]
    await client.views_push(trigger_id=_trigger(stand_in), view=modal("Third"))
    fourth = await refusal(client.views_push(trigger_id=_trigger(stand_in), view=modal("Fourth")))

    assert (second["root_view_id"], second["previous_view_id"]) == (root["id"], root["id"])
    assert (nothing_open["error"], fourth["error"]) == ("not_found", "push_limit_reached")
    await stand_in.member("ana").closes()
    shown = stand_in.member("ana").modal
    assert shown is not None
    assert shown["title"]["text"] == "Second"


async def test_an_update_keeps_the_form_and_renews_its_hash(stand_in: StandIn, client: AsyncWebClient) -> None:
    old = (await client.views_open(trigger_id=_trigger(stand_in), view=modal()))["view"]

    new = (await client.views_update(view_id=old["id"], hash=old["hash"], view=modal("Move")))["view"]
    late = await refusal(client.views_update(view_id=old["id"], hash=old["hash"], view=modal("Late")))

    assert new["id"] == old["id"]
    assert new["hash"] != old["hash"]
    assert late["error"] == "hash_conflict"
    assert (await refusal(client.views_update(view_id="V999", view=modal())))["error"] == "not_found"


async def test_a_form_is_found_by_a_name_that_is_given_once(stand_in: StandIn, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=_trigger(stand_in), view=modal(external_id="item-7"))

    updated = await client.views_update(external_id="item-7", view=modal("Move", external_id="item-7"))
    twice = await refusal(client.views_open(trigger_id=_trigger(stand_in), view=modal(external_id="item-7")))

    assert updated["view"]["title"]["text"] == "Move"
    assert twice["error"] == "duplicate_external_id"


async def test_a_home_is_published_for_one_person(stand_in: StandIn, client: AsyncWebClient) -> None:
    first = (await client.views_publish(user_id="U002BEN", view=HOME))["view"]
    second = (await client.views_publish(user_id="U002BEN", view=HOME, hash=first["hash"]))["view"]

    assert second["id"] == first["id"]
    assert stand_in.member("ben").home == second
    assert stand_in.member("ana").home is None
    late = await refusal(client.views_publish(user_id="U002BEN", view=HOME, hash=first["hash"]))
    assert late["error"] == "hash_conflict"


@pytest.mark.parametrize(
    ("view", "pointer"), [(modal(), "/view/type"), ({"type": "home", "blocks": []}, "/view/blocks")]
)
async def test_a_home_that_is_none_is_refused(client: AsyncWebClient, view: dict[str, Any], pointer: str) -> None:
    answer = await refusal(client.views_publish(user_id="U002BEN", view=view))

    assert answer["error"] == "invalid_arguments"
    assert pointer in answer["response_metadata"]["messages"][0]


async def test_an_app_without_a_home_tab_publishes_none(clock: MovableClock) -> None:
    async with StandIn(manifest(app_home={"home_tab_enabled": False}), clock=clock) as stand_in:
        answer = await refusal(client_of(stand_in).views_publish(user_id="U002BEN", view=HOME))

    assert answer["error"] == "not_enabled"


async def test_a_view_has_250_kilobytes(stand_in: StandIn, client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "ß" * 3000}} for _ in range(45)]

    answer = await refusal(client.views_open(trigger_id=_trigger(stand_in), view=modal(blocks=blocks)))

    assert answer["error"] == "view_too_large"
