"""Journey 51, faults 15, 19 and 20: what Slack refuses is kept, said once, and listed by `/vric doctor`."""

from datetime import timedelta

import pytest

from bot.desk.errors import EditorsOnlyError
from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def drops_tankers(newsroom: Newsroom, number: int = 1) -> str:
    return await newsroom.drops(newsroom.ben, newsroom.press.prints(f"reuters.example/{number}", TANKERS))


async def asks(newsroom: Newsroom, member: Member) -> str:
    """What the doctor tells a member, without the ticks around names of things."""
    return (await newsroom.commands(member, "/vric doctor")).replace("`", "")


def warnings(newsroom: Newsroom) -> list[str]:
    """What Ana, who is the editor, was told in private."""
    return [message.words for message in newsroom.ana.direct() if message.bot_id]


@EACH_ONCE
async def test_what_slack_refuses_is_kept_said_once_and_shown_by_the_doctor_until_it_is_posted(
    newsroom: Newsroom,
) -> None:
    newsroom.stand_in.fault("chat.postMessage", "is_archived", times=2, channel="#vric")
    first = await drops_tankers(newsroom)
    second = await drops_tankers(newsroom, 2)

    told = await asks(newsroom, newsroom.ana)

    assert "Something needs somebody. Nothing is lost" in told
    assert "2 messages in #C000VRIC given up because of is_archived, since Mon 11 Jan 2021 10:00 EST." in told
    assert "The channel is archived: unarchive it, and they are posted." in told
    assert (len(warnings(newsroom)), newsroom.replies(first), newsroom.replies(second)) == (1, [], [])

    await newsroom.presses(newsroom.ana, newsroom.whispers(newsroom.ana)[-1], "Try again now")
    assert TANKERS in newsroom.card(first).words
    assert TANKERS in newsroom.card(second).words
    await newsroom.bot.edge.heartbeat.beat()
    told = await asks(newsroom, newsroom.ana)
    assert "I am well. There is nothing to do." in told
    assert "Slack refuses no message of mine." in told


CHANNEL_TROUBLES = {
    "is_archived": ("is archived, so I cannot post", "unarchive it"),
    "not_in_channel": ("I was removed from", "invite me again"),
    "channel_not_found": ("I can no longer see the desk's channel", "invite me again"),
    "restricted_action": ("say who may post there, and I may not", "posting permissions"),
    "restricted_action_read_only_channel": ("say who may post there, and I may not", "posting permissions"),
}


@pytest.mark.parametrize("reason", CHANNEL_TROUBLES)
async def test_of_a_channel_that_takes_no_posts_the_editor_hears_once_and_the_doctor_says_what_to_do(
    newsroom: Newsroom, reason: str
) -> None:
    newsroom.stand_in.fault("chat.postMessage", reason, times=100, channel="#vric")
    for number in (1, 2):
        await drops_tankers(newsroom, number)

    told = await asks(newsroom, newsroom.ana)

    said, to_do = CHANNEL_TROUBLES[reason]
    (warned,) = warnings(newsroom)
    assert said in warned
    assert f"given up because of {reason}, since" in told
    assert to_do in told


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive"])
async def test_where_the_workspace_refuses_the_token_the_doctor_still_answers(newsroom: Newsroom, code: str) -> None:
    newsroom.stand_in.locks_out(code)
    await drops_tankers(newsroom)

    told = await asks(newsroom, newsroom.ana)

    assert f"Slack refuses my token ({code}). I rest, and ask again every two minutes." in told
    assert "They wait until Slack lets me in again." in told or "It waits until Slack lets me in again." in told
    newsroom.stand_in.locks_out(None)
    await newsroom.settles(patience=timedelta(minutes=5))
    assert "Slack takes my token and grants all that I need." in await asks(newsroom, newsroom.ana)


