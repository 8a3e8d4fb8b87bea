"""Journey 5: a member types links from wherever they are, and says for which desk where that is not clear."""

from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, OVER_HTTP, Newsroom
from tests.shortcuts import LINKS, adds, opens_form

TANKERS = "Iran sends fleet of tankers to Venezuela"


@EACH_ONCE
async def test_links_are_typed_from_anywhere_and_the_form_tells_what_became_of_them(newsroom: Newsroom) -> None:
    tankers = newsroom.press.prints("reuters.example/tankers", TANKERS)
    envoy = newsroom.press.prints("infobae.example/envoy", "Tehran’s envoy lands in Caracas")

    await opens_form(newsroom, newsroom.ben)
    assert "What you add goes to <#" not in newsroom.modal_words(newsroom.ben)
    assert "What you add goes to #" in newsroom.modal_words(newsroom.ben)
    assert newsroom.form(newsroom.ben) == {LINKS: None, "Note for the desk": None}
    written = {LINKS: f"{tankers}\n  {envoy} from Ana\n", "Note for the desk": "Both name the same ships"}
    assert await newsroom.submits(newsroom.ben, written) == {}

    assert "Saved for No. 18: 2 links. Their card follows in #" in newsroom.modal_words(newsroom.ben)
    card = newsroom.channel_posts()[-1]
    assert TANKERS in card.words
    assert "Saved for No. 18 by Ben Okafor." in card.words
    assert card.words.count("Note by Ben Okafor: Both name the same ships") == 2
    assert [(item.url, item.found_by, item.added_by) for item in await newsroom.items()] == [
        (link, newsroom.ben.user.id, None) for link in (tankers, envoy)
    ]


@OVER_A_SOCKET
async def test_a_meeting_that_is_typed_is_asked_about_with_all_that_was_typed(newsroom: Newsroom) -> None:
    """Whoever types another one meanwhile is asked again."""
    meeting, other = (newsroom.press.prints(f"zoom.us/j/{number}", "Join our call") for number in (1, 2))
    await opens_form(newsroom, newsroom.ana)

    await newsroom.submits(newsroom.ana, {LINKS: meeting, "Note for the desk": "Minutes follow"})
    assert "This looks like a meeting link. Nothing was saved." in newsroom.modal_words(newsroom.ana)
    assert newsroom.form(newsroom.ana) == {LINKS: meeting, "Note for the desk": "Minutes follow"}
    await newsroom.submits(newsroom.ana, {LINKS: other})
    assert "Nothing was saved." in newsroom.modal_words(newsroom.ana)
    assert await newsroom.items() == []
    await newsroom.submits(newsroom.ana, {})

    assert "Saved for No. 18: 1 link." in newsroom.modal_words(newsroom.ana)
    (item,) = await newsroom.items()
    assert (item.url, item.note) == (other, "Ana Ruiz: Minutes follow")


