"""Dials only addresses that were checked: resolved once, refused if any of them is not public."""

import asyncio
import socket
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import httpcore

from bot.extract.page import PageTrouble, Trouble
from bot.extract.public import is_public

_LOOPBACK = "127.0.0.1"
_WEB_PORTS = frozenset({80, 443})


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
    """

    def __init__(self, *, resolver: Resolver, allowed: Collection[tuple[str, int]]) -> None:
        self._resolver = resolver
        self._allowed = frozenset(allowed)
        self._backend = httpcore.AnyIOBackend()

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
                return await self._backend.connect_tcp(
                    address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                last = failure
        raise last or httpcore.ConnectError("no address")

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses that may be dialled for a host.

        Raises:
            PageTrouble: the port is not of the web, the name has no address, or one of them is not public.
        """
        if (host, port) in self._allowed:
            return (_LOOPBACK,)
        if port not in _WEB_PORTS:
            raise PageTrouble(Trouble.REFUSED, "I only read public web pages, on the usual ports.")
        bare = host.strip("[]")
        found = (bare,) if ":" in bare else await self._resolver.resolve(bare)
        if not found:
            raise PageTrouble(Trouble.UNREACHABLE, f"The name {host} leads nowhere.", retry=True)
        if not all(is_public(address) for address in found):
            raise PageTrouble(Trouble.REFUSED, "I only read public web pages; this address is private or internal.")
        return found

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:  # noqa: ANN401 - httpcore's signature
        raise PageTrouble(Trouble.REFUSED, "I only read public web pages.")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
