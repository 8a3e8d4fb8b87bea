import gzip
from collections.abc import Callable

import pytest

from bot.extract.fetch import Fetcher
from bot.extract.page import Trouble
from tests.extract.site import HEADLINE, HTML, Answers, Site, answer, trouble_of


async def test_a_page_comes_whole_with_its_address_and_the_charset_of_its_header(site: Site, fetcher: Fetcher) -> None:
    url = site.says("/tankers?page=2", answer(content_type='text/html; Charset="windows-1251"'))

    page = await fetcher.fetch(url)

    assert (page.url, page.body, page.charset) == (url, HTML.encode(), "windows-1251")


async def test_a_site_learns_who_asks_and_nothing_else(site: Site, fetcher: Fetcher) -> None:
    await fetcher.fetch(site.says("/tankers", answer()))

    asked = site.visits[0].headers

    assert asked["host"] == f"reuters.example:{site.port}"
    assert asked["user-agent"] == "vric-desk/1 (+the tests)"
    assert asked["accept-encoding"] == "gzip"
    assert set(asked) == {"host", "user-agent", "accept", "accept-encoding", "accept-language"}


@pytest.mark.parametrize(
    "url",
    [
        "http://editor:secret@reuters.example/",
        "http://editor@reuters.example/",
        "http://reuters.example\\@127.0.0.1/",
        "http://reuters.example/a\tb",
        "http:///path",
        "http://",
        "http://reuters.example:99999/",
        "http://[::1",
        "http://[not-an-address]/",
        f"http://{'a' * 64}.example/",
        "http://a..example/",
        "http://reuters.example/" + "a" * 2048,
        "ftp://reuters.example/",
        "file:///etc/passwd",
        "gopher://reuters.example:70/_",
        "data:text/html,<h1>Reuters</h1>",
        "javascript:alert(1)",
        "//reuters.example/",
        "",
    ],
)
async def test_what_is_no_plain_web_address_is_refused_before_any_look_up(
    fetcher_of: Callable[..., Fetcher], url: str
) -> None:
    resolver = Answers(["93.184.216.34"])

    trouble = await trouble_of(fetcher_of(resolver=resolver), url)

    assert trouble.kind is Trouble.REFUSED
    assert not trouble.retry
    assert resolver.asked == []


async def test_a_host_ends_where_browsers_end_it(fetcher_of: Callable[..., Fetcher]) -> None:
    resolver = Answers(["127.0.0.1"])

    trouble = await trouble_of(fetcher_of(resolver=resolver), "http://10.0.0.1#@reuters.example/")

    assert trouble.kind is Trouble.REFUSED
    assert resolver.asked == ["10.0.0.1"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://аpple.example/", "xn--pple-43d.example"),  # its first letter is Cyrillic
        ("http://медуза.example/", "xn--80ahcjw8b.example"),
        ("http://ПРИМЕР.example./", "xn--e1afmkfd.example"),
    ],
)
async def test_names_in_other_scripts_are_looked_up_and_shown_in_their_plain_form(
    fetcher_of: Callable[..., Fetcher], url: str, host: str
) -> None:
    resolver = Answers([])

    trouble = await trouble_of(fetcher_of(resolver=resolver), url)

    assert resolver.asked == [host]
    assert str(trouble) == f"unknown name: {host}"


async def test_a_page_under_a_mixed_name_keeps_its_plain_form_as_its_address(site: Site, fetcher: Fetcher) -> None:
    site.says("/", answer())

    page = await fetcher.fetch(f"http://аpple.example:{site.port}/")

    assert page.url == f"http://xn--pple-43d.example:{site.port}/"


# What a site answers


