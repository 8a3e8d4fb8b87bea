"""Strangers' web servers in a process of their own: some answer at once, some in half a second, some never end."""

import asyncio
import zlib
from collections.abc import Mapping

from bot.serving import until_asked_to_stop
from tests.bench.processes import answer as answer_orders
from tests.bench.processes import orders
from tests.extract.site import Act, answer

HOSTS = tuple(f"h{number}.example" for number in range(20))
SLOW_S = 0.5
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
_DROP_EVERY_S = 0.05
_PARAGRAPH = "<p>Tankers were seen off the coast, according to shipping data and two people with knowledge of it.</p>"


def link(port: int, number: int, kind: str = "news") -> str:
    """The link of a page; hosts take turns."""
    return f"http://{HOSTS[number % len(HOSTS)]}:{port}/{kind}/{number}"


def title(number: int) -> str:
    return f"Report {number} from the coast: tankers were seen"


def _page(number: int) -> bytes:
    name = title(number)
    head = f"<title>{name}</title><meta property='article:published_time' content='2021-01-11T09:00:00Z'>"
    return answer(
        f"<!doctype html><html lang='en'><head>{head}</head><body><h1>{name}</h1>{_PARAGRAPH * 8}</body></html>"
    )


def _says(raw: bytes) -> Act:
    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return say


def _pours(first: bytes, more: bytes, every_s: float = 0) -> Act:
    async def pour(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(every_s)

    return pour


def _bomb() -> bytes:
    """Less than a megabyte that unpacks to more than three hundred."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    packed = b"".join(packer.compress(b"<p>tankers</p>" * 100_000) for _ in range(250))
    return _packed(packed + packer.flush())


def _packed(body: bytes) -> bytes:
    return answer(body, content_encoding="gzip")


def _html(body: str) -> bytes:
    return answer(f"<!doctype html><html><head><title>Tankers</title></head><body>{body}</body></html>")


HOSTILE = (
    "bomb",
    "endless",
    "drip",
    "header-drip",
    "silence",
    "continue",
    "headers",
    "attributes",
    "paragraphs",
    "nested",
)


def _hostile() -> Mapping[str, Act]:
    attributes = " ".join(f"a{number}='{number}'" for number in range(80_000))
    nested = "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + "<div>" * 100_000
    return {
        "bomb": _says(_bomb()),
        "endless": _pours(_HEAD + b"\r\n<html>", b"<p>tankers" * 1000),
        "drip": _pours(_HEAD + b"\r\n<html>", b".", _DROP_EVERY_S),
        "header-drip": _pours(b"HTTP/1.1 200 OK\r\n", b"X-Drop: 1\r\n", _DROP_EVERY_S),
        "silence": _pours(b"", b"", _DROP_EVERY_S),
        "continue": _pours(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        "headers": _says(_HEAD + b"".join(b"X-%d: tankers\r\n" % n for n in range(200_000)) + b"\r\n" + _html("")),
        "attributes": _says(_html(f"<p {attributes}>Tankers</p>")),
        "paragraphs": _says(_html("<p>" * 700_000)),
        "nested": _says(_html(nested)),
    }


async def _live() -> None:
    hostile = _hostile()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split(" ")[1]
            _, kind, number = path.split("/")
            if kind == "slow":
                await asyncio.sleep(SLOW_S)
            await hostile.get(kind, _says(_page(int(number))))(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the visitor is gone
        finally:
            writer.close()

    async with until_asked_to_stop():
        server = await asyncio.start_server(visit, "127.0.0.1", 0, backlog=200)
        answer_orders(server.sockets[0].getsockname()[1])
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    orders()
    asyncio.run(_live())
