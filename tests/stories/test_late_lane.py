"""Journey 45: after the freeze a link is saved for the next issue, and an editor may add it to the one that closed."""

import csv
import io
from datetime import UTC, datetime

from bot.editorial.item import Item
from bot.export.formats import render
from bot.render import Renderer
from bot.sandbox.member import Member
from bot.sandbox.person import DIRECT
from bot.sandbox.workspace import Message
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
BOATS = "Iran builds a hospital in Caracas"
THE_DEADLINE = datetime(2021, 1, 14, 22, 0, tzinfo=UTC)
SAVED = "No. 18 closed at 17:00. Saved for No. 19 by Ben Okafor."
ASK = "Ask an editor to add it to No. 18"
WHY = "Why, in one line? Whoever asked reads it"


def prints(newsroom: Newsroom, title: str = TANKERS, path: str = "iran-oil") -> str:
    return newsroom.press.prints(f"reuters.example/{path}", title, day="2021-01-13")


async def closes(newsroom: Newsroom) -> None:
    """No. 18 has an item and its draft, and reaches its freeze."""
    ts = await newsroom.drops(newsroom.ana, prints(newsroom, BOATS, "boats"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.beats(THE_DEADLINE)
    await newsroom.passes(minutes=3)


async def drops_late(newsroom: Newsroom) -> str:
    await closes(newsroom)
    return await newsroom.drops(newsroom.ben, prints(newsroom))


async def adds_editor(newsroom: Newsroom) -> Member:
    """Somebody else is an editor of the desk, too."""
    eva = newsroom.stand_in.workspace.add_user("eva", "Eva Lindgren")
    newsroom.stand_in.workspace.channel("#vric").members.add(eva.id)
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        await work.desks.add_editor(desk, eva.id, newsroom.clock())
    return newsroom.stand_in.member("eva")


def asked(member: Member) -> Message:
    """The one message in which an editor is asked."""
    (found,) = [each for each in member.direct() if "asks to add to No. 18" in each.words]
    return found


async def decides(newsroom: Newsroom, member: Member, label: str) -> None:
    await member.clicks(DIRECT, asked(member).ts, label)
    await newsroom.settles()


async def publishes(newsroom: Newsroom) -> None:
    """Ana has the links looked at again, and publishes."""
    draft = newsroom.draft()
    await newsroom.presses(newsroom.ana, draft, "Refresh")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    (shown,) = [message for message in newsroom.channel_posts() if message.ts == draft.ts]
    assert shown.words.startswith("No. 18 is published")


async def numbers(newsroom: Newsroom) -> dict[str, int]:
    """In which issue each item is, by its title."""
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        found: dict[str, int] = {}
        for number in (18, 19):
            issue = await work.issues.numbered(desk.id, number)
            assert issue is not None
            found |= {item.title or "": number for item in await work.items.of_issue(issue.id)}
    return found


async def late_item(newsroom: Newsroom) -> Item:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.numbered(desk.id, 18)
        assert issue is not None
        (item,) = [each for each in await work.items.of_issue(issue.id) if each.title == TANKERS]
    return item


async def verbs(newsroom: Newsroom, item: Item) -> list[str]:
    async with newsroom.bot.database.unit_of_work() as work:
        return [change.verb for change in await work.changes.of_item(item.id)]


@EACH_ONCE
async def test_a_link_after_the_freeze_is_saved_for_the_next_issue_and_can_be_asked_into_the_closed_one(
    newsroom: Newsroom,
) -> None:
    ts = await drops_late(newsroom)

    card = newsroom.card(ts)
    assert SAVED in card.words
    assert card.buttons[0] == ASK
    assert (await numbers(newsroom))[TANKERS] == 19


async def test_a_link_before_the_freeze_is_not_late(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, prints(newsroom))

    await newsroom.beats(THE_DEADLINE)

    assert "Saved for No. 19 by Ben Okafor." in newsroom.card(ts).words
    assert ASK not in newsroom.card(ts).buttons


async def test_every_editor_is_asked_once_and_nobody_else(newsroom: Newsroom) -> None:
    eva = await adds_editor(newsroom)
    ts = await drops_late(newsroom)
    card = newsroom.card(ts)

    for _ in range(2):
        await newsroom.ben.clicks("#vric", card.ts, ASK)
        await newsroom.has_heard()
    await newsroom.settles()

    for editor in (newsroom.ana, eva):
        message = asked(editor)
        assert message.words.startswith("Ben Okafor asks to add to No. 18, which closed Thu 14 Jan 2021 17:00 EST:")
        assert f"{TANKERS}\nReuters · 13 Jan 2021 · no section yet · found by Ben Okafor" in message.words
        assert message.buttons == ["Accept", "Decline"]
    assert newsroom.ben.direct() == []
    card = newsroom.card(ts)
    assert "Ben Okafor asked the editors to add it to No. 18." in card.words
    assert ASK not in card.buttons


async def test_what_an_editor_accepts_is_in_the_closed_issue_marked_as_late_and_everybody_is_told(
    newsroom: Newsroom,
) -> None:
    eva = await adds_editor(newsroom)
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, ASK)
    assert "filed in Iran" in asked(eva).words

    await decides(newsroom, newsroom.ana, "Accept")

    assert (await numbers(newsroom))[TANKERS] == 18
    for editor in (newsroom.ana, eva):
        assert "✓ Accepted by Ana Ruiz at 17:0" in asked(editor).words
        assert asked(editor).buttons == ["Undo"]
    card = newsroom.card(ts)
    assert "filed in Iran by Ben Okafor" in card.words
    assert "Late: Ben Okafor asked for it, accepted by Ana Ruiz." in card.words
    (told,) = newsroom.ben.direct()
    assert f"Ana Ruiz added {TANKERS} to No. 18 at 17:0" in told.words
    item = await late_item(newsroom)
    assert item.late is not None
    assert (item.late.asked_by, item.late.by) == (newsroom.ben.user.id, newsroom.ana.user.id)
    assert (await verbs(newsroom, item))[-3:] == ["asked to add late", "added late", "accepted late"]


async def test_the_draft_that_was_posted_shows_what_was_added_and_the_gate_names_it(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, ASK)
    assert "· 1 item ·" in newsroom.draft().words

    await decides(newsroom, newsroom.ana, "Accept")

    assert "· 2 items ·" in newsroom.draft().words
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    expected = f"Advice: {TANKERS} came after the freeze: Ben Okafor asked for it, Ana Ruiz accepted it."
    assert expected in newsroom.modal_words(newsroom.ana)


async def test_the_record_of_the_publication_says_what_was_late(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")

    await publishes(newsroom)

    item = await late_item(newsroom)
    async with newsroom.bot.database.unit_of_work() as work:
        publication = await work.publications.newest(item.issue_id)
    assert publication is not None
    (named,) = publication.manifest["late"]
    assert (named["url"], named["asker"], named["name"]) == (item.url, "Ben Okafor", "Ana Ruiz")
    draft = await newsroom.bot.desk.draft_of(item.issue_id, None, now=newsroom.clock())
    table = render("csv", draft.edition, Renderer()).decode("utf-8-sig")
    marks = {row["title"]: row["accepted late by"] for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert marks == {TANKERS: newsroom.ana.user.id, BOATS: ""}
    assert (await newsroom.archive.verify(18)).is_same


async def test_an_item_without_a_section_is_filed_in_the_closed_issue_by_editors_alone(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")
    assert "It waits for a section" in asked(newsroom.ana).words

    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    assert "No. 18 is closed" in newsroom.whispers(newsroom.ben)[-1].words
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words
    assert (await late_item(newsroom)).section == "iran"


async def test_a_guest_asks_nobody(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)

    await newsroom.clicks(newsroom.guest(), ts, ASK)

    assert ASK in newsroom.card(ts).buttons
    assert [each for each in newsroom.ana.direct() if "asks to add" in each.words] == []


async def test_once_the_issue_is_published_nothing_is_offered_and_an_old_button_says_why(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    message = asked(newsroom.ana)
    other = await newsroom.drops(newsroom.ben, prints(newsroom, "Iran sends more tankers", "more"))
    old = newsroom.card(other)

    await publishes(newsroom)
    await newsroom.ana.clicks(DIRECT, message.ts, "Accept")
    await newsroom.ben.clicks("#vric", old.ts, ASK)
    await newsroom.settles()

    assert "No. 18 is published" in newsroom.ana.whispers(DIRECT)[-1].words
    assert "No. 18 is published" in newsroom.whispers(newsroom.ben)[-1].words
    assert (await numbers(newsroom))[TANKERS] == 19
    third = await newsroom.drops(newsroom.ben, prints(newsroom, "Iran sends nothing", "nothing"))
    assert ASK not in newsroom.card(third).buttons


async def test_what_was_added_without_a_section_goes_on_when_the_issue_is_published(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")

    await publishes(newsroom)

    assert (await numbers(newsroom))[TANKERS] == 19
    assert "Late:" not in newsroom.card(ts).words


async def test_a_restart_between_asking_and_deciding_loses_nothing(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.ben.clicks("#vric", newsroom.card(ts).ts, ASK)
    await newsroom.has_heard()
    await newsroom.restarts()
    await newsroom.settles()
    await newsroom.ana.clicks(DIRECT, asked(newsroom.ana).ts, "Accept")
    await newsroom.has_heard()

    await newsroom.restarts()
    await newsroom.settles()

    assert "✓ Accepted by Ana Ruiz" in asked(newsroom.ana).words
    assert "Late: Ben Okafor asked for it, accepted by Ana Ruiz." in newsroom.card(ts).words
    assert len(newsroom.ben.direct()) == 1


async def test_an_issue_that_an_editor_closed_early_says_when(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric issue close")
    await newsroom.passes(days=1)

    ts = await newsroom.drops(newsroom.ben, prints(newsroom))

    assert "No. 18 closed Mon 11 Jan 2021 10:0" in newsroom.card(ts).words
