"""Sites that answer without end, in drops, in pieces, or not at all."""

import asyncio
import socket
import struct
from collections.abc import Callable

import pytest

from bot.extract.fetch import MAX_BODY, Fetcher
from bot.extract.page import Trouble
from tests.extract.site import HTML, Answers, Site, answer, dripping, redirect, trouble_of

FAST = 0.3
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


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
    trouble = await trouble_of(fetcher_of(deadline_s=FAST), site.acts("/drip", dripping(first, drop)))

    assert trouble.kind is Trouble.TIMED_OUT
    assert trouble.retry
    assert str(trouble) == "too slow"


async def test_the_deadline_is_one_for_all_hops(site: Site, fetcher_of: Callable[..., Fetcher]) -> None:
    for hop in range(5):

        async def dawdle(writer: asyncio.StreamWriter, hop: int = hop) -> None:
            await asyncio.sleep(0.6 * FAST)  # each hop alone would be in time
            writer.write(redirect(f"/{hop + 1}"))

        site.acts(f"/{hop}", dawdle)
    site.says("/5", answer())

    trouble = await trouble_of(fetcher_of(deadline_s=FAST), site.url("/0"))

    assert trouble.kind is Trouble.TIMED_OUT
    assert "/2" not in site.asked


async def test_a_name_that_is_never_looked_up_ends_at_the_deadline(fetcher_of: Callable[..., Fetcher]) -> None:
    class Silence(Answers):
        async def resolve(self, host: str) -> list[str]:
            await asyncio.Event().wait()
            return [host]

    trouble = await trouble_of(fetcher_of(resolver=Silence([]), deadline_s=FAST), "https://reuters.example/")

    assert trouble.kind is Trouble.TIMED_OUT


async def test_a_handshake_that_never_ends_is_left_at_the_deadline(
    site: Site, fetcher_of: Callable[..., Fetcher]
) -> None:
    """The site takes the connection and waits for plain words to end; TLS gets no answer."""
    url = site.url("/tankers").replace("http://", "https://")

    trouble = await trouble_of(fetcher_of(deadline_s=FAST), url)

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

    trouble = await trouble_of(fetcher_of(), site.url("/").replace("http://", "https://"))

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
    trouble = await trouble_of(fetcher, site.says("/headers", HEAD + headers + b"\r\n" + HTML.encode()))

    assert trouble.kind is Trouble.NOT_A_PAGE


async def test_a_hundred_thousand_interim_answers_are_not_waited_out(site: Site, fetcher: Fetcher) -> None:
    trouble = await trouble_of(fetcher, site.says("/continue", b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000 + answer()))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert str(trouble) == "far too much"


async def test_promises_before_the_answer_are_read_to_a_limit_of_their_own(site: Site, fetcher: Fetcher) -> None:
    """A hundred kilobytes of them take longer to read than the largest page."""
    promise = b"HTTP/1.1 100 Continue\r\n\r\n"

    page = await fetcher.fetch(site.says("/some", promise * 2_000 + answer()))
    trouble = await trouble_of(fetcher, site.says("/many", promise * 4_000 + answer()))

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
    trouble = await trouble_of(fetcher, site.says("/broken", raw))

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

    trouble = await trouble_of(fetcher, site.acts("/reset", reset))

    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry


async def test_a_site_where_nobody_listens_cannot_be_reached(site: Site, fetcher_of: Callable[..., Fetcher]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        site.port, port = nobody.getsockname()[1], site.port
        fetcher, url = fetcher_of(), site.url("/")
        site.port = port

    trouble = await trouble_of(fetcher, url)

    assert trouble.kind is Trouble.UNREACHABLE
    assert trouble.retry
    assert str(trouble) == "out of reach"
