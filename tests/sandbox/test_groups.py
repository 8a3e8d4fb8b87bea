"""User groups, and people who change: what the app may ask, and what it is told."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint
from tests.sandbox.test_payloads import bodies


async def test_groups_are_listed_with_what_is_asked_for(stand_in: StandIn, client: AsyncWebClient) -> None:
    group = stand_in.admins.makes_group("Foreign desk", ["ana", "ben"])
    old = stand_in.admins.makes_group("Old desk")
    await stand_in.admins.switches_group(old, off=True)

    plain = (await client.usergroups_list())["usergroups"]
    full = (await client.usergroups_list(include_disabled=True, include_users=True, include_count=True))["usergroups"]

    assert [(each["id"], each["name"], each["handle"]) for each in plain] == [
        (group.id, "Foreign desk", "foreign-desk")
    ]
    assert "users" not in plain[0]
    assert [(each["users"], each["user_count"], bool(each["date_delete"])) for each in full] == [
        (["U001ANA", "U002BEN"], 2, False),
        ([], 0, True),
    ]


async def test_members_of_a_group_are_told_unless_it_is_switched_off(stand_in: StandIn, client: AsyncWebClient) -> None:
    group = stand_in.admins.makes_group("Foreign desk", ["ana"])
    assert (await client.usergroups_users_list(usergroup=group.id))["users"] == ["U001ANA"]

    await stand_in.admins.switches_group(group, off=True)

    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup=group.id)
    hidden = await client.usergroups_users_list(usergroup=group.id, include_disabled=True)
    assert hidden["users"] == ["U001ANA"]
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S999")


async def test_the_app_hears_who_came_into_a_group_and_who_left_it(stand_in: StandIn, endpoint: Endpoint) -> None:
    group = stand_in.admins.makes_group("Foreign desk", ["ana"])

    await stand_in.admins.fills_group(group, ["ben"])
    await stand_in.admins.switches_group(group, off=True)

    changed, updated = (body["event"] for body in bodies(endpoint))
    assert (changed["type"], changed["subteam_id"]) == ("subteam_members_changed", group.id)
    assert (changed["added_users"], changed["removed_users"]) == (["U002BEN"], ["U001ANA"])
    assert (updated["type"], updated["subteam"]["id"]) == ("subteam_updated", group.id)
    assert updated["subteam"]["date_delete"] > 0


async def test_who_is_deactivated_is_in_no_channel_and_nobody_can_write_to_them(
    stand_in: StandIn, client: AsyncWebClient, endpoint: Endpoint, vric: str
) -> None:
    await stand_in.admins.deactivates("ben")

    (told,) = (body["event"] for body in bodies(endpoint))
    assert (told["type"], told["user"]["id"], told["user"]["deleted"]) == ("user_change", "U002BEN", True)
    assert "U002BEN" not in (await client.conversations_members(channel=vric))["members"]
    with pytest.raises(SlackApiError, match="user_disabled"):
        await client.conversations_open(users="U002BEN")
