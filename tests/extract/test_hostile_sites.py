"""Sites that answer without end, in drops, in pieces, or not at all."""

import asyncio
import socket
import struct
from collections.abc import Callable

import pytest

from bot.extract.fetch import MAX_BODY, Fetcher
from bot.extract.page import PageTrouble, Trouble
from tests.extract.site import HTML, Act, Answers, Site, answer, redirect

FAST = 0.3
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


async def _trouble(fetcher: Fetcher, url: str) -> PageTrouble:
    with pytest.raises(PageTrouble) as trouble:
        await fetcher.fetch(url)
    return trouble.value


async def test_an_endless_page_is_read_to_its_first_megabyte_and_hung_up(site: Site, fetcher: Fetcher) -> None:
    hung_up = asyncio.Event()

    async def pour(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n<html>")
        try:
            while True:
                writer.write(b"<p>tankers" * 1000)
                await writer.drain()
        except ConnectionError:
            hung_up.set()

    page = await fetcher.fetch(site.acts("/endless", pour))

    assert len(page.body) == MAX_BODY
    await hung_up.wait()


async def test_a_page_of_exactly_a_megabyte_is_whole(site: Site, fetcher: Fetcher) -> None:
    body = b"<p>".ljust(MAX_BODY, b"x")

    page = await fetcher.fetch(site.says("/exact", answer(body)))

    assert page.body == body


async def test_the_body_of_a_redirect_is_not_waited_for(site: Site, fetcher: Fetcher) -> None:
    hung_up = asyncio.Event()

    async def send_on(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n")
        try:
            while True:
                writer.write(b"moved " * 10_000)
                await writer.drain()
        except ConnectionError:
            hung_up.set()

    site.says("/there", answer())

    page = await fetcher.fetch(site.acts("/here", send_on))

    assert page.url == site.url("/there")
    await hung_up.wait()


def _dripping(first: bytes, drop: bytes) -> Act:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.01)  # the site's own slowness; nothing waits for it

    return drip


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (HEAD + b"\r\n<html>", b"."),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", b""),
    ],
    ids=["body", "chunks", "headers", "continue", "one header", "silence"],
)
async def test_a_site_that_answers_in_drops_is_left_at_the_deadline(
    site: Site, fetcher_of: Callable[..., Fetcher], first: bytes, drop: bytes
) -> None:
    trouble = await _trouble(fetcher_of(deadline_s=FAST), site.acts("/drip", _dripping(first, drop)))

    assert trouble.kind is Trouble.TIMED_OUT
    assert trouble.retry
    assert str(trouble) == "The page takes too long to answer."


async def test_the_deadline_is_one_for_all_hops(site: Site, fetcher_of: Callable[..., Fetcher]) -> None:
    for hop in range(5):

        async def dawdle(writer: asyncio.StreamWriter, hop: int = hop) -> None:
            await asyncio.sleep(0.6 * FAST)  # each hop alone would be in time
            writer.write(redirect(f"/{hop + 1}"))

        site.acts(f"/{hop}", dawdle)
    site.says("/5", answer())

    trouble = await _trouble(fetcher_of(deadline_s=FAST), site.url("/0"))

    assert trouble.kind is Trouble.TIMED_OUT
    assert "/2" not in site.asked


async def test_a_name_that_is_never_looked_up_ends_at_the_deadline(fetcher_of: Callable[..., Fetcher]) -> None:
    class Silence(Answers):
        async def resolve(self, host: str) -> list[str]:
            await asyncio.Event().wait()
            return [host]

    trouble = await _trouble(fetcher_of(resolver=Silence([]), deadline_s=FAST), "https://reuters.example/")

    assert trouble.kind is Trouble.TIMED_OUT


async def test_a_handshake_that_never_ends_is_left_at_the_deadline(
    site: Site, fetcher_of: Callable[..., Fetcher]
) -> None:
    """The site takes the connection and waits for plain words to end; TLS gets no answer."""
    url = site.url("/tankers").replace("http://", "https://")

    trouble = await _trouble(fetcher_of(deadline_s=FAST), url)

    assert trouble.kind is Trouble.TIMED_OUT
    assert site.visits == []


