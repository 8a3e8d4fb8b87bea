"""Journey 11: an article behind a paywall is filed like any other, and everybody knows."""

import json

from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
LOCKED = {"@type": "NewsArticle", "headline": TANKERS, "isAccessibleForFree": False}
LOCKED_BODY = f"<script type='application/ld+json'>{json.dumps(LOCKED)}</script><p>Tankers were seen.</p>"


@EACH_ONCE
async def test_a_paywalled_article_is_filed_like_any_other_and_its_card_says_so(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS, body=LOCKED_BODY)

    ts = await newsroom.drops(newsroom.ana, link)

    assert f"{TANKERS}\nReuters · 11 Jan 2021 · English" in newsroom.card(ts).words
    assert "Paywalled: readers may not see it." in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert f"Advice: {TANKERS} is paywalled: readers may not see it." in newsroom.modal_words(newsroom.ana)


async def test_a_short_beginning_that_asks_for_a_subscription_is_paywalled(newsroom: Newsroom) -> None:
    body = "<p>Los buques salieron del puerto el lunes.</p><div>Suscríbete para seguir leyendo</div>"
    link = newsroom.press.prints("infobae.example/buques", "Irán envía buques a Venezuela", language="es", body=body)

    ts = await newsroom.drops(newsroom.ana, link)

    assert "Paywalled: readers may not see it." in newsroom.card(ts).words


async def test_of_a_paywalled_page_without_a_title_the_member_is_asked_for_it(newsroom: Newsroom) -> None:
    body = '<script type=\'application/ld+json\'>{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    link = newsroom.press.prints("reuters.example/locked", None, day=None, body=body)

    ts = await newsroom.drops(newsroom.ana, link)

    assert "The page has no title that I can read. Add one with Edit." in newsroom.card(ts).words
    assert "Paywalled: readers may not see it." in newsroom.card(ts).words
    assert "Set date" in newsroom.card(ts).buttons
