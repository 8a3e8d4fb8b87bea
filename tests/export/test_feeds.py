"""The feeds of published issues: what readers of feeds are promised, and nothing that a title could break."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree, html

from bot.editorial.edition import Edition, Paragraph, Quote, Writing
from bot.editorial.house import House
from bot.editorial.issue import IssueState
from bot.export.feeds import FEEDS, render_feed
from bot.render import Renderer, one_line
from tests.editorial.values import PRENSA_LATINA, edition, house, item
from tests.stories.test_bad_input import HOSTILE

DECEMBER, JANUARY = datetime(2020, 12, 14, 22, tzinfo=UTC), datetime(2021, 1, 14, 22, tzinfo=UTC)
WRITING = Writing(
    headline="Ships & storms",
    author="Ana Sailor",
    disclaimer="Some of it comes from <states>.",
    overview=(Quote("We sail.", "A captain"), Paragraph("Ships came & went."), Paragraph("More came.")),
)


def published(whole: Edition, number: int, at: datetime) -> Edition:
    return replace(whole, issue=replace(whole.issue, number=number, state=IssueState.PUBLISHED, published_at=at))


def two_issues(of: House | None = None) -> Sequence[Edition]:
    items = [
        item(1, title="Oil & gas: tankers arrive", url="https://reuters.com/oil?a=1&b=2"),
        item(2, section="fishing", outlet=PRENSA_LATINA, source="Prensa Latina", language="es", url=""),
    ]
    newer = published(edition(items, of=of, writing=WRITING), 18, JANUARY)
    older = published(edition([], of=of, writing=Writing(disclaimer="None of it.")), 17, DECEMBER)
    return newer, older


def rss(issues: Sequence[Edition], of: House | None = None) -> Any:  # noqa: ANN401 - lxml ships no types
    return etree.fromstring(render_feed("rss", of or house(), issues, Renderer()))


def json_feed(issues: Sequence[Edition], of: House | None = None) -> Any:  # noqa: ANN401 - JSON
    return json.loads(render_feed("json", of or house(), issues, Renderer()))


def test_rss_tells_each_issue_newest_first() -> None:
    (channel,) = rss(two_issues())

    assert channel.findtext("title") == "The Harbour Letter"
    assert channel.findtext("lastBuildDate") == "Thu, 14 Jan 2021 22:00:00 +0000"
    newer, older = channel.findall("item")
    assert newer.findtext("title") == "The Harbour Letter No. 18 | Ships & storms"
    assert newer.findtext("guid") == "harbour-18"
    assert newer.findtext("pubDate") == "Thu, 14 Jan 2021 22:00:00 +0000"
    assert newer.findtext("{*}creator") == "Ana Sailor"
    assert newer.findtext("description") == "Ships came & went."
    assert (older.findtext("guid"), older.findtext("description")) == ("harbour-17", "None of it.")


def test_a_json_feed_tells_the_same() -> None:
    feed = json_feed(two_issues())

    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "The Harbour Letter")
    newer, older = feed["items"]
    content = newer.pop("content_html")
    assert newer == {
        "id": "harbour-18",
        "title": "The Harbour Letter No. 18 | Ships & storms",
        "summary": "Ships came & went.",
        "date_published": "2021-01-14T22:00:00+00:00",
        "authors": [{"name": "Ana Sailor"}],
    }
    assert older["id"] == "harbour-17"
    assert content == rss(two_issues()).findtext("channel/item/{*}encoded")


def test_the_content_is_the_disclaimer_and_every_item_under_its_headings() -> None:
    content = html.fromstring(json_feed(two_issues())["items"][0]["content_html"])

    assert [(part.tag, part.text_content()) for part in content.iter("p", "h2", "h3", "li")] == [
        ("p", "Some of it comes from <states>."),
        ("h2", "Iran"),
        ("li", "Oil & gas: tankers arrive – Reuters on 11-JAN"),
        ("h2", "China & Hong Kong"),
        ("h3", "Fishing"),
        ("li", "State media reports Iran sends fleet of tankers – Prensa Latina on 11-JAN (content in Spanish)"),
    ]
    assert [(link.get("href"), link.get("hreflang")) for link in content.iter("a")] == [
        ("https://reuters.com/oil?a=1&b=2", "en")
    ]


@pytest.mark.parametrize(
    ("own", "link"),
    [((), "urn:uuid:"), (("monitor.example", "other.example"), "https://monitor.example/")],
)
def test_the_feed_leads_to_the_publications_own_site_where_the_house_names_one(own: tuple[str, ...], link: str) -> None:
    of = house(own_sites=own)

    assert rss(two_issues(of), of).findtext("channel/link").startswith(link)
    assert json_feed(two_issues(of), of).get("home_page_url") == (link if own else None)


@pytest.mark.parametrize("form", FEEDS)
def test_before_the_first_issue_there_is_a_feed_without_entries(form: str) -> None:
    assert b"The Harbour Letter" in render_feed(form, house(), (), Renderer())
    assert len(rss(()).findall("channel/item")) == len(json_feed(())["items"]) == 0


@pytest.mark.parametrize("title", [*HOSTILE, "]]> \x00\x0b\ufffe\uffff &#0; <![CDATA["])
def test_a_title_is_text_in_every_feed(title: str) -> None:
    writing = Writing(headline=title, author=title, disclaimer=title)
    issues = [published(edition([item(1, title=title, url='https://a.example/"><b>')], writing=writing), 18, JANUARY)]

    entry, feed = rss(issues).find("channel/item"), json_feed(issues)

    shown = one_line(title.replace("\ufffe", " ").replace("\uffff", " "))
    assert " ".join(entry.findtext("title").split()) == f"The Harbour Letter No. 18 | {shown}"
    content = html.fromstring(entry.findtext("{*}encoded"))
    assert [part.tag for part in content.iter() if part.tag != "div"] == ["p", "h2", "ul", "li", "a"]
    (link,) = content.iter("a")
    assert (" ".join(link.text.split()), link.get("href")) == (shown, 'https://a.example/"><b>')
    assert feed["items"][0]["content_html"] == entry.findtext("{*}encoded")