async def test_a_site_that_answers_tls_with_noise_cannot_be_reached(
    fetcher_of: Callable[..., Fetcher], site: Site
) -> None:
    async def shout(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.reuters.example ESMTP\r\n")
        writer.close()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    site.port, port = server.sockets[0].getsockname()[1], site.port

    trouble = await _trouble(fetcher_of(), site.url("/").replace("http://", "https://"))

    server.close()
    await server.wait_closed()
    site.port = port
    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry


@pytest.mark.parametrize(
    "headers",
    [
        b"X-Long: " + b"x" * 4_000_000 + b"\r\n",
        b"".join(b"X-%d: tankers\r\n" % number for number in range(200_000)),
    ],
    ids=["one", "many"],
)
async def test_four_megabytes_of_headers_are_not_read(site: Site, fetcher: Fetcher, headers: bytes) -> None:
    trouble = await _trouble(fetcher, site.says("/headers", HEAD + headers + b"\r\n" + HTML.encode()))

    assert trouble.kind is Trouble.NOT_A_PAGE


async def test_a_hundred_thousand_interim_answers_are_not_waited_out(site: Site, fetcher: Fetcher) -> None:
    trouble = await _trouble(fetcher, site.says("/continue", b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000 + answer()))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert str(trouble) == "The site sends far more than a page."


async def test_promises_before_the_answer_are_read_to_a_limit_of_their_own(site: Site, fetcher: Fetcher) -> None:
    """A hundred kilobytes of them take longer to read than the largest page."""
    promise = b"HTTP/1.1 100 Continue\r\n\r\n"

    page = await fetcher.fetch(site.says("/some", promise * 2_000 + answer()))
    trouble = await _trouble(fetcher, site.says("/many", promise * 4_000 + answer()))

    assert page.body == HTML.encode()
    assert trouble.kind is Trouble.NOT_A_PAGE


async def test_a_few_interim_answers_do_no_harm(site: Site, fetcher: Fetcher) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"

    page = await fetcher.fetch(site.says("/hints", hints * 3 + answer()))

    assert page.body == HTML.encode()


async def test_a_page_in_tiny_pieces_is_read(site: Site, fetcher: Fetcher) -> None:
    pieces = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"2\r\n<p\r\n" * 20_000 + b"0\r\n\r\n"

    page = await fetcher.fetch(site.says("/pieces", pieces))

    assert page.body == b"<p" * 20_000


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (HEAD + b"Content-Length: 6\r\n\r\n<html><h1>", b"<html>"),
        (HEAD + b"\r\n<html><h1>", b"<html><h1>"),
    ],
    ids=["shorter than it is", "not told"],
)
async def test_a_page_ends_where_its_length_says_or_the_site_hangs_up(
    site: Site, fetcher: Fetcher, raw: bytes, body: bytes
) -> None:
    page = await fetcher.fetch(site.says("/length", raw))

    assert page.body == body


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200",
        HEAD + b"Content-Length: 1000\r\n\r\n<html>",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        HEAD + b"Content-Length: many\r\n\r\n<html>",
        HEAD + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\n<html>",
        HEAD + b"Content-Length: -1\r\n\r\n<html>",
        b"220 mail.reuters.example ESMTP\r\n\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
    ],
)
async def test_an_answer_that_breaks_off_or_is_none_is_tried_again_later(
    site: Site, fetcher: Fetcher, raw: bytes
) -> None:
    trouble = await _trouble(fetcher, site.says("/broken", raw))

    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry


