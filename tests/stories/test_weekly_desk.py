"""A weekly desk with holidays, several reminders and a late lane, in Slack."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.settings import SHIPPED_HOUSE
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.stories.test_calendar import about_sections

pytestmark = OVER_A_SOCKET

WEEKLY = """\
[calendar]
zone = "America/New_York"
recurrence = "weekly"
deadline_weekday = "thursday"
deadline_time = 17:00:00
reminders = [
    { to = "sections", hours_before = 72 },
    { to = "sections", days_before = 1, at = 10:00:00 },
]
draft_days_before = 1
draft_at = 12:00:00
freeze_hours_after = 2
late_lane_hours = 12
work_from = 09:00:00
work_until = 18:00:00
holidays = [2021-01-21, 2021-01-18]

[citation]"""


@pytest.fixture
def further_settings(tmp_path: Path) -> dict[str, str]:
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    house = shipped.partition("[calendar]")[0] + WEEKLY + shipped.partition("[citation]")[2]
    (tmp_path / "weekly.toml").write_text(house, encoding="utf-8")
    return {"vric_house": str(tmp_path / "weekly.toml")}


async def test_the_calendar_of_a_weekly_desk_keeps_clear_of_its_holidays(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ben, "/vric calendar")

    assert [line for line in told.splitlines() if line][1:] == [
        "No. 18 covers 7 Jan 2021 to 14 Jan 2021 and closes Thu 14 Jan 2021 17:00 EST.",
        "• Mon 11 Jan 2021 17:00 EST: the channel hears which sections are short",
        "• Wed 13 Jan 2021 10:00 EST: the channel hears which sections are short",
        "• Wed 13 Jan 2021 12:00 EST: the draft is posted",
        "• Thu 14 Jan 2021 19:00 EST: the freeze: later links are for the next issue",
        "• Fri 15 Jan 2021 07:00 EST: the end of the late lane",
        "No. 19 covers 14 Jan 2021 to 20 Jan 2021 and closes Wed 20 Jan 2021 17:00 EST.",
        "• Fri 15 Jan 2021 18:00 EST: the channel hears which sections are short",
        "• Tue 19 Jan 2021 10:00 EST: the channel hears which sections are short",
        "• Tue 19 Jan 2021 12:00 EST: the draft is posted",
        "• Wed 20 Jan 2021 19:00 EST: the freeze: later links are for the next issue",
        "• Thu 21 Jan 2021 07:00 EST: the end of the late lane",
    ]


async def test_of_two_reminders_that_were_due_while_the_bot_was_down_one_comes_late_and_the_other_is_logged(
    newsroom: Newsroom,
) -> None:
    newsroom.clock.advance(datetime(2021, 1, 13, 16, tzinfo=UTC) - newsroom.clock())

    await newsroom.restarts()
    with capture_logs() as logged:
        await newsroom.beats(newsroom.clock())
        await newsroom.restarts()
        await newsroom.beats(newsroom.clock() + timedelta(hours=1))

    outcomes = {line["name"]: line["outcome"] for line in logged if line["event"] == "due"}
    assert outcomes == {
        "remind sections 72 hours before": "skipped",
        "remind sections 1 day before at 10:00": "posted",
        "draft": "posted",
    }
    assert len(about_sections(newsroom)) == 1
    told = await newsroom.commands(newsroom.ben, "/vric calendar")
    assert "• Mon 11 Jan 2021 17:00 EST: the channel hears which sections are short (passed over)" in told
    assert "• Wed 13 Jan 2021 10:00 EST: the channel hears which sections are short (posted)" in told


async def test_a_weekly_issue_closes_at_its_freeze_and_the_next_one_is_of_the_week_after(newsroom: Newsroom) -> None:
    await newsroom.beats(datetime(2021, 1, 14, 22, tzinfo=UTC))
    assert not any("No. 18 is closed" in post.words for post in newsroom.channel_posts())

    await newsroom.beats(datetime(2021, 1, 15, 0, tzinfo=UTC))

    said = "No. 18 is closed. Links dropped from now on are saved for No. 19, which closes Wed 20 Jan 2021 17:00 EST."
    assert said in newsroom.channel_posts()[-1].words
