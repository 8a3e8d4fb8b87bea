"""Journey 50 and fault 21: who owns and edits a desk is seen by its members, and changed by its owners."""

import pytest

from bot.editorial.role import Role
from bot.ports import Team
from bot.sandbox.member import Member
from bot.sandbox.records import Group
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, OVER_HTTP, Newsroom

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
    assert "Owners: Ana Ruiz\nEditors: nobody named yet" in said.replace("*", "")
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


@OVER_HTTP
async def test_whoever_cannot_have_a_role_is_refused_at_the_field_by_name(newsroom: Newsroom) -> None:
    guest = newsroom.guest()
    await newsroom.stand_in.admins.deactivates("eva")
    await newsroom.settles()
    await opens_form(newsroom, newsroom.ana)

    refused = await newsroom.submits(newsroom.ana, {"Owners": ["ana", "gus"], "Editors": ["ben", "vric", "eva"]})

    assert refused["owners"].startswith("Gus Haddad: guests, apps and people who have left")
    assert refused["editors"].startswith("vric, Eva Marín: guests, apps and people who have left")
    assert (await team_of(newsroom)).editors == ()
    assert (await newsroom.submits(newsroom.ana, {"Owners": [], "Editors": ["ben"]})).keys() == {"owners"}
    assert await newsroom.submits(newsroom.ana, {"Owners": ["ana"], "Editors": ["ben"]}) == {}
    assert (await team_of(newsroom)).editors == (newsroom.ben.user.id,)
    assert [words for words in guest.direct() if words.bot_id] == []


@OVER_HTTP
async def test_a_team_that_somebody_else_changed_meanwhile_is_not_overwritten(newsroom: Newsroom) -> None:
    await opens_form(newsroom, newsroom.ana)
    await newsroom.submits(newsroom.ana, {"Owners": ["ana", "ben"], "Editors": []})
    await newsroom.ana.closes()
    await opens_form(newsroom, newsroom.ana)
    await opens_form(newsroom, newsroom.ben)
    await newsroom.submits(newsroom.ben, {"Owners": ["ana", "ben"], "Editors": ["eva"]})

    refused = await newsroom.submits(newsroom.ana, {"Owners": ["ana"], "Editors": []})

    assert refused["owners"].startswith("Ben Okafor changed the team while you had this form open.")
    assert (await team_of(newsroom)).owners == (newsroom.ana.user.id, newsroom.ben.user.id)
    assert (await team_of(newsroom)).editors == (newsroom.stand_in.workspace.user("eva").id,)


async def has_group(newsroom: Newsroom, *members: str) -> Group:
    """Ana makes a user group of these people editors."""
    group = newsroom.stand_in.admins.makes_group("Foreign desk", members)
    await opens_form(newsroom, newsroom.ana)
    assert await newsroom.submits(newsroom.ana, {"Owners": ["ana"], "Editors, by user group": ["Foreign desk"]}) == {}
    return group


@EACH_ONCE
async def test_members_of_a_user_group_edit_for_as_long_as_they_are_in_it(newsroom: Newsroom) -> None:
    group = await has_group(newsroom, "eva")
    eva = newsroom.stand_in.member("eva")
    assert "Editors, as members of Foreign desk: Eva Marín" in newsroom.modal_words(newsroom.ana).replace("*", "")
    assert await edits(newsroom, eva)
    assert not await edits(newsroom, newsroom.ben)

    await newsroom.stand_in.admins.fills_group(group, ["ben"])
    await newsroom.settles()

    assert await edits(newsroom, newsroom.ben)
    assert not await edits(newsroom, eva)
    heard = [[message.words for message in member.direct() if message.bot_id] for member in (eva, newsroom.ben)]
    assert [len(each) for each in heard] == [2, 1]
    assert "you left its user group" in heard[0][1]
    assert "as a member of a user group" in heard[1][0]


@OVER_A_SOCKET
async def test_a_user_group_that_is_switched_off_makes_nobody_an_editor(newsroom: Newsroom) -> None:
    group = await has_group(newsroom, "ben")
    assert await edits(newsroom, newsroom.ben)

    await newsroom.stand_in.admins.switches_group(group, off=True)
    await newsroom.settles()
    assert not await edits(newsroom, newsroom.ben)

    await newsroom.stand_in.admins.switches_group(group, off=False)
    await newsroom.settles()
    assert await edits(newsroom, newsroom.ben)


@OVER_HTTP
async def test_while_slack_is_silent_about_a_user_group_its_last_known_members_edit(newsroom: Newsroom) -> None:
    group = await has_group(newsroom, "ben")
    group.members = []  # and the event of it is lost
    newsroom.stand_in.fault("usergroups.users.list", "500_before")
    await newsroom.passes(minutes=5)

    assert await edits(newsroom, newsroom.ben)

    await newsroom.passes(minutes=5)
    assert not await edits(newsroom, newsroom.ben)


@OVER_HTTP
async def test_a_workspace_without_user_groups_has_a_form_without_them(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("usergroups.list", "plan_upgrade_required")

    await opens_form(newsroom, newsroom.ana)

    assert list(newsroom.form(newsroom.ana)) == ["Owners", "Editors"]
    assert await newsroom.submits(newsroom.ana, {"Editors": ["ben"]}) == {}
    assert (await team_of(newsroom)).roles[newsroom.ben.user.id] is Role.EDITOR


@OVER_HTTP
async def test_any_of_several_hundred_user_groups_can_be_chosen(newsroom: Newsroom) -> None:
    for number in range(250):
        newsroom.stand_in.workspace.add_group(f"Group {number:03}", [newsroom.ben.user.id])

    await opens_form(newsroom, newsroom.ana)
    assert await newsroom.submits(newsroom.ana, {"Editors, by user group": ["Group 001", "Group 249"]}) == {}

    assert [group.name for group in (await team_of(newsroom)).groups] == ["Group 001", "Group 249"]
    assert await edits(newsroom, newsroom.ben)


@OVER_HTTP
async def test_owners_open_the_form_from_their_home_and_others_have_no_such_button(newsroom: Newsroom) -> None:
    await newsroom.ana.opens_home()
    await newsroom.ben.opens_home()
    await newsroom.settles()

    await newsroom.ana.clicks_in_home("Team")
    await newsroom.settles()

    assert "Owners" in newsroom.form(newsroom.ana)
    assert "change_team" not in str(newsroom.ben.home)


async def edits(newsroom: Newsroom, member: Member) -> bool:
    """Whether somebody may open what is for editors alone."""
    told = await newsroom.commands(member, "/vric waiting")
    may = member.modal is not None and not told
    if may:
        await member.closes()
    assert may or told.startswith("Only an editor of this desk can do that.")
    return may
