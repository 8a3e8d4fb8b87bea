"""What an agency announces is filed as a release by itself, printed once, and never taken for state media's."""

import pytest

from bot.editorial.item import ItemState
from bot.editorial.outlet import Control, Outlet, Verdict
from bot.export.formats import FORMATS
from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

PLACE = "home.treasury.gov/news/press-releases/sm1232"
SANCTIONS = "Treasury Sanctions Iranian Tankers & Their Owners"
BY_ITSELF = f"✓ {SANCTIONS}\nis a release of TREASURY in No. 18; I filed it by itself"
TEAM = "T0SANDBOX"
FIRST = "File as release: TREASURY"


def announced(newsroom: Newsroom, place: str = PLACE, title: str | None = SANCTIONS) -> str:
    return newsroom.press.prints(place, title)


async def placings(newsroom: Newsroom) -> list[tuple[str, str]]:
    (item,) = await newsroom.items()
    async with newsroom.bot.database.unit_of_work() as work:
        changes = await work.changes.of_item(item.id)
    return [(change.verb, change.by) for change in changes if change.verb in {"filed", "moved", "undone"}]


async def writes(newsroom: Newsroom, passage: str, written: dict[str, str]) -> None:
    draft = newsroom.draft()
    await newsroom.ana.selects(draft.channel, draft.ts, passage)
    await newsroom.settles()
    assert await newsroom.submits(newsroom.ana, written) == {}


async def test_what_an_agency_announces_is_filed_by_itself_and_printed(newsroom: Newsroom) -> None:
    link = announced(newsroom)

    ts = await newsroom.drops(newsroom.ben, link)

    card = newsroom.card(ts)
    assert card.words.startswith(BY_ITSELF)
    assert card.buttons[:3] == ["Move to a section", "Undo", "Edit"]
    assert "State media?" not in str(card.blocks)
    assert await placings(newsroom) == [("filed", "")]
    assert f"OFFICIAL RELEASES\n\n• TREASURY: {SANCTIONS}\n" in await newsroom.printed()
    assert f"• {SANCTIONS}" not in await newsroom.printed()
    assert f"]({link})" in await newsroom.printed("md")
    assert f",Releases,1,TREASURY: {SANCTIONS}," in await newsroom.printed("csv")


async def test_it_counts_as_a_release_wherever_the_share_is_told_and_as_no_sections_item(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ben, announced(newsroom))

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("telesur.example/1", "Iran sends tankers"))

    assert "If accepted: 1 of 2 so far is state media" in newsroom.card(ts).words
    told = await newsroom.commands(newsroom.ben, "/vric status")
    assert "0 of 1 so far is state media" in told
    assert "Releases: 1" in told
    assert "Iran: 0 of" in told
    await newsroom.accepts(newsroom.ana, ts, under="Iran")
    await newsroom.commands(newsroom.ben, "/vric draft")
    draft = newsroom.draft()
    assert draft.words.startswith("Draft of No. 18 · 1 item, 1 release · ")
    assert "1 of 2 so far is state media" in draft.words
    releases, iran = newsroom.replies(draft.ts)
    assert releases.words == f"OFFICIAL RELEASES\n• TREASURY: {SANCTIONS}"
    assert iran.words.startswith("Iran\n")
    found = await newsroom.commands(newsroom.ben, "/vric find owners releases")
    assert f"No. 18, Releases · 11 Jan 2021 · {SANCTIONS}" in found


async def test_undone_it_is_a_pending_item_and_is_not_filed_by_itself_again(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))

    await newsroom.clicks(newsroom.ben, ts, "Undo")

    assert newsroom.card(ts).buttons[0] == FIRST
    assert newsroom.card(ts).buttons[1].startswith("File in ")
    await newsroom.selects(newsroom.ana, ts, "Read the page again")
    (item,) = await newsroom.items()
    assert (item.state, item.section) == (ItemState.PENDING, None)
    assert SANCTIONS not in await newsroom.printed()
    await newsroom.clicks(newsroom.ben, ts, FIRST)
    assert "is a release of TREASURY in No. 18, filed by Ben Okafor" in newsroom.card(ts).words
    assert await placings(newsroom) == [
        ("filed", ""),
        ("undone", newsroom.ben.user.id),
        ("filed", newsroom.ben.user.id),
    ]


async def test_who_wants_it_as_an_item_moves_it_to_a_section_and_back(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))

    await newsroom.clicks(newsroom.ana, ts, "Move to a section")
    await newsroom.submits(newsroom.ana, {"To which section?": "Iran"})

    assert "filed in Iran · 1 item (minimum" in newsroom.card(ts).words
    assert "moved from Releases to Iran by Ana Ruiz" in newsroom.card(ts).words
    text = await newsroom.printed()
    assert f"• {SANCTIONS} – Treasury Department on 11-JAN" in text
    assert "OFFICIAL RELEASES" not in text
    await newsroom.clicks(newsroom.ana, ts, "Move")
    await newsroom.submits(newsroom.ana, {"To which section?": "Releases"})
    assert f"• TREASURY: {SANCTIONS}" in await newsroom.printed()


