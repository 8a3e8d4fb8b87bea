import gzip
import os
import zlib
from collections.abc import Callable, Iterator

import pytest

from bot.extract.fetch import MAX_BODY, MAX_REDIRECTS, Fetcher
from bot.extract.page import PageTrouble, Trouble
from tests.extract.site import HEADLINE, HTML, Answers, Site, answer, redirect


async def _trouble(fetcher: Fetcher, url: str) -> PageTrouble:
    with pytest.raises(PageTrouble) as trouble:
        await fetcher.fetch(url)
    words = str(trouble.value)
    assert words[0].isupper()
    assert words.endswith(".")
    assert len(words) < 200
    return trouble.value


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

    trouble = await _trouble(fetcher_of(resolver=resolver), url)

    assert trouble.kind is Trouble.REFUSED
    assert not trouble.retry
    assert resolver.asked == []


async def test_a_host_ends_where_browsers_end_it(fetcher_of: Callable[..., Fetcher]) -> None:
    resolver = Answers(["127.0.0.1"])

    trouble = await _trouble(fetcher_of(resolver=resolver), "http://10.0.0.1#@reuters.example/")

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

    trouble = await _trouble(fetcher_of(resolver=resolver), url)

    assert resolver.asked == [host]
    assert str(trouble) == f"The name {host} leads nowhere."


async def test_a_page_under_a_mixed_name_keeps_its_plain_form_as_its_address(site: Site, fetcher: Fetcher) -> None:
    site.says("/", answer())

    page = await fetcher.fetch(f"http://аpple.example:{site.port}/")

    assert page.url == f"http://xn--pple-43d.example:{site.port}/"


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(site: Site, fetcher: Fetcher, status: int) -> None:
    there = site.says("/there", answer())

    page = await fetcher.fetch(site.says("/here", redirect(there, status)))

    assert page.url == there
    assert site.asked == ["/here", "/there"]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("there", "/world/there"),
        ("/there", "/there"),
        ("../there", "/there"),
        ("?page=2", "/world/here?page=2"),
        ("/there#comments", "/there"),
        ("/the re", "/the%20re"),
        ("/медуза", "/%D0%BC%D0%B5%D0%B4%D1%83%D0%B7%D0%B0"),
        ("/caf\xe9".encode("latin-1"), "/caf%E9"),
    ],
)
async def test_a_relative_or_sloppy_location_leads_where_browsers_go(
    site: Site, fetcher: Fetcher, location: str | bytes, path: str
) -> None:
    site.says(path, answer())

    page = await fetcher.fetch(site.says("/world/here", redirect(location)))

    assert page.url == site.url(path)


async def test_a_location_without_a_scheme_keeps_it(site: Site, fetcher: Fetcher) -> None:
    site.says("/there", answer())

    page = await fetcher.fetch(site.says("/here", redirect(f"//infobae.example:{site.port}/there")))

    assert page.url == site.url("/there", host="infobae.example")


async def test_five_redirects_are_followed_and_a_sixth_is_not(site: Site, fetcher: Fetcher) -> None:
    for hop in range(MAX_REDIRECTS + 1):
        site.says(f"/{hop}", redirect(f"/{hop + 1}"))
    site.says(f"/{MAX_REDIRECTS + 1}", answer())

    page = await fetcher.fetch(site.url("/1"))
    trouble = await _trouble(fetcher, site.url("/0"))

    assert page.url == site.url("/6")
    assert trouble.kind is Trouble.REDIRECTS
    assert not trouble.retry


async def test_a_loop_ends_at_the_first_address_seen_again(site: Site, fetcher: Fetcher) -> None:
    site.says("/b", redirect("/a"))

    trouble = await _trouble(fetcher, site.says("/a", redirect("/b")))

    assert trouble.kind is Trouble.REDIRECTS
    assert site.asked == ["/a", "/b"]


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://intranet.example/",
        "http://reuters.example:22/",
        "https://editor:secret@reuters.example/",
        "ftp://reuters.example/tankers",
        "file:///etc/passwd",
        "gopher://reuters.example/",
        "data:text/html,<h1>Reuters</h1>",
        "javascript:alert(1)",
        "http://reuters.example\\@10.0.0.1/",
        "http://" + "a" * 64 + ".example/",
        "/" + "a" * 2048,
        "http://caf\xe9.\xff/".encode("latin-1"),
    ],
)
async def test_a_redirect_to_what_would_be_refused_is_refused(
    site: Site, fetcher: Fetcher, location: str | bytes
) -> None:
    trouble = await _trouble(fetcher, site.says("/here", redirect(location)))

    assert trouble.kind is Trouble.REFUSED
    assert not trouble.retry
    assert site.asked == ["/here"]


