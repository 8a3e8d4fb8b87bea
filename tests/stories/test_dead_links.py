"""Journeys 12, 13 and 18: what is gone, shut or leads in circles is saved, and the member decides about it."""

import json

import pytest
from starlette.responses import JSONResponse

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"


def keeps_a_copy(newsroom: Newsroom) -> str:
    """The archive has a copy of a page; gives its link."""
    copy = newsroom.press.prints("web.archive.org/web/20210109080000/http://reuters.example/iran-oil", TANKERS)
    found = {"available": True, "url": copy, "timestamp": "20210109080000", "status": "200"}
    newsroom.press.serves("archive.example/available", JSONResponse({"archived_snapshots": {"closest": found}}))
    return copy


@EACH_ONCE
async def test_of_a_dead_link_the_member_is_asked_whether_it_is_kept(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/iran-oil", 404))

    card = newsroom.card(ts)
    assert "The page answers 404: it is not there. Saved anyway?" in card.words
    assert card.buttons == ["Keep and edit", "Remove"]
    assert card.options == []

    await newsroom.clicks(newsroom.ana, ts, "Keep and edit")
    await newsroom.submits(newsroom.ana, {"Title": TANKERS, "Date": "2021-01-09"})

    card = newsroom.card(ts)
    assert TANKERS in card.words
    assert "Kept by Ana Ruiz." in card.words
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_a_dead_link_can_be_removed_and_stays_on_record(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/iran-oil", 410))

    await newsroom.clicks(newsroom.ana, ts, "Remove")

    assert "Spiked by Ana Ruiz, kept on record" in newsroom.card(ts).words
    assert [item.state for item in await newsroom.items()] == [ItemState.SPIKED]


async def test_what_a_member_kept_stays_kept_whatever_another_reading_finds(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("reuters.example/iran-oil", 404)
    ts = await newsroom.drops(newsroom.ana, link)
    assert newsroom.card(ts).text.startswith(f"{link}: dead link. Keep it, or remove it?\n")
    await newsroom.clicks(newsroom.ana, ts, "Keep and edit")
    newsroom.press.says("reuters.example/iran-oil", next(iter(WALLS.values())))
    await newsroom.passes(hours=2)

    await newsroom.selects(newsroom.ana, ts, "Read the page again")

    assert "I could not read the page. Your link is saved; add title and date with Edit." in newsroom.card(ts).words
    assert "Set date" in newsroom.card(ts).buttons


async def test_the_archived_copy_of_a_dead_link_is_read_and_cited_in_its_place(newsroom: Newsroom) -> None:
    copy = keeps_a_copy(newsroom)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/iran-oil", 404))
    assert newsroom.card(ts).buttons == ["Keep and edit", "Use the archived copy of 9 Jan 2021", "Remove"]

    await newsroom.clicks(newsroom.ana, ts, "Use the archived copy of 9 Jan 2021")

    assert f"{TANKERS}\nReuters · 11 Jan 2021 · English" in newsroom.card(ts).words
    (item,) = await newsroom.items()
    assert (item.url, item.host) == (copy, "reuters.example")
    assert "File in Iran" in newsroom.card(ts).buttons


@pytest.mark.parametrize("answer", [{"archived_snapshots": {}}, {"archived_snapshots": {"closest": {"url": 7}}}, []])
async def test_an_archive_without_a_copy_offers_none(newsroom: Newsroom, answer: object) -> None:
    newsroom.press.serves("archive.example/available", JSONResponse(answer))

    ts = await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/iran-oil", 404))

    assert newsroom.card(ts).buttons == ["Keep and edit", "Remove"]


async def test_a_page_that_answers_and_says_that_it_is_not_there_is_a_dead_link(newsroom: Newsroom) -> None:
    keeps_a_copy(newsroom)
    page = "<html lang='es'><head><title>Página no encontrada - Infobae</title></head><body><h1>404</h1></body></html>"

    ts = await newsroom.drops(newsroom.ana, newsroom.press.says("infobae.example/2021/01/09/buques-iranies", page))

    assert "The site says that the page is not there. Saved anyway?" in newsroom.card(ts).words
    assert "Use the archived copy of 9 Jan 2021" in newsroom.card(ts).buttons


async def test_an_article_that_leads_to_the_front_door_is_gone(newsroom: Newsroom) -> None:
    newsroom.press.prints("reuters.example/", "Reuters", day=None)
    link = newsroom.press.moves(
        "reuters.example/world/iran-oil-tankers", f"http://reuters.example:{newsroom.press.port}/"
    )

    ts = await newsroom.drops(newsroom.ana, link)

    assert "The site says that the page is not there. Saved anyway?" in newsroom.card(ts).words


async def test_a_link_that_leads_in_circles_is_a_dead_link(newsroom: Newsroom) -> None:
    link = newsroom.press.moves("short.example/a", f"http://short.example:{newsroom.press.port}/b")
    newsroom.press.moves("short.example/b", link)

    ts = await newsroom.drops(newsroom.ana, link)

    assert "The page sends readers round in circles. Saved anyway?" in newsroom.card(ts).words


async def test_in_the_review_list_a_dead_link_is_kept_or_removed(newsroom: Newsroom) -> None:
    links = [newsroom.press.fails(f"reuters.example/{number}", 404) for number in range(4)]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "Review list")

    await newsroom.ana.clicks_in_modal("Keep", nth=0)
    await newsroom.settles()
    await newsroom.ana.clicks_in_modal("Remove", nth=0)
    await newsroom.settles()

    states = [(item.state, item.kind) for item in await newsroom.items()]
    assert states[:2] == [(ItemState.PENDING, "news article"), (ItemState.SPIKED, "dead link")]


@EACH_ONCE
@pytest.mark.parametrize("status", [401, 403, 451])
async def test_a_site_that_lets_no_robots_in_is_believed_and_the_link_is_saved(newsroom: Newsroom, status: int) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/iran-oil", status))

    card = newsroom.card(ts)
    assert (
        f"The site does not let me read it ({status}). Your link is saved; add title and date with Edit." in card.words
    )
    assert "Set date" in card.buttons
    assert len([page for page in newsroom.press.asked if page == "reuters.example/iran-oil"]) == 1


WALLS = {
    "The site does not let me read it: it lets no robots in.": (
        "<html><head><title>Just a moment...</title></head><body><form id='challenge-form'></form></body></html>"
    ),
    "The site wants consent before it shows the page, and I give none.": (
        "<html lang='es'><head><title>Antes de continuar</title></head><body><p>Valoramos tu privacidad.</p>"
        "<button>Aceptar todas las cookies</button></body></html>"
    ),
    "The site wants a login before it shows the page.": (
        "<html><head><title>Log in to Reuters</title></head><body><form><input type='password' name='p'>"
        "<button>Log in</button></form></body></html>"
    ),
}


@pytest.mark.parametrize("said", WALLS)
async def test_what_a_wall_says_of_itself_is_not_taken_for_the_article(newsroom: Newsroom, said: str) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.says("reuters.example/iran-oil", WALLS[said]))

    assert f"{said} Your link is saved; add title and date with Edit." in newsroom.card(ts).words
    (item,) = await newsroom.items()
    assert (item.title, item.url.rpartition("/")[2]) == (None, "iran-oil")


@pytest.mark.parametrize("early", [True, False])
async def test_where_a_page_cannot_be_read_slacks_own_preview_serves_title_and_source(
    newsroom: Newsroom, *, early: bool
) -> None:
    link = newsroom.press.fails("unheard-of.example/iran-oil", 403)
    shown = {"id": 1, "from_url": link, "title": TANKERS, "service_name": "Unheard-of News", "fallback": TANKERS}
    if early:
        ts = await newsroom.ana.posts("#vric", link, attachments=[shown])
        await newsroom.settles()
    else:
        ts = await newsroom.drops(newsroom.ana, link)
        assert TANKERS not in newsroom.card(ts).words
        await newsroom.stand_in.unfurls("#vric", ts, preview=shown)
        await newsroom.settles()

    card = newsroom.card(ts)
    assert (
        f"{TANKERS}\nThe site does not let me read it (403). Title and source are from Slack's own preview."
        in card.words
    )
    assert "Unheard-of News · Date: not found" in card.words
    assert "File in Iran" in card.buttons
    await newsroom.stand_in.unfurls("#vric", ts, preview=shown)
    await newsroom.settles()
    assert len(newsroom.replies(ts)) == 1


async def test_what_a_member_wrote_stands_before_a_preview(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("unheard-of.example/iran-oil", 403)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Set date")
    await newsroom.submits(newsroom.ana, {"Title": "Five tankers"})

    shown = {"id": 1, "from_url": link, "title": TANKERS, "fallback": json.dumps(TANKERS)}
    await newsroom.stand_in.unfurls("#vric", ts, preview=shown)
    await newsroom.settles()

    assert [item.title for item in await newsroom.items()] == ["Five tankers"]
