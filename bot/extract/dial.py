"""Dials only addresses that were checked: resolved once, refused if any of them is not public."""

import asyncio
import socket
import ssl
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import httpcore

from bot.extract.page import PageTrouble, Trouble
from bot.extract.public import is_public

_LOOPBACK = "127.0.0.1"
_WEB_PORTS = frozenset({80, 443})
_LONGEST_NAME = 253
_CONNECT_S = 4.0
"""What one address may take to answer, so that a dead one leaves time for the next."""

_SIP = 8 * 1024
"""Read this much at a time: a body in a hundred thousand tiny pieces must not keep the loop from everybody else."""

_FIRST_SIP = 1024
_FIRST_MOST = 64 * 1024
"""The same before there is an answer, and how much may come until then: interim answers cost most to read."""

GRANT = "grant"
"""Under this name a connection gives the way to let it send more."""


class Resolver(Protocol):
    """Looks up the addresses of a host."""

    async def resolve(self, host: str) -> Sequence[str]: ...
    def close(self) -> None: ...


class SystemResolver:
    """Asks the system in threads of its own, so that slow names do not hold up anything else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolver")

    async def resolve(self, host: str) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, _addresses, host)
        except (OSError, UnicodeError):
            return ()
        return found

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str) -> Sequence[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore.

    `allowed` are exact host and port pairs that are dialled on loopback: a sandbox's own pages, nothing else.
    `network` dials the addresses that were found fit.
    """

    def __init__(
        self,
        *,
        resolver: Resolver,
        allowed: Collection[tuple[str, int]],
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._resolver = resolver
        self._allowed = frozenset(allowed)
        self._backend = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        last: Exception | None = None
        for address in await self.addresses(host, port):
            try:
                stream = await self._backend.connect_tcp(
                    address,
                    port,
                    timeout=timeout or _CONNECT_S,
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                last = failure
            else:
                return _Sipped(stream)
        raise last or httpcore.ConnectError("no address")

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses that may be dialled for a host.

        Raises:
            PageTrouble: the port is not of the web, the name has no address, or one of them is not public.
        """
        if (host, port) in self._allowed:
            return (_LOOPBACK,)
        if port not in _WEB_PORTS:
            raise PageTrouble(Trouble.REFUSED, "unusual port")
        bare = host.strip("[]")
        if len(bare) > _LONGEST_NAME:
            raise PageTrouble(Trouble.REFUSED, "long name")
        found = (bare,) if ":" in bare else await self._resolver.resolve(bare)
        if not found:
            raise PageTrouble(Trouble.UNREACHABLE, f"unknown name: {host}", retry=True)
        if not all(is_public(address) for address in found):
            raise PageTrouble(Trouble.REFUSED, "private address")
        return found

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:  # noqa: ANN401 - httpcore's signature
        raise PageTrouble(Trouble.REFUSED, "not public")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Sipped(httpcore.AsyncNetworkStream):
    """A connection read in sips, up to a limit; with TLS inside it the same."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._came = 0
        self._most = _FIRST_MOST
        self._sip = _FIRST_SIP

    def grant(self, more: int) -> None:
        """Let the connection send this much more: it has said what comes, packing included."""
        self._most = self._came + more
        self._sip = _SIP

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        sip = await self._stream.read(min(max_bytes, self._sip), timeout)
        self._came += len(sip)
        if self._came > self._most:
            raise PageTrouble(Trouble.NOT_A_PAGE, "far too much")
        return sip

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the same
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the same
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Sipped(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:  # a handshake that the deadline cuts off leaves its socket open otherwise
            await self.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        return self.grant if info == GRANT else self._stream.get_extra_info(info)
