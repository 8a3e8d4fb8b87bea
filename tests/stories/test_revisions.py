"""Fault 7: a message, its edits and its deletion come in any order, and the desk ends where the message does."""

from datetime import timedelta
from itertools import permutations
from typing import Any

from structlog.testing import capture_logs

from bot.ports import Queue
from bot.sandbox import events
from bot.sandbox.text import typed
from bot.sandbox.transport import Kind, Request
from tests.newsroom import EACH_ONCE, Newsroom

pytestmark = EACH_ONCE

TANKERS = "Iran sends fleet of tankers to Venezuela"
ENVOY = "Tehran’s envoy & the “bridge” to Caracas"
A_SECOND = timedelta(seconds=1)


class Told:
    """What a member writes while Slack tells nobody, and the events that it tells later."""

    def __init__(self, newsroom: Newsroom, text: str) -> None:
        self._stand_in = newsroom.stand_in
        self._workspace = newsroom.stand_in.workspace
        self._channel = self._workspace.channel("#vric")
        words, blocks = typed(text, self._workspace.user_id)
        self.message = self._workspace.put(self._channel, newsroom.ana.user.id, words, blocks=blocks)
        self.ts = self.message.ts
        self.events = [events.said(self.message, self._channel)]

    def edited(self, text: str) -> None:
        """The text changes; Slack gives the time of an edit in whole seconds."""
        before, ts = self.message.as_slack(), self._workspace.next_ts()
        self.message.text, self.message.blocks = typed(text, self._workspace.user_id)
        self.message.edited = {"user": self.message.user, "ts": f"{ts.partition('.')[0]}.000000"}
        self.events.append(events.changed(self.message, before, self._channel, ts))

    def deleted(self) -> None:
        self.events.append(events.deleted(self.message.as_slack(), self._channel, self._workspace.next_ts()))

    async def arrives(self, event: dict[str, Any]) -> None:
        body = events.envelope(self._workspace, event, 0)
        await self._stand_in.delivers(Request(Kind.EVENT, body))


async def test_in_any_order_a_link_that_was_replaced_is_withdrawn_and_the_new_one_waits(newsroom: Newsroom) -> None:
    for number, order in enumerate(permutations(range(3))):
        first = newsroom.press.prints(f"reuters.example/iran-oil-{number}", TANKERS)
        second = newsroom.press.prints(f"infobae.example/envoy-{number}", ENVOY)
        told = Told(newsroom, first)
        told.edited(f"{first} {second}")
        told.edited(second)

        for place in order:
            await told.arrives(told.events[place])
        await newsroom.settles()

        found = {item.url: item.state.value for item in await newsroom.items() if item.message == told.ts}
        assert found == {first: "withdrawn", second: "pending"}, order
        assert "Link removed by Ana Ruiz, kept on record" in newsroom.card(told.ts).words
        assert "File in Iran" in newsroom.card(told.ts).buttons


async def test_in_any_order_the_links_of_a_deleted_message_are_withdrawn_and_can_be_restored(
    newsroom: Newsroom,
) -> None:
    for number, order in enumerate(permutations(range(3))):
        first = newsroom.press.prints(f"reuters.example/iran-oil-{number}", TANKERS)
        second = newsroom.press.prints(f"infobae.example/envoy-{number}", ENVOY)
        told = Told(newsroom, first)
        told.edited(f"{first} {second}")
        told.deleted()

        for place in order:
            await told.arrives(told.events[place])
        await newsroom.settles()

        states = {item.state.value for item in await newsroom.items() if item.message == told.ts}
        assert states == {"withdrawn"}, order
        assert newsroom.card(told.ts).buttons == ["Restore", "Restore"], order

    await newsroom.clicks(newsroom.ana, told.ts, "Restore")
    assert "Source message deleted." in newsroom.card(told.ts).words


