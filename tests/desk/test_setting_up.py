"""A channel is set up once, whoever else does it at the same moment, and with a deadline that lies ahead."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.setting_up import Setup
from bot.desk.team_errors import SetUpMeanwhileError
from bot.editorial.houses import HouseChoice
from db.database import Database
from tests.desk.staff import ANA, BEN, MORNING, TEAM, desk_on

AFRICA = "C_AFRICA"
LEAP_DAY = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)


def wish(title: str, deadline: str = "") -> Setup:
    return Setup("vric", title, "Africa/Nairobi", deadline, ())


async def test_of_two_who_set_up_a_channel_at_the_same_moment_one_is_told(database: Database) -> None:
    desk = desk_on(database)
    titles = {ANA.id: "AFRICA MONITOR", BEN.id: "SAHEL LETTER"}

    came = await asyncio.gather(
        *(desk.set_up(TEAM, AFRICA, wish(title), seen=None, by=by, now=MORNING) for by, title in titles.items()),
        return_exceptions=True,
    )

    (late,) = [each for each in came if isinstance(each, BaseException)]
    assert isinstance(late, SetUpMeanwhileError)
    (made,) = [each for each in came if not isinstance(each, BaseException)]
    async with database.unit_of_work() as work:
        stands = await work.desks.find(TEAM, AFRICA)
    assert stands == made[0]
    assert stands.house == HouseChoice("", titles[ANA.id if came[1] is late else BEN.id], "Africa/Nairobi")


async def test_a_channel_to_which_the_bot_was_invited_meanwhile_is_not_set_up_over_that(database: Database) -> None:
    desk = desk_on(database)
    await desk.welcome(TEAM, AFRICA, editor=ANA.id, now=MORNING)

    with pytest.raises(SetUpMeanwhileError):
        await desk.set_up(TEAM, AFRICA, wish("AFRICA MONITOR"), seen=None, by=BEN.id, now=MORNING)


@pytest.mark.parametrize("days", [1, 366])
async def test_a_first_deadline_lies_at_most_a_year_ahead_on_a_leap_day_too(database: Database, days: int) -> None:
    moment = LEAP_DAY + timedelta(days=days)

    _, issue = await desk_on(database).set_up(
        TEAM, AFRICA, wish("AFRICA MONITOR", f"{moment:%Y-%m-%d} 15:00"), seen=None, by=ANA.id, now=LEAP_DAY
    )

    assert issue.deadline == moment  # three in the afternoon in Nairobi


@pytest.mark.parametrize("days", [-1, 400])
async def test_a_first_deadline_that_has_passed_or_is_far_is_refused_at_its_field(
    database: Database, days: int
) -> None:
    moment = LEAP_DAY + timedelta(days=days)

    with pytest.raises(FieldsRefusedError) as refused:
        await desk_on(database).set_up(
            TEAM, AFRICA, wish("AFRICA MONITOR", f"{moment:%Y-%m-%d} 15:00"), seen=None, by=ANA.id, now=LEAP_DAY
        )

    assert refused.value.reasons == {"deadline": FieldRefusal(FieldTrouble.MOMENT_NOT_AHEAD)}