@pytest.mark.parametrize(
    ("status", "kind", "retry"),
    [
        ("204 No Content", Trouble.UNREACHABLE, False),
        ("206 Partial Content", Trouble.UNREACHABLE, False),
        ("300 Multiple Choices", Trouble.UNREACHABLE, False),
        ("304 Not Modified", Trouble.UNREACHABLE, False),
        ("400 Bad Request", Trouble.UNREACHABLE, False),
        ("401 Unauthorized", Trouble.BLOCKED, False),
        ("402 Payment Required", Trouble.BLOCKED, False),
        ("403 Forbidden", Trouble.BLOCKED, False),
        ("404 Not Found", Trouble.GONE, False),
        ("408 Request Timeout", Trouble.BLOCKED, True),
        ("410 Gone", Trouble.GONE, False),
        ("418 I'm a teapot", Trouble.UNREACHABLE, False),
        ("429 Too Many Requests", Trouble.BLOCKED, True),
        ("451 Unavailable For Legal Reasons", Trouble.BLOCKED, False),
        ("500 Internal Server Error", Trouble.SERVER, True),
        ("503 Service Unavailable", Trouble.SERVER, True),
        ("504 Gateway Timeout", Trouble.SERVER, True),
    ],
)
async def test_an_answer_without_a_page_is_told_with_its_number_and_tried_again_where_that_helps(
    site: Site, fetcher: Fetcher, status: str, kind: Trouble, *, retry: bool
) -> None:
    number = int(status[:3])
    body = "" if number in {204, 304} else HTML

    trouble = await trouble_of(fetcher, site.says("/tankers", answer(body, status=status)))

    assert (trouble.kind, trouble.retry, trouble.status) == (kind, retry, number)
    assert status[:3] in str(trouble)


@pytest.mark.parametrize(
    ("content_type", "named"),
    [
        ("application/json", "application/json"),
        ("image/jpeg", "image/jpeg"),
        ("text/plain; charset=utf-8", "text/plain"),
        ("application/rss+xml", "application/rss+xml"),
        ("text/xml", "text/xml"),
        ("text/htmlx", "text/htmlx"),
        ("<!channel>", ""),
        ("x" * 500, ""),
    ],
)
async def test_what_says_that_it_is_no_page_is_named_and_not_read(
    site: Site, fetcher: Fetcher, content_type: str, named: str
) -> None:
    trouble = await trouble_of(fetcher, site.says("/tankers", answer(content_type=content_type)))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert str(trouble) == f"another kind: {named}"


@pytest.mark.parametrize("content_type", ["text/html", "Text/HTML;charset=utf-8", "application/xhtml+xml", ""])
async def test_a_page_may_call_itself_html_or_nothing(site: Site, fetcher: Fetcher, content_type: str) -> None:
    page = await fetcher.fetch(site.says("/tankers", answer(content_type=content_type)))

    assert page.body == HTML.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n<< /Title (Tankers) >>",
        b'{"headline": "<h1>Tankers</h1>"}',
        b'[{"headline": "<h1>Tankers</h1>"}]',
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR<html>",
        b"\xff\xd8\xff\xe0\x00\x10JFIF<html>",
        b"PK\x03\x04\x14\x00\x00\x00<html>",
        gzip.compress(HTML.encode() * 100, mtime=0),
        b"Tankers were seen off the coast.",
        b"1 < 2 and 3 > 2",
        b"  \r\n ",
        b"",
    ],
)
async def test_what_calls_itself_a_page_and_is_none_is_not_read(site: Site, fetcher: Fetcher, body: bytes) -> None:
    trouble = await trouble_of(fetcher, site.says("/tankers", answer(body)))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert not trouble.retry


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"\r\n\r\n ", b"Warning: mysql_connect() in line 3\n"])
async def test_a_page_may_begin_with_a_mark_space_or_somebody_s_warning(
    site: Site, fetcher: Fetcher, lead: bytes
) -> None:
    page = await fetcher.fetch(site.says("/tankers", answer(lead + HTML.encode())))

    assert HEADLINE.encode() in page.body


async def test_a_page_in_sixteen_bits_is_a_page(site: Site, fetcher: Fetcher) -> None:
    page = await fetcher.fetch(site.says("/tankers", answer(HTML.encode("utf-16"))))

    assert HEADLINE in page.body.decode("utf-16")
