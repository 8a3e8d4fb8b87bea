"""Journey 50 and fault 21: who owns and edits a desk is seen by its members, and changed by its owners."""

import pytest

from bot.ports import Team
from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, Newsroom

TANKERS = "Iran sends tankers to Venezuela"


@pytest.fixture
async def newsroom(newsroom: Newsroom) -> Newsroom:
    newsroom.stand_in.workspace.add_user("eva", "Eva Marín")
    newsroom.stand_in.workspace.channel("#vric").members.add(newsroom.stand_in.workspace.user("eva").id)
    await newsroom.opens_desk()
    return newsroom


async def team_of(newsroom: Newsroom) -> Team:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        return await work.teams.of(desk)


async def opens_form(newsroom: Newsroom, member: Member) -> None:
    await newsroom.commands(member, "/vric team")
    await newsroom.presses(member, newsroom.whispers(member)[-1], "Change the team")


@EACH_ONCE
async def test_an_owner_names_others_who_hear_of_it_once_and_in_private(newsroom: Newsroom) -> None:
    eva = newsroom.stand_in.member("eva")
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    said = await newsroom.commands(newsroom.ana, "/vric team")
    assert "Owners: Ana Ruiz\nEditors: nobody by themselves" in said.replace("*", "")
    assert "Filed in No. 18: Ben Okafor 1" in said.replace("*", "")
    await newsroom.presses(newsroom.ana, newsroom.whispers(newsroom.ana)[-1], "Change the team")
    assert await newsroom.submits(newsroom.ana, {"Owners": ["ana", "ben"], "Editors": ["eva"]}) == {}

    assert "Owners: Ana Ruiz, Ben Okafor\nEditors: Eva Marín" in newsroom.modal_words(newsroom.ana).replace("*", "")
    (to_ben,) = [message.words for message in newsroom.ben.direct() if message.bot_id]
    (to_eva,) = [message.words for message in eva.direct() if message.bot_id]
    assert to_ben.startswith("You are an owner of ")
    assert "Ana Ruiz named you" in to_ben
    assert to_eva.startswith("You are an editor of ")
    assert [message for message in newsroom.ana.direct() if message.bot_id] == []
    await newsroom.commands(eva, "/vric waiting")
    assert eva.modal is not None
