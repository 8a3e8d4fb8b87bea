"""Editors order the items of a section and the must reads, and pin what leads; nothing is ordered over in silence."""

from collections.abc import Sequence

import pytest

from bot.editorial.rundown import assemble
from bot.sandbox.member import Member
from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TITLES = ("Tankers left", "Tankers came", "Tankers sank", "Tankers burn")


async def files(newsroom: Newsroom, *titles: str, day: str = "2021-01-{:02d}") -> list[str]:
    """Ben files items in Iran, each a day older than the one before; gives the messages that brought them."""
    brought = []
    for place, title in enumerate(titles):
        link = newsroom.press.prints(f"reuters.example/{title.casefold().replace(' ', '-')}", title)
        ts = await newsroom.drops(newsroom.ben, link)
        await newsroom.clicks(newsroom.ben, ts, "Edit")
        await newsroom.submits(newsroom.ben, {"Date": day.format(10 - place)})
        await newsroom.clicks(newsroom.ben, ts, "File in Iran")
        brought.append(ts)
    return brought


async def orders(newsroom: Newsroom, member: Member, what: str = "Iran") -> None:
    """An editor opens the order of a section, or of the must reads, in the draft's first message."""
    draft = newsroom.draft()
    await member.selects(draft.channel, draft.ts, what, action_id="order_section")
    await newsroom.settles()


async def printed(newsroom: Newsroom, section: str = "iran") -> list[str | None]:
    """The titles of a section in the order in which they are printed."""
    items = [item for item in await newsroom.items() if item.section == section]
    async with newsroom.bot.database.unit_of_work() as work:
        issue = await work.issues.get(items[0].issue_id)
    return [item.title for item in assemble(newsroom.bot.desk.houses.default, issue, items).items]


def label(newsroom: Newsroom, member: Member, title: str) -> str:
    (found,) = [each for each in newsroom.form(member) if title in each]
    return found


async def places(newsroom: Newsroom, member: Member, wanted: dict[str, str]) -> dict[str, str]:
    """An editor gives places by title."""
    return await newsroom.submits(member, {label(newsroom, member, title): place for title, place in wanted.items()})


def numbered(titles: Sequence[str]) -> list[str]:
    return [f"{place}. {title}" for place, title in enumerate(titles, start=1)]


async def test_an_editor_gives_an_item_its_place_and_the_draft_follows(newsroom: Newsroom) -> None:
    await files(newsroom, *TITLES)
    await newsroom.commands(newsroom.ana, "/vric draft")
    (reply,) = [each for each in newsroom.replies(newsroom.draft().ts) if "Tankers" in each.words]
    await newsroom.presses(newsroom.ana, reply, "Order")
    assert list(newsroom.form(newsroom.ana)) == [
        f"{place}. {title} · Reuters · {11 - place} Jan 2021" for place, title in enumerate(TITLES, start=1)
    ]
    assert set(newsroom.form(newsroom.ana).values()) == {None}

    assert await places(newsroom, newsroom.ana, {"Tankers burn": "2"}) == {}

    assert await printed(newsroom) == ["Tankers left", "Tankers burn", "Tankers came", "Tankers sank"]
    (shown,) = [each.words for each in newsroom.replies(newsroom.draft().ts) if "Tankers" in each.words]
    assert shown.index("Tankers burn") < shown.index("Tankers came")
    await orders(newsroom, newsroom.ana)
    assert list(newsroom.form(newsroom.ana).values()) == ["1", "2", None, None]


async def test_what_comes_later_stands_below_what_has_a_place_and_by_its_date(newsroom: Newsroom) -> None:
    await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await places(newsroom, newsroom.ana, {"Tankers sank": "1"})

    await files(newsroom, "Tankers rest", day="2021-01-{:02d}")

    assert await printed(newsroom) == ["Tankers sank", "Tankers left", "Tankers rest", "Tankers came"]


async def test_what_is_pinned_leads_whatever_the_places(newsroom: Newsroom) -> None:
    *_, last = await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await places(newsroom, newsroom.ana, {"Tankers came": "1"})

    await newsroom.selects(newsroom.ana, last, "Pin to the top of its section")

    assert await printed(newsroom) == ["Tankers sank", "Tankers came", "Tankers left"]
    assert "Pinned to the top of its section." in newsroom.card(last).words
    await newsroom.selects(newsroom.ana, last, "Unpin")
    assert await printed(newsroom) == ["Tankers came", "Tankers left", "Tankers sank"]
    assert (await newsroom.logged())[-2:] == ["pinned", "unpinned"]