@pytest.mark.parametrize("with_address", [True, False])
async def test_what_editors_wrote_of_the_same_release_is_printed_and_counted_once(
    newsroom: Newsroom, *, with_address: bool
) -> None:
    link = announced(newsroom)
    await newsroom.commands(newsroom.ana, "/vric draft")
    address = f"\n{link}?utm_source=mail" if with_address else ""
    title = "Treasury acts" if with_address else SANCTIONS
    await writes(newsroom, "Releases", {"Heading": "ON SHIPS", "Release 1": f"TREASURY: {title}{address}"})

    await newsroom.drops(newsroom.ben, link)

    text = await newsroom.printed()
    assert f"ON SHIPS\n\n• TREASURY: {title}\n" in text
    assert text.count("TREASURY") == 1
    assert "0 of 1 so far" in await newsroom.commands(newsroom.ben, "/vric status")


async def test_what_a_guest_dropped_waits_for_an_editor(newsroom: Newsroom) -> None:
    guest = newsroom.stand_in.workspace.add_user("gus", "Gus Haddad", is_restricted=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(guest.id)

    ts = await newsroom.drops(newsroom.stand_in.member("gus"), announced(newsroom))

    assert "An editor will look at it." in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ben, ts, FIRST)
    assert "Only an editor" in newsroom.whispers(newsroom.ben)[-1].words
    await newsroom.clicks(newsroom.ana, ts, FIRST)
    assert "is a release of TREASURY in No. 18, filed by Ana Ruiz" in newsroom.card(ts).words


async def test_an_agency_without_a_label_is_asked_about_and_the_issue_waits_for_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom, "www.gov.uk/news/ships", "UK sanctions ships"))
    assert "I do not know under which agency it would be printed as a release." in newsroom.card(ts).words
    assert newsroom.card(ts).buttons[0] == "File as a release"

    await newsroom.clicks(newsroom.ana, ts, "File as a release")

    assert "Which agency issued it? Name it with Edit" in newsroom.card(ts).words
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    assert "1 thing blocks it" in newsroom.whispers(newsroom.ana)[-1].words
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert "Blocks: UK sanctions ships is a release without its agency." in newsroom.modal_words(newsroom.ana)
    await newsroom.ana.closes()
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Agency, as printed before a release": "FOREIGN OFFICE"})
    assert "is a release of FOREIGN OFFICE in No. 18" in newsroom.card(ts).words
    assert "Agency edited by Ana Ruiz." in newsroom.card(ts).words
    assert "• FOREIGN OFFICE: UK sanctions ships" in await newsroom.printed()


async def test_without_a_title_nothing_is_filed_by_itself_and_the_gate_names_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom, title=None))
    assert "The page has no title that I can read." in newsroom.card(ts).words

    await newsroom.clicks(newsroom.ana, ts, FIRST)

    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert "has no title." in newsroom.modal_words(newsroom.ana)


async def test_what_a_watched_state_announces_stays_state_media(newsroom: Newsroom) -> None:
    async with newsroom.bot.database.unit_of_work() as work:
        await work.outlets.load([Outlet("kremlin.ru", "Kremlin Press Release", "RU", Control.GOVERNMENT)])

    ts = await newsroom.drops(newsroom.ana, announced(newsroom, "en.kremlin.ru/events/1", "Talks on Iran"))

    assert "State media: Kremlin Press Release (government, RU)" in newsroom.card(ts).words
    assert not [label for label in newsroom.card(ts).buttons if "release" in label]
    assert "Releases" not in newsroom.card(ts).options


