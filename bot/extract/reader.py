"""Reads a page for the desk: fetched with care, parsed aside, remembered for an hour."""

import asyncio
import gzip
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from bot.editorial.kind import Kind
from bot.extract.addresses import is_home, link_or_none, named_by
from bot.extract.fetch import Fetched, Fetcher
from bot.extract.page import ArchivedCopy, Extract, Nature, PageTrouble, Snapshot, Trouble
from bot.extract.statuses import told_by_address, where_it_is_told
from bot.extract.worker import Parser

_REMEMBERED_FOR = timedelta(hours=1)
_REMEMBERED = 500
_REMEMBERED_COPY = 64_000
"""Bytes of a packed copy that are remembered with an answer: of what is larger only the first reader has one."""


@dataclass(frozen=True, slots=True)
class Services:
    """Who is asked beside a page's own site, each None where nobody is: about posts on X, and for archived copies."""

    oembed: str | None = None
    archive: str | None = None


class PageReader:
    """One fetch in flight for a URL; answers, and refusals that will not change, are remembered for an hour."""

    def __init__(
        self,
        fetcher: Fetcher,
        parser: Parser,
        clock: Callable[[], datetime],
        told: Callable[[str], None] = lambda _outcome: None,
        services: Services = Services(),
    ) -> None:
        self._told = told
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._services = services
        self._flights: dict[str, asyncio.Future[Extract]] = {}
        self._answers: OrderedDict[str, tuple[datetime, Extract | PageTrouble]] = OrderedDict()

    async def read(self, url: str, *, afresh: bool = False) -> Extract:
        """Read a page; `afresh` whatever is remembered of it.

        Raises:
            PageTrouble: it cannot or must not be read; the text names why.
        """
        remembered = self._answers.get(url)
        if not afresh and remembered is not None and self._clock() - remembered[0] < _REMEMBERED_FOR:
            return _given(remembered[1])
        flight = self._flights.get(url)
        if flight is None:
            flight = asyncio.ensure_future(self._read(url))
            self._flights[url] = flight
            flight.add_done_callback(lambda landed: self._land(url, landed))
        return await asyncio.shield(flight)

    async def archived(self, url: str) -> ArchivedCopy | None:
        """The newest copy that an archive keeps of a page; None where there is none, or the archive is silent."""
        if self._services.archive is None:
            return None
        try:
            page = await self._fetcher.fetch(f"{self._services.archive}?url={quote(url, safe='')}", answer=True)
        except PageTrouble:
            return None
        return _copy_in(page.body)

    async def _read(self, url: str) -> Extract:
        try:
            extract = await self._opened(url)
        except PageTrouble as trouble:
            self._told(trouble.kind.value)
            if not trouble.retry:
                self._remember(url, _afresh(trouble))  # its traceback would keep the page that was refused
            raise
        self._told("read")
        self._remember(url, extract)
        return extract

    async def _opened(self, url: str) -> Extract:
        """The page, or where it sends its readers on: one more guarded hop, and only one."""
        elsewhere = where_it_is_told(url, self._services.oembed)
        if elsewhere is not None:
            return await self._told_elsewhere(url, elsewhere)
        known = told_by_address(url)
        if known is not None:
            return replace(known, final_url=url)
        page = await self._fetcher.fetch(url)
        extract = await self._parsed(page)
        further = extract.nature.leads_to
        if further is not None:
            try:
                page = await self._fetcher.fetch(further, hops=page.hops + 1)
                extract = await self._parsed(page)
            except PageTrouble:
                if not extract.title:
                    raise
        if extract.nature.kind is Kind.HOME and not is_home(url) and page.hops:
            extract = Extract(nature=Nature(Kind.SOFT_404))  # an article that is gone leads to the front door
        return replace(extract, final_url=page.url, snapshot=await self._snapshot(page))

    async def _told_elsewhere(self, url: str, address: str) -> Extract:
        """A post, as its site lets anybody show it; of one on X the address alone tells day and account."""
        known = told_by_address(url)
        try:
            page = await self._fetcher.fetch(address, answer=known is not None)
            extract = await self._parser.parse(page.body, url, page.charset)
        except PageTrouble as trouble:
            if known is None or trouble.kind is Trouble.GONE:
                raise
            return replace(known, final_url=url)
        return replace(extract, final_url=url, snapshot=await self._snapshot(page))

    async def _parsed(self, page: Fetched) -> Extract:
        if page.is_document and not page.whole:
            return Extract(title=named_by(page.url), nature=Nature(Kind.PDF))
        return await self._parser.parse(page.body, page.url, page.charset)

    async def _snapshot(self, page: Fetched) -> Snapshot:
        packed, digest = await asyncio.to_thread(_packed, page.body)
        kept = packed if page.whole or not page.is_document else None  # the beginning of a document opens nowhere
        return Snapshot(page.url, self._clock(), digest, len(page.body), kept, page.headers)

    def _land(self, url: str, flight: asyncio.Future[Extract]) -> None:
        self._flights.pop(url, None)
        if not flight.cancelled():
            flight.exception()  # whoever asked may be gone: its trouble is nobody's then, and no warning

    def _remember(self, url: str, answer: Extract | PageTrouble) -> None:
        if isinstance(answer, Extract) and answer.snapshot is not None:
            kept = answer.snapshot.packed
            if kept is not None and len(kept) > _REMEMBERED_COPY:
                answer = replace(answer, snapshot=replace(answer.snapshot, packed=None))
        self._answers[url] = (self._clock(), answer)
        self._answers.move_to_end(url)
        while len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)


def _given(answer: Extract | PageTrouble) -> Extract:
    if isinstance(answer, PageTrouble):
        raise _afresh(answer)
    return answer


def _afresh(trouble: PageTrouble) -> PageTrouble:
    """The same, raised by nobody yet."""
    return PageTrouble(trouble.kind, str(trouble), retry=trouble.retry, status=trouble.status)


def _packed(body: bytes) -> tuple[bytes, str]:
    return gzip.compress(body, compresslevel=6, mtime=0), sha256(body).hexdigest()


def _copy_in(answer: bytes) -> ArchivedCopy | None:
    """What an archive answers, in the form of the Wayback Machine."""
    try:
        said: Any = json.loads(answer)["archived_snapshots"]["closest"]
        stamp = str(said["timestamp"])
        day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        link = link_or_none(str(said["url"]))
        return ArchivedCopy(link.dropped, day) if link is not None and said["available"] is True else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
