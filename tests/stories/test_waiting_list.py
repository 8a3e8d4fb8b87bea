"""What waits for editors is one thing: the list of it, their reminder and their home tell and count the same."""

from datetime import UTC, datetime, timedelta

from bot.editorial.calendar import DueKind
from bot.editorial.item import ItemState
from bot.sandbox.member import Member
from bot.sandbox.person import DIRECT
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.stories import test_late_lane as late
from tests.stories import test_quotas as quotas
from tests.stories.test_deadline import TWO_DAYS_BEFORE
from tests.stories.test_home import clicks, opens_home
from tests.stories.test_reminders import in_plan, reminder

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
NOTHING = "Nothing waits for an editor."
FRIDAY_EVENING = datetime(2021, 2, 12, 23, 0, tzinfo=UTC)
"""No. 19 closes on a Sunday: its editors are reminded at the end of the working week."""


async def opens_list(newsroom: Newsroom, member: Member) -> str:
    await newsroom.commands(member, "/vric waiting")
    return newsroom.modal_words(member)


async def asks_about_doctors(newsroom: Newsroom) -> str:
    """The issue is full of state media, Ana drops one more, and Ben asks the editors to file it all the same."""
    await quotas.has_already(newsroom, state=20, others=2)
    ts = await quotas.drops_doctors(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "Ask an editor")
    assert await newsroom.submits(newsroom.ben, {"Under which section?": "Iran", **quotas.WORD}) == {}
    return ts


async def asks_late(newsroom: Newsroom, *, is_filed: bool = True) -> str:
    """Ben's link comes after the freeze of No. 18, and he asks to add it, under a section or without one."""
    ts = await late.drops_late(newsroom)
    if is_filed:
        await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, late.ASK)
    return ts


