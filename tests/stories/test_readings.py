"""A page is read as its house is cited; what members correct once is remembered, and a second headline is offered."""

from html import escape

from starlette.responses import HTMLResponse

from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
HOPES = "What *Caracas* & its <!channel> hope for from :fire: Tehran"
BODY = "<p>Tankers were seen off the coast, according to shipping data and two people with knowledge.</p>"


def prints_two_headlines(newsroom: Newsroom, other: str = HOPES) -> str:
    head = f"<title>{TANKERS}</title><meta property='og:title' content='{escape(other)}'>"
    page = f"<!doctype html><html lang='en'><head>{head}</head><body><h1>{TANKERS}</h1>{BODY}</body></html>"
    return newsroom.press.serves("reuters.example/iran-oil", HTMLResponse(page))


async def corrects(newsroom: Newsroom, ts: str, source: str) -> None:
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert await newsroom.submits(newsroom.ana, {"Source, as cited": source}) == {}


async def test_a_second_headline_is_offered_and_a_click_uses_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints_two_headlines(newsroom))
    card = newsroom.card(ts)
    assert card.words.startswith(TANKERS)
    assert f"The page is also headed “{HOPES}”." in card.words.replace("\u200b", "")

    await newsroom.clicks(newsroom.ben, ts, f"Use “{HOPES}”")

    card = newsroom.card(ts)
    (item,) = await newsroom.items()
    assert (item.title, item.edited) == (HOPES, {"title": newsroom.ben.user.id})
    assert not [label for label in card.buttons if label.startswith("Use “")]
    assert "Title edited by Ben" in card.words
    assert (await newsroom.logged())[-1] == "edited"


async def test_a_long_second_headline_is_cut_on_its_button_and_used_whole(newsroom: Newsroom) -> None:
    long = "Five ships, one crisis, and what Caracas hopes for: " + "a long way round the Cape, " * 5 + "at last"

    ts = await newsroom.drops(newsroom.ana, prints_two_headlines(newsroom, long))

    (label,) = (each for each in newsroom.card(ts).buttons if each.startswith("Use “"))
    assert len(label) <= 75
    assert label.endswith("…”")
    await newsroom.clicks(newsroom.ana, ts, label)
    assert [item.title for item in await newsroom.items()] == [long]


async def test_once_a_member_wrote_the_title_the_second_headline_is_no_longer_offered(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints_two_headlines(newsroom))
    card = newsroom.card(ts)

    await newsroom.ana.clicks("#vric", card.ts, "Set date")
    await newsroom.has_heard()
    await newsroom.ana.submits({"Title": "Tankers sail"})
    await newsroom.has_heard()
    await newsroom.ben.clicks("#vric", card.ts, f"Use “{HOPES}”")
    await newsroom.settles()

    assert "Ana Ruiz was faster: the title is Tankers sail now." in newsroom.whispers(newsroom.ben)[-1].words
    assert newsroom.card(ts).words.startswith("Tankers sail")
    assert not [label for label in newsroom.card(ts).buttons if label.startswith("Use “")]
    assert "also headed" not in newsroom.card(ts).words


async def test_an_old_card_does_not_give_a_headline_that_it_did_not_offer(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints_two_headlines(newsroom))
    prints_two_headlines(newsroom, "Seven ships and the long way round")
    await newsroom.passes(hours=2)
    await newsroom.ana.selects("#vric", newsroom.card(ts).ts, "Read the page again")
    await newsroom.has_heard()
    await newsroom.bot.desk.read_next(now=newsroom.clock())

    await newsroom.ben.clicks("#vric", newsroom.card(ts).ts, f"Use “{HOPES}”")
    await newsroom.settles()

    assert "Nothing was overwritten" in newsroom.whispers(newsroom.ben)[-1].words
    assert [item.title for item in await newsroom.items()] == [TANKERS]
    assert "Use “Seven ships and the long way round”" in newsroom.card(ts).buttons