@OVER_HTTP
async def test_what_cannot_be_read_is_said_at_the_field_and_all_that_was_typed_stays(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    await opens_form(newsroom, newsroom.ana)

    refused = await newsroom.submits(newsroom.ana, {LINKS: f"{link}\nreuters.com\nhttps://ana@tass.example/"})

    assert refused.keys() == {"links"}
    assert "“reuters.com”: " in refused["links"]
    assert "“https://ana@tass.example/”: " in refused["links"]
    assert "Nothing was saved yet" in refused["links"]
    assert await newsroom.items() == []
    assert await newsroom.submits(newsroom.ana, {LINKS: link}) == {}
    assert len(await newsroom.items()) == 1


async def lounge(newsroom: Newsroom, *people: Member) -> str:
    """There is a channel that is no desk, in which Ben wrote of a page; gives the message."""
    newsroom.stand_in.workspace.add_channel("lounge", [newsroom.ben.user.id, *(each.user.id for each in people)])
    return await newsroom.ben.posts("#lounge", newsroom.press.prints("reuters.example/tankers", TANKERS))


async def africa_opens(newsroom: Newsroom) -> None:
    """There is a second desk, whose channel Ana is in."""
    newsroom.stand_in.workspace.add_channel("africa", [newsroom.ana.user.id])
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()


@OVER_HTTP
async def test_in_a_channel_without_a_desk_the_only_one_of_the_member_is_offered(newsroom: Newsroom) -> None:
    ts = await lounge(newsroom, newsroom.ana)

    await adds(newsroom, newsroom.ana, ts, "#lounge")
    assert "This channel has no desk. What you add goes to #" in newsroom.modal_words(newsroom.ana)
    assert await newsroom.items() == []
    assert await newsroom.submits(newsroom.ana, {}) == {}

    assert "Saved for No. 18: 1 link. Its card follows in #" in newsroom.modal_words(newsroom.ana)
    assert TANKERS in newsroom.channel_posts()[-1].words
    assert "by Ana Ruiz, found by Ben Okafor." in newsroom.channel_posts()[-1].words
    assert newsroom.stand_in.thread("#lounge", ts)[1:] == []
    await newsroom.ana.closes()
    await adds(newsroom, newsroom.ana, ts, "#lounge")
    await newsroom.submits(newsroom.ana, {})
    assert "is in No. 18 already" in newsroom.modal_words(newsroom.ana)
    assert len(await newsroom.items()) == 1


@OVER_A_SOCKET
async def test_whoever_is_in_several_desks_says_for_which_it_is(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    ts = await lounge(newsroom, newsroom.ana)

    await adds(newsroom, newsroom.ana, ts, "#lounge")
    assert "This channel has no desk: say for which desk it is." in newsroom.modal_words(newsroom.ana)
    assert await newsroom.submits(newsroom.ana, {}) == {"desk": "Please complete this required field."}
    assert await newsroom.submits(newsroom.ana, {"For which desk?": "#africa"}) == {}
    assert TANKERS in [each for each in newsroom.stand_in.messages("#africa") if each.bot_id][-1].words

    await newsroom.ana.closes()
    await opens_form(newsroom, newsroom.ana)
    assert "Say for which desk they are." in newsroom.modal_words(newsroom.ana)
    link = newsroom.press.prints("infobae.example/envoy", "Tehran’s envoy lands in Caracas")
    assert await newsroom.submits(newsroom.ana, {LINKS: link, "For which desk?": "#vric"}) == {}
    assert "Tehran’s envoy" in newsroom.channel_posts()[-1].words


@OVER_A_SOCKET
async def test_whoever_left_the_channel_meanwhile_adds_nothing_there(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    await opens_form(newsroom, newsroom.ben)
    newsroom.stand_in.workspace.channel("#vric").members.discard(newsroom.ben.user.id)
    await newsroom.passes(minutes=11)

    refused = await newsroom.submits(newsroom.ben, {LINKS: link})

    assert refused["links"].startswith("You are not in the channel of that desk.")
    await newsroom.ben.closes()
    await opens_form(newsroom, newsroom.ben)
    assert "you are not in the channel of a desk" in newsroom.modal_words(newsroom.ben)
    assert newsroom.form(newsroom.ben) == {}


@OVER_A_SOCKET
async def test_a_form_that_comes_too_late_is_told_in_one_line_and_the_next_one_opens(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("views.open", "expired_trigger_id")

    await opens_form(newsroom, newsroom.ben)

    assert newsroom.ben.modal is None
    assert newsroom.ben.direct()[-1].words.startswith("That took too long and Slack let the window go.")
    await opens_form(newsroom, newsroom.ben)
    assert newsroom.form(newsroom.ben).keys() == {LINKS, "Note for the desk"}


@OVER_HTTP
async def test_where_slack_does_not_say_where_the_card_is_all_else_is_told(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    await newsroom.drops(newsroom.ana, link)
    newsroom.stand_in.fault("chat.getPermalink", "message_not_found")
    await opens_form(newsroom, newsroom.ben)

    await newsroom.submits(newsroom.ben, {LINKS: link})

    assert "is in No. 18 already, waiting for a section; Ana Ruiz found it on" in newsroom.modal_words(newsroom.ben)
    assert "See its card" not in newsroom.modal_words(newsroom.ben)


@OVER_HTTP
async def test_it_is_all_said_in_the_language_of_whoever_asks(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ben, "/vric language es")
    meeting = newsroom.press.prints("zoom.us/j/98765", "Join our call")
    await opens_form(newsroom, newsroom.ben)

    assert await newsroom.submits(newsroom.ben, {"Enlaces, uno por línea": " "}) == {"links": "Escribe un enlace."}
    await newsroom.submits(newsroom.ben, {"Enlaces, uno por línea": meeting})
    assert "¿Agregarlo de todos modos?" in newsroom.modal_words(newsroom.ben)
    await newsroom.submits(newsroom.ben, {})

    assert "Guardado para el n.º 18: 1 enlace." in newsroom.modal_words(newsroom.ben)
