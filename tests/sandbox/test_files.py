"""Files that people share: their bytes are for the app's token alone, and only where it may have them."""

import copy
from typing import Any

import httpx
import pytest

from bot.sandbox.calls import DOWNLOAD
from bot.sandbox.clock import MovableClock
from bot.sandbox.member import Member
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import MANIFEST

NARRATIVE = "Tankers left. Кораблі.\n".encode()


async def shared(member: Member, stand_in: StandIn, channel: str = "@vric") -> dict[str, Any]:
    ts = await member.shares_file(channel, "iran 18.md", content=NARRATIVE)
    place = stand_in.workspace.conversation_with(member.user.id) if channel == "@vric" else None
    where = place.id if place is not None else stand_in.workspace.channel(channel).id
    return stand_in.workspace.message(where, ts).files[0]


async def asks(url: str, token: str | None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(url, headers=headers)


async def test_the_app_reads_a_file_with_its_token(stand_in: StandIn) -> None:
    file = await shared(stand_in.member("ana"), stand_in)

    answer = await asks(file["url_private_download"], stand_in.bot_token)

    assert (answer.status_code, answer.content) == (200, NARRATIVE)
    assert answer.headers["content-type"].startswith("text/markdown")
    assert (file["size"], file["mode"], file["filetype"]) == (len(NARRATIVE), "hosted", "markdown")


@pytest.mark.parametrize("token", [None, "xoxb-another"])
async def test_whoever_is_not_the_app_is_sent_to_sign_in(stand_in: StandIn, token: str | None) -> None:
    file = await shared(stand_in.member("ana"), stand_in)

    answer = await asks(file["url_private_download"], token)

    assert (answer.status_code, answer.headers["location"].startswith("/?redir=")) == (302, True)


async def test_a_file_where_the_app_is_not_is_out_of_reach(stand_in: StandIn) -> None:
    stand_in.workspace.add_channel("africa", [stand_in.member("ana").user.id])
    file = await shared(stand_in.member("ana"), stand_in, "#africa")

    assert (await asks(file["url_private_download"], stand_in.bot_token)).status_code == 302


async def test_an_app_without_the_scope_reads_no_file(clock: MovableClock) -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove("files:read")
    async with StandIn(manifest, clock=clock) as stand_in:
        file = await shared(stand_in.member("ana"), stand_in)

        assert (await asks(file["url_private_download"], stand_in.bot_token)).status_code == 302


async def test_a_download_fails_once_where_that_was_asked_for(stand_in: StandIn) -> None:
    file = await shared(stand_in.member("ana"), stand_in)
    stand_in.fault(DOWNLOAD, "500_before")

    answers = [(await asks(file["url_private_download"], stand_in.bot_token)).status_code for _ in range(2)]

    assert answers == [500, 200]
