"""Journey 41: a member puts reminders off until a morning or for good, and takes that back."""

from datetime import timedelta

from slack_sdk.models.blocks import ActionsBlock
from slack_sdk.models.views import View

from bot.render import Renderer
from handlers.blocks.reminder import snooze_button
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.stories.test_deadline import THE_DEADLINE, TWO_DAYS_BEFORE, files, reminders
from tests.stories.test_reminders import BUTTONS, MINUTE, WEDNESDAY_MORNING_IN_BOGOTA, open_issue, reminder

pytestmark = OVER_A_SOCKET


async def test_a_snoozed_reminder_says_until_when_and_comes_again_in_the_morning_for_the_last_time(
    newsroom: Newsroom,
) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    assert newsroom.form(newsroom.ben) == {"Remind me again in the morning of": "2021-01-13"}
    assert await newsroom.submits(newsroom.ben, {}) == {}

    assert "Snoozed: you hear nothing of No. 18 until Wed 13 Jan 2021 09:00 UTC-5." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]
    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA - MINUTE)
    assert len(reminders(newsroom.ben)) == 1
    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA)
    assert len(reminders(newsroom.ben)) == 2
    assert len(reminders(newsroom.ana)) == 1
    assert "No further reminder of No. 18 comes." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items"]
    await newsroom.presses(newsroom.ben, newsroom.ben.direct()[0], "Remind me again")
    assert newsroom.ben.told("No further reminder of No. 18 comes, so there is nothing to put off.")


async def test_a_day_that_has_passed_or_comes_after_the_deadline_is_refused_in_the_form(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    day = "Remind me again in the morning of"

    for passed in ("2021-01-12", "2020-12-31"):
        refused = await newsroom.submits(newsroom.ben, {day: passed})
        assert refused == {"day": "That morning has passed already. Nothing was changed; choose a day that lies ahead."}
    late = await newsroom.submits(newsroom.ben, {day: "2021-01-15"})
    assert late["day"].startswith("No. 18 closes Thu 14 Jan 2021 17:00 UTC-5. Nothing was changed; choose a day")

    assert reminder(newsroom.ben).buttons == BUTTONS
    assert await newsroom.submits(newsroom.ben, {day: "2021-01-14"}) == {}
    assert "until Thu 14 Jan 2021 09:00 UTC-5." in reminder(newsroom.ben).words


async def test_a_member_who_sits_this_issue_out_is_left_alone_until_they_take_that_back(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert "I leave you alone with No. 18." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Remind me again")
    assert "I leave you alone" not in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == BUTTONS
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")
    await newsroom.beats(THE_DEADLINE)
    assert len(reminders(newsroom.ben)) == 1


async def test_whoever_snoozed_and_filed_enough_meanwhile_hears_nothing_more(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    await newsroom.submits(newsroom.ben, {})
    await files(newsroom, newsroom.ben, 5)

    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA)

    assert len(reminders(newsroom.ben)) == 1


async def test_a_click_on_a_reminder_of_an_issue_that_closed_is_told_so(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.beats(THE_DEADLINE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert newsroom.ben.told("No further reminder of No. 18 comes, so there is nothing to put off.")
    assert reminder(newsroom.ben).buttons == BUTTONS


async def test_a_guest_cannot_put_off_what_they_are_not_reminded_of(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    newsroom.ben.user.is_restricted = True
    newsroom.clock.advance(timedelta(hours=2))

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert reminder(newsroom.ben).buttons == BUTTONS
    assert newsroom.ben.told("Only the desk can do that: you are a guest in this workspace.")


async def test_what_holds_for_my_reminders_is_shown_and_changed_in_a_form_that_a_home_opens(newsroom: Newsroom) -> None:
    issue = await open_issue(newsroom)
    button = ActionsBlock(elements=[snooze_button(issue.id, Renderer())])
    client = newsroom.bot.edge.app.client
    await client.views_publish(user_id=newsroom.ben.user.id, view=View(type="home", blocks=[button]))

    await newsroom.ben.clicks_in_home("My reminders")
    await newsroom.settles()
    planned = "The next reminder of No. 18 comes Tue 12 Jan 2021 17:00 UTC-5, if you are short of items then."
    assert planned in newsroom.modal_words(newsroom.ben)
    assert await newsroom.submits(newsroom.ben, {"Remind me again in the morning of": "2021-01-13"}) == {}
    assert "you hear nothing of No. 18 until Wed 13 Jan 2021 09:00 UTC-5." in newsroom.modal_words(newsroom.ben)
    await newsroom.presses_in_form(newsroom.ben, "Remind me again")
    assert planned in newsroom.modal_words(newsroom.ben)
    await newsroom.presses_in_form(newsroom.ben, "Not this issue")
    assert "I leave you alone with No. 18." in newsroom.modal_words(newsroom.ben)

    await newsroom.beats(TWO_DAYS_BEFORE)
    assert reminders(newsroom.ben) == []
    assert len(reminders(newsroom.ana)) == 1


async def test_on_the_day_of_the_deadline_nothing_can_be_put_off_to_another_morning(newsroom: Newsroom) -> None:
    newsroom.ben.user.tz = "Asia/Tokyo"  # where it is the last night
    await newsroom.beats(TWO_DAYS_BEFORE - timedelta(hours=13))
    newsroom.clock.advance(THE_DEADLINE - timedelta(hours=5) - newsroom.clock())

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")

    assert newsroom.form(newsroom.ben) == {}
    await newsroom.presses_in_form(newsroom.ben, "Not this issue")
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]
