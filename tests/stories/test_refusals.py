"""Faults 19 to 21: what Slack will not take is kept, and whoever can help is told once."""

import pytest

from tests.newsroom import Newsroom

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
