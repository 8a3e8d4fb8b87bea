"""An outlet that the registry knows goes by the registry's name, in the form in which its page calls itself."""

import json

import pytest

from bot.extract.opening import PageOpener

HEADLINE = "Iran sends fleet of tankers to Venezuela"


def _page(names: dict[str, str]) -> bytes:
    article = {"@type": "NewsArticle", "headline": HEADLINE, "publisher": {"name": names.get("publisher")}}
    said = json.dumps(article)
    site = f"<meta property='og:site_name' content='{names['site']}'>" if "site" in names else ""
    title = f"{HEADLINE} - {names['title']}" if "title" in names else HEADLINE
    head = f"<title>{title}</title>{site}<script type='application/ld+json'>{said}</script>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body><h1>{HEADLINE}</h1></body></html>".encode()


@pytest.mark.parametrize(
    ("host", "names", "source"),
    [
        ("nytimes.com", {"title": "The New York Times"}, "The New York Times"),
        ("washingtonpost.com", {"site": "Washington Post", "publisher": "The Washington Post"}, "Washington Post"),
        ("bostonglobe.com", {"site": "BostonGlobe.com", "publisher": "The Boston Globe"}, "The Boston Globe"),
        ("cbc.ca", {"site": "CBC", "title": "CBC News"}, "CBC News"),
        ("apnews.com", {"site": "AP NEWS", "publisher": "Associated Press"}, "Associated Press News"),
        ("voanews.com", {"site": "Voice of America", "publisher": "Voice of America (VOA News)"}, "Voice of America"),
        ("metro.co.uk", {"site": "Metro", "title": "Metro News"}, "Metro"),
        ("bbc.co.uk", {"site": "BBC Sport"}, "BBC"),
        ("news.un.org", {"site": "UN News"}, "UN News"),
        ("cnet.com", {"site": "CNET en Español"}, "CNET en Español"),
        ("abc.es/internacional", {"site": "Diario ABC"}, "ABC Internacional"),
        ("semana.com", {"site": "Semana.com"}, "Semana"),
    ],
)
def test_a_known_outlet_is_named_as_the_registry_does_in_the_form_that_its_page_has(
    opener: PageOpener, host: str, names: dict[str, str], source: str
) -> None:
    assert opener.read(_page(names), f"https://www.{host}/tankers-sail").source == source


def test_how_the_house_printed_a_name_stands_beside_how_the_page_says_it(opener: PageOpener) -> None:
    found = opener.read(_page({"title": "The New York Times"}), "https://www.nytimes.com/2021/01/11/tankers-sail")

    assert (found.source, found.cited_as) == ("The New York Times", "New York Times")
