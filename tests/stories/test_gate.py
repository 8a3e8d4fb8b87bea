"""Journey 47: what stands between an issue and its publication is named, mended where it is read, or waived by name."""

from datetime import UTC, datetime

from bot.editorial.item import Item
from bot.ports import Publication
from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

_EVER = datetime.min.replace(tzinfo=UTC)
TANKERS = "Iran sends fleet of tankers to Venezuela"


async def files(newsroom: Newsroom, link: str) -> str:
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    return ts


async def becomes_state_media(newsroom: Newsroom) -> str:
    """What Ana filed of an outlet that nobody knew, before Ben said that it is of a state."""
    ts = await files(newsroom, newsroom.press.prints("unheard-of.example/doctors", "Cuba sends doctors to Iran"))
    await newsroom.says_of_state(newsroom.ben, ts)
    return ts


async def item_of(newsroom: Newsroom) -> Item:
    (item,) = await newsroom.items()
    return item


async def publication_of(newsroom: Newsroom, item: Item) -> Publication:
    async with newsroom.bot.database.unit_of_work() as work:
        found = await work.publications.newest(item.issue_id)
    assert found is not None
    return found


async def logged(newsroom: Newsroom) -> list[str]:
    """What the log tells of waivers."""
    issue = (await item_of(newsroom)).issue_id
    async with newsroom.bot.database.unit_of_work() as work:
        changes = await work.changes.of_issue(issue, _EVER, ["waived", "waiver taken back"])
    return [change.verb for change in changes]


async def publishes(newsroom: Newsroom) -> str:
    """Ana presses Publish; gives what the first message of the draft says then."""
    draft = newsroom.draft()
    await newsroom.presses(newsroom.ana, draft, "Publish")
    (shown,) = [message for message in newsroom.channel_posts() if message.ts == draft.ts]
    return shown.words


async def test_what_an_item_lacks_is_mended_in_the_fix_list_which_shows_what_is_left(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("unheard-of.example/tankers", TANKERS, day=None))

    words = await newsroom.opens_fix_list()
    assert f"Blocks: {TANKERS} has no date." in words
    assert "Blocks: it is undecided whether unheard-of.example is state media" in words

    await newsroom.presses_in_form(newsroom.ana, "Edit")
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-09", "Source, as cited": "Unheard Of"})
    assert "has no date" not in newsroom.modal_words(newsroom.ana)
    await newsroom.ana.selects_in_modal("No")
    await newsroom.settles()
    assert "Blocks" not in newsroom.modal_words(newsroom.ana)

    assert (await publishes(newsroom)).startswith("No. 18 is published")