@pytest.mark.parametrize("said", [b"", HEAD, HEAD + b"Content-Length: 1000\r\n\r\n<html>"])
async def test_a_connection_that_is_reset_is_tried_again_later(site: Site, fetcher: Fetcher, said: bytes) -> None:
    async def reset(writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    trouble = await _trouble(fetcher, site.acts("/reset", reset))

    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry


async def test_a_site_where_nobody_listens_cannot_be_reached(site: Site, fetcher_of: Callable[..., Fetcher]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        site.port, port = nobody.getsockname()[1], site.port
        fetcher, url = fetcher_of(), site.url("/")
        site.port = port

    trouble = await _trouble(fetcher, url)

    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry
    assert str(trouble) == "The site cannot be reached."


# How many at once


class Crowd:
    """Holds visitors until as many are inside as were awaited, then leaves others the time to come in too."""

    def __init__(self, awaited: int) -> None:
        self._awaited = awaited
        self._full = asyncio.Event()
        self._inside = 0
        self.most = 0

    async def enter(self, writer: asyncio.StreamWriter) -> None:
        self._inside += 1
        self.most = max(self.most, self._inside)
        if self._inside == self._awaited:
            self._full.set()
        await self._full.wait()
        for _ in range(100):
            await asyncio.sleep(0)
        self._inside -= 1
        writer.write(answer())


async def test_a_host_is_asked_for_two_pages_at_once(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(2)
    urls = [site.acts(f"/{number}", crowd.enter) for number in range(8)]

    pages = await asyncio.gather(*(fetcher.fetch(url) for url in urls))

    assert [page.url for page in pages] == urls
    assert crowd.most == 2


async def test_a_host_under_its_two_names_is_one_host_also_after_redirects(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(2)
    for number in range(4):
        site.acts(f"/{number}", crowd.enter)
        site.says(f"/short/{number}", redirect(site.url(f"/{number}", host="www.reuters.example")))
    direct = [site.url(f"/{number}") for number in range(4)]
    sent_on = [site.url(f"/short/{number}", host=f"h{number}.example") for number in range(4)]

    await asyncio.gather(*(fetcher.fetch(url) for url in (*direct, *sent_on)))

    assert crowd.most == 2


async def test_twenty_pages_are_read_at_once_in_all(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(20)
    site.acts("/tankers", crowd.enter)
    urls = [site.url("/tankers", host=f"h{number}.example") for number in range(12)] * 2

    pages = await asyncio.gather(*(fetcher.fetch(url) for url in urls))

    assert len(pages) == 24
    assert crowd.most == 20


async def test_readers_of_a_slow_host_keep_nobody_from_another(site: Site, fetcher: Fetcher) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(answer())

    slow = [asyncio.ensure_future(fetcher.fetch(site.acts(f"/{number}", wait))) for number in range(30)]
    await asked.wait()

    page = await fetcher.fetch(site.says("/quick", answer(), host="infobae.example"))
    go_on.set()
    await asyncio.gather(*slow)

    assert page.url == site.url("/quick", host="infobae.example")


async def test_waiting_for_a_turn_does_not_count_against_the_page(
    site: Site, fetcher_of: Callable[..., Fetcher]
) -> None:
    urls = [site.acts(f"/{number}", _dripping(b"", b"")) for number in range(4)]
    quick = site.says("/quick", answer())
    fetcher = fetcher_of(deadline_s=1)

    *slow, page = await asyncio.gather(*(fetcher.fetch(url) for url in (*urls, quick)), return_exceptions=True)

    assert [each.kind for each in slow if isinstance(each, PageTrouble)] == [Trouble.TIMED_OUT] * 4
    assert not isinstance(page, BaseException)


async def test_a_reader_who_leaves_gives_the_turn_back(site: Site, fetcher: Fetcher) -> None:
    both_in = asyncio.Barrier(3)

    async def never_answer(_: asyncio.StreamWriter) -> None:
        await both_in.wait()
        await asyncio.Event().wait()

    leaving = [asyncio.ensure_future(fetcher.fetch(site.acts(f"/{number}", never_answer))) for number in range(2)]
    quick = asyncio.ensure_future(fetcher.fetch(site.says("/quick", answer())))
    await both_in.wait()

    for each in leaving:
        each.cancel()

    assert (await quick).body == HTML.encode()
    left = await asyncio.gather(*leaving, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in left)
