"""Journey 5: a member adds the links of a message from its menu, and types links from wherever they are."""

from datetime import timedelta

from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, Newsroom

ADD_TO_ISSUE, ADD_LINK = "Add to issue", "Add a link"
TANKERS = "Iran sends fleet of tankers to Venezuela"
LINKS = "Links, one a line"


async def before_the_bot(newsroom: Newsroom, text: str | None = None, *, thread_ts: str | None = None) -> str:
    """Ben posts something while the bot is not in the channel, three days before it comes; gives the message."""
    channel = newsroom.stand_in.workspace.channel("#vric")
    channel.members.discard(newsroom.stand_in.workspace.bot.id)
    said = text or newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await newsroom.ben.posts("#vric", said, thread_ts=thread_ts)
    await newsroom.passes(days=3)
    channel.members.add(newsroom.stand_in.workspace.bot.id)
    return ts


async def adds(newsroom: Newsroom, member: Member, ts: str, channel: str = "#vric") -> None:
    await member.uses_message_shortcut(channel, ts, ADD_TO_ISSUE)
    await newsroom.settles()


@EACH_ONCE
async def test_a_message_of_three_days_ago_gets_its_card_with_credit_to_whoever_wrote_it(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)

    await adds(newsroom, newsroom.ana, ts)

    assert TANKERS in newsroom.card(ts).words
    assert "by Ana Ruiz, found by Ben Okafor." in newsroom.card(ts).words
    assert newsroom.ana.modal is None
    (item,) = await newsroom.items()
    assert (item.found_by, item.added_by) == (newsroom.ben.user.id, newsroom.ana.user.id)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "You have 1 of 5 items" in await newsroom.commands(newsroom.ben, "/vric status")
