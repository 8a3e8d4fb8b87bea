"""Journeys 14 to 17: what is no news article is taken for what it is, and the member is asked what only people know."""

import pytest
from starlette.responses import JSONResponse, Response

from bot.editorial.item import ItemState
from bot.editorial.kind import Kind
from tests.documents import pdf
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
STATUS = 1340766000000000000
"""A post of 20 December 2020."""


def prints_pdf(newsroom: Newsroom, place: str, body: bytes) -> str:
    return newsroom.press.serves(place, Response(body, media_type="application/pdf"))


@EACH_ONCE
async def test_a_pdf_is_told_by_its_title_its_day_and_its_pages(newsroom: Newsroom) -> None:
    body = pdf(title="Informe sobre el Esequibo", day="20210109", pages=14)

    ts = await newsroom.drops(newsroom.ana, prints_pdf(newsroom, "reuters.example/informe.pdf", body))

    assert "Informe sobre el Esequibo\nReuters · 9 Jan 2021" in newsroom.card(ts).words
    assert "PDF, 14 pages." in newsroom.card(ts).words


async def test_of_a_pdf_without_title_and_day_the_heading_is_read_and_the_day_is_asked_for(newsroom: Newsroom) -> None:
    body = pdf(heading="Gaceta Oficial No. 42.047", pages=1)

    ts = await newsroom.drops(newsroom.ana, prints_pdf(newsroom, "reuters.example/42047.pdf", body))

    assert "Gaceta Oficial No. 42.047\nReuters · Date: not found" in newsroom.card(ts).words
    assert "PDF, 1 page." in newsroom.card(ts).words
    assert "Set date" in newsroom.card(ts).buttons


async def test_of_a_pdf_over_twenty_megabytes_only_the_name_is_read(newsroom: Newsroom) -> None:
    body = pdf(title="Never read", filling=20_000_000)

    ts = await newsroom.drops(newsroom.ana, prints_pdf(newsroom, "reuters.example/informe-esequibo-2021.pdf", body))

    assert "informe esequibo 2021\nReuters · Date: not found" in newsroom.card(ts).words
    assert "PDF: I read only its name." in newsroom.card(ts).words


async def test_a_pdf_that_is_kept_is_the_file_with_its_digest(newsroom: Newsroom) -> None:
    body = pdf(title="Informe sobre el Esequibo")
    await newsroom.drops(newsroom.ana, prints_pdf(newsroom, "reuters.example/informe.pdf", body))

    (item,) = await newsroom.items()
    async with newsroom.bot.database.unit_of_work() as work:
        (kept,) = await work.snapshots.of_item(item.id)

    assert kept.body() == body
    assert (kept.url, kept.size, kept.headers["Content-Type"]) == (item.url, len(body), "application/pdf")


VIDEO = """<html><head><title>{title} - YouTube</title><meta property="og:title" content="{title}"></head><body>
<div itemscope itemtype="http://schema.org/VideoObject"><meta itemprop="name" content="{title}">
<meta itemprop="duration" content="PT12M34S"><meta itemprop="datePublished" content="2021-01-09T07:00:00-04:00">
<span itemprop="author" itemscope itemtype="http://schema.org/Person">
<link itemprop="url" href="http://www.youtube.com/@vtvcanal8"><link itemprop="name" content="VTV Canal 8"></span>{more}
</div></body></html>"""


@EACH_ONCE
async def test_a_video_is_marked_and_cites_its_channel(newsroom: Newsroom) -> None:
    page = VIDEO.format(title="Cadena nacional", more="")

    ts = await newsroom.drops(newsroom.ana, newsroom.press.says("www.youtube.com/watch", page) + "?v=abcdefghijk")

    card = newsroom.card(ts)
    assert "[video] Cadena nacional\nVTV Canal 8 · 9 Jan 2021" in card.words
    assert "Video, 12:34." in card.words
    assert "I do not know who controls youtube.com/@vtvcanal8." in card.words
    await newsroom.clicks(newsroom.ana, ts, "File in Venezuela")
    await newsroom.commands(newsroom.ana, "/vric draft")
    assert "[video] Cadena nacional – VTV Canal 8 on 09-JAN" in newsroom.replies(newsroom.draft().ts)[0].words


async def test_of_a_video_that_is_live_the_member_is_asked_first(newsroom: Newsroom) -> None:
    page = VIDEO.format(title="Señal en vivo", more='<meta itemprop="isLiveBroadcast" content="True">')

    ts = await newsroom.drops(newsroom.ana, newsroom.press.says("www.youtube.com/watch", page) + "?v=abcdefghijk")

    assert "This video is live: what it shows will change. Saved anyway?" in newsroom.card(ts).words
    assert newsroom.card(ts).buttons == ["Keep and edit", "Remove"]