async def test_what_is_ruled_state_media_later_is_no_release(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Undo")
    offered = newsroom.card(ts)
    (item,) = await newsroom.items()
    assert item.outlet is not None
    domain, ana = item.outlet.domain, newsroom.ana.user.id
    async with newsroom.bot.database.unit_of_work() as work:
        await work.outlets.rule(TEAM, domain, Verdict.STATE_MEDIA, ana, newsroom.clock())

    await newsroom.presses(newsroom.ana, offered, FIRST)

    refused = "home.treasury.gov counts as state media here, and a release never does. Nothing was changed"
    assert newsroom.whispers(newsroom.ana)[-1].words.startswith(refused)
    (item,) = await newsroom.items()
    assert item.state is ItemState.PENDING


async def test_the_gate_names_a_release_of_what_became_state_media(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, announced(newsroom))
    (item,) = await newsroom.items()
    assert item.outlet is not None
    domain, ana = item.outlet.domain, newsroom.ana.user.id
    async with newsroom.bot.database.unit_of_work() as work:
        await work.outlets.rule(TEAM, domain, Verdict.STATE_MEDIA, ana, newsroom.clock())

    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")

    words = newsroom.modal_words(newsroom.ana)
    assert f"counts as state media, and no release does. Move {SANCTIONS} to a section." in words


async def test_two_members_at_once_leave_one_truth(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Undo")
    card = newsroom.card(ts)
    (item,) = await newsroom.items()
    await newsroom.bot.desk.file(item.id, "iran", workspace=TEAM, by=newsroom.ben.user.id, now=newsroom.clock())

    await newsroom.presses(newsroom.ana, card, FIRST)

    assert "Ben Okafor filed this in Iran" in newsroom.whispers(newsroom.ana)[-1].words


async def test_who_drops_it_again_is_told_that_nobody_filed_it_but_the_bot(newsroom: Newsroom) -> None:
    link = announced(newsroom)
    await newsroom.drops(newsroom.ana, link)

    await newsroom.drops(newsroom.ben, link)

    assert f"I filed {SANCTIONS} in Releases on " in newsroom.whispers(newsroom.ben)[-1].words


async def test_published_it_stays_what_it_was_in_every_format(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, announced(newsroom))
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/1", "Iran sends tankers"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    archive = newsroom.archive
    edition = await archive.edition(18)
    assert [each.title for each in edition.writing.releases] == [SANCTIONS]
    assert (edition.tally.state, edition.tally.total, edition.tally.undecided) == (0, 2, 0)
    found = await archive.verify(18)
    assert found.formats == dict.fromkeys(FORMATS, "same")


async def test_links_of_which_the_issue_closed_before_they_were_read_go_on_into_the_next(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, announced(newsroom, PLACE + "1", "The earlier one"))
    page = newsroom.press.holds_back(PLACE, SANCTIONS)
    await newsroom.ana.posts("#vric", page.link)

    async with newsroom.while_reading(page):
        await newsroom.ana.commands("#vric", "/vric issue close")
        await newsroom.has_heard()

    (item,) = await newsroom.items()
    assert (item.title, item.is_release) == (SANCTIONS, True)
    assert f"• TREASURY: {SANCTIONS}" in await newsroom.printed()
    assert "The earlier one" not in await newsroom.printed()


async def test_among_many_links_a_release_is_filed_and_the_others_wait(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{number}", f"Iran, part {number}") for number in range(3)]

    ts = await newsroom.drops(newsroom.ana, " ".join([*links, announced(newsroom)]))

    assert newsroom.card(ts).words.startswith("4 links found. 1 filed, 3 wait for a section.")
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    assert "is a release of TREASURY in No. 18" in newsroom.modal_words(newsroom.ana)
    await newsroom.ana.clicks_in_modal("Undo")
    await newsroom.settles()
    assert FIRST in newsroom.modal_words(newsroom.ana)


async def test_a_release_whose_link_is_taken_out_stays_and_whoever_took_it_out_is_told(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))

    await newsroom.ana.edits("#vric", ts, "never mind")
    await newsroom.settles()

    assert f"You took {SANCTIONS} out of your message. It stays filed in Releases" in (
        newsroom.whispers(newsroom.ana)[-1].words
    )
    assert f"• TREASURY: {SANCTIONS}" in await newsroom.printed()


async def test_a_click_on_a_release_of_a_closed_issue_changes_nothing_and_nothing_is_lost(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, announced(newsroom))
    card = newsroom.card(ts)
    (item,) = await newsroom.items()
    await newsroom.commands(newsroom.ana, "/vric issue close")

    await newsroom.presses(newsroom.ben, card, "Undo")

    assert "No. 18 is closed" in newsroom.whispers(newsroom.ben)[-1].words
    draft = await newsroom.bot.desk.draft_of(item.issue_id, None, now=newsroom.clock())
    assert [each.title for each in draft.edition.writing.releases] == [SANCTIONS]


async def test_a_release_that_an_earlier_issue_had_is_asked_about_and_not_filed_by_itself(newsroom: Newsroom) -> None:
    link = announced(newsroom)
    await newsroom.drops(newsroom.ana, link)
    await newsroom.commands(newsroom.ana, "/vric issue close")

    ts = await newsroom.drops(newsroom.ben, link)

    assert "Already in No. 18, Releases" in newsroom.card(ts).words
    assert newsroom.card(ts).buttons == ["Not for this issue", "Use again"]
    assert await placings(newsroom) == []
