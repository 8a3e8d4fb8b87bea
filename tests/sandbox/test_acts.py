"""What the sandbox's page may ask, and who else may not."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint

ANA = "U001ANA"
BUTTON = {"type": "button", "action_id": "file", "value": "1", "text": {"type": "plain_text", "text": "File"}}
MENU = {
    "type": "static_select",
    "action_id": "choose",
    "options": [{"text": {"type": "plain_text", "text": "Iran"}, "value": "iran"}],
}
TITLE = {
    "type": "input",
    "block_id": "title",
    "label": {"type": "plain_text", "text": "Title"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}
ROW = {"type": "actions", "block_id": "row", "elements": [BUTTON, MENU]}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Edit"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [TITLE, ROW],
}


@pytest.fixture
async def page(stand_in: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    """The page's own requests."""
    async with httpx.AsyncClient(base_url=stand_in.url, trust_env=False, headers={"Origin": stand_in.url}) as found:
        yield found


async def act(page: httpx.AsyncClient, do: str, **wish: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    found: dict[str, Any] = (await page.post("/sandbox/act", json={"as": ANA, "do": do, **wish})).json()
    return found


async def state(page: httpx.AsyncClient, me: str = ANA) -> dict[str, Any]:
    found: dict[str, Any] = (await page.get("/sandbox/state", params={"as": me})).json()
    return found


def actions(endpoint: Endpoint) -> list[dict[str, Any]]:
    forms = [httpx.QueryParams(body.decode()) for headers, body in endpoint.requests if b"payload=" in body]
    return [json.loads(form["payload"])["actions"][0] for form in forms]


@pytest.mark.usefixtures("endpoint")
async def test_a_post_is_edited_reacted_to_and_deleted(page: httpx.AsyncClient, vric: str) -> None:
    ts = (await act(page, "post", channel=vric, text="https://reuters.example/a"))["ts"]
    await act(page, "edit", channel=vric, ts=ts, text="https://reuters.example/b")
    await act(page, "react", channel=vric, ts=ts, name="pushpin")
    (shown,) = (await state(page))["messages"][vric]

    assert shown["text"] == "<https://reuters.example/b>"
    assert (shown["edited"], shown["ephemeral"], shown["reply_count"]) == (True, False, 0)
    assert shown["reactions"] == [{"name": "pushpin", "users": [ANA]}]
    assert await act(page, "delete", channel=vric, ts=ts) == {"ok": True}
    assert (await state(page))["messages"][vric] == []


async def test_a_click_says_what_the_button_says_and_not_what_the_page_says(
    page: httpx.AsyncClient, endpoint: Endpoint, client: AsyncWebClient, vric: str
) -> None:
    ts = (await client.chat_postMessage(channel=vric, text="a card", blocks=[ROW]))["ts"]
    place = {"channel": vric, "ts": ts, "block_id": "row"}

    assert await act(page, "action", **place, action_id="file", value="999") == {"ok": True}
    assert await act(page, "action", **place, action_id="choose", selected_option=MENU["options"][0]) == {"ok": True}
    forged = await act(page, "action", **place, action_id="choose", selected_option={"value": "cuba"})
    missing = await act(page, "action", **place, action_id="publish")

    clicked, chosen = actions(endpoint)
    assert (clicked["value"], chosen["selected_option"]["value"]) == ("1", "iran")
    assert (forged["ok"], missing["ok"]) == (False, False)


async def test_a_form_is_answered_and_closed(
    page: httpx.AsyncClient, stand_in: StandIn, endpoint: Endpoint, client: AsyncWebClient
) -> None:
    view = (await client.views_open(trigger_id=stand_in.modals.new_trigger(ANA), view=FORM))["view"]
    written = {"title": {"value": {"type": "plain_text_input", "value": "Tankers"}}}

    assert (await state(page))["modal"]["id"] == view["id"]
    pressed = await act(page, "action", view_id=view["id"], block_id="row", action_id="file", state=written)
    empty = await act(page, "submit", view_id=view["id"], state={})
    sent = await act(page, "submit", view_id=view["id"], state=written)
    gone = await act(page, "close", view_id=view["id"])

    assert pressed == {"ok": True}
    assert empty == {"ok": True, "errors": {"title": "Please complete this required field."}}
    assert sent == {"ok": True, "errors": {}}
    assert gone["ok"] is False
    assert (await state(page))["modal"] is None
    bodies = [json.loads(httpx.QueryParams(body.decode())["payload"]) for _, body in endpoint.requests]
    assert [body["view"]["state"]["values"]["title"]["value"]["value"] for body in bodies] == ["Tankers", "Tankers"]


async def test_a_command_a_home_and_a_shortcut_reach_the_app(
    page: httpx.AsyncClient, endpoint: Endpoint, vric: str
) -> None:
    ts = (await act(page, "post", channel=vric, text="a link"))["ts"]

    answers = [
        await act(page, "command", channel=vric, text="/vric status"),
        await act(page, "home"),
        await act(page, "shortcut", channel=vric, ts=ts, name="Add to issue"),
        await act(page, "shortcut", name="New item"),
    ]
    in_thread = await act(page, "command", channel=vric, text="/vric status", thread_ts=ts)

    assert answers == [{"ok": True}] * 4
    assert len(endpoint.requests) == 5
    assert in_thread == {"ok": False, "error": "Commands are not supported in threads. Sorry!"}
    offered = {shortcut["name"]: shortcut["type"] for shortcut in (await state(page))["shortcuts"]}
    assert offered == {"Add to issue": "message", "New item": "global"}


async def test_an_app_that_does_not_answer_is_noticed(page: httpx.AsyncClient, endpoint: Endpoint, vric: str) -> None:
    endpoint.answers = [500]

    answer = await act(page, "command", channel=vric, text="/vric status")

    assert "dispatch_failed" in answer["notice"]
    assert (await state(page))["notices"] == [answer["notice"]]
    assert (await state(page, "U002BEN"))["notices"] == []


async def test_the_clock_is_moved_by_minutes_or_to_a_moment(page: httpx.AsyncClient, clock: MovableClock) -> None:
    await act(page, "clock", minutes=90)
    await act(page, "clock", to="2021-01-14T22:00:00.000Z")
    back = await act(page, "clock", to="2021-01-01T00:00:00.000Z")

    assert clock().isoformat() == "2021-01-14T22:00:00+00:00"
    assert back["ok"] is False
    assert (await state(page))["clock_offset_s"] == clock.ahead.total_seconds()


async def test_the_clock_is_moved_to_a_moment_as_it_shows_it_to_whoever_moves_it(
    page: httpx.AsyncClient, stand_in: StandIn, clock: MovableClock
) -> None:
    stand_in.workspace.user("ana").tz = "Asia/Tokyo"

    await act(page, "clock", to="2021-01-15T07:00")

    assert clock().isoformat() == "2021-01-14T22:00:00+00:00"


async def test_what_the_app_will_do_is_told_by_whoever_knows_it(page: httpx.AsyncClient, stand_in: StandIn) -> None:
    planned: list[dict[str, object]] = [
        {"at": "2021-01-14T22:00:00+00:00", "when": "Thu 14 Jan 2021 17:00 EST", "what": ["No. 18: the freeze"]}
    ]

    async def coming() -> list[dict[str, object]]:
        return planned

    assert (await state(page))["coming"] == []
    stand_in.coming = coming
    assert (await state(page))["coming"] == planned


async def test_each_person_sees_their_own_workspace(
    page: httpx.AsyncClient, stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    stand_in.samples = [{"title": "Tankers", "url": "http://a.localhost/", "note": "independent"}]
    await client.chat_postEphemeral(channel=vric, user="U002BEN", text="only Ben")
    await client.chat_postMessage(channel="U002BEN", text="Ben's reminder")

    hers, his = await state(page), await state(page, "U002BEN")

    assert [message["text"] for message in hers["messages"][vric]] == []
    assert [(message["text"], message["ephemeral"]) for message in his["messages"][vric]] == [("only Ben", True)]
    assert [channel["is_im"] for channel in hers["channels"]] == [False]
    assert [channel["is_im"] for channel in his["channels"]] == [False, True]
    assert (hers["me"], hers["samples"], hers["transport"], hers["connected"]) == (
        ANA,
        stand_in.samples,
        "socket",
        False,
    )
    assert [call["method"] for call in hers["calls"]] == ["chat.postEphemeral", "chat.postMessage"]
    assert {user["name"]: user["title"] for user in hers["users"]} == {"vric": "app", "ana": "admin", "ben": "member"}
    assert (await page.get("/sandbox/state", params={"as": "U999"})).status_code == 404


async def test_the_stream_tells_each_change_and_ends_with_the_server(
    stand_in: StandIn, page: httpx.AsyncClient
) -> None:
    async with page.stream("GET", "/sandbox/stream") as stream:
        lines = stream.aiter_lines()
        first = await anext(lines)
        stand_in.workspace.add_user("zoe", "Zoe Adeyemi")
        assert await anext(lines) == ""
        second = await anext(lines)
        await stand_in.close()
        rest = [line async for line in lines if line]

    assert _revision(first) + 1 == _revision(second) == stand_in.workspace.revision
    assert rest == []


def _revision(line: str) -> int:
    return int(json.loads(line.removeprefix("data: "))["revision"])


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
    ],
)
async def test_another_site_may_neither_look_nor_act(stand_in: StandIn, vric: str, headers: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=stand_in.url, trust_env=False, headers=headers) as other:
        acted = await other.post("/sandbox/act", json={"as": ANA, "do": "post", "channel": vric, "text": "x"})
        looked = [await other.get("/sandbox/state"), await other.get("/sandbox/stream")]

    assert [answer.status_code for answer in (acted, *looked)] == [403, 403, 403]
    assert stand_in.messages("#vric") == []


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"do": "dance"},
        {"do": "post"},
        {"do": "post", "channel": "C999", "text": "x"},
        {"do": "edit", "channel": "#vric", "ts": "1.0", "text": "x"},
        {"do": "clock", "minutes": "soon"},
        {"do": "post", "as": "U999", "channel": "#vric", "text": "x"},
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused_in_a_sentence(
    page: httpx.AsyncClient, wish: dict[str, Any]
) -> None:
    answer = await page.post("/sandbox/act", json={"as": ANA, **wish})

    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert answer.json()["error"]


async def test_the_page_itself_is_served(page: httpx.AsyncClient) -> None:
    index = await page.get("/")

    assert index.headers["content-type"].startswith("text/html")
    assert (await page.get("/static/index.html")).status_code == 200
    assert (await page.get("/static/../stand_in.py")).status_code == 404
