"""Journeys 18 to 20: a page is cited where it is, what is no news is passed over, and nothing internal is asked for."""

import pytest

from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
WORDS = "<p>" + "Tankers were seen off the coast, according to shipping data. " * 12 + "</p>"


@EACH_ONCE
async def test_a_shortened_link_is_cited_where_it_leads_and_kept_as_it_was_dropped(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    short = newsroom.press.moves("short.example/a1b2", f"{link}?utm_source=short&fbclid=1")

    ts = await newsroom.drops(newsroom.ana, short)

    assert f"{TANKERS}\nReuters · 11 Jan 2021" in newsroom.card(ts).words
    assert link in str(newsroom.card(ts).blocks)
    (item,) = await newsroom.items()
    assert (item.url, item.host) == (link, "reuters.example")
    assert await dropped_as(newsroom) == [short]


async def test_a_page_that_sends_its_readers_on_is_followed_once_more(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    refresh = f"<noscript><meta http-equiv='refresh' content='0;URL={link}'></noscript>"

    ts = await newsroom.drops(
        newsroom.ana, newsroom.press.says("short.example/t", f"<html><head>{refresh}</head></html>")
    )

    assert f"{TANKERS}\nReuters · 11 Jan 2021" in newsroom.card(ts).words
    assert [item.url for item in await newsroom.items()] == [link]


TWINS = ("m.reuters.example/iran-oil/amp/", "reuters.example/print/iran-oil")


@pytest.mark.parametrize("place", TWINS)
async def test_amp_and_print_pages_are_read_and_cited_as_the_page_that_they_are_twins_of(
    newsroom: Newsroom, place: str
) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    head = f"<title>Twin</title><link rel='canonical' href='{link}'>"
    page = f"<html><head>{head}</head><body><h1>Twin</h1>{WORDS}</body></html>"

    ts = await newsroom.drops(newsroom.ana, newsroom.press.says(place, page))

    assert f"{TANKERS}\nReuters · 11 Jan 2021" in newsroom.card(ts).words
    assert [item.url for item in await newsroom.items()] == [link]


async def test_a_canonical_address_of_another_site_is_not_believed(newsroom: Newsroom) -> None:
    page = f"<html><head><title>{TANKERS}</title><link rel='canonical' href='https://reuters.example/x'></head><body>{WORDS}"

    link = newsroom.press.says("unheard-of.example/iran-oil", page)
    await newsroom.drops(newsroom.ana, link)

    assert [(item.url, item.host) for item in await newsroom.items()] == [(link, "unheard-of.example")]


NO_NEWS = (
    "http://zoom.us/j/123456789",
    "https://docs.google.com/document/d/abc/edit",
    "https://vric.slack.com/archives/C0/p1610360000000100",
    "https://calendar.google.com/event?eid=abc",
    "https://reuters.example/flag.gif",
)


@EACH_ONCE
@pytest.mark.parametrize("link", NO_NEWS)
async def test_a_link_that_is_no_news_gets_no_card_and_is_never_fetched(newsroom: Newsroom, link: str) -> None:
    ts = await newsroom.drops(newsroom.ana, f"Here: {link}")

    assert newsroom.replies(ts) == []
    assert newsroom.whispers(newsroom.ana) == []
    assert not await newsroom.items()
    assert newsroom.press.asked == []


async def test_beside_such_a_link_an_article_gets_its_card_alone(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, f"{link} let us talk at http://zoom.us/j/123456789")

    assert newsroom.card(ts).buttons.count("Edit") == 1
    assert [item.url for item in await newsroom.items()] == [link]


@pytest.mark.parametrize(
    ("place", "looks_like"), [("zoom.us/j/123456789", "meeting link"), ("reuters.example/flag.gif", "picture")]
)
async def test_such_a_link_can_be_added_by_whoever_insists(newsroom: Newsroom, place: str, looks_like: str) -> None:
    link = newsroom.press.fails(place, 403)
    asked = await newsroom.commands(newsroom.ana, f"/vric add {link}")
    assert f"This looks like a {looks_like}. Nothing was saved. Add it anyway?" in asked
    assert not await newsroom.items()

    await newsroom.presses(newsroom.ana, newsroom.whispers(newsroom.ana)[-1], "Add it anyway")

    assert [item.url for item in await newsroom.items()] == [link]
    assert "Saved for No. 18." in newsroom.whispers(newsroom.ana)[-1].words


@pytest.mark.parametrize(
    "link", ["http://192.168.1.1/admin", "http://localhost:8080/", "http://169.254.169.254/latest/"]
)
@EACH_ONCE
async def test_a_private_or_internal_address_is_never_asked_for(newsroom: Newsroom, link: str) -> None:
    ts = await newsroom.drops(newsroom.ana, link)

    assert "I only read public web pages" in newsroom.card(ts).words
    assert newsroom.press.asked == []


async def dropped_as(newsroom: Newsroom) -> list[str]:
    """The links of the log as members wrote them."""
    items = await newsroom.items()
    async with newsroom.bot.database.unit_of_work() as work:
        changes = [change for item in items for change in await work.changes.of_item(item.id)]
    return [change.after["url"] for change in changes if change.verb == "dropped"]
