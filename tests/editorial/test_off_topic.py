"""Links that are no news, by their address alone."""

import pytest

from bot.editorial.link import read_link
from bot.editorial.off_topic import OffTopic, off_topic


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://us02web.zoom.us/j/8123456789?pwd=abc", OffTopic.MEETING),
        ("https://meet.google.com/abc-defg-hij", OffTopic.MEETING),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting", OffTopic.MEETING),
        ("https://docs.google.com/document/d/abc/edit", OffTopic.DOCUMENT),
        ("https://drive.google.com/file/d/abc/view", OffTopic.DOCUMENT),
        ("https://desk.sharepoint.com/sites/a", OffTopic.DOCUMENT),
        ("https://vric.slack.com/archives/C0/p1610360000000100", OffTopic.MESSAGE),
        ("https://mail.google.com/mail/u/0/#inbox/abc", OffTopic.MESSAGE),
        ("https://calendar.google.com/calendar/event?eid=abc", OffTopic.CALENDAR),
        ("https://desk.example/events/meeting.ics", OffTopic.CALENDAR),
        ("https://calendly.com/ana/30min", OffTopic.CALENDAR),
        ("https://reuters.example/img/flag.GIF", OffTopic.PICTURE),
        ("https://media.giphy.com/media/abc/giphy.mp4", OffTopic.PICTURE),
        ("https://pbs.twimg.com/media/EqX.jpg?name=large", OffTopic.PICTURE),
        ("https://www.monitor.example/2021/01/issue-18", OffTopic.OWN_SITE),
        ("https://archive.monitor.example/", OffTopic.OWN_SITE),
    ],
)
def test_what_is_no_news_is_known_by_its_address(text: str, kind: OffTopic) -> None:
    assert off_topic(read_link(text), ("monitor.example",)) is kind


@pytest.mark.parametrize(
    "text",
    [
        "https://www.reuters.com/article/zoom-us-earnings",
        "https://blog.zoom.us/security-update/",
        "https://slack.com/blog/news",
        "https://news.google.com/articles/abc",
        "https://www.infobae.com/fotos/2021/01/11/buques-en-fotos/",
        "https://www.telesurtv.net/news/imagen.jpg.html",
        "https://notmonitor.example/",
        "https://www.justice.gov/opa/press-release/file/1355806/download",
        "https://www.dropbox.com/",
        "https://t.me/telesurtv/4711",
    ],
)
def test_an_article_about_such_things_is_news(text: str) -> None:
    assert off_topic(read_link(text), ("monitor.example",)) is None
