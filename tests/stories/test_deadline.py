"""Journeys 43 and 44: status, the draft, and the end of an issue."""

from datetime import UTC, datetime, timedelta

from bot.export.formats import FORMATS
from bot.render import Renderer
from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
TWO_DAYS_BEFORE = datetime(2021, 1, 12, 22, 0, tzinfo=UTC)
A_DAY_BEFORE = datetime(2021, 1, 13, 22, 0, tzinfo=UTC)
THE_DEADLINE = datetime(2021, 1, 14, 22, 0, tzinfo=UTC)


async def files(newsroom: Newsroom, member: Member, count: int, *, host: str = "reuters.example") -> None:
    """A member drops and files items in Iran."""
    for number in range(count):
        link = newsroom.press.prints(f"{host}/{member.user.name}-{number}", f"{TANKERS}, part {number}")
        ts = await newsroom.drops(member, link)
        if host == "reuters.example":
            await newsroom.clicks(member, ts, "File in Iran")
        else:
            await newsroom.accepts(member, ts, under="Iran")


def reminders(member: Member) -> list[str]:
    return [message.words for message in member.direct() if message.bot_id]


async def test_the_draft_comes_by_itself_before_the_deadline(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)

    await newsroom.beats(A_DAY_BEFORE)

    assert "Draft of No. 18 · 1 item" in newsroom.draft().words


async def test_the_issue_closes_at_its_freeze_and_the_next_one_opens(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)

    await newsroom.beats(THE_DEADLINE)

    said = "No. 18 is closed. Links dropped from now on are saved for No. 19, which closes Sun 14 Feb 2021 17:00 EST."
    assert said in newsroom.channel_posts()[-1].words
    late = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/late", "Late news of Iran"))
    assert "Saved for No. 19 by Ana Ruiz." in newsroom.card(late).words


async def test_a_link_without_a_section_goes_on_into_the_next_issue(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(2)]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.beats(THE_DEADLINE)

    assert "1 link without a section went on into it." in newsroom.channel_posts()[-1].words
    assert "No. 18 is closed; until it is published, editors alone change this item." in newsroom.card(ts).words
    assert "Saved for No. 19 by Ana Ruiz." in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    assert f"{TANKERS}, part 1\nfiled in Iran by Ben Okafor · 1 item (minimum 10)" in newsroom.card(ts).words


async def test_cards_of_an_issue_that_closed_say_so_and_hold_up_nobody(newsroom: Newsroom) -> None:
    filed = []
    for number in range(5):
        ts = await newsroom.drops(
            newsroom.ana, newsroom.press.prints(f"reuters.example/{number}", f"{TANKERS} {number}")
        )
        await newsroom.clicks(newsroom.ana, ts, "File in Iran")
        filed.append(ts)

    newsroom.clock.advance(THE_DEADLINE - newsroom.clock())
    await newsroom.bot.edge.heartbeat.beat()
    late = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/late", "Late news of Iran"))
    await newsroom.settles(patience=timedelta(seconds=4))

    assert "Saved for No. 19 by Ana Ruiz." in newsroom.card(late).words
    said = ["No. 18 is closed; until it is published, editors alone" in newsroom.card(ts).words for ts in filed]
    assert (said[0], said[-1]) == (True, False)
    await newsroom.settles()
    assert all("No. 18 is closed; until it is published, editors alone" in newsroom.card(ts).words for ts in filed)


async def test_status_tells_deadline_share_sections_and_my_items(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 2)
    await files(newsroom, newsroom.ben, 1, host="telesur.example")

    said = await newsroom.commands(newsroom.ana, "/vric status")

    assert "No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left)." in said
    assert "1 of 3 so far is state media; forecast 1 of 100 planned = 1 % (limit 20 % of the overall issue" in said
    assert "Iran: 3 items (minimum 10), of which 1 is state media" in said
    assert "You have 2 of 5 items in this issue:" in said
    assert f"• {TANKERS}, part 1, Iran" in said


async def test_quota_tells_the_promise_and_what_is_short(newsroom: Newsroom) -> None:
    said = await newsroom.commands(newsroom.ben, "/vric quota")

    assert "The promise: state media are at most 20 % of the overall issue: dated items, releases" in said
    assert "Short are Venezuela (0 of 10)" in said
    assert "you have 0 of 5 items." in said


async def test_the_draft_of_an_empty_issue_says_so(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ben, "/vric draft")

    assert "The draft of No. 18 is on its way" in told
    assert "Draft of No. 18: No items yet." in newsroom.draft().words
    assert newsroom.replies(newsroom.draft().ts) == []


