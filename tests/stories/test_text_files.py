"""Editors drop narratives as text files into the bot's direct message; nothing that stands is replaced unasked."""

import pytest

from bot.sandbox.calls import DOWNLOAD
from bot.sandbox.member import Member
from bot.sandbox.person import DIRECT
from bot.sandbox.workspace import Message
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.stories.test_writing import opens

pytestmark = OVER_A_SOCKET

TWO = "# Iran\n\nTankers left.\nAll of them.\n\nBoats came.\n\n## China\nPorts & «docks».\n"


async def brings(newsroom: Newsroom, member: Member, content: str | bytes, name: str = "narratives.md") -> Message:
    """A member drops a file into the direct message; gives what the bot says of it."""
    encoded = content.encode() if isinstance(content, str) else content
    await member.shares_file(DIRECT, name, content=encoded)
    await newsroom.settles()
    return member.direct()[-1]


async def chooses(newsroom: Newsroom, member: Member, message: Message, choice: str) -> Message:
    """A member presses a button or selects an option below what the bot said; gives the message as it is then."""
    if choice in message.buttons:
        await member.clicks(DIRECT, message.ts, choice)
    else:
        await member.selects(DIRECT, message.ts, choice)
    await newsroom.settles()
    return next(each for each in member.direct() if each.ts == message.ts)


async def narrative(newsroom: Newsroom, chapter: str) -> list[str]:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.open_of(desk.id)
        assert issue is not None
        passage = (await work.passages.of_issue(issue.id)).get(f"narrative:{chapter}")
    return list(passage.value["paragraphs"]) if passage is not None else []


async def test_a_file_with_headings_fills_their_narratives(newsroom: Newsroom) -> None:
    said = await brings(newsroom, newsroom.ana, TWO)

    assert "narratives.md: narratives for No. 18" in said.words
    assert "✓ Iran: 2 paragraphs stored." in said.words
    assert "✓ China: 1 paragraph stored." in said.words
    assert await narrative(newsroom, "iran") == ["Tankers left. All of them.", "Boats came."]
    await newsroom.commands(newsroom.ana, "/vric draft")
    assert "\n\nPorts & «docks».\n" in await newsroom.printed()
    await opens(newsroom, newsroom.ana, "Iran")
    assert list(newsroom.form(newsroom.ana).values())[:2] == ["Tankers left. All of them.", "Boats came."]
    await newsroom.ana.clicks_in_modal("Undo the last change (Ana Ruiz)")
    await newsroom.settles()
    assert await narrative(newsroom, "iran") == []


async def test_a_file_without_a_heading_asks_for_its_chapter(newsroom: Newsroom) -> None:
    said = await brings(newsroom, newsroom.ana, "Tankers left.\r\n\r\nBoats came.\r\n", "iran.TXT")
    assert "2 paragraphs under no heading: “Tankers left.” Which chapter are they?" in said.words

    said = await chooses(newsroom, newsroom.ana, said, "Iran")

    assert "✓ Iran: 2 paragraphs stored." in said.words
    assert await narrative(newsroom, "iran") == ["Tankers left.", "Boats came."]
    assert not said.buttons
    assert not said.options


async def test_what_stands_is_replaced_only_where_its_editor_says_so(newsroom: Newsroom) -> None:
    await brings(newsroom, newsroom.ana, TWO)

    said = await brings(newsroom, newsroom.ana, "# Iran\nNothing left.\n# Russia\nSnow.")

    assert "Iran: 1 paragraph would replace 2 paragraphs by Ana Ruiz" in said.words
    assert "✓ Russia: 1 paragraph stored." in said.words
    assert await narrative(newsroom, "iran") == ["Tankers left. All of them.", "Boats came."]
    said = await chooses(newsroom, newsroom.ana, said, "Replace")
    assert "✓ Iran: 1 paragraph stored." in said.words
    assert await narrative(newsroom, "iran") == ["Nothing left."]


async def test_what_stands_may_be_left(newsroom: Newsroom) -> None:
    await brings(newsroom, newsroom.ana, TWO)
    said = await brings(newsroom, newsroom.ana, "# Iran\nNothing left.")

    said = await chooses(newsroom, newsroom.ana, said, "Leave it")

    assert "Iran: left as it stands" in said.words
    assert await narrative(newsroom, "iran") == ["Tankers left. All of them.", "Boats came."]
    assert not said.buttons


async def test_what_somebody_else_wrote_since_is_shown_before_it_is_replaced(newsroom: Newsroom) -> None:
    await newsroom.stand_in.invites_bot("#vric", by="ben")
    await newsroom.settles()
    await newsroom.commands(newsroom.ana, "/vric draft")
    await brings(newsroom, newsroom.ana, TWO)
    said = await brings(newsroom, newsroom.ana, "# Iran\nNothing left.")
    await opens(newsroom, newsroom.ben, "Iran")
    await newsroom.submits(newsroom.ben, {"Paragraph 1": "Ben saw three.", "Paragraph 2": ""})

    said = await chooses(newsroom, newsroom.ana, said, "Replace")

    assert await narrative(newsroom, "iran") == ["Ben saw three."]
    assert "would replace 1 paragraph by Ben Okafor" in said.words
    assert "It was changed since you were asked." in said.words
    await chooses(newsroom, newsroom.ana, said, "Replace")
    assert await narrative(newsroom, "iran") == ["Nothing left."]


