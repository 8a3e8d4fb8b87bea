"""Where a page sends its readers on, what else is asked beside it, and what is kept of it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from bot.editorial.kind import Kind
from bot.extract.fetch import Fetcher
from bot.extract.page import ArchivedCopy, PageTrouble, Trouble
from bot.extract.reader import PageReader, Services
from bot.extract.statuses import status_of, told_by_address, where_it_is_told
from bot.extract.worker import Parser
from tests.documents import pdf
from tests.extract.site import HEADLINE, HTML, Answers, Site, answer, redirect

NOW = datetime(2021, 1, 11, 9, tzinfo=UTC)
WORDS = "<p>" + "Tankers were seen off the coast, according to shipping data. " * 12 + "</p>"


def at_nine() -> datetime:
    return NOW


@pytest.fixture
def reader(fetcher: Fetcher, parser: Parser, site: Site) -> PageReader:
    services = Services(oembed=site.url("/oembed"), archive=site.url("/available"))
    return PageReader(fetcher, parser, at_nine, services=services)


def refresh(to: str, after: str = "0") -> str:
    return f"<html><head><meta http-equiv='Refresh' content='{after}; URL={to}'></head><body></body></html>"


def twin(canonical: str, title: str = "Twin") -> str:
    head = f"<title>{title}</title><link rel='canonical' href='{canonical}'>"
    return f"<html amp><head>{head}</head><body><h1>{title}</h1>{WORDS}</body></html>"


async def test_a_refresh_is_one_more_hop_and_the_last(site: Site, reader: PageReader) -> None:
    site.says("/second", answer(refresh("/third")))
    site.says("/third", answer())

    found = await reader.read(site.says("/first", answer(refresh("/second"))))

    assert site.asked == ["/first", "/second"]
    assert (found.title, found.final_url) == (None, site.url("/second"))


@pytest.mark.parametrize("after", ["300", "11"])
async def test_a_page_that_renews_itself_later_is_read_as_it_is(site: Site, reader: PageReader, after: str) -> None:
    await reader.read(site.says("/first", answer(refresh("/second", after))))

    assert site.asked == ["/first"]


@pytest.mark.parametrize(
    "to",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd", "javascript:alert(1)", "http://a@b/"],
)
async def test_a_refresh_to_what_is_not_public_is_not_followed(
    site: Site, reader: PageReader, wire: object, to: str
) -> None:
    del wire
    url = site.says("/first", answer(refresh(to)))

    try:
        await reader.read(url)
    except PageTrouble as trouble:
        assert trouble.kind is Trouble.REFUSED  # noqa: PT017 - it may be refused, or passed over

    assert site.asked == ["/first"]


async def test_a_refresh_counts_as_a_redirect_with_all_the_others(site: Site, reader: PageReader) -> None:
    for number in range(4):
        site.says(f"/{number}", redirect(f"/{number + 1}"))
    site.says("/4", answer(refresh("/5")))
    site.says("/5", redirect("/6"))
    site.says("/6", answer())

    with pytest.raises(PageTrouble) as trouble:
        await reader.read(site.url("/0"))

    assert trouble.value.kind is Trouble.REDIRECTS
    assert site.asked == [f"/{number}" for number in range(6)]


async def test_an_amp_page_is_read_at_its_own_address(site: Site, reader: PageReader) -> None:
    site.says("/tankers", answer())

    found = await reader.read(site.says("/tankers/amp/", answer(twin("/tankers"))))

    assert (found.title, found.final_url) == (HEADLINE, site.url("/tankers"))


async def test_where_its_own_address_does_not_answer_the_amp_page_is_read(site: Site, reader: PageReader) -> None:
    found = await reader.read(site.says("/tankers/amp/", answer(twin("/gone"))))

    assert (found.title, found.final_url) == ("Twin", site.url("/tankers/amp/"))


async def test_an_amp_page_is_not_led_to_another_site(site: Site, reader: PageReader) -> None:
    found = await reader.read(site.says("/tankers/amp/", answer(twin("https://infobae.example/tankers"))))

    assert (found.title, found.nature.canonical, site.asked) == ("Twin", None, ["/tankers/amp/"])


async def test_what_was_read_comes_with_its_digest_its_time_and_the_headers_that_matter(
    site: Site, reader: PageReader
) -> None:
    said = answer(ETag='"1"', Last_Modified="Mon, 11 Jan 2021 08:00:00 GMT", Set_Cookie="id=1", Server="x")
    site.says("/tankers", said)

    found = await reader.read(site.says("/short", redirect("/tankers")))

    kept = found.snapshot
    assert kept is not None
    assert (kept.url, kept.at, kept.size, kept.body()) == (site.url("/tankers"), NOW, len(HTML.encode()), HTML.encode())
    assert kept.sha256 == sha256(HTML.encode()).hexdigest()
    assert set(kept.headers) == {"Content-Type", "ETag", "Last-Modified"}


async def test_a_large_copy_is_given_once_and_its_digest_to_whoever_asks_again(site: Site, reader: PageReader) -> None:
    noise = "".join(sha256(str(number).encode()).hexdigest() for number in range(4000))
    url = site.says("/tankers", answer(f"<html><body><p>{noise}</p></body></html>"))

    first, second = (await reader.read(url)).snapshot, (await reader.read(url)).snapshot

    assert first is not None
    assert second is not None
    assert (first.packed is None, second.packed is None, first.sha256) == (False, True, second.sha256)
    assert site.asked == ["/tankers"]


async def test_a_pdf_of_some_megabytes_is_read_whole(site: Site, reader: PageReader) -> None:
    body = pdf(title="Informe sobre el Esequibo", filling=5_000_000)

    found = await reader.read(site.says("/informe.pdf", answer(body, content_type="application/pdf")))

    assert (found.title, found.nature.kind, found.nature.pages) == ("Informe sobre el Esequibo", Kind.PDF, 1)


async def test_a_page_that_calls_itself_a_pdf_and_is_none_is_refused(site: Site, reader: PageReader) -> None:
    with pytest.raises(PageTrouble) as trouble:
        await reader.read(site.says("/informe.pdf", answer(content_type="application/pdf")))

    assert (trouble.value.kind, str(trouble.value)) == (
        Trouble.NOT_A_PAGE,
        "no PDF",
    )


async def test_a_page_that_is_no_pdf_may_not_be_as_large_as_one(site: Site, fetcher: Fetcher) -> None:
    page = await fetcher.fetch(site.says("/endless", answer("<p>" + "x" * 1_900_000)))

    assert (len(page.body), page.whole) == (1_000_000, False)


@pytest.mark.parametrize(
    ("said", "copy"),
    [
        (
            {
                "available": True,
                "url": "http://web.archive.org/web/20210109/https://a.example/",
                "timestamp": "20210109080000",
            },
            ArchivedCopy("http://web.archive.org/web/20210109/https://a.example/", date(2021, 1, 9)),
        ),
        ({"available": False, "url": "http://web.archive.org/", "timestamp": "20210109080000"}, None),
        ({"available": True, "url": "javascript:alert(1)", "timestamp": "20210109080000"}, None),
        ({"available": True, "url": "http://web.archive.org/", "timestamp": "20211399"}, None),
        ({"available": True, "url": "http://web.archive.org/"}, None),
        ("none", None),
    ],
)
async def test_what_an_archive_answers_is_checked(
    site: Site, reader: PageReader, said: object, copy: ArchivedCopy | None
) -> None:
    body = json.dumps({"archived_snapshots": {"closest": said}})
    site.says("/available?url=http%3A%2F%2Fa.example%2F", answer(body, content_type="application/json"))

    assert await reader.archived("http://a.example/") == copy


@pytest.mark.parametrize(
    "said",
    [
        answer(status="503 Service Unavailable"),
        answer(),
        answer("[" * 90_000, content_type="application/json"),
        answer("{", content_type="application/json"),
        b"",
    ],
    ids=["down", "html", "nested", "broken", "hung up"],
)
async def test_an_archive_that_says_nothing_useful_has_no_copy(site: Site, reader: PageReader, said: bytes) -> None:
    site.says("/available?url=http%3A%2F%2Fa.example%2F", said)

    assert await reader.archived("http://a.example/") is None


async def test_where_nobody_is_asked_a_post_is_told_by_its_address_and_no_archive_has_a_copy(
    fetcher_of: Callable[..., Fetcher], parser: Parser, site: Site
) -> None:
    reader = PageReader(fetcher_of(resolver=Answers([])), parser, at_nine)

    found = await reader.read("https://twitter.com/armanddelon/status/1340766000000000000")

    assert (found.source, found.published_on) == ("@armanddelon on Twitter", date(2020, 12, 20))
    assert await reader.archived("https://reuters.example/") is None
    assert site.asked == []


@pytest.mark.parametrize(
    "said", ["{}", '{"html": 7}', '{"author_name": "A"}', "{" * 5000, '{"html": "", "author_name": "A"}']
)
async def test_what_x_answers_is_not_trusted(site: Site, reader: PageReader, said: str) -> None:
    url = "https://twitter.com/armanddelon/status/1340766000000000000"
    place = where_it_is_told(url, site.url("/oembed"))
    assert place is not None
    site.says(place.removeprefix(site.url("")), answer(said, content_type="application/json"))

    found = await reader.read(url)

    assert (found.published_on, found.nature.account) == (date(2020, 12, 20), "x.com/armanddelon")


@pytest.mark.parametrize(
    ("url", "handle", "day"),
    [
        ("https://twitter.com/realDonaldTrump/status/1222907250383245320", "realDonaldTrump", date(2020, 1, 30)),
        ("https://mobile.twitter.com/a/status/1340766000000000000?s=20", "a", date(2020, 12, 20)),
        ("https://x.com/i/web/status/1340766000000000000", None, date(2020, 12, 20)),
        ("https://x.com/i/status/1340766000000000000/photo/1", None, date(2020, 12, 20)),
        ("https://twitter.com/jack/status/20", "jack", None),
    ],
)
def test_the_number_of_a_post_on_x_tells_its_day(url: str, handle: str | None, day: date | None) -> None:
    status = status_of(url)

    assert status is not None
    assert (status.handle, status.day) == (handle, day)


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/a",
        "https://netflix.com/a/status/1340766000000000000",
        "https://x.com/search?q=a",
        "https://[",
        "",
    ],
)
def test_other_addresses_are_no_posts(url: str) -> None:
    assert told_by_address(url) is None