async def has_a_passing_editor(newsroom: Newsroom) -> Member:
    """Somebody is an editor because they are an admin of the workspace."""
    dee = newsroom.stand_in.workspace.add_user("dee", "Dee Ito", is_admin=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(dee.id)
    return newsroom.stand_in.member("dee")


async def test_a_held_item_that_editors_are_asked_about_is_accepted_in_the_list(newsroom: Newsroom) -> None:
    ts = await asks_about_doctors(newsroom)

    words = await opens_list(newsroom, newsroom.ana)
    assert words.startswith(f"Held: file all the same?\nBen Okafor asks: file {quotas.DOCTORS} in Iran of No. 18")
    assert "If accepted: " in words
    await newsroom.presses_in_form(newsroom.ana, "Accept")

    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert (await quotas.item_at(newsroom, ts)).state is ItemState.FILED
    (question,) = quotas.asked(newsroom.ana)
    assert "Accepted by Ana Ruiz." in question.words
    assert question.buttons == []


async def test_a_held_item_is_left_held_from_the_list_and_whoever_asked_is_told(newsroom: Newsroom) -> None:
    ts = await asks_about_doctors(newsroom)

    await opens_list(newsroom, newsroom.ana)
    await newsroom.presses_in_form(newsroom.ana, "Leave it held")

    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert (await quotas.item_at(newsroom, ts)).state is ItemState.HELD
    assert any("Ana Ruiz left" in message.words for message in newsroom.replies(ts))


async def test_what_was_decided_in_private_leaves_the_list_and_who_was_too_late_there_is_told(
    newsroom: Newsroom,
) -> None:
    eva = await late.adds_editor(newsroom)
    await asks_about_doctors(newsroom)
    await opens_list(newsroom, newsroom.ana)
    (question,) = quotas.asked(eva)
    await newsroom.presses(eva, question, "Leave it held")

    await newsroom.presses_in_form(newsroom.ana, "Accept")

    assert "Eva Lindgren left it held." in newsroom.ana.direct()[-1].words
    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert await opens_list(newsroom, eva) == NOTHING


async def test_a_late_request_is_accepted_in_the_list(newsroom: Newsroom) -> None:
    await asks_late(newsroom)

    words = await opens_list(newsroom, newsroom.ana)
    assert words.startswith(
        "After the freeze\nBen Okafor asks to add to No. 18, which closed Thu 14 Jan 2021 17:00 EST"
    )
    await newsroom.presses_in_form(newsroom.ana, "Accept")

    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert (await late.numbers(newsroom))[TANKERS] == 18
    assert "✓ Accepted by Ana Ruiz" in late.asked(newsroom.ana).words
    assert late.asked(newsroom.ana).buttons == ["Undo"]


async def test_a_late_request_is_declined_over_the_list_with_a_reason_and_waits_again_when_that_is_taken_back(
    newsroom: Newsroom,
) -> None:
    await asks_late(newsroom)

    await opens_list(newsroom, newsroom.ana)
    await newsroom.presses_in_form(newsroom.ana, "Decline")
    assert await newsroom.submits(newsroom.ana, {late.WHY: "It is printed already."}) == {}
    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert "Declined by Ana Ruiz" in late.asked(newsroom.ana).words
    assert "It is printed already." in late.asked(newsroom.ana).words

    await late.decides(newsroom, newsroom.ana, "Undo")
    assert "Ben Okafor asks to add to No. 18" in await opens_list(newsroom, newsroom.ana)
    await late.decides(newsroom, newsroom.ana, "Accept")
    assert await opens_list(newsroom, newsroom.ana) == NOTHING


async def test_of_two_editors_who_decline_the_second_is_told_before_a_reason_is_asked_of_them(
    newsroom: Newsroom,
) -> None:
    eva = await late.adds_editor(newsroom)
    await asks_late(newsroom)
    await opens_list(newsroom, newsroom.ana)
    await late.decides(newsroom, eva, "Accept")

    await newsroom.presses_in_form(newsroom.ana, "Decline")

    assert "Eva Lindgren accepted it at " in newsroom.ana.direct()[-1].words
    assert newsroom.modal_words(newsroom.ana) == NOTHING


async def test_list_reminder_and_home_count_the_same(newsroom: Newsroom) -> None:
    prints = newsroom.press.prints
    await asks_late(newsroom)
    await newsroom.drops(newsroom.guest(), prints("reuters.example/gus", "A guest’s find"))
    for page in (1, 2):
        await newsroom.drops(newsroom.ben, prints(f"unheard-of.example/{page}", f"Oil of Iran, part {page}"))
    opinion = await newsroom.drops(newsroom.ben, prints("telesur.example/opinion/2", "Fuel and dignity"))
    await newsroom.clicks(newsroom.ben, opinion, "It is a news report: ask an editor")
    await asks_about_doctors(newsroom)

    await newsroom.beats(FRIDAY_EVENING)

    (told,) = [message for message in newsroom.ana.direct() if "For editors:" in message.words]
    assert [line for line in told.words.splitlines() if line.startswith("•")][:5] == [
        "• 1 link of a guest waits for a section",
        "• 1 outlet is undecided: state media or not",
        "• 1 item looks like an opinion, and a member asks whether it is one",
        "• 1 item is held, and a member asks to file it all the same",
        "• 1 link that came after a freeze: a member asks to add it",
    ]
    assert told.buttons[0] == "Waiting list (5)"
    words = await opens_home(newsroom, newsroom.ana)
    assert "5 decisions wait for an editor." in words
    await clicks(newsroom, newsroom.ana, "Waiting list (5)")
    in_home = newsroom.modal_words(newsroom.ana)
    await newsroom.ana.closes()
    await newsroom.presses(newsroom.ana, told, "Waiting list (5)")
    assert newsroom.modal_words(newsroom.ana) == in_home
    parts = ["Links of guests", "Outlets that", "Is it an opinion?", "Held: file", "After the freeze"]
    assert [part for part in parts if part in in_home] == parts


async def test_a_reminder_of_decisions_alone_opens_the_list_and_of_findings_alone_the_fix_list(
    newsroom: Newsroom,
) -> None:
    in_plan(newsroom, DueKind.EDITORS)
    await newsroom.drops(newsroom.guest(), newsroom.press.prints("reuters.example/gus", TANKERS))
    await newsroom.beats(TWO_DAYS_BEFORE)
    assert reminder(newsroom.ana).buttons == ["Waiting list (1)"]

    await newsroom.presses(newsroom.ana, reminder(newsroom.ana), "Waiting list (1)")
    await newsroom.presses_in_form(newsroom.ana, "Remove")
    assert newsroom.modal_words(newsroom.ana) == NOTHING
    await late.closes(newsroom)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/undated", TANKERS, day=None))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.beats(FRIDAY_EVENING)

    assert reminder(newsroom.ana).buttons == ["Fix list"]


async def test_whoever_is_no_editor_any_more_is_refused_in_words_on_each_button(newsroom: Newsroom) -> None:
    dee = await has_a_passing_editor(newsroom)
    await asks_late(newsroom)
    await asks_about_doctors(newsroom)
    await opens_home(newsroom, dee)
    assert "Held: file all the same?" in await opens_list(newsroom, dee)
    dee.user.is_admin = False
    newsroom.clock.advance(timedelta(hours=2))

    await clicks(newsroom, dee, "Waiting list (2)")
    presses = [("Accept", 0), ("Leave it held", 0), ("Accept", 1), ("Decline", 0)]
    for count, (label, nth) in enumerate(presses, start=2):
        await dee.clicks_in_modal(label, nth=nth)
        await newsroom.settles()
        assert [message.words.startswith("Only an editor") for message in dee.direct()] == [True] * count

    assert "Only an editor" in await newsroom.commands(dee, "/vric waiting")
    assert "without waiting for room" in quotas.asked(newsroom.ana)[0].words
    assert quotas.asked(newsroom.ana)[0].buttons == ["Accept", "Leave it held"]
    assert late.asked(newsroom.ana).buttons == ["Accept", "Decline"]


async def test_whoever_is_no_editor_any_more_is_refused_in_words_where_they_were_asked(newsroom: Newsroom) -> None:
    dee = await has_a_passing_editor(newsroom)
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        await work.desks.add_editor(desk, dee.user.id, newsroom.clock())
    await asks_late(newsroom)
    dee.user.is_admin = False
    dee.user.is_restricted = True
    newsroom.clock.advance(timedelta(hours=2))

    for count, label in enumerate(["Accept", "Decline"], start=1):
        await dee.clicks(DIRECT, late.asked(dee).ts, label)
        await newsroom.settles()
        said = [message.words for message in dee.whispers(DIRECT)]
        assert [words.startswith("Only the desk can do that") for words in said] == [True] * count

    assert dee.modal is None
    assert late.asked(dee).buttons == ["Accept", "Decline"]


async def test_links_of_guests_and_questions_about_opinions_wait_there_too(newsroom: Newsroom) -> None:
    prints = newsroom.press.prints
    brought = await newsroom.drops(newsroom.guest(), prints("reuters.example/1", TANKERS))
    state = await newsroom.drops(newsroom.stand_in.member("gus"), prints("telesur.example/1", "Oil of Iran"))
    opinion = await newsroom.drops(newsroom.ben, prints("telesur.example/opinion/2", "Fuel and dignity"))
    await newsroom.clicks(newsroom.ben, opinion, "It is a news report: ask an editor")

    await newsroom.commands(newsroom.ana, "/vric waiting")
    words = newsroom.modal_words(newsroom.ana)
    assert "Reuters, dropped by Gus Haddad, who is a guest." in words
    assert "Fuel and dignity (teleSUR): Ben Okafor asks whether it is a news report." in words

    await newsroom.ana.selects_in_modal("Hezbollah")
    await newsroom.settles()
    await newsroom.presses_in_form(newsroom.ana, "Accept as state media")
    checked = ["Not reported by other media: I checked", "No opinion and no declaration"]
    word = {"What is it about?": "Military", "What I checked": checked}
    await newsroom.submits(newsroom.ana, {"Under which section?": "Iran", **word})
    await newsroom.presses_in_form(newsroom.ana, "Remove")

    assert newsroom.modal_words(newsroom.ana) == "Nothing waits for an editor."
    assert "filed in Hezbollah by Ana Ruiz" in newsroom.card(brought).words
    assert "filed in Iran by Ana Ruiz" in newsroom.card(state).words
    assert newsroom.card(opinion).words.startswith("Spiked by Ana Ruiz")


async def test_the_waiting_list_is_for_editors(newsroom: Newsroom) -> None:
    assert "Only an editor" in await newsroom.commands(newsroom.ben, "/vric waiting")
    assert newsroom.ben.modal is None


async def test_what_was_added_late_waits_for_its_section_in_the_list_and_leaves_it_when_it_is_filed(
    newsroom: Newsroom,
) -> None:
    ts = await asks_late(newsroom, is_filed=False)
    await late.decides(newsroom, newsroom.ana, "Accept")

    words = await opens_list(newsroom, newsroom.ana)
    assert words.startswith("Added late: which section?")
    assert "dropped by Ben Okafor after the freeze, added by Ana Ruiz." in words
    await newsroom.ana.selects_in_modal("Iran")
    await newsroom.settles()

    assert newsroom.modal_words(newsroom.ana) == NOTHING
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words
