"""Fault 21 and journeys 37 and 40: who is not of the desk changes nothing, and roles end with whoever had them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.editorial.item import Item, ItemState
from bot.ports import Team
from bot.sandbox import events
from bot.sandbox.member import Member
from bot.sandbox.records import Message
from bot.sandbox.transport import Kind, Request
from db.models import Base, ChangeRow
from handlers.blocks import which_desk
from handlers.commands import WORDS
from tests.listeners import Listened, listened_to
from tests.newsroom import EACH_ONCE, MONDAY_MORNING, OVER_A_SOCKET, OVER_HTTP, Newsroom
from tests.stories import test_late_lane as late

TANKERS = "Iran sends tankers to Venezuela"
OUTSIDE: Mapping[str, Mapping[str, bool]] = {
    "gus": {"is_restricted": True},
    "una": {"is_restricted": True, "is_ultra_restricted": True},
    "sam": {"is_stranger": True},
    "del": {"deleted": True},
}
"""A multi-channel guest, a single-channel guest, a stranger by Slack Connect, and somebody who was deactivated."""

_WORKINGS = {"people", "inbox", "outbox", "posted", "lanes"}
"""Tables of what is known of people, and of work that is done: what is asked changes them, whoever asks."""


@pytest.fixture
async def newsroom(newsroom: Newsroom) -> Newsroom:
    await newsroom.opens_desk()
    return newsroom


async def everything(newsroom: Newsroom) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that a member's act would change."""
    async with newsroom.bot.database.connection() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
            if table.name not in _WORKINGS
        }


def comes_in(newsroom: Newsroom, name: str, **marks: bool) -> Member:
    user = newsroom.stand_in.workspace.add_user(name, f"{name.title()} Lund", **marks)
    newsroom.stand_in.workspace.channel("#vric").members.add(user.id)
    return newsroom.stand_in.member(name)


def attempts(newsroom: Newsroom, who: Member, each: Listened, card: Message, value: str) -> Request:
    """What Slack delivers when somebody does what a listener listens to; `value` is what they press or type."""
    stand_in, place = newsroom.stand_in, newsroom.stand_in.workspace.channel("#vric")
    url = stand_in.new_response_url(who.user.id, place.id, None)
    trigger = stand_in.modals.new_trigger(who.user.id)

    def interaction(kind: str, **more: Any) -> Request:  # noqa: ANN401 - JSON
        body = events.interaction(stand_in.workspace, who.user, kind, trigger_id=trigger, **more)
        return Request(Kind.INTERACTION, body)

    match each.kind:
        case "action":
            option = {"text": {"type": "plain_text", "text": "…"}, "value": value}
            pressed = {"type": "button", "action_id": each.id, "block_id": "b", "value": value}
            where = events.place_of_click(card, place)
            actions = [{**pressed, "selected_option": option, "action_ts": "1.1"}]
            return interaction("block_actions", **where, response_url=url, actions=actions)
        case "view_submission":
            element = {"type": "plain_text_input", "action_id": "value"}
            fields = [{"type": "input", "block_id": "field", "element": element}]
            view = {"id": "V1", "type": "modal", "callback_id": each.id, "blocks": fields, "private_metadata": "{}"}
            return interaction("view_submission", view={**view, "state": {"values": {}}}, response_urls=[])
        case "shortcut" | "global_shortcut":
            return interaction("shortcut", callback_id=each.id, action_ts="1.1")
        case "message_shortcut":
            found = {"channel": {"id": place.id, "name": place.shown_name}, "message": card.as_slack()}
            return interaction("message_action", callback_id=each.id, message_ts=card.ts, response_url=url, **found)
        case "command":
            said = {"response_url": url, "trigger_id": trigger}
            return Request(
                Kind.COMMAND, events.command(stand_in.workspace, who.user, place, f"{each.id} {value}", **said)
            )
        case kind:
            raise NotImplementedError(f"Nobody knows yet how a guest would use {kind} {each.id}.")


