"""Reads a page for the desk: fetched with care, parsed aside, remembered for an hour."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.extract.fetch import Fetcher
from bot.extract.page import Extract, PageTrouble
from bot.extract.worker import Parser

_REMEMBERED_FOR = timedelta(hours=1)
_REMEMBERED = 500


class PageReader:
    """One fetch in flight for a URL; answers, and refusals that will not change, are remembered for an hour."""

    def __init__(
        self,
        fetcher: Fetcher,
        parser: Parser,
        clock: Callable[[], datetime],
        told: Callable[[str], None] = lambda _outcome: None,
    ) -> None:
        self._told = told
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._flights: dict[str, asyncio.Future[Extract]] = {}
        self._answers: OrderedDict[str, tuple[datetime, Extract | PageTrouble]] = OrderedDict()

    async def read(self, url: str) -> Extract:
        """Read a page.

        Raises:
            PageTrouble: it cannot or must not be read; the text says why, for the member.
        """
        remembered = self._answers.get(url)
        if remembered is not None and self._clock() - remembered[0] < _REMEMBERED_FOR:
            return _given(remembered[1])
        flight = self._flights.get(url)
        if flight is None:
            flight = asyncio.ensure_future(self._read(url))
            self._flights[url] = flight
            flight.add_done_callback(lambda landed: self._land(url, landed))
        return await asyncio.shield(flight)

    async def _read(self, url: str) -> Extract:
        try:
            page = await self._fetcher.fetch(url)
            extract = await self._parser.parse(page.body, page.url, page.charset)
        except PageTrouble as trouble:
            self._told(trouble.kind.value)
            if not trouble.retry:
                self._remember(url, trouble)
            raise
        self._told("read")
        extract = replace(extract, final_url=page.url)
        self._remember(url, extract)
        return extract

    def _land(self, url: str, flight: asyncio.Future[Extract]) -> None:
        self._flights.pop(url, None)
        if not flight.cancelled():
            flight.exception()  # whoever asked may be gone: its trouble is nobody's then, and no warning

    def _remember(self, url: str, answer: Extract | PageTrouble) -> None:
        self._answers[url] = (self._clock(), answer)
        self._answers.move_to_end(url)
        while len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)


def _given(answer: Extract | PageTrouble) -> Extract:
    if isinstance(answer, PageTrouble):
        raise PageTrouble(answer.kind, str(answer), retry=answer.retry, status=answer.status)
    return answer
