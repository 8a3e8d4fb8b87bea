"""The home of the app: what is a member's, what is short, and the button to whatever comes next."""

from datetime import timedelta

from bot.sandbox.member import Member
from tests.newsroom import OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
SUGAR = "Cuba sells sugar to nobody in particular"
NO_LINKS = "New links are needed for Venezuela (0 of 10), "


async def opens_home(newsroom: Newsroom, member: Member) -> str:
    """A member opens their home, and has read before what is kept; gives what it says."""
    await member.opens_home()
    await newsroom.settles()
    if "Got it" in newsroom.home_words(member):
        await clicks(newsroom, member, "Got it")
    return newsroom.home_words(member)


async def clicks(newsroom: Newsroom, member: Member, label: str) -> None:
    await member.clicks_in_home(label)
    await newsroom.settles()


async def drops_tankers(newsroom: Newsroom, member: Member) -> str:
    return await newsroom.drops(member, newsroom.press.prints("reuters.example/tankers", TANKERS))


def publications(newsroom: Newsroom, member: Member) -> int:
    """How often a member's home was brought up to date."""
    calls = [call for call in newsroom.stand_in.calls if call.method == "views.publish"]
    return sum(1 for call in calls if call.args["user_id"] == member.user.id)


async def test_a_home_tells_the_deadline_the_share_what_is_mine_what_is_short_and_what_is_covered(
    newsroom: Newsroom,
) -> None:
    ts = await drops_tankers(newsroom, newsroom.ben)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    link = newsroom.press.prints("telesur.example/rusia", "Russia and Iran talk of tankers")
    await newsroom.accepts(newsroom.ana, await newsroom.drops(newsroom.ana, link), under="Iran")

    words = await opens_home(newsroom, newsroom.ben)

    parts = [
        "VRIC MONITOR No. 18",
        "No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left).",
        "1 of 2 so far is state media; forecast 1 of 100 planned = 1 % (limit 20 % of the overall issue",
        "Yours\nYou have 1 of 5 items in this issue:",
        f"• {TANKERS}, Iran",
        "Short",
        f"{NO_LINKS}The Bolivarian Network (0 of 8)",
        "Iran (2 of 10)",
        "Coverage\nVenezuela: 0 items (minimum 10)",
        "Iran: 2 items (minimum 10), of which 1 is state media",
        "Settings\nThis page shows the desk of",
    ]
    places = [words.find(part) for part in parts]
    assert places == sorted(places)
    assert -1 not in places
    assert "\nDesk\n" not in words


async def test_the_deadline_is_told_on_the_members_own_clock_too_where_that_differs(newsroom: Newsroom) -> None:
    newsroom.stand_in.workspace.add_user("carla", "Carla Mas", tz="Europe/Madrid")

    here, there = (
        await opens_home(newsroom, newsroom.ben),
        await opens_home(newsroom, newsroom.stand_in.member("carla")),
    )

    assert "closes Thu 14 Jan 2021 17:00 EST (3 days left).\n" in here
    assert "closes Thu 14 Jan 2021 17:00 EST (3 days left). Where you are that is Thu 14 Jan 2021 23:00 CET." in there


