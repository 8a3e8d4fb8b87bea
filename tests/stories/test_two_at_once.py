"""Journeys 35 and 36: of two who decide at once one wins, and the other is told who, where and when, and chooses."""

from datetime import timedelta

from bot.editorial.item import ItemState
from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def drops_tankers(newsroom: Newsroom) -> str:
    return await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))


async def loses(newsroom: Newsroom, ts: str, *, seconds: int = 1) -> None:
    """Ana files in Iran, and Ben, who looks at the card as it was, in Hezbollah."""
    card = newsroom.card(ts)
    await newsroom.ana.clicks("#vric", card.ts, "File in Iran")
    await newsroom.has_heard()
    newsroom.clock.advance(timedelta(seconds=seconds))
    await newsroom.ben.selects("#vric", card.ts, "Hezbollah")
    await newsroom.settles()


async def chooses(newsroom: Newsroom, member: Member, label: str) -> str:
    """A member presses a button of what they were told last; gives what stands there then."""
    told = newsroom.whispers(member)[-1]
    await newsroom.presses(member, told, label)
    return newsroom.whispers(member)[-1].words


@EACH_ONCE
async def test_whoever_clicks_a_second_later_is_told_who_where_and_when_and_may_move_it(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)

    await loses(newsroom, ts)

    (told,) = newsroom.whispers(newsroom.ben)
    assert told.words.startswith(
        "Ana Ruiz filed this in Iran 1 second before you. Nothing was changed: move it to Hezbollah, or leave it there?"
    )
    assert told.buttons == ["Move to Hezbollah", "Leave"]
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words

    assert await chooses(newsroom, newsroom.ben, "Move to Hezbollah") == "It stands in Hezbollah now."
    assert "moved from Iran to Hezbollah by Ben Okafor" in newsroom.card(ts).words
    assert await newsroom.logged() == ["dropped", "read", "filed", "moved"]