async def test_a_video_that_was_removed_is_a_dead_link(newsroom: Newsroom) -> None:
    page = '<html><head><title> - YouTube</title></head><body><script>{"playabilityStatus":{"status":"ERROR"}}</script>'

    ts = await newsroom.drops(newsroom.ana, newsroom.press.says("www.youtube.com/watch", page) + "?v=abcdefghijk")

    assert "The site says that the page is not there. Saved anyway?" in newsroom.card(ts).words


def knows_the_post(newsroom: Newsroom) -> None:
    text = "VLCC Yong Le, former Carabobo, arrived at Jose Terminal. pic.twitter.com/abc"
    html = f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{text}</p>&mdash; Armand Delon (@armanddelon)'
    said = {"author_name": "Armand Delon", "author_url": "https://twitter.com/armanddelon", "html": html}
    newsroom.press.serves("oembed.example/oembed", JSONResponse(said))


@EACH_ONCE
async def test_a_post_on_x_is_told_by_its_author_its_words_and_its_day(newsroom: Newsroom) -> None:
    knows_the_post(newsroom)
    link = f"http://twitter.com:{newsroom.press.port}/ArmandDelon/status/{STATUS}?s=20"

    ts = await newsroom.drops(newsroom.ana, link)

    card = newsroom.card(ts)
    assert (
        "VLCC Yong Le, former Carabobo, arrived at Jose Terminal.\nArmand Delon on Twitter · 20 Dec 2020" in card.words
    )
    assert "Is the account x.com/armanddelon official or state-run?" in card.words
    (item,) = await newsroom.items()
    assert item.summary == "VLCC Yong Le, former Carabobo, arrived at Jose Terminal."
    assert newsroom.press.asked == ["oembed.example/oembed"]


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ("Private", "Not state media: x.com/armanddelon"),
        ("Another government", "Not state media: x.com/armanddelon"),
        ("Government of a watched country", "State media: x.com/armanddelon"),
        ("State media", "State media: x.com/armanddelon"),
    ],
)
async def test_what_a_member_says_of_an_account_holds_for_its_other_posts(
    newsroom: Newsroom, answer: str, then: str
) -> None:
    knows_the_post(newsroom)
    place = f"http://twitter.com:{newsroom.press.port}/armanddelon/status"
    first = await newsroom.drops(newsroom.ana, f"{place}/{STATUS}")

    await newsroom.selects(newsroom.ana, first, answer)
    second = await newsroom.drops(newsroom.ben, f"{place}/{STATUS + 1}")

    assert then in newsroom.card(first).words
    assert then in newsroom.card(second).words


async def test_where_x_is_silent_day_and_account_are_known_all_the_same(newsroom: Newsroom) -> None:
    newsroom.press.fails("oembed.example/oembed", 503)

    ts = await newsroom.drops(newsroom.ana, f"http://twitter.com:{newsroom.press.port}/armanddelon/status/{STATUS}")

    assert "@armanddelon on Twitter · 20 Dec 2020" in newsroom.card(ts).words


async def test_a_post_that_was_deleted_is_a_dead_link(newsroom: Newsroom) -> None:
    newsroom.press.fails("oembed.example/oembed", 404)

    ts = await newsroom.drops(newsroom.ana, f"http://twitter.com:{newsroom.press.port}/armanddelon/status/{STATUS}")

    assert "The page answers 404: it is not there. Saved anyway?" in newsroom.card(ts).words


async def test_a_post_on_telegram_is_read_where_its_channel_shows_it(newsroom: Newsroom) -> None:
    widget = (
        "<html><body><div class='tgme_widget_message'><a class='tgme_widget_message_owner_name'>teleSUR tv</a>"
        "<div class='tgme_widget_message_text'>Llegan cinco buques con combustible.</div>"
        "<a class='tgme_widget_message_date'><time datetime='2021-01-09T23:30:00+00:00'>23:30</time></a></div>"
    )
    link = newsroom.press.says("t.me/telesurtv/4711", widget)

    ts = await newsroom.drops(newsroom.ana, link)

    assert "Llegan cinco buques con combustible.\nteleSUR tv on Telegram · 9 Jan 2021" in newsroom.card(ts).words
    assert "Is the account t.me/telesurtv official or state-run?" in newsroom.card(ts).words
    assert [item.url for item in await newsroom.items()] == [link]