async def test_a_file_that_says_what_stands_asks_nothing(newsroom: Newsroom) -> None:
    await brings(newsroom, newsroom.ana, TWO)

    said = await brings(newsroom, newsroom.ana, TWO)

    assert not said.buttons
    assert "✓ Iran: 2 paragraphs stored." in said.words


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"PK", "I read narratives from files that end in .md or .txt."),
        ("a.md", "Кораблі".encode("cp1251"), "It is not in UTF-8."),
        ("a.md", "Tankers".encode("utf-16"), "It is not in UTF-8."),
        ("a.txt", b"Tankers\x00left", "It holds something else than text."),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\xff", "It holds something else than text."),
        ("a.md", b"", "There is no paragraph in it."),
        ("a.md", b"# Iran\n\n# China\nPorts.", "Nothing stands below the heading “Iran”."),
        ("a.md", b"# Iran\nTankers.\n# Atlantis & <x>\nSank.", "There is no chapter “Atlantis & <x>”. A heading names"),
        ("a.md", b"# Iran\n" + b"x" * 3_001, "A paragraph is longer than three thousand characters: “xxxx"),
        ("a.md", b"# Iran\n" + b"Tankers.\n\n" * 91, "A chapter has more than ninety paragraphs"),
        ("a.md", b"# Iran\n" + b"Tankers left.\n\n" * 2_700, "It is longer than forty thousand characters."),
        ("a.md", "я".encode() * 90_000, "It is longer than forty thousand characters."),
    ],
)
async def test_what_cannot_be_taken_is_said_and_nothing_is_stored(
    newsroom: Newsroom, name: str, content: bytes, sentence: str
) -> None:
    said = await brings(newsroom, newsroom.ana, content, name)

    assert f"{name}: nothing was stored." in said.words
    assert sentence in said.words
    assert await narrative(newsroom, "iran") == []


async def test_a_paragraph_and_a_file_may_be_as_long_as_the_limits_say(newsroom: Newsroom) -> None:
    paragraphs = ["я" * 3_000] * 13
    text = "# Iran\n" + "\n\n".join(paragraphs)

    said = await brings(newsroom, newsroom.ana, text + "\n" * (40_000 - len(text)))

    assert "✓ Iran: 13 paragraphs stored." in said.words


async def test_only_editors_bring_narratives(newsroom: Newsroom) -> None:
    said = await brings(newsroom, newsroom.ben, TWO)

    assert "Only an editor of a desk brings narratives." in said.words
    assert await narrative(newsroom, "iran") == []


async def test_a_file_that_slack_fails_to_give_is_asked_for_again(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault(DOWNLOAD, "500_before")

    await brings(newsroom, newsroom.ana, TWO)
    await newsroom.passes(minutes=1)

    assert "✓ Iran: 2 paragraphs stored." in newsroom.ana.direct()[-1].words


async def test_a_file_that_slack_never_gives_is_said(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault(DOWNLOAD, "500_before", times=9)

    await brings(newsroom, newsroom.ana, TWO)
    await newsroom.passes(minutes=5)

    assert "Slack does not give me this file." in newsroom.ana.direct()[-1].words
    newsroom.stand_in.calm()


@pytest.mark.parametrize(
    "kept",
    [
        "{press}/narratives.md",
        "",
        "{url}/",
        "{url}/files-pri/T-F0/download/gone.md",
    ],
)
async def test_a_file_that_is_kept_elsewhere_or_is_a_page_to_sign_in_is_said(newsroom: Newsroom, kept: str) -> None:
    elsewhere = f"http://127.0.0.1:{newsroom.press.port}"
    address = kept.format(press=elsewhere, url=newsroom.stand_in.url)
    file = {"id": "F1", "name": "narratives.md", "mode": "external", "size": 7, "url_private_download": address}

    await newsroom.ana.posts(DIRECT, "", files=[file], subtype="file_share")
    await newsroom.settles()

    assert "Slack does not give me this file." in newsroom.ana.direct()[-1].words


async def test_an_issue_that_closed_and_is_not_published_may_be_meant(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric issue close")

    said = await brings(newsroom, newsroom.ana, TWO)

    assert "For which issue is it?" in said.words
    assert said.buttons == ["No. 18 (closed, not published)", "No. 19"]
    assert await narrative(newsroom, "iran") == []
    said = await chooses(newsroom, newsroom.ana, said, "No. 19")
    assert "narratives for No. 19" in said.words
    assert await narrative(newsroom, "iran") == ["Tankers left. All of them.", "Boats came."]


async def test_what_else_is_written_to_the_bot_is_answered_and_becomes_no_item(newsroom: Newsroom) -> None:
    await newsroom.ana.posts(DIRECT, "What can I bring here?")
    await newsroom.settles()

    said = newsroom.ana.direct()[-1].words
    assert "Send me a link, and it becomes an item of your desk" in said
    assert "Editors also drop narratives here: a .md or .txt file" in said
    assert len(await newsroom.items()) == 0
    async with newsroom.bot.database.unit_of_work() as work:
        assert len(await work.desks.all()) == 1
    before = len(newsroom.ana.direct())
    await newsroom.settles()
    assert len(newsroom.ana.direct()) == before
