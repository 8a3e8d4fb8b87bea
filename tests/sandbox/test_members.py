"""What people do, and what a real Bolt app gets of it, over either transport."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.forms import NotThereError
from bot.sandbox.member import Member
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint, bolt_app, manifest, over_http, over_sockets


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(label: str, value: str, action_id: str = "file") -> dict[str, Any]:
    return {"type": "button", "action_id": f"{action_id}:{value}", "value": value, "text": plain(label)}


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


CARD = [
    {
        "type": "actions",
        "block_id": "row-1",
        "elements": [
            button("File in Iran", "1"),
            {"type": "static_select", "action_id": "choose", "options": options("Turkey", "Hezbollah")},
        ],
    },
    {
        "type": "actions",
        "block_id": "row-2",
        "elements": [
            button("File in Iran", "2"),
            {"type": "overflow", "action_id": "more", "options": options("Spike", "Hold")},
        ],
    },
]
FIELDS = [
    {
        "type": "input",
        "block_id": "title",
        "label": plain("Title"),
        "element": {"type": "plain_text_input", "action_id": "value", "initial_value": "Tankers", "max_length": 20},
    },
    {
        "type": "input",
        "block_id": "day",
        "label": plain("Date"),
        "optional": True,
        "element": {"type": "datepicker", "action_id": "value"},
    },
    {
        "type": "input",
        "block_id": "section",
        "label": plain("Section"),
        "element": {
            "type": "static_select",
            "action_id": "value",
            "options": options("Iran", "Turkey"),
            "initial_option": options("Iran")[0],
        },
    },
    {"type": "actions", "block_id": "turn", "elements": [button("Next", "2", "page")]},
]
FORM = {
    "type": "modal",
    "callback_id": "edit",
    "private_metadata": "7",
    "title": plain("Edit"),
    "submit": plain("Save"),
    "blocks": FIELDS,
}


@pytest.fixture
def app(stand_in: StandIn) -> AsyncApp:
    return bolt_app(stand_in)


@pytest.fixture(params=[over_http, over_sockets], ids=["http", "socket"])
async def connected(request: pytest.FixtureRequest, stand_in: StandIn, app: AsyncApp) -> AsyncIterator[None]:
    async with request.param(stand_in, app):
        yield


@pytest.fixture
def ana(stand_in: StandIn) -> Member:
    return stand_in.member("ana")


@pytest.fixture
async def card(client: AsyncWebClient, vric: str) -> str:
    answer = await client.chat_postMessage(channel=vric, text="a card", blocks=CARD)
    return str(answer["ts"])


async def open_form(stand_in: StandIn, client: AsyncWebClient, **more: Any) -> None:  # noqa: ANN401 - JSON
    """The form as it is before anything was written."""
    await client.views_open(trigger_id=stand_in.modals.new_trigger("U001ANA"), view={**FORM, **more})


@pytest.mark.usefixtures("connected")
async def test_a_click_reaches_the_app_with_its_place_and_value(
    app: AsyncApp, stand_in: StandIn, ana: Member, card: str
) -> None:
    clicks: list[dict[str, Any]] = []

    @app.action("file:2")
    async def file(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        clicks.append(body)

    delivery = await ana.clicks("#vric", card, "File in Iran", nth=1)

    assert delivery.is_accepted
    (body,) = clicks
    assert body["actions"][0]["value"] == "2"
    assert body["actions"][0]["block_id"] == "row-2"
    assert body["container"] == {
        "type": "message",
        "message_ts": card,
        "channel_id": stand_in.workspace.channel("#vric").id,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == card
    assert ana.notices == []


@pytest.mark.usefixtures("connected")
async def test_a_choice_reaches_the_app_and_stands_in_the_state(app: AsyncApp, ana: Member, card: str) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("choose")
    @app.action("more")
    async def choose(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    await ana.selects("#vric", card, "Hezbollah")
    await ana.selects("#vric", card, "Hold")

    chosen, held = bodies
    assert chosen["actions"][0]["selected_option"]["value"] == "hezbollah"
    assert chosen["state"]["values"]["row-1"]["choose"]["selected_option"]["value"] == "hezbollah"
    assert held["actions"][0]["selected_option"]["value"] == "hold"
    assert held["state"]["values"] == {"row-1": {"choose": {"type": "static_select", "selected_option": None}}}


async def test_a_button_is_found_by_its_action_id_and_not_where_there_is_none(
    endpoint: Endpoint, ana: Member, card: str
) -> None:
    assert (await ana.clicks("#vric", card, action_id="file:2")).body["actions"][0]["value"] == "2"
    assert len(endpoint.requests) >= 1
    with pytest.raises(NotThereError, match="no button 'Publish'"):
        await ana.clicks("#vric", card, "Publish")
    with pytest.raises(NotThereError, match="only 2"):
        await ana.clicks("#vric", card, "File in Iran", nth=2)
    with pytest.raises(NotThereError, match="no option 'Iran'"):
        await ana.selects("#vric", card, "Iran")


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("patience_s", [0.05])
async def test_a_click_that_is_answered_by_nobody_is_told_to_the_clicker(
    stand_in: StandIn, ana: Member, card: str
) -> None:
    delivery = await ana.clicks("#vric", card, "File in Iran")

    assert not delivery.is_accepted
    assert len(ana.notices) == 1
    assert stand_in.member("ben").notices == []


@pytest.mark.usefixtures("connected")
async def test_an_answer_to_a_click_is_ephemeral_and_can_replace_or_delete_the_message(
    app: AsyncApp, stand_in: StandIn, ana: Member, card: str
) -> None:
    @app.action("file:1")
    async def whisper(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="Filed by you", replace_original=False)
        await respond(text="the card, filed", replace_original=True)

    @app.action("again:1")
    async def delete(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    await ana.clicks("#vric", card, "File in Iran")

    assert [message.words for message in ana.whispers("#vric")] == ["Filed by you"]
    assert [message.words for message in stand_in.messages("#vric")] == ["the card, filed"]
    assert stand_in.member("ben").whispers("#vric") == []


@pytest.mark.usefixtures("connected")
async def test_a_button_in_an_ephemeral_message_can_delete_it(
    app: AsyncApp, client: AsyncWebClient, ana: Member, stand_in: StandIn, vric: str
) -> None:
    @app.action("leave:1")
    async def leave(ack: AsyncAck, respond: AsyncRespond, body: dict[str, Any]) -> None:
        await ack()
        assert body["container"]["is_ephemeral"]
        assert "message" not in body
        await respond(delete_original=True)

    row = {"type": "actions", "elements": [button("Leave", "1", "leave")]}
    await client.chat_postEphemeral(channel=vric, user="U001ANA", text="Filed before you", blocks=[row])
    (whisper,) = ana.whispers("#vric")

    with pytest.raises(NotThereError, match="somebody else"):
        await stand_in.member("ben").clicks("#vric", whisper.ts, "Leave")
    await ana.clicks("#vric", whisper.ts, "Leave")

    assert ana.whispers("#vric") == []


async def test_a_response_url_is_good_for_five_answers_within_thirty_minutes(
    endpoint: Endpoint, ana: Member, clock: MovableClock
) -> None:
    async def answer(url: str, text: str = "x") -> tuple[int, str | None]:
        found = await http.post(url, json={"text": text})
        return found.status_code, found.json().get("error")

    async with httpx.AsyncClient(trust_env=False) as http:
        first = str((await ana.commands("#vric", "/vric status")).body["response_url"])
        second = str((await ana.commands("#vric", "/vric status")).body["response_url"])
        unsaid = await answer(second, "")
        five = [await answer(first) for _ in range(5)]
        sixth = await answer(first)
        clock.advance(timedelta(minutes=30))
        in_time = await answer(second)
        clock.advance(timedelta(seconds=1))
        late = await answer(second)

    assert unsaid == (400, "no_text")
    assert five == [(200, None)] * 5
    assert (sixth, in_time, late) == ((404, "used_url"), (200, None), (404, "expired_url"))
    assert len(ana.whispers("#vric")) == 6
    assert len(endpoint.requests) == 2


@pytest.mark.usefixtures("connected")
async def test_a_command_is_answered_to_whoever_typed_it_or_to_all(
    app: AsyncApp, stand_in: StandIn, ana: Member
) -> None:
    @app.command("/vric")
    async def answer(ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
        await ack(f"You said {command['text']}")
        await respond(text="for all", response_type="in_channel")

    await ana.commands("#vric", "/vric status")

    assert [message.words for message in ana.whispers("#vric")] == ["You said status"]
    assert [message.words for message in stand_in.messages("#vric")] == ["for all"]
    assert ana.told("You said")
    with pytest.raises(NotThereError, match="not a command"):
        await ana.commands("#vric", "/shout")


@pytest.mark.usefixtures("connected")
async def test_a_form_is_filled_in_by_its_labels(
    app: AsyncApp, client: AsyncWebClient, stand_in: StandIn, ana: Member
) -> None:
    views: list[dict[str, Any]] = []

    @app.view("edit")
    async def save(ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        views.append(view)

    await open_form(stand_in, client)
    errors = await ana.submits({"Title": "Five tankers", "Date": "2021-01-11"})

    assert errors == {}
    assert ana.modal is None
    (view,) = views
    assert view["private_metadata"] == "7"
    assert view["state"]["values"] == {
        "title": {"value": {"type": "plain_text_input", "value": "Five tankers"}},
        "day": {"value": {"type": "datepicker", "selected_date": "2021-01-11"}},
        "section": {"value": {"type": "static_select", "selected_option": options("Iran")[0]}},
    }


async def test_a_form_that_is_not_filled_in_never_reaches_the_app(
    stand_in: StandIn, endpoint: Endpoint, client: AsyncWebClient, ana: Member
) -> None:
    await open_form(stand_in, client)

    assert await ana.submits({"Title": ""}) == {"title": "Please complete this required field."}
    assert list(await ana.submits({"Title": "a" * 21})) == ["title"]
    assert endpoint.requests == []
    assert ana.modal is not None
    with pytest.raises(NotThereError, match="no Byline"):
        await ana.submits({"Byline": "Marta Quell"})
    with pytest.raises(NotThereError, match="no option 'Cuba'"):
        await ana.submits({"Section": "Cuba"})


@pytest.mark.usefixtures("connected")
async def test_the_app_answers_a_form_with_errors_another_form_or_none(
    app: AsyncApp, client: AsyncWebClient, stand_in: StandIn, ana: Member
) -> None:
    answers: list[dict[str, Any]] = [
        {"response_action": "errors", "errors": {"title": "Add a title."}},
        {"response_action": "update", "view": {**FORM, "title": plain("Again")}},
        {"response_action": "push", "view": {**FORM, "title": plain("Sure?")}},
        {},
        {"response_action": "clear"},
    ]

    @app.view("edit")
    async def answer(ack: AsyncAck) -> None:
        await ack(**answers.pop(0))

    def title() -> str | None:
        return ana.modal["title"]["text"] if ana.modal else None

    await open_form(stand_in, client)
    seen = [(await ana.submits(), title()) for _ in range(5)]

    assert seen == [
        ({"title": "Add a title."}, "Edit"),
        ({}, "Again"),
        ({}, "Sure?"),
        ({}, "Again"),
        ({}, None),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"byline": "There is no such field."}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "dance"},
    ],
)
@pytest.mark.usefixtures("connected")
async def test_an_answer_that_slack_would_not_take_leaves_the_form_open_with_a_notice(
    app: AsyncApp, client: AsyncWebClient, stand_in: StandIn, ana: Member, answer: dict[str, Any]
) -> None:
    @app.view("edit")
    async def save(ack: AsyncAck) -> None:
        await ack(**answer)

    await open_form(stand_in, client)

    assert list(await ana.submits()) == [""]
    assert ana.modal is not None
    assert len(ana.notices) == 1


@pytest.mark.usefixtures("connected")
async def test_a_button_in_a_form_says_which_view_it_is_in(
    app: AsyncApp, client: AsyncWebClient, stand_in: StandIn, ana: Member
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("page:2")
    async def turn(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        bodies.append(body)
        view = {**FORM, "title": plain("Page 2")}
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    await open_form(stand_in, client)
    await ana.clicks_in_modal("Next")

    (body,) = bodies
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert body["view"]["state"]["values"]["title"]["value"]["value"] == "Tankers"
    assert "message" not in body
    assert ana.modal is not None
    assert ana.modal["title"]["text"] == "Page 2"


@pytest.mark.usefixtures("connected")
async def test_closing_a_form_is_told_to_an_app_that_asked(
    app: AsyncApp, client: AsyncWebClient, stand_in: StandIn, ana: Member
) -> None:
    closed: list[bool] = []

    @app.view_closed("edit")
    async def close(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        closed.append(body["is_cleared"])

    await open_form(stand_in, client)
    await ana.closes()
    await open_form(stand_in, client, notify_on_close=True)
    await ana.closes()

    assert closed == [False]
    assert ana.modal is None
    with pytest.raises(NotThereError, match="no form open"):
        await ana.closes()


@pytest.mark.usefixtures("connected")
async def test_the_home_is_published_when_somebody_looks(app: AsyncApp, ana: Member, stand_in: StandIn) -> None:
    row = {"type": "actions", "elements": [button("Snooze", "1", "snooze")]}
    looked: list[str] = []

    @app.event("app_home_opened")
    async def show(event: dict[str, Any], client: AsyncWebClient) -> None:
        looked.append(event["tab"])
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [row]})

    @app.action("snooze:1")
    async def snooze(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        looked.append(body["view"]["type"])

    await ana.opens_home()
    await ana.clicks_in_home("Snooze")

    assert looked == ["home", "home"]
    assert stand_in.member("ben").home is None


@pytest.mark.usefixtures("connected")
async def test_shortcuts_are_offered_by_name(app: AsyncApp, ana: Member, stand_in: StandIn, vric: str) -> None:
    used: list[str] = []

    @app.shortcut({"type": "message_action", "callback_id": "add_to_issue"})
    async def add(ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        await ack()
        used.append(shortcut["message"]["text"])

    @app.shortcut("new_item")
    async def new(ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        await ack()
        used.append(shortcut["callback_id"])

    place = stand_in.workspace.channels[vric]
    ts = stand_in.workspace.put(place, "U002BEN", "a link of Ben's").ts
    stand_in.workspace.app_says(place, "only you", seen_by="U001ANA")
    (whisper,) = ana.whispers("#vric")
    await ana.uses_message_shortcut("#vric", ts, "Add to issue")
    await ana.uses_shortcut("New item")

    assert used == ["a link of Ben's", "new_item"]
    with pytest.raises(NotThereError, match="no shortcuts"):
        await ana.uses_message_shortcut("#vric", whisper.ts, "Add to issue")
    with pytest.raises(NotThereError, match="no shortcut 'Publish'"):
        await ana.uses_shortcut("Publish")


async def test_people_act_only_where_they_may(stand_in: StandIn, endpoint: Endpoint, ana: Member) -> None:
    ben, workspace = stand_in.member("ben"), stand_in.workspace
    workspace.add_channel("africa", [ben.user.id])
    workspace.add_channel("old", [ana.user.id], is_archived=True)
    hers = await ana.posts("#vric", "hers")
    his = await ben.posts("#vric", "his")

    with pytest.raises(NotThereError, match="is not in #africa"):
        await ana.posts("#africa", "x")
    with pytest.raises(NotThereError, match="archived"):
        await ana.posts("#old", "x")
    with pytest.raises(NotThereError, match="Somebody else"):
        await ben.edits("#vric", hers, "x")
    with pytest.raises(NotThereError, match="Somebody else"):
        await ben.deletes("#vric", hers)
    await ana.deletes("#vric", his)
    workspace.user("ben").deleted = True
    with pytest.raises(NotThereError, match="has left"):
        await ben.posts("#vric", "x")

    assert [message.text for message in stand_in.messages("#vric")] == ["hers"]
    assert len(endpoint.requests) == 3


async def test_a_person_writes_to_the_app_where_it_reads(endpoint: Endpoint, ana: Member, clock: MovableClock) -> None:
    await ana.posts("@vric", "https://reuters.example/a")
    read_only = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    async with StandIn(manifest(app_home=read_only), clock=clock) as closed:
        with pytest.raises(NotThereError, match="no direct messages"):
            await closed.member("ana").posts("@vric", "hello")

    assert b'"channel_type": "im"' in endpoint.requests[0][1]
    assert len(ana.direct()) == 1