@EACH_ONCE
async def test_of_an_aggregator_the_first_publisher_is_asked_for_and_the_flag_follows_it(newsroom: Newsroom) -> None:
    body = f"<p>(MENAFN - Prensa Latina) {'Havana and Caracas agreed on fuel. ' * 20}</p>"
    link = newsroom.press.prints("menafn.com/1101/fuel-deal-signed-in-havana", "Fuel deal signed in Havana", body=body)
    ts = await newsroom.drops(newsroom.ana, link)
    card = newsroom.card(ts)
    assert "MENAFN republishes others. Who published it first? The page names Prensa Latina." in card.words
    assert {"Same", "Choose outlet"} <= set(card.buttons)

    await newsroom.clicks(newsroom.ana, ts, "Choose outlet")
    assert newsroom.form(newsroom.ana)["Outlet: its name, or its domain"] == "Prensa Latina"
    await newsroom.submits(newsroom.ana, {"Outlet: its name, or its domain": "prensa-latina.example"})

    card = newsroom.card(ts)
    assert "First published by Prensa Latina." in card.words
    assert "State media: Prensa Latina (state-owned, CU)" in card.words
    assert "First publisher named by Ana Ruiz." in card.words
    assert "Choose outlet" not in card.buttons


async def test_an_aggregator_may_be_the_first_itself_and_an_unknown_outlet_is_asked_about(newsroom: Newsroom) -> None:
    body = f"<p>{'Havana and Caracas agreed on fuel. ' * 20}</p>"
    links = [
        newsroom.press.prints(f"menafn.com/1101/fuel-deal-{number}", f"Deal {number}", body=body) for number in "12"
    ]
    same = await newsroom.drops(newsroom.ana, links[0])
    other = await newsroom.drops(newsroom.ana, links[1])

    await newsroom.clicks(newsroom.ana, same, "Same")
    await newsroom.clicks(newsroom.ana, other, "Choose outlet")
    refused = await newsroom.submits(newsroom.ana, {"Outlet: its name, or its domain": ""})
    await newsroom.submits(newsroom.ana, {"Outlet: its name, or its domain": "The Daily Gazette"})

    assert list(refused.values()) == ["Name the outlet, or its domain."]
    assert "First published by MENAFN." in newsroom.card(same).words
    assert "First published by The Daily Gazette." in newsroom.card(other).words
    assert "I do not know who controls the daily gazette." in newsroom.card(other).words
    await newsroom.selects(newsroom.ana, other, "Read the page again")
    assert "The Daily Gazette · 11 Jan 2021" in newsroom.card(other).words


REMARKS = {
    "Opinion.": ("reuters.example/opinion/oil-and-power", "Oil and power"),
    "Live blog: its title and its text may still change.": (
        "reuters.example/live/iran-talks-2021-01-11/",
        "Iran talks",
    ),
}


@pytest.mark.parametrize("said", REMARKS)
async def test_what_is_no_plain_report_says_so_on_its_card_and_is_filed_like_one(newsroom: Newsroom, said: str) -> None:
    place, title = REMARKS[said]

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints(place, f"{title} for Iran"))

    assert said in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_an_agencys_release_names_the_label_that_it_is_printed_under(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("home.treasury.gov/news/press-releases/sm1232", "Treasury Sanctions Iranian Tankers")

    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Undo")

    assert "Press release, printed under TREASURY." in newsroom.card(ts).words


FRONTS = {
    "This is the home page of Reuters, not an article": "reuters.example/",
    "This page lists articles and is none": "reuters.example/world/",
    "This is a search page, not an article": "reuters.example/search",
}


@pytest.mark.parametrize("said", FRONTS)
async def test_a_page_that_leads_to_articles_is_saved_but_not_filed_before_somebody_keeps_it(
    newsroom: Newsroom, said: str
) -> None:
    teasers = "".join(f"<h3><a href='/world/{n}'>Headline number {n} of the news today</a></h3>" for n in range(24))
    link = newsroom.press.prints(FRONTS[said], "Reuters World", day=None, body=teasers)
    ts = await newsroom.drops(newsroom.ana, link)
    card = newsroom.card(ts)
    assert said in card.words
    assert "so nothing can be filed yet. Send the link of the article, or keep this one." in card.words
    assert (card.buttons, card.options) == (["Keep and edit", "Remove"], [])

    await newsroom.clicks(newsroom.ana, ts, "Keep and edit")

    assert newsroom.form(newsroom.ana)["Title"] == "Reuters World"
    assert "Other section" in str(newsroom.card(ts).blocks) or "Section" in str(newsroom.card(ts).blocks)
    (item,) = await newsroom.items()
    assert (item.state, item.kind) == (ItemState.PENDING, Kind.NEWS)
    await newsroom.selects(newsroom.ana, ts, "Read the page again")
    assert said not in newsroom.card(ts).words