async def test_a_rate_limit_that_lasts_is_shown_with_its_end_and_asks_nothing_of_anybody(newsroom: Newsroom) -> None:
    await newsroom.bot.edge.heartbeat.beat()
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", retry_after=600, channel="#vric")
    ts = await drops_tankers(newsroom)

    told = await asks(newsroom, newsroom.ana)

    assert "I am well." in told
    assert "1 message in #C000VRIC put back because of ratelimited" in told
    assert "Slack asks me to slow down. There is nothing to do: I go on Mon 11 Jan 2021 10:10 EST." in told
    assert warnings(newsroom) == []
    await newsroom.passes(minutes=10)
    assert TANKERS in newsroom.card(ts).words


async def test_a_messages_tab_that_is_off_is_shown_with_where_to_switch_it_on(newsroom: Newsroom) -> None:
    conversation = newsroom.stand_in.workspace.conversation_with(newsroom.ben.user.id).id
    newsroom.stand_in.fault("chat.postMessage", "messages_tab_disabled", channel=conversation)
    await newsroom.ben.posts(conversation, newsroom.press.prints("reuters.example/direct", TANKERS))
    await newsroom.settles()

    told = await asks(newsroom, newsroom.ana)

    assert "1 message in a direct conversation given up because of messages_tab_disabled" in told
    assert "whoever runs me switches it on under “App Home”" in told


async def test_events_that_were_given_up_are_counted_without_a_word_of_what_they_hold(newsroom: Newsroom) -> None:
    for secret in ("one", "two"):
        event = {"channel": "C000VRIC", "user": "U000ANA", "text": f"<https://secret.example/{secret}>"}
        newsroom.stand_in.emit("message", event)
    await newsroom.settles(patience=timedelta(minutes=2))

    told = await asks(newsroom, newsroom.ana)

    assert "2 events given up because of KeyError" in told
    assert "Whoever runs me finds them with vric queue" in told
    assert "secret" not in told


async def test_scopes_that_lack_pages_that_wait_a_wrong_clock_and_a_clock_that_stands_are_told(
    newsroom: Newsroom,
) -> None:
    await newsroom.bot.edge.heartbeat.beat()
    newsroom.stand_in.is_misset(timedelta(minutes=7), "im:write")
    await newsroom.drops(newsroom.ben, newsroom.press.fails("reuters.example/busy", 503))
    newsroom.clock.advance(timedelta(minutes=6))

    told = await asks(newsroom, newsroom.ana)

    assert "I lack permissions: im:write. Whoever runs me updates the app from manifest.json" in told
    assert "My machine's clock is 7 minutes behind Slack's." in told
    assert "1 page waits to be read, the next Mon 11 Jan 2021" in told
    assert "My clock last beat Mon 11 Jan 2021 10:00 EST: reminders stand still" in told


async def test_whoever_is_no_editor_is_told_who_may_ask_and_nothing_else(newsroom: Newsroom) -> None:
    told = await asks(newsroom, newsroom.ben)

    assert told == (
        "Editors of this desk see how I am: @U001ANA and the workspace's admins. Ask one of them to type /vric doctor."
    )


async def test_only_an_editor_has_given_up_messages_tried_again(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "invalid_blocks", channel="#vric")
    ts = await drops_tankers(newsroom)
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()

    with pytest.raises(EditorsOnlyError):
        await newsroom.bot.desk.try_again(desk, by=newsroom.ben.user.id, now=newsroom.clock())
    await newsroom.settles()

    assert newsroom.replies(ts) == []


async def test_the_doctor_speaks_the_editors_language(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "is_archived", channel="#vric")
    await drops_tankers(newsroom)
    await newsroom.commands(newsroom.ana, "/vric language Español")

    told = await asks(newsroom, newsroom.ana)

    assert "Algo necesita de alguien. Nada se pierde" in told
    assert "1 mensaje en #C000VRIC: abandonado por is_archived, desde lun 11 ene 2021 10:00 EST." in told
    assert "Slack acepta mi token y me concede todo lo que necesito." in told