def all_of(newsroom: Newsroom, item: Item, card: Message) -> Iterator[tuple[Listened, str]]:
    """Everything that the app listens to, with what is pressed; of the command each of its words."""
    for each in listened_to(newsroom.bot.edge.app):
        if each.kind == "command":
            yield from ((each, f"{word} 19") for word in (*WORDS, "nonsense") if word != "help")
        else:
            is_about_links = each.id.startswith(which_desk.CHOOSE)
            yield each, f"1:{card.channel}/{card.ts}" if is_about_links else f"{item.id}:iran"


@OVER_HTTP
async def test_whatever_the_app_listens_to_refuses_who_is_not_of_the_desk_and_changes_nothing(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    card, outsiders = newsroom.card(ts), [comes_in(newsroom, name, **marks) for name, marks in OUTSIDE.items()]
    (item,) = await newsroom.items()
    before, posts = await everything(newsroom), len(posts_of(newsroom, card))
    kinds = Counter[str]()

    answers: dict[str, str] = {}
    for each, value in all_of(newsroom, item, card):
        who = outsiders[kinds[each.kind] % len(outsiders)]
        kinds[each.kind] += 1
        known = len(heard(who))
        delivery = await newsroom.stand_in.delivers(attempts(newsroom, who, each, card, value))
        await newsroom.has_heard()
        assert delivery.is_accepted, each
        answers[f"{each.id} {value}"] = "\n".join([str(delivery.answer), *heard(who)[known:]])
    await newsroom.settles()

    others = [name for name, said in answers.items() if "you are a guest in this workspace" not in said]
    assert [name.partition(":")[0] for name in others] == [which_desk.CHOOSE]
    assert "nothing was changed" in answers[others[0]]
    assert await everything(newsroom) == before
    assert len(posts_of(newsroom, card)) == posts
    assert kinds["action"] > 80
    assert min(kinds["view_submission"], kinds["command"]) > 12


def posts_of(newsroom: Newsroom, card: Message) -> list[Message]:
    """What everybody sees in the channel of a card, threads among it."""
    return [message for message in newsroom.stand_in.workspace.log[card.channel] if message.seen_by is None]


def heard(who: Member) -> list[str]:
    """What somebody alone was told, in the channel and in private."""
    return [message.words for message in (*who.whispers("#vric"), *who.direct())]


async def team_of(newsroom: Newsroom) -> Team:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        return await work.teams.of(desk)


async def names(newsroom: Newsroom, owners: list[str], editors: list[str], *, by: Member | None = None) -> None:
    """Somebody, who is Ana unless said otherwise, names owners and editors."""
    who = by or newsroom.ana
    await newsroom.commands(who, "/vric team")
    await newsroom.presses(who, newsroom.whispers(who)[-1], "Change the team")
    assert await newsroom.submits(who, {"Owners": owners, "Editors": editors}) == {}


def told(member: Member) -> list[str]:
    return [message.words for message in member.direct() if message.bot_id]


@EACH_ONCE
async def test_a_member_who_is_deactivated_leaves_their_items_and_hears_nothing_more(newsroom: Newsroom) -> None:
    """Journey 40."""
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    filed = await newsroom.drops(newsroom.ben, link)
    await newsroom.clicks(newsroom.ben, filed, "File in Iran")
    pending = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/tankers-again", TANKERS))
    await names(newsroom, ["ana"], ["ben"])
    assert "Ben Okafor 1" in await newsroom.commands(newsroom.ana, "/vric team")
    before = told(newsroom.ben)

    await newsroom.stand_in.admins.deactivates("ben")
    await newsroom.settles()

    team = await team_of(newsroom)
    assert (team.owners, team.editors) == ((newsroom.ana.user.id,), ())
    assert "Ben" not in await newsroom.commands(newsroom.ana, "/vric team")
    assert [item.state for item in await newsroom.items()] == [ItemState.FILED, ItemState.PENDING]
    began_to_tell = len(attempts_to_tell(newsroom, newsroom.ben))
    await newsroom.clicks(newsroom.ana, filed, "Move")
    await newsroom.submits(newsroom.ana, {"To which section?": "Hezbollah"})
    await newsroom.clicks(newsroom.ana, pending, "File in Iran")
    await newsroom.beats(MONDAY_MORNING + timedelta(days=2, hours=2))
    assert [item.state for item in await newsroom.items()] == [ItemState.FILED, ItemState.FILED]
    assert attempts_to_tell(newsroom, newsroom.ben)[began_to_tell:] == []
    assert told(newsroom.ben) == before


@OVER_A_SOCKET
async def test_what_was_asked_by_somebody_who_left_is_decided_and_they_are_not_written_to(newsroom: Newsroom) -> None:
    ts = await late.drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, late.ASK)
    await newsroom.stand_in.admins.deactivates("ben")
    await newsroom.settles()
    before = len(attempts_to_tell(newsroom, newsroom.ben))

    await late.decides(newsroom, newsroom.ana, "Accept")

    assert (await late.numbers(newsroom))[late.TANKERS] == 18
    assert len(attempts_to_tell(newsroom, newsroom.ben)) == before


