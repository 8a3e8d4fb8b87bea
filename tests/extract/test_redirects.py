"""Where a page sends its readers is followed as browsers do, and refused where it leads inside."""

import os
from collections.abc import Callable, Iterator

import pytest

from bot.extract.fetch import MAX_REDIRECTS, Fetcher
from bot.extract.page import Trouble
from tests.extract.site import Answers, Site, answer, redirect, trouble_of


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
    trouble = await trouble_of(fetcher, site.url("/0"))

    assert page.url == site.url("/6")
    assert trouble.kind is Trouble.REDIRECTS
    assert not trouble.retry


async def test_a_loop_ends_at_the_first_address_seen_again(site: Site, fetcher: Fetcher) -> None:
    site.says("/b", redirect("/a"))

    trouble = await trouble_of(fetcher, site.says("/a", redirect("/b")))

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
    trouble = await trouble_of(fetcher, site.says("/here", redirect(location)))

    assert trouble.kind is Trouble.REFUSED
    assert not trouble.retry
    assert site.asked == ["/here"]


@pytest.mark.parametrize("location", [b"", b" ", b"http://["])
async def test_a_redirect_that_leads_nowhere_is_no_page(site: Site, fetcher: Fetcher, location: bytes) -> None:
    trouble = await trouble_of(fetcher, site.says("/here", redirect(location)))

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
    trouble = await trouble_of(fetcher_of(resolver=Answers(["93.184.216.34"])), "http://reuters.example/tankers")

    assert trouble.kind is Trouble.UNREACHABLE
    assert site.visits == []
