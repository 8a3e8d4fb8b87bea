"""Fault 8: bots that read each other do not go on for ever."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.intake import CARDS_A_MINUTE
from bot.extract.worker import Parser
from bot.ports import Queue
from bot.sandbox import events
from bot.sandbox.records import Message
from bot.settings import Transport
from tests.newsroom import EACH_ONCE, Newsroom
from tests.opening import open_newsroom

pytestmark = EACH_ONCE

SISTER, FEED = "B0SISTER", "B0FEED"
TANKERS = "Iran sends fleet of tankers to Venezuela"
ROUNDS = 200
A_MOMENT = timedelta(milliseconds=200)
IDLE = 30
"""So many moments without work, and nothing is left to come: a summary gathers for five seconds."""


def own_posts(newsroom: Newsroom) -> list[Message]:
    """What the bot itself posted in the channel and its threads, for everybody to see."""
    workspace = newsroom.stand_in.workspace
    posts = workspace.log[workspace.channel("#vric").id]
    return [post for post in posts if post.bot_id == workspace.bot_id and post.seen_by is None]


class Mirror:
    """What one of two bots posts in its workspace is there for the other one too, as a post of another app's."""

    def __init__(self, here: Newsroom, there: Newsroom) -> None:
        self._here, self._there = here, there
        self._user = there.stand_in.workspace.add_user("sister", "Sister Desk", is_bot=True)
        there.stand_in.workspace.channel("#vric").members.add(self._user.id)
        self._shown: dict[str, tuple[Message, int]] = {post.ts: (post, post.revision) for post in own_posts(here)}
        self.places: dict[str | None, str] = {}

    @property
    def told(self) -> list[Message]:
        """What the other one said to this one alone."""
        workspace = self._there.stand_in.workspace
        return [post for log in workspace.log.values() for post in log if post.seen_by == self._user.id]

    async def shows(self) -> bool:
        """Show there what is new here; False where nothing is."""
        stand_in, fresh = self._there.stand_in, False
        channel = stand_in.workspace.channel("#vric")
        for post in own_posts(self._here):
            there, revision = self._shown.get(post.ts, (None, -1))
            if revision == post.revision:
                continue
            fresh = True
            if there is None:
                thread = self.places.get(post.thread_ts)
                named = {"bot_id": SISTER, "app_id": "A0SISTER", "thread_ts": thread}
                there = stand_in.workspace.put(channel, self._user.id, post.text, blocks=post.blocks, **named)
                self.places[post.ts] = there.ts
                stand_in.emit("message", events.said(there, channel))
            else:
                before = there.as_slack()
                there.text, there.blocks = post.text, post.blocks
                stand_in.emit_change(there, before)
            self._shown[post.ts] = (there, post.revision)
        await stand_in.settled()
        return fresh


@asynccontextmanager
async def sister_desk(folder: Path, template: Path, parser: Parser, calls: Path) -> AsyncIterator[Newsroom]:
    """A second real bot, on a database of its own, that reads the first."""
    shutil.copy(template, folder / "sister.db")
    url = f"sqlite:///{folder / 'sister.db'}"
    async with open_newsroom(url, Transport.HTTP, parser, calls, vric_bots=SISTER) as found:
        await found.opens_desk()
        yield found


@pytest.mark.parametrize("further_settings", [{"vric_bots": SISTER}])
async def test_two_bots_that_read_each_other_show_each_link_once_and_fall_silent(
    newsroom: Newsroom, tmp_path: Path, sqlite_template: Path, parser: Parser, recorded_calls: Path
) -> None:
    async with sister_desk(tmp_path, sqlite_template, parser, recorded_calls) as sister:
        links = [newsroom.press.fails(f"reuters.example/{n}", 503) for n in range(3)]
        links.append(newsroom.press.prints("reuters.example/iran-oil", TANKERS))
        both = (Mirror(newsroom, sister), Mirror(sister, newsroom))
        for link in links:
            ts, other = [await each.ana.posts("#vric", link) for each in (newsroom, sister)]
            both[0].places[ts], both[1].places[other] = other, ts

        rounds = 0
        for pause_s in (2, 60, 400):
            for each in (newsroom, sister):
                await each.passes(seconds=pause_s)
            while any([await mirror.shows() for mirror in both]):
                rounds += 1
                assert rounds < ROUNDS
                for each in (newsroom, sister):
                    await each.passes(seconds=2)

        for each in (newsroom, sister):
            assert len(await each.items()) == len(links)
            assert len([post for post in own_posts(each) if post.is_reply]) == len(links)
            async with each.bot.database.unit_of_work() as work:
                assert [(await work.queues.backlog(queue)).parked for queue in Queue] == [0, 0]
        assert [mirror.told for mirror in both] == [[], []]


@pytest.mark.parametrize("further_settings", [{"vric_bots": FEED}])
async def test_a_bot_that_answers_each_post_with_new_links_is_ended_by_the_cap_on_cards(newsroom: Newsroom) -> None:
    """It answers threefold: each card would bring three more."""
    feed = newsroom.stand_in.workspace.add_user("feed", "Feed", is_bot=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(feed.id)
    answered = {post.ts for post in own_posts(newsroom)}
    links, rounds, idle = 0, 0, 0

    async def answers() -> None:
        nonlocal links
        for _ in range(3):
            link = f"https://feed.example/{links}"
            await newsroom.stand_in.member("feed").posts("#vric", link, subtype="bot_message", bot_id=FEED)
            links += 1

    await answers()
    while idle < IDLE:
        rounds += 1
        assert rounds < 5 * ROUNDS
        worked = await newsroom.bot.edge.intake.take_next() or await newsroom.bot.edge.sender.send_next()
        fresh = {post.ts for post in own_posts(newsroom)} - answered
        answered |= fresh
        for _ in fresh:
            await answers()
        idle = 0 if worked else idle + 1
        newsroom.clock.advance(A_MOMENT)

    cards = [post for post in own_posts(newsroom) if post.is_reply]
    (summary,) = [post for post in newsroom.channel_posts() if "Many links at once" in post.words]
    assert len(cards) == CARDS_A_MINUTE
    assert len(await newsroom.items()) == links
    assert f"{links - CARDS_A_MINUTE} more links" in summary.words
