"""Journey 32: an opinion of state media is not filed; a member asks an editor, who says why it is a report."""

from bot.editorial.item import ItemState
from bot.sandbox.workspace import Message
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

FUEL = "Fuel and dignity"
WHY = "It is the text of the agreement."


async def drops_opinion(newsroom: Newsroom) -> str:
    link = newsroom.press.prints("prensa-latina.example/opinion/2021-01-11/fuel-and-dignity", FUEL)
    return await newsroom.drops(newsroom.ben, link)


async def gives_reason(newsroom: Newsroom, why: str) -> dict[str, str]:
    return await newsroom.submits(newsroom.ana, {"Why is it a news report, in one line?": why})


def told(newsroom: Newsroom) -> list[Message]:
    """What Ana, who is the editor, was told in private."""
    return [message for message in newsroom.ana.direct() if message.bot_id]


@EACH_ONCE
async def test_it_is_not_filed_and_the_card_names_the_sign(newsroom: Newsroom) -> None:
    ts = await drops_opinion(newsroom)

    card = newsroom.card(ts)
    assert "Not filed: the issue excludes opinions of state media, and its address holds “/opinion/”." in card.words
    assert card.buttons == ["It is a news report: ask an editor", "Remove", "Edit"]
    assert "Hezbollah" not in card.options
    assert "If filed" not in card.words

    await newsroom.clicks(newsroom.ben, ts, "Remove")
    assert newsroom.card(ts).words.startswith("Spiked by Ben Okafor")


async def test_markup_section_and_title_say_it_too(newsroom: Newsroom) -> None:
    head = (
        "<!doctype html><html lang='es'><head><title>{title}</title>{more}</head><body><h1>{title}</h1></body></html>"
    )
    kind = '<script type="application/ld+json">{"@type": "OpinionNewsArticle", "headline": "Combustible"}</script>'
    pages = {
        "markup": head.format(title="Combustible", more=kind),
        "section": head.format(
            title="Combustible",
            more="<meta property='og:type' content='article'><meta property='og:section' content='Opinión'>",
        ),
        "title": head.format(title="Opinión | El combustible", more=""),
    }
    links = {name: newsroom.press.says(f"telesur.example/{name}/12345.html", page) for name, page in pages.items()}

    words = {name: newsroom.card(await newsroom.drops(newsroom.ben, link)).words for name, link in links.items()}

    assert "and its markup says “OpinionNewsArticle”." in words["markup"]
    assert "and its section is called “Opinión”." in words["section"]
    assert "and its title is marked “Opinión |”." in words["title"]


async def test_an_address_says_it_of_a_page_that_nobody_can_read(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.fails("telesur.example/opinion/fuel", 403))

    assert "Not filed" in newsroom.card(ts).words
    assert "/opinion/" in newsroom.card(ts).words


async def test_an_opinion_of_other_media_is_noted_and_filed_as_any_item(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/opinion/oil", "Oil of Iran"))
    assert "\nOpinion.\n" in newsroom.card(ts).words

    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words


async def test_an_editor_is_asked_in_private_and_one_message_is_kept_up_to_date(newsroom: Newsroom) -> None:
    ts = await drops_opinion(newsroom)

    for _ in range(2):
        await newsroom.clicks(newsroom.ben, ts, "It is a news report: ask an editor")

    (asked,) = told(newsroom)
    assert f"Ben Okafor asks: is {FUEL} (Prensa Latina) a news report?" in asked.words
    assert "its address holds “/opinion/”" in asked.words
    assert "Ben Okafor asked an editor whether it is a news report." in newsroom.card(ts).words
    await newsroom.presses(newsroom.ana, asked, "It is a news report")
    assert list((await gives_reason(newsroom, " ")).values()) == ["Say why, in one line."]
    await gives_reason(newsroom, WHY)

    (settled,) = told(newsroom)
    assert settled.words == f"✓ Ana Ruiz says that {FUEL} is a news report: {WHY}"
    assert settled.buttons == []
    assert f"A news report, says Ana Ruiz, although it looks like an opinion: {WHY}" in newsroom.card(ts).words
    await newsroom.accepts(newsroom.ben, ts, under="Iran")
    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words
    assert (await newsroom.logged())[-3:] == ["asked about opinion", "reclassified", "filed"]


async def test_what_is_removed_meanwhile_is_settled_for_the_editor(newsroom: Newsroom) -> None:
    ts = await drops_opinion(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "It is a news report: ask an editor")

    await newsroom.clicks(newsroom.ben, ts, "Remove")

    (settled,) = told(newsroom)
    assert settled.words.startswith(f"Settled: {FUEL}")
    assert settled.words.endswith("is spiked now.")
    assert settled.buttons == []


async def test_an_editor_says_so_at_once(newsroom: Newsroom) -> None:
    ts = await drops_opinion(newsroom)

    await newsroom.clicks(newsroom.ana, ts, "It is a news report: ask an editor")
    await gives_reason(newsroom, WHY)

    assert told(newsroom) == []
    assert "Accept as state media" in newsroom.card(ts).buttons


async def test_members_reclassify_nothing(newsroom: Newsroom) -> None:
    ts = await drops_opinion(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "It is a news report: ask an editor")
    (asked,) = told(newsroom)
    await newsroom.presses(newsroom.ana, asked, "It is a news report")
    (item,) = await newsroom.items()
    form = newsroom.ana.modal
    assert form is not None

    state = {"reason": {"value": {"type": "plain_text_input", "value": WHY}}}
    refused = await newsroom.ben.submits_state(form, state)

    assert "Only an editor" in refused["reason"]
    assert (await newsroom.items())[0].reclassified is None
    assert item.state is ItemState.PENDING


async def test_what_turns_out_to_be_one_after_it_was_filed_blocks_the_issue(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("unheard-of.example/opinion/oil", "Oil of Iran")
    ts = await newsroom.drops(newsroom.ben, link)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.says_of_state(newsroom.ana, ts)
    assert "This looks like an opinion of state media, which the issue excludes" in newsroom.card(ts).words

    words = await newsroom.opens_fix_list()
    assert "Blocks: Oil of Iran looks like an opinion of state media: its address holds “/opinion/”." in words
    await newsroom.presses_in_form(newsroom.ana, "It is a news report: ask an editor")
    await gives_reason(newsroom, WHY)

    assert "looks like an opinion" not in newsroom.modal_words(newsroom.ana)
