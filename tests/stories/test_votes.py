"""Members star what readers must read; a star is a vote, whenever and in whatever order Slack tells of it."""

import pytest

from bot.sandbox import events
from bot.sandbox.member import Member
from tests.newsroom import OVER_HTTP, Newsroom
from tests.stories.test_ordering import orders

pytestmark = OVER_HTTP


async def drops(newsroom: Newsroom, title: str) -> str:
    """Ben drops a page; gives his message."""
    link = newsroom.press.prints(f"reuters.example/{title.casefold().replace(' ', '-')}", title)
    return await newsroom.drops(newsroom.ben, link)


async def stars(newsroom: Newsroom, member: Member, ts: str) -> None:
    await member.reacts("#vric", ts, "star")
    await newsroom.settles()


async def told(newsroom: Newsroom, ts: str, second: int, *, added: bool) -> None:
    """Slack tells of Ben's star at a second of that message, whatever it told before."""
    message = newsroom.stand_in.workspace.message(newsroom.stand_in.workspace.channel("#vric").id, ts)
    event = events.reaction(newsroom.ben.user.id, "star", message, f"{float(ts) + second:.6f}", added=added)
    newsroom.stand_in.emit(str(event["type"]), event)
    await newsroom.settles()


async def starred(newsroom: Newsroom) -> str:
    """What an editor reads in the order of the must reads."""
    if not any(each.words.startswith("Draft of ") for each in newsroom.channel_posts()):
        await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana, "Must reads")
    words = newsroom.modal_words(newsroom.ana)
    await newsroom.ana.closes()
    return words


async def test_what_members_star_is_offered_as_a_must_read_the_most_starred_first(newsroom: Newsroom) -> None:
    one, two = await drops(newsroom, "Tankers left"), await drops(newsroom, "Tankers came")
    await stars(newsroom, newsroom.ben, one)
    for member in (newsroom.ana, newsroom.ben):
        await stars(newsroom, member, two)

    words = await starred(newsroom)

    assert words.index("Tankers came (2 votes)") < words.index("Tankers left (1 vote)")
    await orders(newsroom, newsroom.ana, "Must reads")
    await newsroom.ana.clicks_in_modal("Add Tankers came")
    await newsroom.settles()
    assert list(newsroom.form(newsroom.ana)) == ["1. Tankers came by Reuters (2 votes)"]
    assert "Tankers left (1 vote)" in newsroom.modal_words(newsroom.ana)


async def test_a_star_on_the_card_is_one_for_its_item_and_nobody_votes_twice(newsroom: Newsroom) -> None:
    ts = await drops(newsroom, "Tankers left")

    await stars(newsroom, newsroom.ana, newsroom.card(ts).ts)
    await stars(newsroom, newsroom.ana, ts)
    await stars(newsroom, newsroom.ben, newsroom.card(ts).ts)

    assert "Tankers left (2 votes)" in await starred(newsroom)
    await stars(newsroom, newsroom.ana, ts)
    assert "Tankers left (2 votes)" in await starred(newsroom)
    await stars(newsroom, newsroom.ana, newsroom.card(ts).ts)
    assert "Tankers left (1 vote)" in await starred(newsroom)


async def test_a_star_that_is_taken_back_is_no_vote(newsroom: Newsroom) -> None:
    ts = await drops(newsroom, "Tankers left")
    await stars(newsroom, newsroom.ben, ts)

    await stars(newsroom, newsroom.ben, ts)

    assert "vote" not in await starred(newsroom)


@pytest.mark.parametrize("seconds", [(1, 2, 3), (3, 2, 1), (2, 1, 3), (3, 1, 2, 2, 1)])
@pytest.mark.parametrize("ends_given", [True, False])
async def test_the_newest_event_counts_in_whatever_order_and_however_often_they_come(
    newsroom: Newsroom, seconds: tuple[int, ...], *, ends_given: bool
) -> None:
    ts = await drops(newsroom, "Tankers left")

    for second in seconds:
        await told(newsroom, ts, second, added=(second % 2 == 1) is ends_given)

    assert ("Tankers left (1 vote)" in await starred(newsroom)) is ends_given


async def test_a_star_that_comes_before_its_link_counts(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", "Tankers left")
    newsroom.stand_in.lose_deliveries(1)
    ts = await newsroom.ben.posts("#vric", link)
    await newsroom.ben.reacts("#vric", ts, "star")
    await newsroom.bot.edge.intake.take_next()

    await newsroom.passes(minutes=6)

    assert "Tankers left (1 vote)" in await starred(newsroom)


async def test_an_event_that_is_told_again_changes_nothing(newsroom: Newsroom) -> None:
    ts = await drops(newsroom, "Tankers left")
    await stars(newsroom, newsroom.ben, ts)
    given = str(newsroom.stand_in.deliveries[-1].body["event_id"])
    await stars(newsroom, newsroom.ben, ts)

    await newsroom.stand_in.redelivers(given, times=2)
    await newsroom.settles()

    assert "vote" not in await starred(newsroom)


@pytest.mark.parametrize("mark", ["is_restricted", "is_bot"])
async def test_guests_and_bots_do_not_vote(newsroom: Newsroom, mark: str) -> None:
    gus = newsroom.stand_in.workspace.add_user("gus", "Gus Haddad", **{mark: True})
    await newsroom.stand_in.joins("#vric", "gus")
    ts = await drops(newsroom, "Tankers left")

    await stars(newsroom, newsroom.stand_in.member(gus.name), ts)

    assert "vote" not in await starred(newsroom)


async def test_another_emoji_is_no_vote(newsroom: Newsroom) -> None:
    ts = await drops(newsroom, "Tankers left")

    await newsroom.ben.reacts("#vric", ts, "eyes")
    await newsroom.settles()

    assert "vote" not in await starred(newsroom)


async def test_the_form_of_the_must_reads_counts_votes_beside_each(newsroom: Newsroom) -> None:
    one, two = await drops(newsroom, "Tankers left"), await drops(newsroom, "Tankers came")
    await newsroom.selects(newsroom.ana, one, "Make it a must read")
    for ts in (one, two):
        await stars(newsroom, newsroom.ben, ts)
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()

    await newsroom.ana.selects(draft.channel, draft.ts, "Must reads", action_id="write_passage")
    await newsroom.settles()

    assert next(iter(newsroom.form(newsroom.ana))) == "Must read 1 (1 vote)"
    assert "• Tankers came (1 vote)" in newsroom.modal_words(newsroom.ana)