async def test_a_link_that_is_taken_out_after_it_was_filed_stays_and_the_member_is_asked_in_private(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    await newsroom.ana.edits("#vric", ts, "Never mind")
    await newsroom.settles()

    (asked,) = newsroom.whispers(newsroom.ana)
    assert "You took " in asked.words
    assert "It stays filed in Iran in No. 18" in asked.words
    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words
    await newsroom.presses(newsroom.ana, asked, "Spike")
    assert "Spiked by Ana Ruiz, kept on record" in newsroom.card(ts).words


async def test_a_message_that_is_deleted_leaves_what_was_filed_and_the_editor_is_told_once(newsroom: Newsroom) -> None:
    """The card is a reply: Slack leaves a tombstone, and says that the message changed."""
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    await newsroom.ben.deletes("#vric", ts)
    await newsroom.settles()
    await newsroom.stand_in.detects_language("#vric", ts)
    await newsroom.settles()

    (item,) = await newsroom.items()
    assert item.state.value == "filed"
    assert "Source message deleted." in newsroom.card(ts).words
    told = newsroom.stand_in.workspace.conversation_with(newsroom.ana.user.id)
    (said,) = newsroom.stand_in.workspace.log[told.id]
    assert "was deleted. The item stays filed in Iran in No. 18." in said.words
    assert (await newsroom.logged()).count("source deleted") == 1


async def test_a_message_that_is_deleted_after_its_link_was_taken_out_says_so_on_its_card(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.ben.edits("#vric", ts, "Never mind.")
    await newsroom.settles()

    await newsroom.ben.deletes("#vric", ts)
    await newsroom.settles()

    assert "Source message deleted." in newsroom.card(ts).words
    (item,) = await newsroom.items()
    assert item.state.value == "filed"


async def test_after_the_freeze_neither_edits_nor_deletions_change_what_was_filed(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    (before,) = await newsroom.items()
    await newsroom.commands(newsroom.ana, "/vric issue close")
    await newsroom.settles()
    whispers = len(newsroom.whispers(newsroom.ana))

    await newsroom.ana.edits("#vric", ts, "Never mind")
    await newsroom.ana.deletes("#vric", ts)
    await newsroom.settles()

    async with newsroom.bot.database.unit_of_work() as work:
        after = await work.items.get(before.id)
    assert after == before
    assert len(newsroom.whispers(newsroom.ana)) == whispers


async def test_an_unfurl_after_restore_does_not_take_the_link_away_again(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.ana.edits("#vric", ts, "Never mind")
    await newsroom.settles()
    await newsroom.clicks(newsroom.ana, ts, "Restore")

    await newsroom.stand_in.unfurls("#vric", ts)
    await newsroom.settles()

    assert "File in Iran" in newsroom.card(ts).buttons


async def test_a_card_whose_message_was_deleted_before_it_was_posted_is_left_out_and_nothing_is_given_up(
    newsroom: Newsroom,
) -> None:
    """Its first attempt failed; whoever looks for it finds that the thread it belongs to is gone."""
    newsroom.stand_in.fault("chat.postMessage", "500_before")
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.settles(patience=5 * A_SECOND)

    with capture_logs() as logged:
        await newsroom.ana.deletes("#vric", ts)
        await newsroom.passes(minutes=1)
        await newsroom.passes(minutes=10)

    assert [item.state.value for item in await newsroom.items()] == ["withdrawn"]
    assert not any(TANKERS in post.words for post in newsroom.channel_posts())
    assert [line["log_level"] for line in logged if line["event"].startswith("not shown")] == ["warning"]
    async with newsroom.bot.database.unit_of_work() as work:
        assert [(await work.queues.backlog(queue)).parked for queue in Queue] == [0, 0]
        assert await work.outbox.next_due_at() is None


async def test_a_card_that_was_posted_below_a_message_that_was_gone_is_not_posted_again_when_it_changes(
    newsroom: Newsroom,
) -> None:
    """Its answer was lost, and there is no thread in which it could be looked for."""
    page = newsroom.press.holds_back("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.ana.posts("#vric", page.link)
    await newsroom.stand_in.settled()
    newsroom.stand_in.deliverer.forget_retries = True
    newsroom.stand_in.lose_deliveries(1)
    await newsroom.ana.deletes("#vric", ts)
    newsroom.stand_in.fault("chat.postMessage", "hang_after")

    async with newsroom.while_reading(page):
        newsroom.clock.advance(2 * A_SECOND)
        await newsroom.posts_what_is_due()
        newsroom.clock.advance(20 * A_SECOND)
        await newsroom.posts_what_is_due()
    await newsroom.passes(minutes=1)

    assert [item.reading.value for item in await newsroom.items()] == ["read"]
    cards = [post for post in newsroom.channel_posts() if post.metadata and ts in post.metadata["event_payload"]["key"]]
    assert len(cards) == 1


async def test_a_draft_that_was_deleted_while_an_answer_about_it_was_lost_is_posted_anew(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.ana.commands("#vric", "/vric draft")
    await newsroom.bot.edge.in_flight.wait()
    newsroom.clock.advance(A_SECOND)
    assert await newsroom.bot.edge.sender.send_next()
    newsroom.clock.advance(A_SECOND)
    newsroom.stand_in.fault("chat.postMessage", "500_before")
    assert await newsroom.bot.edge.sender.send_next()

    await newsroom.ana.deletes("#vric", newsroom.draft().ts)
    await newsroom.passes(minutes=2)

    (reply,) = newsroom.replies(newsroom.draft().ts)
    assert TANKERS in reply.words