def attempts_to_tell(newsroom: Newsroom, member: Member) -> list[str]:
    """Calls that open or use the direct conversation with somebody."""
    places = {member.user.id, newsroom.stand_in.workspace.conversation_with(member.user.id).id}
    calls = newsroom.stand_in.calls
    return [call.method for call in calls if {call.args.get("users"), call.args.get("channel")} & places]


@OVER_A_SOCKET
async def test_who_becomes_a_guest_is_an_editor_no_more_from_that_moment_on(newsroom: Newsroom) -> None:
    await names(newsroom, ["ana"], ["ben"])

    await newsroom.stand_in.admins.changes_person("ben", is_restricted=True)
    await newsroom.settles()

    assert (await team_of(newsroom)).editors == ()
    assert "you are a guest" in await newsroom.commands(newsroom.ben, "/vric issue close")
    assert [change.verb for change in await changes(newsroom)][-1] == "role lapsed"


@OVER_HTTP
async def test_an_owner_who_leaves_is_told_of_once_and_an_admin_names_another(newsroom: Newsroom) -> None:
    await newsroom.stand_in.admins.changes_person("ana", is_admin=False)
    cat = comes_in(newsroom, "cat", is_admin=True)
    eva = comes_in(newsroom, "eva")
    await names(newsroom, ["ana"], ["ben", "eva"])
    assert "Change the team" not in await buttons_of_team(newsroom, cat)

    await newsroom.stand_in.admins.deactivates("ana")
    await newsroom.settles()
    await newsroom.stand_in.redelivers(newsroom.stand_in.deliveries[-1].body["event_id"])
    await newsroom.settles()

    for editor in (newsroom.ben, eva):
        news = [words for words in told(editor) if "has no owner any more" in words]
        assert len(news) == 1
        assert "Ana Ruiz left the workspace" in news[0]
    assert "Change the team" not in await buttons_of_team(newsroom, newsroom.ben)
    await names(newsroom, ["ben"], ["eva"], by=cat)
    assert (await team_of(newsroom)).owners == (newsroom.ben.user.id,)
    assert "Change the team" in await buttons_of_team(newsroom, newsroom.ben)


@OVER_HTTP
async def test_what_an_editor_may_not_do_is_refused_and_changes_nothing(newsroom: Newsroom) -> None:
    await names(newsroom, ["ana"], ["ben"])
    await newsroom.commands(newsroom.ana, "/vric team")
    team = await team_of(newsroom)

    message = newsroom.whispers(newsroom.ana)[-1]
    element = next(each for block in message.blocks for each in block.get("elements", ()) if each.get("value"))
    action = {**element, "block_id": "b", "type": "button"}
    own = newsroom.stand_in.workspace.put(
        newsroom.stand_in.workspace.channel("#vric"), newsroom.stand_in.workspace.bot.id, "old", bot_id="B0VRIC"
    )
    await newsroom.ben.acts_on_message(own, action)
    await newsroom.settles()

    assert newsroom.ben.modal is None
    assert newsroom.whispers(newsroom.ben)[-1].words.startswith("Only an owner of this desk can do that.")
    assert await team_of(newsroom) == team


async def buttons_of_team(newsroom: Newsroom, member: Member) -> list[str]:
    await newsroom.commands(member, "/vric team")
    return newsroom.whispers(member)[-1].buttons


async def changes(newsroom: Newsroom) -> list[ChangeRow]:
    async with newsroom.bot.database.connection() as connection:
        return list((await connection.execute(select(ChangeRow.__table__).order_by(ChangeRow.id))).all())  # type: ignore[arg-type] # rows read like the model
