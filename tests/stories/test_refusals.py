"""Faults 19 to 21: what Slack will not take is kept, and whoever can help is told once."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE

pytestmark = EACH_ONCE

TANKERS = "Iran sends fleet of tankers to Venezuela"
REASONS = {
    "not_in_channel": "I was removed from #C000VRIC, so I cannot post there.",
    "channel_not_found": "I can no longer see the desk's channel",
    "is_archived": "#C000VRIC is archived, so I cannot post there.",
}


def warnings(newsroom: Newsroom) -> list[str]:
    return [message.words for message in newsroom.ana.direct() if "I cannot post there" in message.words]


@pytest.mark.parametrize("reason", REASONS)
async def test_of_a_channel_that_takes_no_messages_the_editors_hear_once_and_it_is_not_asked_again(
    newsroom: Newsroom, reason: str
) -> None:
    newsroom.stand_in.fault("chat.postMessage", reason, times=100, channel="#vric")
    before = len(newsroom.stand_in.calls)

    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(3)]
    for link in links:
        await newsroom.drops(newsroom.ana, link)
    await newsroom.passes(hours=5)
    await newsroom.restarts()
    await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/ports", "Ports of Venezuela"))

    (told,) = warnings(newsroom)
    assert REASONS[reason] in told
    assert [message for message in newsroom.ben.direct() if message.bot_id] == []
    refused = [call for call in newsroom.stand_in.calls[before:] if call.error == reason]
    assert len(refused) == 4
    assert len(await newsroom.items()) == 4


async def test_what_was_kept_is_posted_when_the_channel_is_unarchived(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.ana.posts("#vric", link)
    await newsroom.stand_in.archives("#vric")
    await newsroom.settles()
    assert (newsroom.replies(ts), len(warnings(newsroom))) == ([], 1)

    await newsroom.stand_in.archives("#vric", back=True)
    await newsroom.settles()

    assert TANKERS in newsroom.card(ts).words
    assert len(warnings(newsroom)) == 1


async def test_what_was_kept_is_posted_when_the_bot_is_invited_again_and_a_later_removal_is_told_anew(
    newsroom: Newsroom,
) -> None:
    first = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.stand_in.leaves("#vric", "vric")
    await newsroom.settles()
    assert (newsroom.replies(first), len(warnings(newsroom))) == ([], 1)

    await newsroom.stand_in.invites_bot("#vric")
    await newsroom.settles()
    assert TANKERS in newsroom.card(first).words

    await newsroom.ana.posts("#vric", newsroom.press.prints("infobae.example/ports", "Ports of Venezuela"))
    await newsroom.stand_in.leaves("#vric", "vric")
    await newsroom.settles()
    assert len(warnings(newsroom)) == 2


def alerts(logged: list[MutableMapping[str, Any]]) -> list[str]:
    return [line["event"] for line in logged if line["log_level"] == "error"]


@pytest.mark.parametrize(
    ("reason", "farewells", "told_first"),
    [
        ("token_revoked", (), False),
        ("account_inactive", ("app_uninstalled", "tokens_revoked"), False),
        ("account_inactive", ("tokens_revoked", "app_uninstalled"), True),
        ("invalid_auth", ("app_uninstalled",), True),
    ],
)
async def test_a_workspace_that_refuses_the_bot_is_left_alone_until_it_lets_the_bot_in(
    newsroom: Newsroom, reason: str, farewells: tuple[str, ...], *, told_first: bool
) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    began = len(newsroom.stand_in.calls)
    with capture_logs() as logged:
        if told_first:
            for farewell in farewells:
                await newsroom.stand_in.says_farewell(farewell)
            await newsroom.settles()
        newsroom.stand_in.locks_out(reason)
        ts = await newsroom.drops(newsroom.ana, link)
        for farewell in () if told_first else farewells:
            await newsroom.stand_in.says_farewell(farewell)
        await newsroom.settles()
        before = len(newsroom.stand_in.calls)
        assert not told_first or {call.method for call in newsroom.stand_in.calls[began:]} <= {"auth.test"}
        for _ in range(20):
            await newsroom.passes(minutes=1)
            await newsroom.bot.edge.heartbeat.beat()

    assert len(alerts(logged)) == 1
    assert {call.method for call in newsroom.stand_in.calls[before:]} == {"auth.test"}
    assert len(newsroom.stand_in.calls[before:]) <= 10
    assert len(await newsroom.items()) == 1
    newsroom.stand_in.locks_out(None)
    await newsroom.settles(patience=timedelta(minutes=5))
    assert TANKERS in newsroom.card(ts).words


async def test_a_token_of_some_members_that_is_revoked_is_none_of_the_bots_and_it_works_on(newsroom: Newsroom) -> None:
    with capture_logs() as logged:
        newsroom.stand_in.emit("tokens_revoked", {"tokens": {"oauth": [newsroom.ana.user.id], "bot": []}})
        await newsroom.settles()

        ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    assert alerts(logged) == []
    assert TANKERS in newsroom.card(ts).words


async def test_what_falls_due_while_the_bot_is_locked_out_is_done_once_it_is_let_in(newsroom: Newsroom) -> None:
    newsroom.stand_in.locks_out("token_revoked")
    with capture_logs() as logged:
        await newsroom.beats(A_DAY_BEFORE)
        await newsroom.beats(A_DAY_BEFORE)

    newsroom.stand_in.locks_out(None)
    await newsroom.passes(minutes=5)
    await newsroom.bot.edge.heartbeat.beat()
    await newsroom.settles()

    assert len(alerts(logged)) == 1
    assert sum("Short: " in message.words for message in newsroom.channel_posts()) == 1
    assert newsroom.draft()


async def test_news_of_a_removal_that_come_after_the_app_is_back_hold_it_up_for_a_moment_only(
    newsroom: Newsroom,
) -> None:
    await newsroom.stand_in.says_farewell("app_uninstalled")

    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.settles(patience=timedelta(minutes=5))

    assert TANKERS in newsroom.card(ts).words


@pytest.mark.parametrize("mark", ["is_restricted", "is_stranger"])
async def test_a_guest_may_press_nothing_and_is_told_so_alone(newsroom: Newsroom, mark: str) -> None:
    guest = comes_in(newsroom, mark)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    before = newsroom.card(ts).revision

    await newsroom.clicks(guest, ts, "File in Iran")

    assert newsroom.card(ts).revision == before
    (told,) = guest.whispers("#vric")
    assert told.words.startswith("Only the desk can do that")
    assert (newsroom.whispers(newsroom.ana), len(newsroom.replies(ts))) == ([], 1)


@pytest.mark.parametrize("mark", ["is_restricted", "is_stranger"])
async def test_what_a_guest_drops_is_saved_and_only_an_editor_files_it(newsroom: Newsroom, mark: str) -> None:
    guest = comes_in(newsroom, mark)
    ts = await newsroom.drops(guest, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    assert "Saved for No. 18 by Gus Lund. An editor will look at it." in newsroom.card(ts).words
    assert [told.words for told in guest.whispers("#vric")] == ["Thank you. An editor will look at it."]

    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    (told,) = newsroom.whispers(newsroom.ben)
    assert told.words.startswith("Only an editor of this desk can do that. Nothing was changed.")

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words
    assert "An editor will look" not in newsroom.card(ts).words
    await newsroom.beats(A_DAY_BEFORE)
    assert [message for message in guest.direct() if message.bot_id] == []


def comes_in(newsroom: Newsroom, mark: str) -> Member:
    """Somebody who is not of the desk comes into its channel."""
    user = newsroom.stand_in.workspace.add_user("gus", "Gus Lund", **{mark: True})
    newsroom.stand_in.workspace.channel("#vric").members.add(user.id)
    return newsroom.stand_in.member("gus")
