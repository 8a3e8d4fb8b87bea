"""Part of journeys 36 and 44: editors write what stands around the items, and never over each other in silence."""

from bot.sandbox.member import Member
from tests.newsroom import OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

QUOTE = "“We sail.”\n— Captain Brook on the radio, January 7, 2021"


async def opens(newsroom: Newsroom, member: Member, passage: str) -> None:
    """An editor chooses a passage in the draft's first message."""
    draft = newsroom.draft()
    await member.selects(draft.channel, draft.ts, passage)
    await newsroom.settles()


async def test_what_editors_write_is_in_the_issue_and_opens_again_as_it_was(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")
    for passage, written in (
        ("Headline", {"Headline": "Ships everywhere"}),
        ("Author", {"Name": "Ana Sailor", "Role": "Fellow"}),
        ("Overview", {"Paragraph or quote 1": "Ships came.\n\nAnd went.", "Paragraph or quote 2": QUOTE}),
        ("Must reads", {"Must read 1": "Mareas, por Ana\nhttps://tides.example/1\nSpanish"}),
        ("Releases", {"Heading": "THE PORT", "Release 1": "PORT: No ships\nhttps://port.example/no-ships"}),
        ("Iran", {"Paragraph 1": "Tankers left."}),
    ):
        await opens(newsroom, newsroom.ana, passage)
        assert await newsroom.submits(newsroom.ana, written) == {}

    text = await newsroom.printed()
    assert text.startswith("VRIC MONITOR No. 18 | Ships everywhere\n\nAna Sailor\n\nFellow\n\nDisclaimer: ")
    for block in (
        "\n\nShips came.\n\nAnd went.\n\n“We sail.”\n\nCaptain Brook on the radio, January 7, 2021\n\n",
        "MUST READS:\n\n1. Mareas, por Ana (content in Spanish)\n\n",
        "THE PORT\n\n• PORT: No ships\n\n",
        "\n\nTankers left.\n",
    ):
        assert block in text
    assert "[No ships](https://port.example/no-ships)" in await newsroom.printed("md")
    await opens(newsroom, newsroom.ana, "Overview")
    shown = list(newsroom.form(newsroom.ana).values())
    assert shown == ["Ships came.", "And went.", QUOTE, None, None]


async def test_of_two_editors_the_second_is_told_what_changed_and_chooses(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await newsroom.settles()
    await newsroom.commands(newsroom.ana, "/vric draft")
    await opens(newsroom, newsroom.ana, "Headline")
    await opens(newsroom, newsroom.ben, "Headline")
    await newsroom.submits(newsroom.ben, {"Headline": "Ben's ships"})

    await newsroom.submits(newsroom.ana, {"Headline": "Ana's ships"})

    words = newsroom.modal_words(newsroom.ana)
    assert "Ben Okafor changed this while you were writing" in words
    assert "Ben's ships" in words
    assert newsroom.form(newsroom.ana) == {"Headline": "Ana's ships"}
    assert "| Ben's ships" in await newsroom.printed()
    await newsroom.submits(newsroom.ana, {})
    assert "| Ana's ships" in await newsroom.printed()


async def test_the_last_change_can_be_undone_and_the_undoing_too(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")
    for headline in ("First", "Second"):
        await opens(newsroom, newsroom.ana, "Headline")
        await newsroom.submits(newsroom.ana, {"Headline": headline})

    for expected in ("First", "Second"):
        await opens(newsroom, newsroom.ana, "Headline")
        await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
        await newsroom.settles()
        assert "Undone." in newsroom.modal_words(newsroom.ana)
        assert newsroom.form(newsroom.ana) == {"Headline": expected}
        await newsroom.ana.closes()

    assert "| Second" in await newsroom.printed()


async def test_a_long_text_of_somebody_else_is_shown_whole(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await newsroom.settles()
    await newsroom.commands(newsroom.ana, "/vric draft")
    await opens(newsroom, newsroom.ana, "Iran")
    await opens(newsroom, newsroom.ben, "Iran")
    theirs = [f"{'Tankers were seen. ' * 150}Part {number} ends." for number in range(2)]
    await newsroom.submits(newsroom.ben, {"Paragraph 1": theirs[0], "Paragraph 2": theirs[1]})

    await newsroom.submits(newsroom.ana, {"Paragraph 1": "Boats were seen."})

    assert all(f"Part {number} ends." in newsroom.modal_words(newsroom.ana) for number in range(2))


async def test_what_somebody_else_changed_meanwhile_is_not_undone(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await newsroom.settles()
    await newsroom.commands(newsroom.ana, "/vric draft")
    await opens(newsroom, newsroom.ana, "Headline")
    await newsroom.submits(newsroom.ana, {"Headline": "First"})
    for member in (newsroom.ana, newsroom.ben):
        await opens(newsroom, member, "Headline")
    await newsroom.submits(newsroom.ben, {"Headline": "Ben's"})

    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()

    assert "Nothing was undone: Ben Okafor changed this since you opened it" in newsroom.modal_words(newsroom.ana)
    assert newsroom.form(newsroom.ana) == {"Headline": "Ben's"}
    assert "| Ben's" in await newsroom.printed()


async def test_releases_and_must_reads_count_for_the_promise_wherever_it_is_told(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")
    await opens(newsroom, newsroom.ana, "Must reads")
    await newsroom.submits(newsroom.ana, {"Must read 1": "Tides", "Must read 2": "Ebb"})
    link = newsroom.press.prints("reuters.example/tankers", "Iran sends fleet of tankers")

    ts = await newsroom.drops(newsroom.ben, link)

    assert "If filed: 0 of 3 so far" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    assert "0 of 3 so far is state media" in await newsroom.commands(newsroom.ben, "/vric status")
    await newsroom.commands(newsroom.ben, "/vric draft")
    assert "0 of 3 so far is state media" in newsroom.draft().words


async def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_stored(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")
    await opens(newsroom, newsroom.ana, "Releases")

    refused = await newsroom.submits(newsroom.ana, {"Heading": "THE PORT", "Release 2": "No ships"})

    assert refused == {"text:2:0": "A release is AGENCY: title, and its address on the line below."}
    assert "THE PORT" not in await newsroom.printed()


async def test_only_editors_write(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric draft")

    await opens(newsroom, newsroom.ben, "Headline")

    assert newsroom.ben.modal is None
    assert "Only an editor" in newsroom.whispers(newsroom.ben)[-1].words


async def test_an_item_becomes_a_must_read_once(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", "Iran sends fleet of tankers")
    ts = await newsroom.drops(newsroom.ben, link)

    for _ in range(2):
        await newsroom.selects(newsroom.ana, ts, "Make it a must read")

    assert "is among the must reads now" in newsroom.whispers(newsroom.ana)[-1].words
    assert "1. Iran sends fleet of tankers by Reuters\n" in await newsroom.printed()
    assert "2. " not in await newsroom.printed()


async def test_an_editor_writes_and_mends_from_the_home_of_the_app(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", "Iran sends tankers"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.ana.opens_home()
    await newsroom.ben.opens_home()
    await newsroom.settles()
    assert "Fix list" not in newsroom.home_words(newsroom.ben)

    await newsroom.ana.selects_in_home("Headline")
    await newsroom.settles()
    await newsroom.submits(newsroom.ana, {"Headline": "Calm waters"})
    await newsroom.ana.clicks_in_home("Fix list")
    await newsroom.settles()

    assert (await newsroom.printed()).startswith("VRIC MONITOR No. 18 | Calm waters\n")
    assert "no headline" not in newsroom.modal_words(newsroom.ana)
    assert "Advice: Iran is under its minimum" in newsroom.modal_words(newsroom.ana)
