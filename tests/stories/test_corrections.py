"""Journey 47, its end: what was published stays, and a correction is another version that says what changed."""

from dataclasses import replace

import pytest

from bot.desk.correcting import Correction
from bot.desk.editing import Words
from bot.export.formats import FORMATS, render
from bot.ports import LeaseLostError
from bot.render import Renderer
from bot.sandbox.records import TEAM, Message
from tests.newsroom import OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
NOTE = "What is corrected? Readers see this line"


async def publishes(newsroom: Newsroom) -> Message:
    """Ana publishes No. 18 with one item; gives the first message of its draft."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()
    await newsroom.presses(newsroom.ana, draft, "Publish")
    return shown(newsroom, draft)


def shown(newsroom: Newsroom, draft: Message) -> Message:
    (found,) = [message for message in newsroom.channel_posts() if message.ts == draft.ts]
    return found


async def chooses(newsroom: Newsroom, draft: Message) -> None:
    await newsroom.presses(newsroom.ana, draft, "Correct")
    await newsroom.submits(newsroom.ana, {"What is wrong?": TANKERS})


async def test_a_correction_is_a_version_that_says_what_changed(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    await chooses(newsroom, draft)

    await newsroom.submits(newsroom.ana, {"Date": "2021-01-10", NOTE: "The tankers left a day earlier."})

    said = [message.words for message in newsroom.channel_posts()]
    assert any("No. 18 is corrected and has a version 2: The tankers left a day earlier." in words for words in said)
    assert "Corrected January 11, 2021: The tankers left a day earlier." in shown(newsroom, draft).words
    edition = await newsroom.archive.edition(18)
    assert (await newsroom.archive.verify(18)).is_same
    assert str(edition.items[0].published_on) == "2021-01-10"
    for form in ("txt", "md", "html", "fragment", "email"):
        assert "January 11, 2021: The tankers left a day earlier." in render(form, edition, Renderer()).decode(), form
    async with newsroom.bot.database.unit_of_work() as work:
        newest = await work.publications.newest(edition.issue.id)
        changes = await work.changes.of_item(edition.items[0].id)
    assert newest is not None
    assert (newest.version, newest.note) == (2, "The tankers left a day earlier.")
    assert newest.manifest["files"].keys() == FORMATS.keys()
    assert (changes[-1].verb, changes[-1].before["published_on"]) == ("corrected", "2021-01-11")


async def test_a_correction_without_its_line_or_without_a_change_is_none(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    await chooses(newsroom, draft)

    assert await newsroom.submits(newsroom.ana, {"Date": "2021-01-10"}) == {"note": "Say why, in one line."}
    await newsroom.ana.closes()
    await chooses(newsroom, draft)
    refused = await newsroom.submits(newsroom.ana, {NOTE: "Nothing."})

    assert refused["note"].startswith("Nothing in the form differs from what was published.")
    assert (await newsroom.archive.edition(18)).corrections == ()


async def test_a_correction_may_not_make_what_could_not_have_been_published(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    await chooses(newsroom, draft)

    refused = await newsroom.submits(newsroom.ana, {"Title": "Iran sends TK tankers", NOTE: "The number."})

    assert "could not have been published so (placeholder)" in "".join(refused.values())
    assert (await newsroom.archive.edition(18)).items[0].title == TANKERS


async def test_one_correction_follows_another(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    await chooses(newsroom, draft)
    await newsroom.submits(newsroom.ana, {"Title": "Iran sends two tankers", NOTE: "The number."})

    await newsroom.presses(newsroom.ana, draft, "Correct")
    await newsroom.submits(newsroom.ana, {"What is wrong?": "Iran sends two tankers"})
    await newsroom.submits(newsroom.ana, {"Title": "Iran sends three tankers", NOTE: "The number again."})

    edition = await newsroom.archive.edition(18)
    assert edition.corrections == ("January 11, 2021: The number.", "January 11, 2021: The number again.")
    assert (await newsroom.archive.verify(18)).is_same


async def test_of_two_editors_who_correct_an_item_the_second_is_told_what_stands(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    desk, now = newsroom.bot.desk, newsroom.clock()
    item = (await newsroom.archive.edition(18)).items[0]
    seen = Words.of(item)

    async def checked(words: Words, note: str) -> Correction:
        marks, by = seen.marks(), newsroom.ana.user.id
        return await desk.check_item_correction(
            item.id, words, note, is_out=False, opened_with=marks, workspace=TEAM, by=by, now=now
        )

    first = await checked(replace(seen, title="Two tankers"), "The number.")
    second = await checked(replace(seen, source="AFP"), "The outlet.")

    assert await desk.correct(first, now=now) == 2
    with pytest.raises(LeaseLostError):
        await desk.correct(second, now=now)

    edition = await newsroom.archive.edition(18)
    assert (edition.items[0].title, edition.items[0].source) == ("Two tankers", item.source)
    assert shown(newsroom, draft).words.startswith("No. 18 is published")


async def test_an_item_is_taken_out_and_readers_are_told(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/port", "Iran opens a port"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    draft = await publishes(newsroom)
    await chooses(newsroom, draft)

    await newsroom.submits(newsroom.ana, {"Or": ["Take it out of the issue"], NOTE: "Reuters withdrew its report."})

    edition = await newsroom.archive.edition(18)
    assert [item.title for item in edition.items] == ["Iran opens a port"]
    assert edition.corrections == ("January 11, 2021: Reuters withdrew its report.",)
    assert (await newsroom.archive.verify(18)).is_same


async def test_a_text_is_corrected_as_the_items_are(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)
    await newsroom.presses(newsroom.ana, draft, "Correct")
    await newsroom.submits(newsroom.ana, {"What is wrong?": "Headline"})
    refused = await newsroom.submits(newsroom.ana, {"Headline": "TK", NOTE: "There was none."})
    assert "(placeholder)" in "".join(refused.values())

    await newsroom.submits(newsroom.ana, {"Headline": "Calm waters", NOTE: "There was none."})

    edition = await newsroom.archive.edition(18)
    assert edition.title == "VRIC MONITOR No. 18 | Calm waters"
    assert edition.corrections == ("January 11, 2021: There was none.",)
    assert (await newsroom.archive.verify(18)).is_same


async def test_only_editors_correct(newsroom: Newsroom) -> None:
    draft = await publishes(newsroom)

    await newsroom.presses(newsroom.ben, draft, "Correct")
    refused = await newsroom.submits(newsroom.ben, {"What is wrong?": TANKERS})

    assert "Only an editor" in "".join(refused.values())
