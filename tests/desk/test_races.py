"""Fault 13 and its kin: many at once, one truth."""

import asyncio
from datetime import date
from itertools import pairwise

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.desk.editing import Words
from bot.desk.errors import AlreadyWrittenError, SomebodyWasFasterError
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict
from bot.ports import PageAlreadyThereError, Person, Standing
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    HOUSE,
    MORNING,
    TANKERS,
    TEAM,
    VACCINE,
    Staff,
    desk_on,
    desk_record,
    drop,
    dropped,
    history,
    item_of,
    log_of,
)

CLICKS = 50


async def crowd(replicas: list[Database]) -> tuple[list[Person], list[Desk]]:
    """Fifty members whom every desk knows, and a desk on each database."""
    people = [Person(f"U_{number:02}", f"Member {number}", "UTC", Standing.MEMBER) for number in range(CLICKS)]
    desks = [desk_on(database, people=Staff(*people, ANA)) for database in replicas]
    for person in people:
        await desks[0].person(TEAM, person.id, MORNING)
    return people, desks


async def test_of_fifty_who_file_at_once_one_wins_and_the_others_are_told_who_and_where(
    replicas: list[Database],
) -> None:
    people, desks = await crowd(replicas)
    item = await dropped(desks[0])
    sections = [section.key for section in HOUSE.sections]

    async def click(number: int) -> Item:
        section, desk = sections[number % len(sections)], desks[number % len(desks)]
        return await desk.file(item.id, section, workspace=TEAM, by=people[number].id, now=MORNING)

    ended = await asyncio.gather(*(click(number) for number in range(CLICKS)), return_exceptions=True)

    (winner,) = (each for each in ended if isinstance(each, Item))
    losers = [each for each in ended if isinstance(each, SomebodyWasFasterError)]
    assert [each for each in ended if each is not winner and each not in losers] == []
    assert len(losers) == CLICKS - 1
    assert winner.section is not None
    name = next(person.name for person in people if person.id == winner.filed_by)
    title = HOUSE.section(winner.section).title
    assert {(each.by, each.section, each.at) for each in losers} == {(name, title, MORNING)}
    assert [change.verb for change in await history(replicas[0], item.id)] == ["dropped", "filed"]
    assert await item_of(replicas[0], item.id) == winner
    assert winner.version == item.version + 1


async def test_a_message_delivered_to_every_replica_at_once_is_stored_once(replicas: list[Database]) -> None:
    desks = [desk_on(database) for database in replicas]

    taken = await asyncio.gather(*(desk.take_in(drop(TANKERS, VACCINE), now=MORNING) for desk in desks))

    assert sorted(len(each.items) for each in taken) == [0, 0, 0, 2]
    assert [each.duplicates for each in taken] == [()] * 4


async def test_links_that_come_in_at_once_in_every_order_are_each_stored_once_and_the_others_are_told(
    replicas: list[Database],
) -> None:
    """On PostgreSQL two messages with the same links in opposite order would otherwise block each other."""
    links = [f"https://reuters.com/world/{number}" for number in range(12)]
    orders = [links, links[::-1], links[6:] + links[:6], links[::2] + links[1::2]]
    drops = [
        Drop(TEAM, CHANNEL, f"16103772{number:02}.000100", None, BEN.id, tuple(order))
        for number, order in enumerate(orders * 2)
    ]
    desks = [desk_on(database) for database in replicas] * 2

    taken = await asyncio.gather(*(desk.take_in(each, now=MORNING) for desk, each in zip(desks, drops, strict=True)))

    assert sorted(item.url for each in taken for item in each.items) == sorted(links)
    assert sum(len(each.duplicates) for each in taken) == len(links) * (len(drops) - 1)