async def test_the_headline_is_written_from_the_fix_list(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    assert "Advice: the issue has no headline." in await newsroom.opens_fix_list()

    await newsroom.presses_in_form(newsroom.ana, "Write the headline")
    await newsroom.submits(newsroom.ana, {"Headline": "TK"})
    words = newsroom.modal_words(newsroom.ana)
    assert "no headline" not in words
    assert "Blocks: “Headline” holds a mark of something that is still to come" in words

    await newsroom.presses_in_form(newsroom.ana, "Write")
    await newsroom.submits(newsroom.ana, {"Headline": "Calm waters"})
    assert "Blocks" not in newsroom.modal_words(newsroom.ana)


async def test_state_media_are_attested_by_whoever_checked(newsroom: Newsroom) -> None:
    ts = await becomes_state_media(newsroom)
    assert "Attest" in newsroom.card(ts).buttons
    assert "Blocks: nobody attested Cuba sends doctors to Iran" in await newsroom.opens_fix_list()

    await newsroom.presses_in_form(newsroom.ana, "Attest")
    refused = await newsroom.submits(newsroom.ana, {"What is it about?": "Diplomatic"})
    assert refused == {"checks": "State media may stand here only where both are so. Check them, or spike the item."}
    checked = ["Not reported by other media: I checked", "No opinion and no declaration"]
    assert await newsroom.submits(newsroom.ana, {"What is it about?": "Diplomatic", "What I checked": checked}) == {}

    assert "nobody attested" not in newsroom.modal_words(newsroom.ana)
    card = newsroom.card(ts)
    assert "Attested by Ana Ruiz: diplomatic, not reported by other media, no opinion." in card.words
    assert "Attest" not in card.buttons

    await newsroom.clicks(newsroom.ben, ts, "Attest anew")
    await newsroom.submits(newsroom.ben, {"What is it about?": "Economic", "What I checked": checked})
    assert "Attested by Ben Okafor: economic" in newsroom.card(ts).words
    assert [verb for verb in await newsroom.logged() if verb == "attested"] == ["attested"] * 2


async def test_a_member_attests_from_the_card(newsroom: Newsroom) -> None:
    ts = await becomes_state_media(newsroom)

    await newsroom.clicks(newsroom.ben, ts, "Attest")
    checked = ["Not reported by other media: I checked", "No opinion and no declaration"]
    await newsroom.submits(newsroom.ben, {"What is it about?": "Military", "What I checked": checked})

    assert "Attested by Ben Okafor: military" in newsroom.card(ts).words


async def test_an_editor_waives_with_a_reason_that_stands_in_the_record(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS, day=None))
    await newsroom.opens_fix_list()

    await newsroom.presses_in_form(newsroom.ana, "Waive")
    assert await newsroom.submits(newsroom.ana, {"Why? It is printed in the record, with your name": " \n "}) == {
        "reason": "Say why, in one line."
    }
    await newsroom.submits(
        newsroom.ana, {"Why? It is printed in the record, with your name": "The ministry gives no date."}
    )
    waived = f"Waived: {TANKERS} has no date. Ana Ruiz let it pass: The ministry gives no date."
    assert waived in newsroom.modal_words(newsroom.ana)

    item = await item_of(newsroom)
    assert (await publishes(newsroom)).startswith("No. 18 is published")
    (waiver,) = (await publication_of(newsroom, item)).manifest["waivers"]
    assert (waiver["finding"], waiver["by"], waiver["reason"]) == (
        f"no date:{item.id}",
        "Ana Ruiz",
        "The ministry gives no date.",
    )


async def test_a_waiver_is_taken_back(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS, day=None))
    await newsroom.opens_fix_list()
    await newsroom.presses_in_form(newsroom.ana, "Waive")
    await newsroom.submits(newsroom.ana, {"Why? It is printed in the record, with your name": "It is old."})

    await newsroom.presses_in_form(newsroom.ana, "Take back")

    assert f"Blocks: {TANKERS} has no date." in newsroom.modal_words(newsroom.ana)
    assert (await publishes(newsroom)).startswith("Draft of No. 18")
    assert await logged(newsroom) == ["waived", "waiver taken back"]


async def test_members_who_are_no_editors_waive_nothing(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS, day=None))
    await newsroom.commands(newsroom.ben, "/vric draft")
    await newsroom.presses(newsroom.ben, newsroom.draft(), "Fix list")
    await newsroom.presses_in_form(newsroom.ben, "Waive")

    refused = await newsroom.submits(newsroom.ben, {"Why? It is printed in the record, with your name": "Please."})

    assert "Only an editor" in refused["reason"]
    assert await logged(newsroom) == []