async def test_a_source_that_a_member_corrected_is_that_of_later_items_of_the_host(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await corrects(newsroom, first, "Reuters Agency")

    later = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/cuba", "Havana reopens"))
    other = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/cuba", "La Habana reabre"))

    assert "Reuters Agency · 11 Jan 2021" in newsroom.card(later).words
    assert "Source edited" not in newsroom.card(later).words
    assert "Infobae · 11 Jan 2021" in newsroom.card(other).words
    (item, _, _) = await newsroom.items()
    async with newsroom.bot.database.unit_of_work() as work:
        change = (await work.changes.of_item(item.id))[-1]
    assert (change.verb, change.by) == ("source remembered", newsroom.ana.user.id)
    assert change.before == {"place": "reuters.example", "source": None}
    assert change.after == {"place": "reuters.example", "source": "Reuters Agency"}


async def test_a_source_is_remembered_for_an_outlet_that_the_registry_does_not_know(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("unheard-of.example/iran", TANKERS))
    await corrects(newsroom, first, "The Unheard-of Post")

    later = await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/cuba", "Havana reopens"))

    assert "The Unheard-of Post · 11 Jan 2021" in newsroom.card(later).words


async def test_correcting_again_undoes_it_and_an_emptied_source_brings_the_registry_back(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await corrects(newsroom, first, "Reuters Agency")
    await corrects(newsroom, first, "Reuters (London)")
    second = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/cuba", "Havana reopens"))
    assert "Reuters (London) · 11 Jan 2021" in newsroom.card(second).words

    await corrects(newsroom, second, "")

    third = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/havana", "Port of Havana"))
    assert "Reuters · 11 Jan 2021" in newsroom.card(third).words


async def test_a_part_of_a_site_goes_by_its_own_name_and_keeps_it(newsroom: Newsroom) -> None:
    abroad = await newsroom.drops(newsroom.ana, newsroom.press.prints("abc.es/internacional/iran.html", TANKERS))
    home = await newsroom.drops(newsroom.ana, newsroom.press.prints("abc.es/espana/madrid.html", "Madrid under snow"))
    assert "ABC Internacional · 11 Jan 2021" in newsroom.card(abroad).words

    await corrects(newsroom, home, "ABC de Madrid")

    later = await newsroom.drops(newsroom.ben, newsroom.press.prints("abc.es/internacional/cuba.html", "Port reopens"))
    again = await newsroom.drops(newsroom.ben, newsroom.press.prints("abc.es/espana/nieve.html", "Snow melts"))
    assert "ABC Internacional · 11 Jan 2021" in newsroom.card(later).words
    assert "ABC de Madrid · 11 Jan 2021" in newsroom.card(again).words


async def test_what_is_corrected_for_a_part_of_a_site_is_remembered_for_that_part(newsroom: Newsroom) -> None:
    abroad = await newsroom.drops(newsroom.ana, newsroom.press.prints("abc.es/internacional/iran.html", TANKERS))
    await corrects(newsroom, abroad, "ABC Mundo")

    later = await newsroom.drops(newsroom.ben, newsroom.press.prints("abc.es/internacional/cuba.html", "Port reopens"))
    home = await newsroom.drops(newsroom.ben, newsroom.press.prints("abc.es/espana/nieve.html", "Snow melts"))

    assert "ABC Mundo · 11 Jan 2021" in newsroom.card(later).words
    assert "ABC · 11 Jan 2021" in newsroom.card(home).words


async def test_what_an_aggregator_shows_of_others_is_corrected_for_the_one_item_alone(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("menafn.com/1102/iran", TANKERS))
    await corrects(newsroom, first, "Trend News Agency")

    later = await newsroom.drops(newsroom.ben, newsroom.press.prints("menafn.com/1103/cuba", "Havana reopens"))

    assert "Trend News Agency" in newsroom.card(first).words
    assert "Trend News Agency" not in newsroom.card(later).words
    assert "source remembered" not in await newsroom.logged()


async def test_the_review_list_asks_as_the_card_does(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"infobae.example/{n}", f"Noticia número {n}") for n in range(3)]
    ts = await newsroom.drops(newsroom.ana, " ".join([*links, prints_two_headlines(newsroom)]))
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    assert f"The page is also headed “{HOPES}”." in newsroom.modal_words(newsroom.ana).replace("\u200b", "")

    await newsroom.ana.clicks_in_modal(f"Use “{HOPES}”")
    await newsroom.settles()

    assert HOPES in [item.title for item in await newsroom.items()]
    assert "also headed" not in newsroom.modal_words(newsroom.ana)


def prints_late(newsroom: Newsroom, place: str, title: str) -> str:
    """A page whose only day is a universal time past midnight."""
    stamp = "<meta property='article:published_time' content='2021-01-12T02:30:00Z'>"
    head = f"<title>{title}</title><meta property='og:title' content='{title}'>{stamp}"
    page = f"<!doctype html><html lang='en'><head>{head}</head><body><h1>{title}</h1>{BODY}</body></html>"
    return newsroom.press.serves(place, HTMLResponse(page))


async def writes(newsroom: Newsroom, ts: str, field: str, words: str) -> None:
    button = "Edit" if "Edit" in newsroom.card(ts).buttons else "Set date"
    await newsroom.clicks(newsroom.ana, ts, button)
    assert await newsroom.submits(newsroom.ana, {field: words}) == {}


async def test_an_end_that_a_member_took_off_a_headline_is_taken_off_later_ones_of_the_host(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, prints_late(newsroom, "unheard-of.example/iran", f"{TANKERS} | Planeta"))
    assert newsroom.card(first).words.startswith(f"{TANKERS} | Planeta")
    await writes(newsroom, first, "Title", TANKERS)

    later = await newsroom.drops(newsroom.ben, prints_late(newsroom, "unheard-of.example/cuba", "Reopens | Planeta"))
    other = await newsroom.drops(newsroom.ben, prints_late(newsroom, "infobae.example/x", "Snow melts | Planeta"))

    assert newsroom.card(later).words.startswith("Reopens\n")
    assert newsroom.card(other).words.startswith("Snow melts | Planeta")
    assert (await newsroom.logged()).count("suffix remembered") == 1


async def test_a_day_that_a_member_corrected_for_its_zone_is_read_in_that_zone_later(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, prints_late(newsroom, "unheard-of.example/iran", TANKERS))
    assert "11 Jan 2021" not in newsroom.card(first).words.split("\n")[1]
    await writes(newsroom, first, "Date", "2021-01-11")

    later = await newsroom.drops(newsroom.ben, prints_late(newsroom, "unheard-of.example/cuba", "Port of Havana opens"))

    assert "· 11 Jan 2021" in newsroom.card(later).words
    assert "Date edited" not in newsroom.card(later).words
    assert (await newsroom.logged()).count("zone remembered") == 1