async def test_a_channel_that_becomes_a_desk_in_many_places_at_once_is_one_desk_with_its_editor(
    replicas: list[Database],
) -> None:
    """The invitation and the first links may arrive in any order, at any replica."""
    desks = [desk_on(database) for database in replicas]

    await asyncio.gather(
        desks[0].take_in(drop(TANKERS, channel="C_AFRICA"), now=MORNING),
        desks[1].welcome(TEAM, "C_AFRICA", editor=ANA.id, now=MORNING),
        desks[2].take_in(drop(VACCINE, channel="C_AFRICA"), now=MORNING),
        desks[3].welcome(TEAM, "C_AFRICA", editor=ANA.id, now=MORNING),
    )

    record = await desk_record(replicas[0], "C_AFRICA")
    async with replicas[0].unit_of_work() as work:
        assert await work.desks.editors(record) == [ANA.id]
        issue = await work.issues.open_of(record.id)
        assert issue is not None
        assert len(await work.items.of_issue(issue.id)) == 2
    verbs = [row.verb for row in await log_of(replicas[0]) if row.desk_id == record.id]
    assert [verbs.count(verb) for verb in ("desk made", "opened", "editor added")] == [1, 1, 1]


async def test_when_the_freeze_passes_the_next_issue_opens_once_and_no_link_goes_into_the_old_one(
    replicas: list[Database],
) -> None:
    desks = [desk_on(database) for database in replicas]
    links = [f"https://reuters.com/world/{number}" for number in range(8)]

    taken = await asyncio.gather(
        *(
            desk.take_in(drop(link, message=f"1610661600.{number:06}"), now=DEADLINE)
            for number, (desk, link) in enumerate(zip(desks * 2, links, strict=True))
        ),
        *(desk.beat(now=DEADLINE) for desk in desks),
    )

    record = await desk_record(replicas[0])
    async with replicas[0].unit_of_work() as work:
        issue = await work.issues.open_of(record.id)
        assert issue is not None
        assert len(await work.items.of_issue(issue.id)) == len(links)
    assert issue.number == 19
    assert len(taken) == 12
    verbs = [row.verb for row in await log_of(replicas[0])]
    assert (verbs.count("closed"), verbs.count("opened")) == (1, 2)


async def test_an_issue_that_closes_while_members_file_takes_in_nothing_after_its_end(
    replicas: list[Database],
) -> None:
    desks = [desk_on(database) for database in replicas]
    items = [await dropped(desks[0], f"https://reuters.com/{number}", message=f"1.{number}") for number in range(8)]
    record = await desk_record(replicas[0])

    await asyncio.gather(
        *(
            desk.file(item.id, "iran", workspace=TEAM, by=BEN.id, now=MORNING)
            for desk, item in zip(desks * 2, items, strict=True)
        ),
        desks[3].close_issue(record, by=EVA.id, now=MORNING),
        return_exceptions=True,
    )

    rows = await log_of(replicas[0])
    closed = next(row.id for row in rows if row.verb == "closed")
    filed = {row.item_id for row in rows if row.verb == "filed"}
    first = items[0].issue_id
    assert all((row.issue_id == first) == (row.id < closed) for row in rows if row.verb == "filed")
    for item in items:
        stands = await item_of(replicas[0], item.id)
        assert (stands.state is ItemState.FILED) == (item.id in filed)


async def test_what_is_undone_is_what_stood_before_also_when_others_move_the_item_at_once(
    replicas: list[Database],
) -> None:
    desks = [desk_on(database) for database in replicas]
    item = await dropped(desks[0])
    ends = await asyncio.gather(
        desks[0].file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING),
        *(
            desk.move(item.id, "hezbollah", moved_from="iran", workspace=TEAM, by=BEN.id, now=MORNING)
            for desk in desks[1:]
        ),
        return_exceptions=True,
    )

    changes = [change for change in await history(replicas[0], item.id) if change.verb != "dropped"]
    assert [end for end in ends if not isinstance(end, Item | SomebodyWasFasterError)] == []
    for earlier, later in pairwise(changes):
        assert later.before == earlier.after


async def test_notes_written_at_once_are_all_kept(replicas: list[Database]) -> None:
    desks = [desk_on(database) for database in replicas]
    item = await dropped(desks[0])

    await asyncio.gather(
        *(
            desk.add_note(item.id, f"check figure {number}", workspace=TEAM, by=BEN.id, now=MORNING)
            for number, desk in enumerate(desks)
        )
    )

    note = (await item_of(replicas[0], item.id)).note
    assert note is not None
    assert sorted(note.splitlines()) == [f"Ben Okafor: check figure {number}" for number in range(4)]