@pytest.mark.parametrize("location", [b"", b" ", b"http://["])
async def test_a_redirect_that_leads_nowhere_is_no_page(site: Site, fetcher: Fetcher, location: bytes) -> None:
    trouble = await _trouble(fetcher, site.says("/here", redirect(location)))

    assert trouble.kind in {Trouble.UNREACHABLE, Trouble.REFUSED}
    assert not trouble.retry


async def test_cookies_are_not_sent_back(site: Site, fetcher: Fetcher) -> None:
    site.says(
        "/here", b"HTTP/1.1 302 Found\r\nSet-Cookie: id=1; Path=/\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
    )
    site.says("/there", answer(set_cookie="id=2"))

    await fetcher.fetch(site.url("/here"))
    await fetcher.fetch(site.url("/there"))

    assert [visit.headers.get("cookie") for visit in site.visits] == [None, None, None]


@pytest.fixture
def _proxy_in_environment(site: Site) -> Iterator[None]:
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, f"http://127.0.0.1:{site.port}"))
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.mark.usefixtures("_proxy_in_environment")
async def test_proxies_of_the_environment_are_not_used(site: Site, fetcher_of: Callable[..., Fetcher]) -> None:
    trouble = await _trouble(fetcher_of(resolver=Answers(["93.184.216.34"])), "http://reuters.example/tankers")

    assert trouble.kind is Trouble.UNREACHABLE
    assert site.visits == []


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

    trouble = await _trouble(fetcher, site.says("/tankers", answer(body, status=status)))

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
        ("<!channel>", "something else"),
        ("x" * 500, "something else"),
    ],
)
async def test_what_says_that_it_is_no_page_is_named_and_not_read(
    site: Site, fetcher: Fetcher, content_type: str, named: str
) -> None:
    trouble = await _trouble(fetcher, site.says("/tankers", answer(content_type=content_type)))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert str(trouble) == f"This is no web page but {named}."


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
    trouble = await _trouble(fetcher, site.says("/tankers", answer(body)))

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


# Packing


async def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    page = await fetcher.fetch(site.says("/tankers", answer(gzip.compress(HTML.encode()), content_encoding="GZIP")))

    assert page.body == HTML.encode()


async def test_a_bomb_is_unpacked_up_to_the_limit_only(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"<p>" * 100_000_000, compresslevel=1)
    assert len(bomb) < 2_000_000

    page = await fetcher.fetch(site.says("/tankers", answer(bomb, content_encoding="gzip")))

    assert len(page.body) == MAX_BODY


async def test_a_page_packed_twice_is_unpacked_once_and_is_no_page(site: Site, fetcher: Fetcher) -> None:
    twice = gzip.compress(gzip.compress(HTML.encode() * 100, mtime=0))

    trouble = await _trouble(fetcher, site.says("/tankers", answer(twice, content_encoding="gzip")))

    assert trouble.kind is Trouble.NOT_A_PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip, br", "aes128gcm"])
async def test_a_packing_without_a_bound_is_not_opened(site: Site, fetcher: Fetcher, packing: str) -> None:
    packed = zlib.compress(HTML.encode())

    trouble = await _trouble(fetcher, site.says("/tankers", answer(packed, content_encoding=packing)))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert "packing" in str(trouble)


async def test_a_packing_that_is_broken_is_told(site: Site, fetcher: Fetcher) -> None:
    trouble = await _trouble(fetcher, site.says("/tankers", answer(HTML, content_encoding="gzip")))

    assert trouble.kind is Trouble.NOT_A_PAGE


async def test_a_packed_page_that_breaks_off_is_read_as_far_as_it_goes(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(HTML.encode() * 50)

    page = await fetcher.fetch(site.says("/tankers", answer(packed[:-10], content_encoding="gzip")))

    assert page.body.startswith(HTML.encode())