async def test_what_waits_for_a_member_has_the_button_to_whatever_is_open_first(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("unheard-of.example/sugar", SUGAR, day=None)
    await newsroom.drops(newsroom.ben, link)
    assert await opens_home(newsroom, newsroom.ana)
    assert SUGAR not in newsroom.home_words(newsroom.ana)

    words = await opens_home(newsroom, newsroom.ben)
    assert "Still open: section, date, whether it is state media · its card" in words
    await clicks(newsroom, newsroom.ben, "File")
    assert await newsroom.submits(newsroom.ben, {"Section": "Iran"}) == {}
    assert "Still open: date, whether it is state media · its card" in newsroom.home_words(newsroom.ben)
    await clicks(newsroom, newsroom.ben, "Set date")
    assert await newsroom.submits(newsroom.ben, {"Date": "2021-01-10"}) == {}
    assert "Still open: whether it is state media · its card" in newsroom.home_words(newsroom.ben)
    await newsroom.ben.selects_in_home("No")
    await newsroom.settles()

    assert "Still open" not in newsroom.home_words(newsroom.ben)
    assert f"You have 1 of 5 items in this issue:\n• {SUGAR}, Iran" in newsroom.home_words(newsroom.ben)


async def test_a_row_leads_to_the_card_of_its_item_and_slack_is_asked_once_where_that_is(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom, newsroom.ben)
    await opens_home(newsroom, newsroom.ben)

    await newsroom.passes(minutes=90)
    await opens_home(newsroom, newsroom.ben)

    assert newsroom.ben.home is not None
    (row,) = [b for b in newsroom.ben.home["blocks"] if "Still open" in b.get("text", {}).get("text", "")]
    assert f"/{newsroom.card(ts).ts}|its card>" in row["text"]["text"]
    assert len([call for call in newsroom.stand_in.calls if call.method == "chat.getPermalink"]) == 1


async def test_a_page_that_looks_like_no_item_is_decided_in_the_review_list(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/", "Reuters: world news")
    await newsroom.drops(newsroom.ben, link)
    words = await opens_home(newsroom, newsroom.ben)
    assert "Is it an item of this issue?" in words

    await clicks(newsroom, newsroom.ben, "Decide")
    await newsroom.presses_in_form(newsroom.ben, "Remove")

    assert "Is it an item of this issue?" not in newsroom.home_words(newsroom.ben)


async def test_a_short_section_shows_what_waits_and_may_fit_and_files_it(newsroom: Newsroom) -> None:
    await drops_tankers(newsroom, newsroom.ana)
    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/x", "Nothing of what anybody asks about"))
    words = await opens_home(newsroom, newsroom.ben)
    assert "Iran: 0 of 10. 1 waiting link may fit." in words

    await newsroom.ben.clicks_in_home(
        "Show",
        nth=[row for row in words.split("\n") if "may fit" in row].index("Iran: 0 of 10. 1 waiting link may fit."),
    )
    await newsroom.settles()
    form = newsroom.modal_words(newsroom.ben)
    assert "Iran has 0 of 10. By their words these may fit:" in form
    assert TANKERS in form
    assert "Nothing of what anybody" not in form
    await newsroom.presses_in_form(newsroom.ben, "File")

    assert "Iran has 1 of 10. No link that waits fits by its words: new ones are needed." in newsroom.modal_words(
        newsroom.ben
    )
    assert "Iran (1 of 10)" in newsroom.home_words(newsroom.ben)
    assert "Iran: 1 item (minimum 10)" in newsroom.home_words(newsroom.ben)


async def test_state_media_are_filed_from_a_home_with_a_word_on_them(newsroom: Newsroom) -> None:
    word = {
        "What is it about?": "Diplomatic",
        "What I checked": ["Not reported by other media: I checked", "No opinion and no declaration"],
    }
    for part in range(2):
        await newsroom.drops(newsroom.ben, newsroom.press.prints(f"telesur.example/{part}", f"Iran envoy, part {part}"))
    assert "Still open: section, your word on state media · its card" in await opens_home(newsroom, newsroom.ben)

    await clicks(newsroom, newsroom.ben, "Accept as state media")
    assert await newsroom.submits(newsroom.ben, {"Under which section?": "Iran", **word}) == {}
    await clicks(newsroom, newsroom.ben, "Show")
    await newsroom.presses_in_form(newsroom.ben, "File")
    assert await newsroom.submits(newsroom.ben, word) == {}

    assert "Iran has 2 of 10. No link that waits fits by its words" in newsroom.modal_words(newsroom.ben)
    assert "Iran: 2 items (minimum 10), of which 2 are state media" in newsroom.home_words(newsroom.ben)
    assert "Still open" not in newsroom.home_words(newsroom.ben)


async def test_a_home_that_lies_open_follows_what_others_do(newsroom: Newsroom) -> None:
    await opens_home(newsroom, newsroom.ben)
    await newsroom.passes(minutes=5)

    ts = await drops_tankers(newsroom, newsroom.ana)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.passes(seconds=20)
    assert "Iran: 1 item (minimum 10)" in newsroom.home_words(newsroom.ben)

    await newsroom.clicks(newsroom.ana, ts, "Undo")
    await newsroom.passes(seconds=20)
    assert "Iran: 0 items (minimum 10)" in newsroom.home_words(newsroom.ben)
    assert "1 waiting link may fit" in newsroom.home_words(newsroom.ben)

    await newsroom.moves_deadline("Fri 12:00")
    await newsroom.passes(seconds=20)
    assert "No. 18 closes Fri 15 Jan 2021 12:00 EST" in newsroom.home_words(newsroom.ben)


async def test_the_days_left_pass_in_a_home_in_which_nothing_else_changes(newsroom: Newsroom) -> None:
    assert "(3 days left)" in await opens_home(newsroom, newsroom.ben)

    await newsroom.passes(hours=7, minutes=30)

    assert "(2 days left)" in newsroom.home_words(newsroom.ben)


async def test_a_home_that_nobody_opened_for_a_working_day_is_left_alone_until_it_is_opened(
    newsroom: Newsroom,
) -> None:
    await opens_home(newsroom, newsroom.ben)
    before = publications(newsroom, newsroom.ben)
    await newsroom.passes(hours=9)

    await drops_tankers(newsroom, newsroom.ana)
    await newsroom.passes(minutes=1)

    assert publications(newsroom, newsroom.ben) == before
    assert "1 waiting link may fit" in await opens_home(newsroom, newsroom.ben)


async def test_of_several_desks_a_home_asks_which_and_keeps_to_what_was_chosen(newsroom: Newsroom) -> None:
    await drops_tankers(newsroom, newsroom.ben)
    newsroom.stand_in.workspace.add_channel("africa", [newsroom.ana.user.id, newsroom.ben.user.id])
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()
    words = await opens_home(newsroom, newsroom.ben)
    assert "There are 2 desks in this workspace, and I do not know which one you want to see." in words

    await clicks(newsroom, newsroom.ben, "Choose a desk")
    assert await newsroom.submits(newsroom.ben, {"Choose a desk": "#africa"}) == {}
    await newsroom.ben.opens_home()
    await newsroom.settles()

    assert "No. 19" in newsroom.home_words(newsroom.ben)
    assert TANKERS not in newsroom.home_words(newsroom.ben)
    await clicks(newsroom, newsroom.ben, "Other desk")
    assert newsroom.form(newsroom.ben) == {"Choose a desk": "#africa"}
    assert await newsroom.submits(newsroom.ben, {"Choose a desk": "#vric"}) == {}
    assert TANKERS in newsroom.home_words(newsroom.ben)


async def test_a_desk_whose_channel_a_member_left_is_neither_offered_nor_shown(newsroom: Newsroom) -> None:
    newsroom.stand_in.workspace.add_channel("africa", [newsroom.ana.user.id, newsroom.ben.user.id])
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()
    await opens_home(newsroom, newsroom.ben)
    await clicks(newsroom, newsroom.ben, "Choose a desk")
    await newsroom.stand_in.leaves("#africa", "ben")
    newsroom.clock.advance(timedelta(minutes=11))  # for ten it is believed who is in a channel

    refused = await newsroom.submits(newsroom.ben, {"Choose a desk": "#africa"})
    words = await opens_home(newsroom, newsroom.ben)

    assert refused["desk"].startswith("You are not in the channel of that desk. Join it first, then choose again.")
    assert "No. 18" in words


async def test_editors_alone_see_the_gate_and_how_much_blocks(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("unheard-of.example/sugar", SUGAR, day=None)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.selects(newsroom.ana, ts, "Iran")

    theirs, mine = await opens_home(newsroom, newsroom.ben), await opens_home(newsroom, newsroom.ana)
    await clicks(newsroom, newsroom.ana, "Fix list (3 blocking)")

    assert "Desk\n3 findings block No. 18." in mine
    assert "block" not in theirs
    assert newsroom.modal_words(newsroom.ana).count("Blocks: ") == 3


async def test_an_editor_opens_waiting_list_registry_and_calendar_from_their_home(newsroom: Newsroom) -> None:
    await opens_home(newsroom, newsroom.ben)
    await opens_home(newsroom, newsroom.ana)

    for label, title in (("Waiting list", "Waiting for an editor"), ("Outlets", "Outlets"), ("Calendar", "Calendar")):
        assert label not in newsroom.home_words(newsroom.ben)
        await clicks(newsroom, newsroom.ana, label)
        assert newsroom.ana.modal is not None
        assert newsroom.ana.modal["title"]["text"] == title
        await newsroom.ana.closes()


async def test_a_member_keeps_reminders_away_from_their_home(newsroom: Newsroom) -> None:
    await opens_home(newsroom, newsroom.ben)

    await clicks(newsroom, newsroom.ben, "My reminders")

    assert newsroom.ben.modal is not None
    assert newsroom.ben.modal["title"]["text"] == "Reminders"


async def test_a_guest_who_files_from_a_home_is_told_that_members_do(newsroom: Newsroom) -> None:
    gus = newsroom.guest()
    await drops_tankers(newsroom, gus)
    await opens_home(newsroom, gus)

    await clicks(newsroom, gus, "File")

    assert gus.told("Only the desk can do that: you are a guest in this workspace. Nothing was changed.")
    assert "Iran: 0 items" in await opens_home(newsroom, gus)


async def test_an_item_that_somebody_else_filed_meanwhile_is_said_in_the_form(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom, newsroom.ben)
    await opens_home(newsroom, newsroom.ben)
    await clicks(newsroom, newsroom.ben, "File")
    await newsroom.clicks(newsroom.ana, ts, "File in Venezuela")

    refused = await newsroom.submits(newsroom.ben, {"Section": "Iran"})

    assert "Ana Ruiz" in refused["section"]
    assert [item.section for item in await newsroom.items()] == ["venezuela"]


async def test_a_burst_of_changes_brings_a_home_up_to_date_a_few_times_and_rightly(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom, newsroom.ana)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await opens_home(newsroom, newsroom.ben)
    await newsroom.passes(minutes=2)
    before, began = publications(newsroom, newsroom.ben), newsroom.clock()

    for _ in range(12):
        await newsroom.clicks(newsroom.ana, ts, "Undo")
        await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.passes(seconds=20)

    spans = (newsroom.clock() - began) / timedelta(seconds=15)
    assert publications(newsroom, newsroom.ben) - before <= spans + 1
    assert "Iran: 1 item (minimum 10)" in newsroom.home_words(newsroom.ben)