async def test_of_two_editors_who_order_the_second_sees_the_new_order_and_chooses(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    for member in (newsroom.ana, newsroom.ben):
        await orders(newsroom, member)
    await places(newsroom, newsroom.ben, {"Tankers sank": "1"})

    assert await places(newsroom, newsroom.ana, {"Tankers came": "1"}) == {}

    assert await printed(newsroom) == ["Tankers sank", "Tankers left", "Tankers came"]
    words = newsroom.modal_words(newsroom.ana)
    assert "Somebody changed this order while you were at it (last: Ben Okafor" in words
    assert "\n".join(numbered(["Tankers sank", "Tankers left", "Tankers came"])) in words
    await newsroom.submits(newsroom.ana, {})
    assert await printed(newsroom) == ["Tankers came", "Tankers left", "Tankers sank"]


async def test_a_form_is_made_for_its_pins_too(newsroom: Newsroom) -> None:
    first, *_ = await files(newsroom, *TITLES[:2])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await newsroom.selects(newsroom.ana, first, "Pin to the top of its section")

    await places(newsroom, newsroom.ana, {"Tankers came": "1"})

    assert "1. Tankers left (pinned)" in newsroom.modal_words(newsroom.ana)
    assert await printed(newsroom) == ["Tankers left", "Tankers came"]


async def test_what_came_or_went_meanwhile_keeps_nobody_from_ordering(newsroom: Newsroom) -> None:
    first, *_ = await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await newsroom.selects(newsroom.ben, first, "Spike")
    await files(newsroom, "Tankers rest")

    await places(newsroom, newsroom.ana, {"Tankers sank": "1"})

    assert newsroom.ana.modal is None
    assert await printed(newsroom) == ["Tankers sank", "Tankers rest", "Tankers came"]


async def test_a_move_drops_the_place_and_undoing_it_brings_the_place_back(newsroom: Newsroom) -> None:
    *_, last = await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await places(newsroom, newsroom.ana, {"Tankers sank": "1"})
    await newsroom.selects(newsroom.ana, last, "Pin to the top of its section")

    await newsroom.clicks(newsroom.ben, last, "Move")
    await newsroom.submits(newsroom.ben, {"To which section?": "Hezbollah"})

    (moved,) = [item for item in await newsroom.items() if item.section == "hezbollah"]
    assert (moved.rank, moved.pinned) == (None, False)
    await newsroom.clicks(newsroom.ana, last, "Undo")
    assert await printed(newsroom) == ["Tankers sank", "Tankers left", "Tankers came"]
    assert [item.pinned for item in await newsroom.items()] == [False, False, True]


async def test_the_last_order_can_be_undone_and_the_undoing_too(newsroom: Newsroom) -> None:
    await files(newsroom, *TITLES[:3])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await places(newsroom, newsroom.ana, {"Tankers sank": "1"})
    await orders(newsroom, newsroom.ana)

    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()

    assert "Undone." in newsroom.modal_words(newsroom.ana)
    assert await printed(newsroom) == list(TITLES[:3])
    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()
    assert await printed(newsroom) == ["Tankers sank", "Tankers left", "Tankers came"]


async def test_an_order_that_somebody_else_changed_is_not_undone(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await files(newsroom, *TITLES[:2])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    await places(newsroom, newsroom.ana, {"Tankers came": "1"})
    for member in (newsroom.ana, newsroom.ben):
        await orders(newsroom, member)
    await places(newsroom, newsroom.ben, {"Tankers left": "1"})

    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()

    assert "Nothing was undone: somebody changed this order" in newsroom.modal_words(newsroom.ana)
    assert await printed(newsroom) == ["Tankers left", "Tankers came"]


async def test_must_reads_are_ordered_in_the_same_form(newsroom: Newsroom) -> None:
    for ts in await files(newsroom, *TITLES[:3]):
        await newsroom.selects(newsroom.ana, ts, "Make it a must read")
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana, "Must reads")
    assert list(newsroom.form(newsroom.ana).values()) == ["1", "2", "3"]

    await places(newsroom, newsroom.ana, {"Tankers sank": "1", "Tankers left": ""})

    await orders(newsroom, newsroom.ana, "Must reads")
    titles = [each.removesuffix(" by Reuters") for each in newsroom.form(newsroom.ana)]
    assert titles == numbered(["Tankers sank", "Tankers came", "Tankers left"])
    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()
    assert next(iter(newsroom.form(newsroom.ana))) == "1. Tankers left by Reuters"


async def test_must_reads_that_somebody_else_wrote_meanwhile_are_not_ordered_away(newsroom: Newsroom) -> None:
    first, second, third = await files(newsroom, *TITLES[:3])
    for ts in (first, second):
        await newsroom.selects(newsroom.ana, ts, "Make it a must read")
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana, "Must reads")
    await newsroom.selects(newsroom.ana, third, "Make it a must read")

    await places(newsroom, newsroom.ana, {"Tankers came": "1"})

    assert "3. Tankers sank by Reuters" in newsroom.modal_words(newsroom.ana)
    await newsroom.submits(newsroom.ana, {})
    await orders(newsroom, newsroom.ana, "Must reads")
    titles = [each.removesuffix(" by Reuters") for each in newsroom.form(newsroom.ana)]
    assert titles == numbered(["Tankers came", "Tankers left", "Tankers sank"])


@pytest.mark.parametrize("written", ["0", "-1", "first", "1.5", "3"])
async def test_a_place_that_is_none_is_said_at_its_field(newsroom: Newsroom, written: str) -> None:
    await files(newsroom, *TITLES[:2])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)

    refused = await places(newsroom, newsroom.ana, {"Tankers came": written})

    assert list(refused.values()) == ["This entry is not a number that is asked for."]
    assert await printed(newsroom) == list(TITLES[:2])


async def test_only_editors_order_and_pin(newsroom: Newsroom) -> None:
    first, *_ = await files(newsroom, *TITLES[:2])
    await newsroom.commands(newsroom.ana, "/vric draft")

    await orders(newsroom, newsroom.ben)
    await newsroom.selects(newsroom.ben, first, "Pin to the top of its section")

    assert newsroom.ben.modal is None
    assert ["Only an editor" in each.words for each in newsroom.whispers(newsroom.ben)[-2:]] == [True, True]
    assert not any(item.pinned for item in await newsroom.items())


async def test_a_published_issue_is_ordered_no_more(newsroom: Newsroom) -> None:
    await files(newsroom, *TITLES[:2])
    await newsroom.commands(newsroom.ana, "/vric draft")
    await orders(newsroom, newsroom.ana)
    draft = newsroom.draft().ts
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    (refused,) = (await places(newsroom, newsroom.ana, {"Tankers came": "1"})).values()

    assert "No. 18 is published" in refused
    (reply,) = [each for each in newsroom.replies(draft) if "Tankers" in each.words]
    assert "Order" not in reply.buttons