async def test_whoever_leaves_it_changes_nothing(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await loses(newsroom, ts, seconds=7)
    assert "filed this in Iran 7 seconds before you." in newsroom.whispers(newsroom.ben)[-1].words

    assert await chooses(newsroom, newsroom.ben, "Leave") == "It stands in Iran now."

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words
    assert await newsroom.logged() == ["dropped", "read", "filed"]


async def test_a_button_that_a_third_member_overtook_is_refused_and_offers_the_choice_anew(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await loses(newsroom, ts)
    await newsroom.clicks(newsroom.ana, ts, "Move")
    await newsroom.submits(newsroom.ana, {"To which section?": "Turkey"})

    told = await chooses(newsroom, newsroom.ben, "Move to Hezbollah")

    assert "filed this in Turkey 1 second before you." in told
    assert "filed this in Turkey" not in newsroom.card(ts).words
    await chooses(newsroom, newsroom.ben, "Move to Hezbollah")
    assert "moved from Turkey to Hezbollah by Ben Okafor" in newsroom.card(ts).words


async def test_the_choice_is_refused_to_whoever_became_a_guest(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await loses(newsroom, ts)
    newsroom.ben.user.is_restricted = True
    await newsroom.passes(hours=2)

    for label in ("Move to Hezbollah", "Leave"):
        await newsroom.presses(newsroom.ben, newsroom.whispers(newsroom.ben)[0], label)
        assert newsroom.whispers(newsroom.ben)[-1].words.startswith("Only the desk can do that")

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_after_a_minute_the_time_of_day_is_told(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)

    await loses(newsroom, ts, seconds=75)

    assert "Ana Ruiz filed this in Iran at 10:00, before you." in newsroom.whispers(newsroom.ben)[-1].words


async def test_in_the_language_of_whoever_was_too_late(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ben, "/vric language Español")
    ts = await drops_tankers(newsroom)

    await loses(newsroom, ts)

    told = newsroom.whispers(newsroom.ben)[-1]
    assert "Ana Ruiz la archivó en Iran 1 segundo antes que tú. Nada cambió" in told.words
    assert told.buttons == ["Mover a Hezbollah", "Dejar así"]


async def opens_both(newsroom: Newsroom, ts: str, label: str) -> None:
    """Ana and Ben open the same form."""
    for member in (newsroom.ana, newsroom.ben):
        await newsroom.clicks(member, ts, label)


@EACH_ONCE
async def test_of_two_edit_forms_the_second_shows_both_values_and_asks_which_stands(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await opens_both(newsroom, ts, "Edit")
    assert await newsroom.submits(newsroom.ana, {"Date": "2021-01-10", "Author": "Parisa Hafezi"}) == {}

    mine = {"Date": "2021-01-09", "Source, as cited": "Reuters News"}
    assert await newsroom.submits(newsroom.ben, mine) == {}

    told = newsroom.modal_words(newsroom.ben)
    assert (
        "Ana Ruiz changed this while you were editing (Mon 11 Jan 2021 10:00 EST): Date 11 Jan 2021 → 10 Jan 2021"
        in told
    )
    assert "Author" not in told.partition("Use mine")[0].partition("→")[2].partition("Nothing of theirs")[0]
    assert newsroom.form(newsroom.ben)["Date"] == "2021-01-09"
    assert newsroom.form(newsroom.ben)["Author"] == "Parisa Hafezi"
    (item,) = await newsroom.items()
    assert (str(item.published_on), item.source, item.author) == ("2021-01-10", "Reuters News", "Parisa Hafezi")

    assert await newsroom.submits(newsroom.ben, {}) == {}
    (item,) = await newsroom.items()
    assert (str(item.published_on), item.source, item.author) == ("2021-01-09", "Reuters News", "Parisa Hafezi")
    assert newsroom.ben.modal is None


async def test_whoever_uses_theirs_loses_nothing_else(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await opens_both(newsroom, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": "Tankers leave Iran"})
    await newsroom.submits(newsroom.ben, {"Title": "Tankers sail", "Author": "Parisa Hafezi"})
    assert newsroom.ben.modal is not None
    assert newsroom.ben.modal["close"]["text"] == "Use theirs"

    await newsroom.ben.closes()

    (item,) = await newsroom.items()
    assert (item.title, item.author) == ("Tankers leave Iran", "Parisa Hafezi")


async def test_what_a_third_member_writes_meanwhile_is_asked_about_again(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await opens_both(newsroom, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": "Tankers leave Iran"})
    await newsroom.submits(newsroom.ben, {"Title": "Tankers sail"})
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": "Tankers are at sea"})

    await newsroom.submits(newsroom.ben, {})

    assert "Tankers leave Iran → Tankers are at sea" in newsroom.modal_words(newsroom.ben)
    assert (await newsroom.items())[0].title == "Tankers are at sea"


async def test_a_field_that_cannot_be_stored_keeps_the_whole_form(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await opens_both(newsroom, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-10"})
    await newsroom.submits(newsroom.ben, {"Date": "2021-01-09"})

    refused = await newsroom.submits(newsroom.ben, {"Title": ""})

    assert list(refused.values()) == ["Add a title."]
    assert str((await newsroom.items())[0].published_on) == "2021-01-10"


async def test_of_two_move_forms_the_second_shows_where_it_went_and_asks_again(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await opens_both(newsroom, ts, "Move")
    await newsroom.submits(newsroom.ana, {"To which section?": "Turkey"})

    assert await newsroom.submits(newsroom.ben, {"To which section?": "Hezbollah"}) == {}

    assert "Ana Ruiz filed this in Turkey 1 second before you." in newsroom.modal_words(newsroom.ben)
    assert newsroom.form(newsroom.ben) == {"To which section?": "Hezbollah"}
    assert await newsroom.submits(newsroom.ben, {"To which section?": "Hezbollah"}) == {}
    assert "moved from Turkey to Hezbollah by Ben Okafor" in newsroom.card(ts).words


async def test_two_notes_at_once_both_stand(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    for member in (newsroom.ana, newsroom.ben):
        await newsroom.selects(member, ts, "Add a note")
    for member, note in ((newsroom.ana, "Ask Caracas"), (newsroom.ben, "Ask Tehran")):
        assert await newsroom.submits(member, {"Note for the desk": note}) == {}

    (item,) = await newsroom.items()
    assert item.note == "Ana Ruiz: Ask Caracas\nBen Okafor: Ask Tehran"
    assert item.state is ItemState.PENDING


async def test_an_undo_of_what_somebody_else_moved_meanwhile_is_refused(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await opens_both(newsroom, ts, "Move")
    await newsroom.ben.submits({"To which section?": "Turkey"})
    await newsroom.has_heard()

    await newsroom.ana.clicks("#vric", newsroom.card(ts).ts, "Undo")
    await newsroom.settles()

    assert "Ben Okafor filed this in Turkey less than a second before you." in newsroom.whispers(newsroom.ana)[-1].words
    assert (await newsroom.items())[0].section == "turkey"


async def test_what_two_remove_at_once_is_removed_once(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    card = newsroom.card(ts)
    await newsroom.ana.selects("#vric", card.ts, "Spike")
    await newsroom.has_heard()

    await newsroom.ben.selects("#vric", card.ts, "Spike")
    await newsroom.settles()

    told = newsroom.whispers(newsroom.ben)[-1].words
    assert told.startswith("Ana Ruiz was faster, less than a second before you: the item is spiked now.")
    assert (await newsroom.logged()).count("spiked") == 1


async def test_of_two_who_attest_the_second_is_told_and_nothing_is_overwritten(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("prensa-latina.example/1", TANKERS))
    await newsroom.accepts(newsroom.ana, ts, under="Iran")
    await opens_both(newsroom, ts, "Attest anew")
    checked = ["Not reported by other media: I checked", "No opinion and no declaration"]
    assert await newsroom.submits(newsroom.ana, {"What is it about?": "Economic", "What I checked": checked}) == {}

    refused = await newsroom.submits(newsroom.ben, {"What is it about?": "Military", "What I checked": checked})

    assert next(iter(refused.values())).startswith("Ana Ruiz was faster and gave their word on this item.")
    (item,) = await newsroom.items()
    assert item.attestation is not None
    assert (item.attestation.topic, item.attestation.by) == ("economic", newsroom.ana.user.id)


async def test_of_two_who_say_who_controls_an_outlet_the_second_is_told(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("unheard-of.example/1", TANKERS))
    card = newsroom.card(ts)
    await newsroom.ben.selects("#vric", card.ts, "Yes…")
    await newsroom.ana.selects("#vric", card.ts, "No")
    await newsroom.has_heard()

    evidence = {"How do you know? An address, or a few words": "Its imprint names the ministry."}
    said = {"Who controls it?": "A state owns it", "Country, by name or code": "Cuba", **evidence}
    refused = await newsroom.submits(newsroom.ben, said)

    assert next(iter(refused.values())).startswith("Ana Ruiz was faster and said who controls this outlet.")
    assert "Not state media: unheard-of.example" in newsroom.card(ts).words


async def test_of_two_who_say_who_published_first_the_second_is_told(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("menafn.com/1", TANKERS))
    card = newsroom.card(ts)
    await newsroom.ben.clicks("#vric", card.ts, "Choose outlet")
    await newsroom.ana.clicks("#vric", card.ts, "Same")
    await newsroom.has_heard()

    refused = await newsroom.submits(newsroom.ben, {"Outlet: its name, or its domain": "infobae.example"})

    assert next(iter(refused.values())).startswith("Ana Ruiz was faster and said who published this first:")
    assert (await newsroom.items())[0].host == "menafn.com"


async def test_of_two_editors_who_let_something_pass_the_second_reads_the_firsts_reason(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/1", TANKERS, day=None))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await is_an_editor_too(newsroom)
    await newsroom.commands(newsroom.ana, "/vric draft")
    for member in (newsroom.ana, newsroom.ben):
        await newsroom.presses(member, newsroom.draft(), "Fix list")
        await newsroom.presses_in_form(member, "Waive")
    reason = next(iter(newsroom.form(newsroom.ana)))
    assert await newsroom.submits(newsroom.ana, {reason: "The page has none."}) == {}

    refused = await newsroom.submits(newsroom.ben, {reason: "Nobody minds."})

    assert next(iter(refused.values())).startswith("Ana Ruiz was faster and gave a reason: “The page has none.”.")


async def test_of_two_editors_who_close_an_issue_the_second_closes_nothing(newsroom: Newsroom) -> None:
    await is_an_editor_too(newsroom)
    assert "No. 18 is closed" in await newsroom.commands(newsroom.ana, "/vric issue close")

    told = await newsroom.commands(newsroom.ben, "/vric issue close")

    assert told.startswith("Ana Ruiz closed No. 18 at 10:00, before you. No. 19 is open now and stays open")
    await newsroom.passes(minutes=2)
    assert "No. 19 is closed" in await newsroom.commands(newsroom.ben, "/vric issue close")


async def is_an_editor_too(newsroom: Newsroom) -> None:
    """Ben becomes an editor beside Ana."""
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        await work.desks.add_editor(desk, newsroom.ben.user.id, newsroom.clock())


async def test_of_two_clicks_in_a_list_the_one_that_comes_late_shows_the_newest_state(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(12)]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    newsroom.stand_in.fault("views.update", "hash_conflict")

    await newsroom.presses_in_form(newsroom.ana, "Next")

    assert "Page 2 of 2" in newsroom.modal_words(newsroom.ana)
    updates = [call for call in newsroom.stand_in.calls if call.method == "views.update"]
    assert ["hash" in call.args for call in updates[-2:]] == [True, False]


async def test_of_two_editors_who_publish_the_second_is_told_and_it_is_published_once(newsroom: Newsroom) -> None:
    ts = await drops_tankers(newsroom)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await is_an_editor_too(newsroom)
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()

    for member in (newsroom.ana, newsroom.ben):
        await member.clicks("#vric", draft.ts, "Publish")
        await newsroom.has_heard()
    await newsroom.settles()

    assert newsroom.whispers(newsroom.ben)[-1].words.startswith("No. 18 is published")
    assert sum("No. 18 is published" in post.words for post in newsroom.channel_posts() if post.ts != draft.ts) == 1


async def test_of_two_editors_who_say_why_it_is_a_report_the_second_reads_the_firsts_reason(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("prensa-latina.example/opinion/2021-01-11/fuel-and-dignity", TANKERS)
    ts = await newsroom.drops(newsroom.ana, link)
    await is_an_editor_too(newsroom)
    await opens_both(newsroom, ts, "It is a news report: ask an editor")
    why = "Why is it a news report, in one line?"
    assert await newsroom.submits(newsroom.ana, {why: "It quotes both sides."}) == {}

    refused = await newsroom.submits(newsroom.ben, {why: "It is dull."})

    assert next(iter(refused.values())).startswith("Ana Ruiz was faster and gave a reason: “It quotes both sides.”.")
