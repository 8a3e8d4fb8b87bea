import asyncio
import gc
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.extract.fetch import Fetcher
from bot.extract.page import PageTrouble, Trouble
from bot.extract.reader import PageReader
from bot.extract.worker import Parser
from tests.extract.site import HEADLINE, Site, answer, redirect


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2021, 1, 11, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(fetcher: Fetcher, parser: Parser, clock: Clock) -> PageReader:
    return PageReader(fetcher, parser, clock)


async def test_a_page_is_read_under_the_address_that_answered(site: Site, reader: PageReader) -> None:
    site.says("/tankers", answer())

    found = await reader.read(site.says("/short", redirect("/tankers?utm_source=short")))

    assert (found.title, found.final_url) == (HEADLINE, site.url("/tankers"))


async def test_the_charset_of_the_header_reaches_the_parser(site: Site, reader: PageReader) -> None:
    page = "<html><title>Медуза сообщает</title></html>".encode("koi8-r")

    found = await reader.read(site.says("/meduza", answer(page, content_type="text/html; charset=koi8-r")))

    assert found.title == "Медуза сообщает"


async def test_two_who_ask_for_one_page_share_its_flight(site: Site, reader: PageReader) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(answer())

    url = site.acts("/tankers", wait)
    reading = [asyncio.ensure_future(reader.read(url)) for _ in range(5)]
    await asked.wait()
    go_on.set()
    found = await asyncio.gather(*reading)

    assert len({each.title for each in found}) == 1
    assert site.asked == ["/tankers"]


async def test_one_who_leaves_does_not_take_the_page_from_the_other(site: Site, reader: PageReader) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(answer())

    url = site.acts("/tankers", wait)
    leaving, staying = (asyncio.ensure_future(reader.read(url)) for _ in range(2))
    await asked.wait()
    leaving.cancel()
    go_on.set()

    assert (await staying).title == HEADLINE
    assert site.asked == ["/tankers"]


async def test_trouble_that_nobody_waits_for_any_more_disturbs_nobody(site: Site, reader: PageReader) -> None:
    """Warnings are errors here: an exception that nobody fetched would fail the test."""
    asked, gone = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await gone.wait()
        writer.write(answer(status="500 Internal Server Error"))

    url = site.acts("/tankers", wait)
    leaving = asyncio.ensure_future(reader.read(url))
    await asked.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    gone.set()

    with pytest.raises(PageTrouble):
        await reader.read(url)


@pytest.mark.parametrize(
    "said",
    [
        answer(),
        answer(status="404 Not Found"),
        answer(status="410 Gone"),
        answer(status="403 Forbidden"),
        answer(content_type="application/pdf"),
        redirect("http://10.0.0.1/"),
        redirect("/tankers"),
    ],
    ids=["page", "404", "410", "403", "pdf", "private", "loop"],
)
async def test_an_answer_or_a_lasting_trouble_is_remembered_for_an_hour(
    site: Site, reader: PageReader, clock: Clock, said: bytes
) -> None:
    url = site.says("/tankers", said)

    first = await asyncio.gather(reader.read(url), return_exceptions=True)
    clock.now += timedelta(minutes=59, seconds=59)
    second = await asyncio.gather(reader.read(url), return_exceptions=True)

    assert site.asked == ["/tankers"]
    assert [str(each) for each in first] == [str(each) for each in second]

    clock.now += timedelta(seconds=1)
    await asyncio.gather(reader.read(url), return_exceptions=True)

    assert site.asked == ["/tankers"] * 2


async def test_who_asks_afresh_gets_what_the_page_says_now(site: Site, reader: PageReader) -> None:
    url = site.says("/tankers", answer(status="404 Not Found"))
    with pytest.raises(PageTrouble):
        await reader.read(url)
    site.says("/tankers", answer())

    found = await reader.read(url, afresh=True)

    assert (found.title, await reader.read(url)) == (HEADLINE, found)
    assert site.asked == ["/tankers"] * 2


@pytest.mark.parametrize(
    "said",
    [
        answer(status="429 Too Many Requests"),
        answer(status="500 Internal Server Error"),
        answer(status="503 Service Unavailable"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<html>",
    ],
    ids=["429", "500", "503", "hung up", "broken off"],
)
async def test_trouble_that_may_pass_is_not_remembered(site: Site, reader: PageReader, said: bytes) -> None:
    url = site.says("/tankers", said)
    with pytest.raises(PageTrouble) as trouble:
        await reader.read(url)

    site.says("/tankers", answer())
    found = await reader.read(url)

    assert trouble.value.retry
    assert found.title == HEADLINE


async def test_a_page_that_took_too_long_is_asked_for_again(
    site: Site, fetcher_of: Callable[..., Fetcher], parser: Parser, clock: Clock
) -> None:
    reader = PageReader(fetcher_of(deadline_s=0.2), parser, clock)

    async def never(_: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    url = site.acts("/tankers", never)
    for _ in range(2):
        with pytest.raises(PageTrouble) as trouble:
            await reader.read(url)
        assert (trouble.value.kind, trouble.value.retry) == (Trouble.TIMED_OUT, True)

    assert site.asked == ["/tankers"] * 2


async def test_remembered_trouble_keeps_its_kind_words_status_and_is_no_old_traceback(
    site: Site, reader: PageReader
) -> None:
    url = site.says("/tankers", answer(status="451 Unavailable For Legal Reasons"))
    troubles = []

    for _ in range(3):
        with pytest.raises(PageTrouble) as trouble:
            await reader.read(url)
        troubles.append(trouble.value)

    assert {(each.kind, str(each), each.retry, each.status) for each in troubles} == {
        (Trouble.BLOCKED, "not let in: 451", False, 451)
    }
    assert len({id(each) for each in troubles}) == 3


async def test_what_is_remembered_of_a_refused_page_is_the_refusal_and_not_the_page(
    site: Site, reader: PageReader
) -> None:
    no_document = answer(b"no PDF at all " * 70_000, content_type="application/pdf")
    urls = [site.says(f"/report-{number}", no_document) for number in range(10)]

    tracemalloc.start()
    try:
        for url in urls:
            with pytest.raises(PageTrouble):
                await reader.read(url)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < len(no_document) * len(urls) / 2


async def test_memory_is_of_the_latest_pages(site: Site, reader: PageReader) -> None:
    urls = [site.says(f"/{number}", answer(status="404 Not Found")) for number in range(501)]

    for url in [*urls, urls[-1], urls[0]]:
        with pytest.raises(PageTrouble):
            await reader.read(url)

    assert site.asked[500:] == ["/500", "/0"]