async def test_the_share_is_never_waived_and_only_declared(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("prensa-latina.example/doctors", "Cuba sends doctors to Iran")
    await newsroom.accepts(newsroom.ana, await newsroom.drops(newsroom.ana, link), under="Iran")
    words = await newsroom.opens_fix_list()
    assert "Blocks: state media are over the limit of 20 %" in words
    assert "Waive" not in words.splitlines()

    await newsroom.presses_in_form(newsroom.ana, "Declare a special edition")
    await newsroom.submits(newsroom.ana, {"Why it carries more state media": "Nobody else reported the summit."})

    assert "Advice: state media are over the limit of 20 %" in newsroom.modal_words(newsroom.ana)


async def test_a_link_that_died_since_it_was_filed_blocks_until_somebody_decides(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    await files(newsroom, link)
    await newsroom.commands(newsroom.ana, "/vric draft")
    newsroom.press.fails("reuters.example/tankers", 404)
    await newsroom.passes(days=2)

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    said = newsroom.whispers(newsroom.ana)[-1].words
    assert said.startswith("No. 18 is not published yet: 1 link was not looked at within a day.")
    assert newsroom.draft().words.startswith("Draft of No. 18")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    assert "1 thing blocks it" in newsroom.whispers(newsroom.ana)[-1].words

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert f"Blocks: {TANKERS} is gone. The page answers 404: it is not there." in newsroom.modal_words(newsroom.ana)
    newsroom.press.prints("reuters.example/tankers", TANKERS)
    await newsroom.presses_in_form(newsroom.ana, "Read again")
    assert (await publishes(newsroom)).startswith("No. 18 is published")


async def test_whoever_opens_the_fix_list_has_old_links_looked_at(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.passes(days=2)

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")

    assert "Blocks: 1 link was not looked at within a day. I look at them now" in newsroom.modal_words(newsroom.ana)
    assert (await item_of(newsroom)).checked_at == newsroom.clock()
    assert "Blocks" not in await newsroom.opens_fix_list()


async def test_links_that_stand_as_they_stood_are_looked_at_and_the_issue_is_published(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.passes(days=2)

    await newsroom.commands(newsroom.ana, "/vric draft")

    assert (await publishes(newsroom)).startswith("No. 18 is published")
    assert "looked at" not in await newsroom.logged()


async def test_a_page_that_says_something_else_now_is_shown_and_taken_over_on_request(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    newsroom.press.prints("reuters.example/tankers", "Iran sends no tankers at all")
    await newsroom.passes(days=2)

    await newsroom.commands(newsroom.ana, "/vric draft")
    words = await newsroom.opens_fix_list()
    assert f"Advice: the page of {TANKERS} says something else now: “Iran sends no tankers at all”." in words
    assert (await item_of(newsroom)).title == TANKERS

    await newsroom.presses_in_form(newsroom.ana, "Read again")
    assert (await item_of(newsroom)).title == "Iran sends no tankers at all"
    assert "something else now" not in await newsroom.opens_fix_list()


async def test_a_page_that_moved_is_cited_where_it_is_on_request(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    there = newsroom.press.prints("reuters.example/archive/tankers", TANKERS)
    newsroom.press.moves("reuters.example/tankers", there)
    await newsroom.passes(days=2)

    await newsroom.commands(newsroom.ana, "/vric draft")
    assert f"has moved to {there}" in await newsroom.opens_fix_list()
    await newsroom.presses_in_form(newsroom.ana, "Read again")

    assert (await item_of(newsroom)).url == there
    assert "has moved" not in await newsroom.opens_fix_list()


async def test_a_site_that_fails_is_asked_again_before_it_is_called_dead(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    newsroom.press.fails("reuters.example/tankers", 503)
    await newsroom.passes(days=2)

    await newsroom.commands(newsroom.ana, "/vric draft")
    assert not (await item_of(newsroom)).checked.gone
    newsroom.press.prints("reuters.example/tankers", TANKERS)
    await newsroom.passes(minutes=2)

    assert (await item_of(newsroom)).checked_at == newsroom.clock()
    assert (await publishes(newsroom)).startswith("No. 18 is published")


async def test_a_blocked_issue_is_mended_by_an_editor_after_its_freeze(newsroom: Newsroom) -> None:
    ts = await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS, day=None))
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.commands(newsroom.ana, "/vric issue close")

    await newsroom.clicks(newsroom.ben, ts, "Edit")
    assert "editors alone change its items" in newsroom.whispers(newsroom.ben)[-1].words
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    await newsroom.presses_in_form(newsroom.ana, "Edit")
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-09"})

    assert (await publishes(newsroom)).startswith("No. 18 is published")
    archive = newsroom.archive
    assert (await archive.verify(18)).is_same