@EACH_ONCE
async def test_the_draft_is_a_thread_with_its_findings_first_and_a_reply_per_section(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)
    state = newsroom.press.prints(
        "prensa-latina.example/doctors",
        "Cuba envía médicos a los estados fronterizos de Venezuela",
        language="es",
        summary="Cuba envía médicos & vacunas",
        body="<p>El Gobierno anunció vuelos semanales desde La Habana, según informó el ministerio de salud.</p>",
    )
    ts = await newsroom.drops(newsroom.ben, state)
    await newsroom.accepts(newsroom.ben, ts, under="VRIC Medical Diplomacy")

    await newsroom.commands(newsroom.ben, "/vric draft")

    draft = newsroom.draft()
    assert "Draft of No. 18 · 2 items · 50 % state media — over 20 % · 14 things to fix" in draft.words
    assert draft.buttons == ["Fix list", "Refresh", "Publish"]
    assert draft.options[-len(FORMATS) :] == [Renderer().label(f"format.{form}") for form in FORMATS]
    iran, medical = newsroom.replies(draft.ts)
    assert iran.words == f"Iran\n• {TANKERS}, part 0 – Reuters on 11-JAN"
    expected = "• State media reports Cuba envía médicos & vacunas – Prensa Latina on 11-JAN (content in Spanish)"
    assert expected in medical.words
    await newsroom.presses(newsroom.ana, draft, "Fix list")
    listed = newsroom.modal_words(newsroom.ana)
    assert "Blocks: state media are over the limit of 20 %" in listed
    assert "Swap 1, drop 1 or add 3 others." in listed


async def test_asking_for_the_draft_again_updates_the_same_thread_and_says_what_changed(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)
    await newsroom.commands(newsroom.ana, "/vric draft")
    first = newsroom.draft()
    (before,) = newsroom.replies(first.ts)
    await newsroom.passes(hours=1)
    await files(newsroom, newsroom.ben, 1)

    await newsroom.presses(newsroom.ben, first, "Refresh")

    assert newsroom.draft().ts == first.ts
    assert "Draft of No. 18 · 2 items" in newsroom.draft().words
    assert "Since Mon 11 Jan 2021 10:00 EST: 1 filed." in newsroom.draft().words
    (after,) = newsroom.replies(first.ts)
    assert after.ts == before.ts
    assert after.words.count("•") == 2


async def test_a_section_that_became_empty_says_so_in_its_reply(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.selects(newsroom.ana, ts, "Spike")

    await newsroom.commands(newsroom.ana, "/vric draft")

    assert "Draft of No. 18: No items yet." in newsroom.draft().words
    (reply,) = newsroom.replies(newsroom.draft().ts)
    assert reply.words == "Nothing stands here any more: the section's items were moved or spiked."


async def test_the_draft_is_exported_as_a_file_into_its_thread(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.ana.selects("#vric", newsroom.draft().ts, "Markdown")
    await newsroom.settles()

    shared = newsroom.replies(newsroom.draft().ts)[-1]
    assert "VRIC MONITOR No. 18: Markdown (vric-18.md)" in shared.words
    content = newsroom.stand_in.workspace.files[shared.files[0]["id"]]["content"]
    assert f"- [{TANKERS}, part 0](http://reuters.example:" in content.decode()


async def test_the_home_of_the_app_shows_how_the_issue_stands(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)

    await newsroom.ana.opens_home()
    await newsroom.settles()

    assert newsroom.ana.home is not None
    shown = newsroom.home_words(newsroom.ana)
    assert "VRIC MONITOR No. 18" in shown
    assert "You have 1 of 5 items in this issue:" in shown


async def test_an_editor_closes_the_issue_by_hand(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ana, "/vric issue close")

    assert "No. 18 is closed; No. 19 is open until Sun 14 Feb 2021 17:00 EST." in told


async def test_only_an_editor_changes_the_issue(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ben, "/vric issue close")

    assert "Only an editor of this desk can do that. Nothing was changed." in told
    assert "No. 18 is open" in await newsroom.commands(newsroom.ben, "/vric issue")


async def test_a_reply_whose_answer_was_lost_is_posted_once_though_the_draft_changed_meanwhile(
    newsroom: Newsroom,
) -> None:
    """The first message changes in between and is shown again first; the reply is looked for all the same."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran", "Iran sends tankers"))
    other = await newsroom.drops(newsroom.ana, newsroom.press.prints("infobae.example/iran", "Iran sends more tankers"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.ben.commands("#vric", "/vric draft")
    await newsroom.bot.edge.in_flight.wait()
    newsroom.clock.advance(timedelta(seconds=1))
    assert await newsroom.bot.edge.sender.send_next()
    newsroom.clock.advance(timedelta(seconds=1))
    newsroom.stand_in.fault("chat.postMessage", "500_after")
    assert await newsroom.bot.edge.sender.send_next()

    await newsroom.clicks(newsroom.ana, other, "File in Iran")
    await newsroom.commands(newsroom.ben, "/vric draft")
    await newsroom.passes(minutes=2)

    assert [reply.words.count("Iran sends") for reply in newsroom.replies(newsroom.draft().ts)] == [2]
