"""How fast a page is read, beside the library that does the same work."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from bot.extract.article import ArticleReader
from bot.sandbox.samples import SAMPLES, page_of
from tests.bench.report import Row, percentile, told

_TIMES = 20


def reading() -> list[Row]:
    pages = [page_of(sample, datetime.now(UTC)).encode() for sample in SAMPLES] * _TIMES
    peer = _timed(lambda page: extract_metadata(load_html(page)), pages)
    ours = _timed(ArticleReader().read, pages)
    return [
        told("reading a page: trafilatura's metadata, p50", "", percentile(peer, 50), "ms"),
        told("reading a page: the bot, p50", "", percentile(ours, 50), "ms"),
        told("reading a page: the bot, p99", "", percentile(ours, 99), "ms"),
    ]


def _timed(read: Callable[[bytes], Any], pages: Iterable[bytes]) -> list[float]:
    taken = []
    for page in pages:
        began = time.perf_counter()
        read(page)
        taken.append((time.perf_counter() - began) * 1000)
    return taken
