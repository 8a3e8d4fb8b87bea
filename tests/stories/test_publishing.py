"""Journeys 47 and 48: an editor publishes, what blocks is said, and what was published stays what it was."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from bot.desk.archive import Archive
from bot.editorial.houses import Houses
from bot.editorial.issue import IssueState
from bot.editorial.outlet import Verdict
from bot.export.formats import FORMATS
from bot.extract.outlets import registry_date
from bot.render import Renderer
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def files(newsroom: Newsroom, link: str) -> None:
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")


@EACH_ONCE
async def test_an_editor_publishes_and_the_next_issue_opens(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()

    await newsroom.presses(newsroom.ana, draft, "Publish")

    said = [message.words for message in newsroom.stand_in.messages("#vric") if message.bot_id]
    assert any("No. 18 is published: 1 item, 0 of 1 state media." in words for words in said)
    (shown,) = [message for message in newsroom.stand_in.messages("#vric") if message.ts == draft.ts]
    assert shown.words.startswith("No. 18 is published · 1 item · 0 of 1 = 0 % state media")
    assert "Published Mon 11 Jan 2021" in shown.words
    assert shown.buttons == ["Correct"]
    assert shown.options == [*(Renderer().label(f"format.{form}") for form in FORMATS), "Feed (RSS)"]
    archive = newsroom.archive
    assert (await archive.verify(18)).is_same
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        following = await work.issues.open_of(desk.id)
    assert following is not None
    assert following.number == 19


async def test_the_cards_of_a_published_issue_say_so_and_offer_nothing_any_more(newsroom: Newsroom) -> None:
    filed = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.clicks(newsroom.ana, filed, "File in Iran")
    spiked = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/ports", "Ports of Venezuela"))
    await newsroom.selects(newsroom.ben, spiked, "Spike")
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    assert "No. 18 is published; this item no longer changes." in newsroom.card(filed).words
    assert [newsroom.card(ts).buttons for ts in (filed, spiked)] == [[], []]
    assert [newsroom.card(ts).options for ts in (filed, spiked)] == [[], []]


async def test_what_the_house_says_later_leaves_a_published_issue_as_it_was(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    house = newsroom.bot.desk.houses.default
    archive = Archive(houses=newsroom.bot.desk.houses, unit_of_work=newsroom.bot.database.unit_of_work)
    said = (await archive.edition(18)).disclaimer

    another = replace(house, printed=replace(house.printed, disclaimer="At most {limit} of {counts}, or more."))
    archive = Archive(houses=Houses([another]), unit_of_work=newsroom.bot.database.unit_of_work)

    assert said.startswith("Some reports here come from media that a state owns")
    assert (await archive.edition(18)).disclaimer == said
    assert (await archive.verify(18)).is_same


async def test_what_is_ruled_later_leaves_a_published_issue_as_it_was(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        await work.outlets.rule(desk.workspace, "reuters.example", Verdict.STATE_MEDIA, "U1", newsroom.clock())

    archive = newsroom.archive
    edition = await archive.edition(18)
    assert edition.issue.state is IssueState.PUBLISHED
    assert (edition.tally.state, edition.tally.total) == (0, 1)
    assert (await archive.verify(18)).is_same


async def test_the_day_of_the_registry_stays_that_by_which_the_issue_was_judged(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    archive = newsroom.archive
    edition = await archive.edition(18)
    assert edition.registry_of == registry_date()

    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        publication = await work.publications.newest(edition.issue.id)
        assert publication is not None
        of_an_older_one = {**publication.manifest, "registry_of": "2026-01-31"}
        later = replace(publication, version=2, manifest=of_an_older_one)
        await work.publications.add(desk, edition.issue, later)

    assert publication.manifest["registry_of"] == registry_date().isoformat()
    assert (await archive.edition(18)).registry_of == date(2026, 1, 31)


async def test_what_blocks_is_said_and_nothing_is_published(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()
    await newsroom.presses(newsroom.ana, draft, "Publish")
    empty = newsroom.whispers(newsroom.ana)[-1].words
    await files(newsroom, newsroom.press.prints("unheard-of.example/tankers", TANKERS))
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    blocked = newsroom.whispers(newsroom.ana)[-1].words

    assert empty == "No. 18 is not published: nothing is filed in it."
    assert blocked.startswith("No. 18 is not published: 2 things block it. Press Fix list")
    assert newsroom.draft().words.startswith("Draft of No. 18")


async def test_only_editors_publish(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ben, newsroom.draft(), "Publish")

    assert "Only an editor" in newsroom.whispers(newsroom.ben)[-1].words


@EACH_ONCE
async def test_exported_twice_an_issue_is_the_same_bytes_and_those_that_were_published(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()
    await newsroom.presses(newsroom.ana, draft, "Publish")

    for form in FORMATS:
        for _ in range(2):
            await newsroom.ana.selects("#vric", draft.ts, Renderer().label(f"format.{form}"))
            await newsroom.settles()

    await newsroom.ana.selects("#vric", draft.ts, "Feed (RSS)")
    await newsroom.settles()

    *shared, feed = [message for message in newsroom.replies(draft.ts) if message.files]
    rss = newsroom.stand_in.workspace.files[feed.files[0]["id"]]["content"].decode()
    assert rss.count("<item>") == 1
    assert "VRIC MONITOR No. 18" in rss
    digests = [
        sha256(newsroom.stand_in.workspace.files[message.files[0]["id"]]["content"]).hexdigest() for message in shared
    ]
    archive = newsroom.archive
    issue = (await archive.edition(18)).issue
    async with newsroom.bot.database.unit_of_work() as work:
        publication = await work.publications.newest(issue.id)
    assert publication is not None
    published = [publication.manifest["files"][form]["sha256"] for form in FORMATS]
    assert (digests[::2], digests[1::2]) == (published, published)
