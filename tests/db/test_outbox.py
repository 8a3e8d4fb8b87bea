"""The outbox: a wish is shown once however often it was asked, in order, one message a second in each channel."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import LeaseLostError, Posted, Show, Showing, ShowingKind
from db.database import Database

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
PAUSE = timedelta(seconds=1)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def card(number: int = 1, channel: str = "C_VRIC") -> Show:
    return Show(f"card:{channel}:{number}", ShowingKind.CARD, "T_VRIC", channel, subject={"message": str(number)})


async def asks(database: Database, *wishes: Show, at: datetime = NOON, due_at: datetime | None = None) -> None:
    async with database.unit_of_work() as work:
        for wish in wishes:
            await work.outbox.show(wish, at=at, due_at=due_at)


async def claims(database: Database, at: datetime) -> Showing | None:
    async with database.unit_of_work() as work:
        return await work.outbox.claim(at, at + LEASE, at + PAUSE)


async def takes(database: Database, at: datetime) -> Showing:
    showing = await claims(database, at)
    assert showing is not None
    return showing


async def finishes(database: Database, showing: Showing) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.finish(showing)


async def puts_back(database: Database, showing: Showing, due_at: datetime, *, in_doubt: bool = False) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.put_back(showing, due_at, "internal_error", in_doubt=in_doubt)


async def parks(database: Database, showing: Showing) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.park(showing, "not_in_channel")


async def test_what_is_asked_twice_before_it_is_sent_is_shown_once_as_it_was_asked_last(database: Database) -> None:
    first = Show("draft:1", ShowingKind.DRAFT, "T_VRIC", "C_VRIC", subject={"since": None})
    second = Show("draft:1", ShowingKind.DRAFT, "T_VRIC", "C_VRIC", subject={"since": "2021-01-11T12:00:00+00:00"})
    await asks(database, first)
    await asks(database, second, at=after(1))

    showing = await takes(database, after(2))
    await finishes(database, showing)

    assert (showing.show, showing.wanted, showing.asked_at) == (second, 2, after(1))
    assert await claims(database, after(600)) is None


async def test_a_wish_made_while_it_is_being_sent_stays_due(database: Database) -> None:
    await asks(database, card())
    sending = await takes(database, NOON)
    await asks(database, card(), at=after(0.5))
    await finishes(database, sending)

    again = await takes(database, after(1))
    await finishes(database, again)

    assert (sending.wanted, again.wanted, again.id) == (1, 2, sending.id)
    assert await claims(database, after(600)) is None


async def test_every_wish_made_at_the_same_moment_counts(database: Database, replica: Database) -> None:
    await asyncio.gather(*(asks(each, card()) for each in [database, replica] * 6))

    showing = await takes(database, NOON)

    assert showing.wanted == 12


async def test_the_same_key_is_another_wish_in_another_workspace(database: Database) -> None:
    home = Show("home:U_ANA", ShowingKind.HOME, "T_VRIC", "U_ANA")
    elsewhere = Show("home:U_ANA", ShowingKind.HOME, "T_AFRICA", "U_ANA")
    await asks(database, home, elsewhere)

    shown = [(await takes(database, NOON)).show for _ in range(2)]

    assert shown == [home, elsewhere]


async def test_a_wish_is_not_shown_before_it_is_due(database: Database) -> None:
    await asks(database, card(), due_at=after(1.5))

    assert await claims(database, after(1)) is None
    async with database.unit_of_work() as work:
        assert await work.outbox.next_due_at() == after(1.5)
    assert await claims(database, after(1.5)) is not None


async def test_of_two_wishes_for_a_row_that_waits_the_earlier_moment_counts(database: Database) -> None:
    await asks(database, card(), due_at=after(5))
    await asks(database, card(), at=after(1), due_at=after(6))

    async with database.unit_of_work() as work:
        assert await work.outbox.next_due_at() == after(5)
    await asks(database, card(), at=after(2))
    async with database.unit_of_work() as work:
        assert await work.outbox.next_due_at() == after(2)


async def test_a_lease_that_ran_out_leaves_a_doubt(database: Database, replica: Database) -> None:
    await asks(database, card())
    dead = await takes(database, NOON)

    assert await claims(replica, after(59)) is None
    heir = await takes(replica, after(60))

    assert (dead.in_doubt, heir.in_doubt, heir.attempt) == (False, True, 2)


async def test_a_doubt_stays_until_the_message_was_shown(database: Database) -> None:
    await asks(database, card())
    await puts_back(database, await takes(database, NOON), after(15), in_doubt=True)
    await puts_back(database, await takes(database, after(15)), after(20), in_doubt=False)

    sure = await takes(database, after(20))
    assert sure.in_doubt
    await finishes(database, sure)

    await asks(database, card(), at=after(30))
    anew = await takes(database, after(30))
    assert (anew.in_doubt, anew.attempt) == (False, 1)


async def test_a_wish_made_while_an_answer_is_in_doubt_does_not_shorten_the_wait(database: Database) -> None:
    """History lags: whoever looks for the lost message too early posts it a second time."""
    await asks(database, card())
    await puts_back(database, await takes(database, NOON), after(15), in_doubt=True)

    await asks(database, card(), at=after(2))

    assert await claims(database, after(14)) is None
    assert (await takes(database, after(15))).wanted == 2


@pytest.mark.parametrize("ending", ["finish", "go on", "put back", "park"])
async def test_whoever_was_taken_over_from_can_change_nothing_any_more(
    database: Database, replica: Database, ending: str
) -> None:
    await asks(database, card())
    slow = await takes(database, NOON)
    heir = await takes(replica, after(60))

    async def end_slowly() -> None:
        async with database.unit_of_work() as work:
            await work.outbox.posted(slow, "", Posted("C_VRIC", "1610366400.000100", "old"))
            match ending:
                case "finish":
                    await work.outbox.finish(slow)
                case "go on":
                    await work.outbox.go_on(slow)
                case "put back":
                    await work.outbox.put_back(slow, after(61), "lost", in_doubt=False)
                case _:
                    await work.outbox.park(slow, "lost")

    with pytest.raises(LeaseLostError):
        await end_slowly()

    await finishes(replica, heir)
    async with replica.unit_of_work() as work:
        shown = await work.outbox.find("T_VRIC", card().key)
    assert shown is not None
    assert shown.posted == {}


async def test_a_sender_that_slept_through_two_others_can_still_change_nothing(
    database: Database, replica: Database
) -> None:
    """Attempts count anew after each success, so that they cannot tell the first holder from the third."""
    await asks(database, card())
    asleep = await takes(database, NOON)
    await finishes(replica, await takes(replica, after(60)))
    await asks(replica, card(), at=after(61))
    third = await takes(replica, after(61))

    assert asleep.attempt == third.attempt
    with pytest.raises(LeaseLostError):
        await finishes(database, asleep)
    await finishes(replica, third)


async def test_a_draft_of_many_parts_keeps_its_place_and_its_parts(database: Database) -> None:
    draft = Show("draft:1", ShowingKind.DRAFT, "T_VRIC", "C_VRIC")
    await asks(database, draft, card())

    for second, part in enumerate(("", "venezuela", "iran")):
        showing = await takes(database, after(second))
        assert (showing.show.key, showing.attempt) == ("draft:1", 1)
        assert len(showing.posted) == second
        async with database.unit_of_work() as work:
            await work.outbox.posted(showing, part, Posted("C_VRIC", f"{second}.0", part))
            await (work.outbox.finish if part == "iran" else work.outbox.go_on)(showing)

    assert (await takes(database, after(3))).show.key == card().key


async def test_an_edited_part_replaces_its_record_and_forgotten_ones_are_gone(database: Database) -> None:
    await asks(database, card())
    showing = await takes(database, NOON)
    async with database.unit_of_work() as work:
        await work.outbox.posted(showing, "", Posted("C_VRIC", "1.0", "as dropped"))
        await work.outbox.posted(showing, "", Posted("C_VRIC", "1.0", "as read"))
        await work.outbox.go_on(showing)

    edited = await takes(database, after(1))
    async with database.unit_of_work() as work:
        await work.outbox.forget_posted(edited)
        await work.outbox.go_on(edited)

    assert edited.posted == {"": Posted("C_VRIC", "1.0", "as read")}
    assert (await takes(database, after(2))).posted == {}


async def test_what_was_parked_rests_until_it_is_asked_for_again_and_then_begins_anew(database: Database) -> None:
    await asks(database, card())
    for second in (0, 20):
        await puts_back(database, await takes(database, after(second)), after(second + 20))
    await parks(database, await takes(database, after(40)))
    assert await claims(database, after(86_400)) is None

    await asks(database, card(), at=after(90_000))

    again = await takes(database, after(90_000))
    assert (again.attempt, again.wanted) == (1, 2)


async def test_what_was_parked_in_doubt_is_still_looked_for_when_it_is_asked_for_again(database: Database) -> None:
    await asks(database, card())
    await puts_back(database, await takes(database, NOON), after(15), in_doubt=True)
    await parks(database, await takes(database, after(15)))

    await asks(database, card(), at=after(3_600))

    assert (await takes(database, after(3_600))).in_doubt


async def test_homes_go_after_everything_else_that_is_due(database: Database) -> None:
    homes = [Show(f"home:U_{number}", ShowingKind.HOME, "T_VRIC", f"U_{number}") for number in range(3)]
    await asks(database, *homes)
    await asks(database, card(), at=after(1))

    shown = [(await takes(database, after(2))).show.kind for _ in range(4)]

    assert shown == [ShowingKind.CARD, ShowingKind.HOME, ShowingKind.HOME, ShowingKind.HOME]