async def test_of_two_edits_at_once_only_the_field_of_both_is_left_to_the_first_and_nothing_else_is_lost(
    replicas: list[Database],
) -> None:
    one, other = desk_on(replicas[0]), desk_on(replicas[1])
    item = await dropped(one)
    shown = Words.of(item)
    title = Words("Iran sends “fleet” of tankers & crew", None, None, None, None, None)
    both = Words("Танкеры", "Reuters", None, "es", None, None)

    ended = await asyncio.gather(
        one.edit(item.id, title, opened_with=shown.marks(), workspace=TEAM, by=ANA.id, now=MORNING),
        other.edit(item.id, both, opened_with=shown.marks(), workspace=TEAM, by=BEN.id, now=MORNING),
        return_exceptions=True,
    )

    refused = [each for each in ended if isinstance(each, Exception)]
    assert len(refused) == 1
    stands = await item_of(replicas[0], item.id)
    assert stands.edited["title"] in {ANA.id, BEN.id}
    assert (stands.edited["source"], stands.edited["language"]) == (BEN.id, BEN.id)


async def test_of_two_who_bring_back_the_same_page_one_is_refused(replicas: list[Database]) -> None:
    desks = [desk_on(database) for database in replicas]
    first = await dropped(desks[0], message="1.0")
    await desks[0].spike(first.id, workspace=TEAM, by=ANA.id, now=MORNING)
    second = await dropped(desks[0], message="2.0")
    await desks[0].spike(second.id, workspace=TEAM, by=ANA.id, now=MORNING)

    ended = await asyncio.gather(
        desks[0].undo(first.id, workspace=TEAM, by=ANA.id, now=MORNING),
        desks[1].undo(second.id, workspace=TEAM, by=BEN.id, now=MORNING),
        return_exceptions=True,
    )

    assert [type(each) for each in ended if isinstance(each, Exception)] == [PageAlreadyThereError]
    states = sorted([(await item_of(replicas[0], each.id)).state.value for each in (first, second)])
    assert states == ["pending", "spiked"]


async def test_rulings_on_outlets_of_many_cards_at_once_do_not_block_each_other(replicas: list[Database]) -> None:
    desks = [desk_on(database) for database in replicas]
    items = [await dropped(desks[0], f"https://unheard-of.example/{n}", message=f"{n}.0") for n in range(6)]

    await asyncio.gather(
        *(
            desk.rule_on_outlet(items[place].id, ruling, workspace=TEAM, by=EVA.id, now=MORNING)
            for place, (desk, ruling) in enumerate(zip(desks, [Verdict.OTHER, Verdict.STATE_MEDIA] * 2, strict=True))
        )
    )

    ruled = [row for row in await log_of(replicas[0]) if row.verb == "outlet ruled"]
    assert len(ruled) == 4
    for earlier, later in pairwise(ruled):
        assert later.before["ruling"] == earlier.after["ruling"]


async def test_of_fifty_who_choose_a_day_at_once_one_dates_the_item_and_the_others_are_told_who(
    replicas: list[Database],
) -> None:
    people, desks = await crowd(replicas)
    item = await dropped(desks[0])

    async def click(number: int) -> Item:
        desk, day = desks[number % len(desks)], date(2021, 1, 1 + number % 3)
        return await desk.choose_day(item.id, day, workspace=TEAM, by=people[number].id, now=MORNING)

    ended = await asyncio.gather(*(click(number) for number in range(CLICKS)), return_exceptions=True)

    (winner,) = (each for each in ended if isinstance(each, Item))
    losers = [each for each in ended if isinstance(each, AlreadyWrittenError)]
    name = next(person.name for person in people if person.id == winner.edited["published_on"])
    assert len(losers) == CLICKS - 1
    assert {(each.by, each.item.published_on) for each in losers} == {(name, winner.published_on)}
    assert [change.verb for change in await history(replicas[0], item.id)] == ["dropped", "edited"]
